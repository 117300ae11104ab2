using System.Security.Cryptography;
using Marketplace.Application.Files;
using Marketplace.Domain;

namespace Marketplace.Documents.Files;

/// <summary>
/// Files in a folder, each under its hash: <c>ab/ab12…</c>. A file is written beside them, flushed, and takes its place by renaming, so that at its place
/// there is all of it or nothing. Killed in between, it leaves a temporary file, which a later run removes. Hosts that share the folder share its files.
/// </summary>
/// <param name="folder">Made when the first file is kept.</param>
/// <param name="time">The machine's, which temporary files are dated by.</param>
/// <param name="isTemporary">The folder goes with this object.</param>
public sealed class FolderFileStore(string folder, TimeProvider time, bool isTemporary = false) : IFileStore, IDisposable
{
    /// <summary>Nobody takes longer to send a file: one that is older was left behind.</summary>
    public static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    private const string Unfinished = "unfinished";
    private const int BufferBytes = 64 * 1024;

    private int isSwept;

    public async Task<Result<KeptFile>> Put(Stream content, FileLimits limits, CancellationToken cancel = default)
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(folder, Unfinished)).FullName;
        if (Interlocked.Exchange(ref isSwept, 1) == 0)
        {
            Sweep(unfinished);
        }

        var path = Path.Combine(unfinished, Path.GetRandomFileName());
        try
        {
            Result<KeptFile> written;
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous))
            {
                written = await ReceivedFile.Write(content, file, limits, cancel);
                if (written.IsRefused)
                {
                    return written;
                }

                file.Flush(flushToDisk: true);
            }

            // Whatever stands there has the same hash, or is damaged: the new one takes its place.
            var place = PlaceOf(written.Value.Sha256);
            var shelf = Path.GetDirectoryName(place)!;
            var isNewShelf = !Directory.Exists(shelf);
            Directory.CreateDirectory(shelf);
            File.Move(path, place, overwrite: true);
            FolderEntries.Flush(shelf);
            if (isNewShelf)
            {
                FolderEntries.Flush(folder);
            }

            return written;
        }
        finally
        {
            File.Delete(path); // of what was kept, there is none
        }
    }

    public async Task<Stream?> Open(string sha256, CancellationToken cancel = default)
    {
        if (OpenAt(PlaceOf(sha256)) is not { } file)
        {
            return null;
        }

        if (await IsSound(file, sha256, cancel))
        {
            file.Position = 0;
            return file;
        }

        await file.DisposeAsync();
        return null;
    }

    public async Task<FileCondition> Look(string sha256, CancellationToken cancel = default)
    {
        await using var file = OpenAt(PlaceOf(sha256));
        return file is null ? FileCondition.Missing : await IsSound(file, sha256, cancel) ? FileCondition.Sound : FileCondition.Altered;
    }

    public Task Remove(string sha256, CancellationToken cancel = default)
    {
        var place = PlaceOf(sha256);
        if (Directory.Exists(Path.GetDirectoryName(place)))
        {
            File.Delete(place);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (isTemporary && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <exception cref="ArgumentException">No hash: a path is never made of anything else.</exception>
    private string PlaceOf(string sha256) => Sha256Hex.IsOne(sha256)
        ? Path.Combine(folder, sha256[..2], sha256)
        : throw new ArgumentException("Files are asked for by their SHA-256.", nameof(sha256));

    private static FileStream? OpenAt(string place)
    {
        try
        {
            return new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task<bool> IsSound(Stream file, string sha256, CancellationToken cancel) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) == sha256;

    /// <summary>Removes what runs that were killed have left behind. Another host may be writing: its files are young.</summary>
    private void Sweep(string unfinished)
    {
        foreach (var left in new DirectoryInfo(unfinished).EnumerateFiles().Where(f => f.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - LongestUpload))
        {
            left.Delete();
        }
    }
}
