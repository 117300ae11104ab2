using System.IO.Compression;
using System.Security.Cryptography;
using Marketplace.Application.Json;
using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Exports;

/// <summary>What a file of a month is made of, part by part.</summary>
public interface ICyclePapers
{
    /// <summary>In the order in which they are written; only those that whoever asked may look at.</summary>
    IReadOnlyList<CyclePart> PartsOf(CycleOrder order);
}

/// <param name="As">Whoever asked, with no duty but to look.</param>
public sealed record CycleOrder(Door.Principal As, LedgerMonth Month, SheetFormat Format, bool InEnglish);

/// <summary>One part: a table, or many statements.</summary>
/// <param name="Write">Adds its files. Throws where what it needs was refused.</param>
public sealed record CyclePart(Func<CyclePackage, CancellationToken, Task> Write);

/// <param name="File">Its name in the ZIP.</param>
/// <param name="Sha256">Of its bytes, hexadecimal.</param>
public sealed record CycleFile(string File, long Bytes, string Sha256);

/// <summary>The last file of a ZIP: what the others are, and what they were made from.</summary>
/// <param name="Organisation">Whose share; null: the marketplace's books.</param>
/// <param name="Epoch">With <paramref name="Offset"/>: the last place of the journal when it began, as its readers count.</param>
/// <param name="HeadSha256">Hash of the event there: it is in the journal for ever, and covers what came before it in its stream. Null: nothing had happened.</param>
public sealed record CycleManifest(
    string Export, int Attempt, string Month, string? Organisation, DateTimeOffset BegunAtUtc, long Epoch, long Offset, string? HeadSha256, IReadOnlyList<CycleFile> Files);

/// <summary>A ZIP while it is written forward: each file is hashed as it goes in.</summary>
/// <param name="alive">Asked again and again with the rows so far; throws where nobody wants it any more.</param>
public sealed class CyclePackage(ZipArchive zip, Func<long, CancellationToken, Task> alive)
{
    /// <summary>The first date that the format knows: the same content is the same archive, whenever it is made.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<CycleFile> files = [];
    private long rows;

    /// <param name="name">ASCII, with <c>/</c> between folders.</param>
    public async Task Add(string name, Func<Stream, Task> write, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Timeless;
        await using var content = new HashedStream(await entry.OpenAsync(cancel));
        await write(content);
        files.Add(new CycleFile(name, content.Bytes, content.Sha256()));
    }

    /// <summary>Rows that were written: whoever waits sees them.</summary>
    public Task Count(int more, CancellationToken cancel) => alive(rows += more, cancel);

    public Task End(Func<IReadOnlyList<CycleFile>, CycleManifest> manifest, CancellationToken cancel) =>
        Add("manifest.json", async to => await to.WriteAsync(CanonicalJson.Bytes(manifest([.. files])), cancel), cancel);

    /// <summary>Passes on what is written, and hashes it.</summary>
    private sealed class HashedStream(Stream to) : OutwardStream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Bytes { get; private set; }

        public string Sha256() => Convert.ToHexStringLower(hash.GetHashAndReset());

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            hash.AppendData(buffer.Span);
            Bytes += buffer.Length;
            await to.WriteAsync(buffer, cancellationToken);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            hash.AppendData(buffer, offset, count);
            Bytes += count;
            to.Write(buffer, offset, count);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

        public override void Flush() => to.Flush();

        public override async ValueTask DisposeAsync()
        {
            hash.Dispose();
            await to.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
