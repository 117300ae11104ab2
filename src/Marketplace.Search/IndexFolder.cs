using System.Globalization;

namespace Marketplace.Search;

/// <summary>Where the index files of this process lie: a numbered folder that no other process uses, so that hosts on one machine may be given the same place.</summary>
internal sealed class IndexFolder : IDisposable
{
    private const int MostProcesses = 64;
    private const string Extension = ".db";

    private readonly string folder;
    private readonly FileStream held;

    /// <summary>Of the latest file that ever lay here while this process did: no name is used twice.</summary>
    private int last;

    private IndexFolder(string folder, FileStream held)
    {
        (this.folder, this.held) = (folder, held);
        foreach (var abandoned in Directory.GetFiles(folder, $"*{Extension}{IndexFile.DraftSuffix}*"))
        {
            File.Delete(abandoned);
        }

        last = Files().Select(f => int.TryParse(Path.GetFileNameWithoutExtension(f), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max();
    }

    /// <exception cref="IndexUnusableException">Nothing can be written there.</exception>
    public static IndexFolder Take(string root)
    {
        for (var number = 0; number < MostProcesses; number++)
        {
            var folder = Path.Combine(root, number.ToString(CultureInfo.InvariantCulture));
            var mark = Path.Combine(folder, "lock");
            try
            {
                Directory.CreateDirectory(folder);
                return new IndexFolder(folder, new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(mark))
            {
                // another process is there
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new IndexUnusableException($"No search index can be made in {folder}: {refused.Message}", refused);
            }
        }

        throw new IndexUnusableException($"{MostProcesses} processes have a search index in {root} already.");
    }

    /// <summary>Files that are there, the latest first.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.GetFiles(folder, "*" + Extension).OrderByDescending(Path.GetFileName, StringComparer.Ordinal)];

    /// <summary>A file that is not there yet, and comes after all others.</summary>
    public string Next() => Path.Combine(folder, (++last).ToString("D9", CultureInfo.InvariantCulture) + Extension);

    public void Dispose() => held.Dispose();
}
