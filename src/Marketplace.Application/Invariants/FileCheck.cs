using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>What records name is there, and is what it was. Each file is read once, however many records name it.</summary>
/// <param name="store">Null: nobody said where the files are, so nothing can be said of them.</param>
internal sealed class FileCheck(IFileStore? store, CancellationToken cancel)
{
    private readonly Dictionary<string, FileCondition> known = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<Finding> OfStream(StreamAudit audit)
    {
        if (store is null)
        {
            yield break;
        }

        foreach (var file in audit.Files.DistinctBy(f => f.Sha256))
        {
            if (!known.TryGetValue(file.Sha256, out var condition))
            {
                known[file.Sha256] = condition = await store.Look(file.Sha256, cancel);
            }

            if (condition != FileCondition.Sound)
            {
                yield return new Finding(
                    Invariant.FilesAreThere, "files", audit.Stream, null, null, null, condition == FileCondition.Missing ? "is missing" : "has other bytes than its hash says",
                    file.Sha256);
            }
        }
    }
}
