using System.Globalization;
using System.Text;

namespace Marketplace.Domain.Files;

/// <summary>A file that is kept under its hash, as a record names it.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="MediaType">What its bytes are, whatever its sender said: one of <see cref="FileTypes"/>.</param>
/// <param name="Name">As it was called where it came from: shown to people, never a path and never a name that we give.</param>
public sealed record StoredFile(string Sha256, string MediaType, long Bytes, string Name)
{
    private const int LongestName = 120;

    /// <summary>A name as it may be shown: without folders, without characters that nobody sees or that turn the line around, not too long.</summary>
    public static string Shown(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var shown = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength <= LongestName && rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
                (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse))
            {
                shown.Append(rune);
            }
        }

        return shown.ToString().Trim();
    }
}
