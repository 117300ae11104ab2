using Marketplace.Domain.Files;

namespace Marketplace.Domain.Disclosures;

/// <summary>One delivery of a file; nothing is ever done to it again.</summary>
/// <param name="Given">Null: nothing was given under this id.</param>
public sealed record FileAccessState(FileHandedOut? Given);

public abstract record FileAccessCommand;

/// <summary>Somebody outside of the lab is about to be given a file that is not public.</summary>
/// <param name="Right">Fact, gathered by the use case, as <paramref name="RightId"/> is.</param>
/// <param name="RightId">The <see cref="ConfidentialityId"/> or <see cref="AgreementId"/>; null of the marketplace's own people.</param>
public sealed record HandOutFile(
    LabResultId Result, OrganisationId Lab, int Number, StoredFile File, string Title, DisclosureTier Tier, DisclosureRight Right, string? RightId) : FileAccessCommand;

public abstract record FileAccessEvent;

/// <param name="Organisation">Whose person it was; null of the marketplace's own people.</param>
/// <param name="Person">As the journal knows people.</param>
public sealed record FileHandedOut(
    LabResultId Result, OrganisationId Lab, int Number, StoredFile File, string Title, DisclosureTier Tier, DisclosureRight Right, string? RightId,
    OrganisationId? Organisation, string Person, DateTimeOffset AtUtc) : FileAccessEvent;

/// <summary>The log of who was given what: a stream per delivery, so that none waits for another and none is ever rewritten.</summary>
public sealed class FileAccessRules : IAggregate<FileAccessState, FileAccessCommand, FileAccessEvent>
{
    private FileAccessRules() { }

    public static FileAccessState Initial { get; } = new(Given: null);

    public static Result<IReadOnlyList<FileAccessEvent>> Decide(FileAccessState state, FileAccessCommand command, CommandContext context) => command switch
    {
        HandOutFile when state.Given is not null => throw new InvalidOperationException("A delivery is recorded once"),
        HandOutFile { Tier: DisclosureTier.Public } => throw new InvalidOperationException("What is public is given to everybody, and recorded of nobody"),
        HandOutFile c => Result<IReadOnlyList<FileAccessEvent>>.Of(
        [
            new FileHandedOut(c.Result, c.Lab, c.Number, c.File, c.Title, c.Tier, c.Right, c.RightId, context.Actor.Organisation, context.Actor.Person, context.NowUtc),
        ]),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static FileAccessState Apply(FileAccessState state, FileAccessEvent happened) => happened switch
    {
        FileHandedOut e => new(e),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };
}
