using System.IO.Compression;
using System.Runtime.CompilerServices;
using Marketplace.Application.Grains;
using Marketplace.Domain.Banking;
using Marketplace.Journal;

namespace Marketplace.Application.Banking;

/// <summary>
/// A file as its statement's stream keeps it, so that any host can go on with it: cut at fixed places, and each piece compressed by itself, so
/// that pieces of an upload that was cut off fit those of its repetition, whoever compressed them.
/// </summary>
internal static class StatementChunks
{
    /// <summary>Of the file: even what does not shrink stays below <see cref="BankStatementRules.MaxChunkBytes"/>.</summary>
    private const int PieceBytes = BankStatementRules.MaxChunkBytes - 1024;

    private const int BufferBytes = 64 * 1024;

    public static int CountOf(long fileBytes) => (int)((fileBytes + PieceBytes - 1) / PieceBytes);

    /// <summary>The pieces from this one on, numbered from 1.</summary>
    /// <param name="file">Can seek.</param>
    public static async IAsyncEnumerable<KeepStatementChunk> Cut(Stream file, int from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var piece = new byte[PieceBytes];
        file.Position = (long)(from - 1) * PieceBytes;
        for (var number = from; await file.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, cancel) is > 0 and var read; number++)
        {
            using var packed = new MemoryStream();
            await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                await zip.WriteAsync(piece.AsMemory(0, read), cancel);
            }

            yield return new KeepStatementChunk(number, packed.ToArray());
        }
    }

    /// <summary>The whole file, from its first byte; deleted when it is closed.</summary>
    public static async Task<Stream> Join(IJournal journal, string stream, CancellationToken cancel)
    {
        var file = TemporaryFile();
        await foreach (var stored in journal.ReadStream(stream, cancel))
        {
            if (EventCatalog<BankStatementEvent>.Instance.Read(stored.Type, stored.Body) is StatementChunkKept kept)
            {
                await using var zip = new GZipStream(new MemoryStream(kept.Gzip), CompressionMode.Decompress);
                await zip.CopyToAsync(file, cancel);
            }
        }

        file.Position = 0;
        return file;
    }

    public static FileStream TemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
