using System.Text;

namespace Marketplace.Domain;

/// <summary>What every identifier does to typed text before it looks at it, and how it shows it again in a sentence.</summary>
internal static class InputText
{
    private const int ShownCharacters = 40;

    /// <summary>Full-width forms (U+FF01–U+FF5E, U+3000) become ASCII, and every dash a hyphen: Chinese input methods type them unasked.</summary>
    public static string Narrow(string? text) => string.Create(text?.Length ?? 0, text ?? "", static (narrow, wide) =>
    {
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = wide[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(wide[i] - '\uFF01' + '!'),
                '\u3000' => ' ',
                (>= '\u2010' and <= '\u2015') or '\u2212' => '-',
                _ => wide[i],
            };
        }
    });

    /// <summary>Narrow, upper case, without white space.</summary>
    public static string Compact(string? text) =>
        string.Concat(Narrow(text).Where(c => !char.IsWhiteSpace(c) && c != '\uFEFF' && c != '\u200B')).ToUpperInvariant();

    /// <summary>The beginning of a text, fit to be quoted in a sentence and written as JSON.</summary>
    public static string Shown(string text, int maxCharacters = ShownCharacters)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(maxCharacters))
        {
            shown.Append(Shown(rune));
        }

        return text.EnumerateRunes().Skip(maxCharacters).Any() ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The character that begins at this index; half a surrogate pair or a control character as U+XXXX.</summary>
    public static string ShownAt(string text, int index) =>
        Rune.TryGetRuneAt(text, index, out var rune) ? Shown(rune) : $"U+{(int)text[index]:X4}";

    private static string Shown(Rune rune) =>
        Rune.IsControl(rune) || rune == Rune.ReplacementChar ? $"U+{rune.Value:X4}" : rune.ToString();
}
