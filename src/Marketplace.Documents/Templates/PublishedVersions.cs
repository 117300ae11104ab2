using System.Globalization;

namespace Marketplace.Documents.Templates;

/// <summary>
/// The hashes of all versions that were ever published, one line each: <c>id version sha256</c>. Agreements keep these hashes, so a published
/// version never changes; a change is a new version, and the old one moves to a folder of its own.
/// </summary>
public sealed class PublishedVersions
{
    public const string FileName = "published.txt";

    private readonly Dictionary<(string Id, int Version), string> hashes = [];

    /// <exception cref="FormatException">A line that is not of this form; the message says which.</exception>
    public PublishedVersions(string text)
    {
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split(' ') is not [var id, var version, { Length: 64 } hash] || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var v))
            {
                throw new FormatException($"{FileName}:{number + 1}: not \"id version sha256\".");
            }

            hashes[(id, v)] = hash;
        }
    }

    /// <summary>Null: it was never published.</summary>
    public string? HashOf(string id, int version) => hashes.GetValueOrDefault((id, version));
}
