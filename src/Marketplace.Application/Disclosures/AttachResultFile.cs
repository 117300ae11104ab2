using System.Text.Json.Serialization;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.LabResults;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>A lab attaches a file to a result of its own, and says who may have it. The file comes beside the other members.</summary>
/// <param name="FileName">To be shown; names nothing here.</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record AttachResultFile(Guid CommandId, LabResultId Result, string Title, DisclosureTier Tier, string? FileName = null) : ICommandRequest
{
    /// <summary>Largest file that is read at all; a host may take less, see <see cref="ResultFileSettings"/>.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Read once, from where it stands; what is too large is refused without reading on.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>Of the file, once it is read: another file under the same command id is another request.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

/// <param name="MaxBytes">Largest file of a result that this host takes: 1 … <see cref="AttachResultFile.MaxBytes"/>.</param>
public sealed record ResultFileSettings(int MaxBytes)
{
    public static readonly ResultFileSettings Default = new(AttachResultFile.MaxBytes);
}

internal sealed class AttachResultFileHandler(Commands commands, IFileStore store, IPdfMarks marks, ResultFileSettings settings) : IRequestHandler<AttachResultFile, Answer>
{
    public async Task<Answer> Handle(AttachResultFile request, CancellationToken cancellationToken)
    {
        // A stranger's file is not even read.
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (result.Lab != commands.OwnOrganisation)
        {
            return Refusal.NotFound();
        }

        var kept = await store.Put(request.File, new FileLimits(settings.MaxBytes, ResultFiles.FileTypes), cancellationToken);
        if (kept.Refusal is { } refusal)
        {
            return refusal;
        }

        // One that cannot be marked could never be given to anybody.
        if (kept.Value.MediaType == FileTypes.Pdf && !await CanBeMarked(kept.Value.Sha256, cancellationToken))
        {
            return Refusal.Invalid(
                "pdf-unreadable", "此 PDF 无法安全打开（已加密、已损坏或结构异常），因此无法逐页标记。请另存为未加密的普通 PDF 后重试。",
                "This PDF cannot be opened safely: it is encrypted, damaged or oddly built, so its pages cannot be marked. Save it as a plain PDF without a password.", "file");
        }

        return await commands.Execute<IResultFilesGrain>(
            request with { Sha256 = kept.Value.Sha256 }, request.Result.Value,
            new Domain.Disclosures.AttachResultFile(
                commands.OwnOrganisation, new StoredFile(kept.Value.Sha256, kept.Value.MediaType, kept.Value.Bytes, StoredFile.Shown(request.FileName)), request.Title, request.Tier));
    }

    private async Task<bool> CanBeMarked(string sha256, CancellationToken cancel)
    {
        await using var pdf = await store.Open(sha256, cancel) ?? throw new InvalidOperationException($"{sha256} was kept a moment ago, and is not there.");
        await using var marked = await marks.Mark(pdf, ["marked on delivery"], cancel);
        return marked is not null;
    }
}
