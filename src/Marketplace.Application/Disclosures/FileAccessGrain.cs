using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Disclosures;

namespace Marketplace.Application.Disclosures;

/// <summary>Keyed by the <see cref="FileAccessId"/>.</summary>
[Stream("file-access")]
public interface IFileAccessGrain : IJournaledGrain<FileAccessState>;

internal sealed class FileAccessGrain(Surroundings around)
    : JournaledGrain<FileAccessState, FileAccessCommand, FileAccessEvent, FileAccessRules>(around), IFileAccessGrain
{
    protected override IEnumerable<IReadRow> Rows(FileAccessState state) => FileAccessRow.Of(Key, state);

    protected override bool BeginsStream(FileAccessCommand command) => true;
}

/// <summary>One delivery of a file that is not public to somebody outside of its lab.</summary>
/// <param name="Access">In the order of time, see <see cref="FileAccessId.At"/>.</param>
/// <param name="Organisation">Null of the marketplace's own people.</param>
/// <param name="Basis">By what right.</param>
/// <param name="BasisId">The confidentiality agreement, or the agreement; null of the marketplace's own people.</param>
[ReadTable("file_accesses")]
public sealed record FileAccessRow(
    string Access,
    string Result,
    string Lab,
    int Number,
    string Title,
    string Sha256,
    DisclosureTier Tier,
    string? Organisation,
    string Person,
    DisclosureRight Basis,
    string? BasisId,
    DateTime AtUtc) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, FileAccessState state) => state.Given is { } e
        ?
        [
            new FileAccessRow(
                id, e.Result.Value, e.Lab.Value, e.Number, e.Title, e.File.Sha256, e.Tier, e.Organisation?.Value, e.Person, e.Right, e.RightId, e.AtUtc.UtcDateTime),
        ]
        : [];
}
