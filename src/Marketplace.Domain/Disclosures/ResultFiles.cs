using System.Collections.Immutable;
using Marketplace.Domain.Files;

namespace Marketplace.Domain.Disclosures;

/// <param name="Number">From 1, never used again.</param>
/// <param name="Title">As the lab calls it, in one language.</param>
/// <param name="IsRemoved">It is shown to nobody any more; who was given it stays on record.</param>
public sealed record ResultFile(int Number, StoredFile File, string Title, DisclosureTier Tier, DateTimeOffset AttachedAtUtc, bool IsRemoved);

/// <param name="Lab">Null: no file was ever attached.</param>
public sealed record ResultFilesState(OrganisationId? Lab, ImmutableList<ResultFile> Files)
{
    public IEnumerable<ResultFile> Standing => Files.Where(f => !f.IsRemoved);

    /// <summary>Null: there is none, or none any more.</summary>
    public ResultFile? Find(int number) => Standing.FirstOrDefault(f => f.Number == number);
}

public abstract record ResultFilesCommand;

/// <param name="Lab">Fact, gathered by the use case: whose result it is.</param>
public sealed record AttachResultFile(OrganisationId Lab, StoredFile File, string Title, DisclosureTier Tier) : ResultFilesCommand;

public sealed record ChangeResultFileTier(int Number, DisclosureTier Tier) : ResultFilesCommand;

public sealed record RemoveResultFile(int Number) : ResultFilesCommand;

public abstract record ResultFilesEvent;

public sealed record ResultFileAttached(OrganisationId Lab, int Number, StoredFile File, string Title, DisclosureTier Tier, DateTimeOffset AtUtc) : ResultFilesEvent;

public sealed record ResultFileTierChanged(int Number, DisclosureTier Tier, DisclosureTier Before) : ResultFilesEvent;

/// <summary>The bytes stay under their hash: records name them.</summary>
public sealed record ResultFileRemoved(int Number) : ResultFilesEvent;

/// <summary>The files that a lab attaches to one of its results, each with who may have it.</summary>
public sealed class ResultFiles : IAggregate<ResultFilesState, ResultFilesCommand, ResultFilesEvent>
{
    public const int MaxFiles = 50;
    public const int MaxTitleCharacters = 200;

    /// <summary>What a file may be.</summary>
    public static readonly IReadOnlyList<string> FileTypes = [Files.FileTypes.Pdf, Files.FileTypes.Png, Files.FileTypes.Jpeg, Files.FileTypes.Xlsx, Files.FileTypes.Docx];

    private ResultFiles() { }

    public static ResultFilesState Initial { get; } = new(Lab: null, []);

    public static Result<IReadOnlyList<ResultFilesEvent>> Decide(ResultFilesState state, ResultFilesCommand command, CommandContext context) => command switch
    {
        AttachResultFile c => Attach(state, c, context),
        ChangeResultFileTier c => OfStanding(state, c.Number, context.Actor, file =>
            file.Tier == c.Tier ? [] : [new ResultFileTierChanged(c.Number, c.Tier, file.Tier)]),
        RemoveResultFile c => OfStanding(state, c.Number, context.Actor, _ => [new ResultFileRemoved(c.Number)]),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static ResultFilesState Apply(ResultFilesState state, ResultFilesEvent happened) => happened switch
    {
        ResultFileAttached e => new(e.Lab, state.Files.Add(new ResultFile(e.Number, e.File, e.Title, e.Tier, e.AtUtc, IsRemoved: false))),
        ResultFileTierChanged e => Changed(state, e.Number, f => f with { Tier = e.Tier }),
        ResultFileRemoved e => Changed(state, e.Number, f => f with { IsRemoved = true }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<ResultFilesEvent>> Attach(ResultFilesState state, AttachResultFile c, CommandContext context)
    {
        var refusal = Authority.OwnerOnly(context.Actor, c.Lab)
            ?? BilingualText.CheckRequired(c.Title, "title", MaxTitleCharacters)
            ?? (state.Standing.Count() < MaxFiles
                ? null
                : Refusal.State("result-files-too-many", $"每项成果最多 {MaxFiles} 个文件，请先移除不用的。", $"A result has at most {MaxFiles} files; remove one first."))
            ?? (state.Standing.FirstOrDefault(f => f.File.Sha256 == c.File.Sha256) is { } same
                ? Refusal.State("result-file-attached", $"内容相同的文件已在列表中：“{same.Title}”。", $"The same file is attached already: \"{same.Title}\".") with { Field = "file" }
                : null);
        return refusal is not null
            ? refusal
            : Result<IReadOnlyList<ResultFilesEvent>>.Of([new ResultFileAttached(c.Lab, state.Files.Count + 1, c.File, c.Title.Trim(), c.Tier, context.NowUtc)]);
    }

    private static Result<IReadOnlyList<ResultFilesEvent>> OfStanding(ResultFilesState state, int number, Actor actor, Func<ResultFile, ResultFilesEvent[]> happens) =>
        state.Lab is not { } lab ? Refusal.NotFound()
        : Authority.OwnerOnly(actor, lab) is { } forbidden ? forbidden
        : state.Find(number) is { } file ? happens(file)
        : Refusal.NotFound();

    private static ResultFilesState Changed(ResultFilesState state, int number, Func<ResultFile, ResultFile> change) =>
        state with { Files = state.Files.SetItem(number - 1, change(state.Files[number - 1])) };
}
