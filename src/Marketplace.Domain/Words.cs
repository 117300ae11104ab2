using System.Text;

namespace Marketplace.Domain;

/// <summary>
/// How text becomes what an index holds and is asked for. A word is a run of letters and digits, in lower case. Chinese, Japanese and Korean
/// have no spaces between words: of their runs every two neighbours are kept, and the last character alone, so that neighbours in a row mean
/// a part of a run, and what begins with one character means that character.
/// </summary>
public static class Words
{
    /// <summary>A shorter word is asked for as it is: too many begin with one or two letters.</summary>
    private const int ShortestBeginning = 3;

    /// <summary>Tokens with spaces between them; letters and digits only, so that nothing in them means anything to an index.</summary>
    public static string Tokens(params ReadOnlySpan<string> texts)
    {
        var tokens = new StringBuilder();
        foreach (var text in texts)
        {
            foreach (var run in Runs(text))
            {
                if (run.IsIdeographic)
                {
                    AppendPairs(tokens, run.Runes);
                    Append(tokens, run.Runes[^1]);
                }
                else
                {
                    Append(tokens, [.. run.Runes]);
                }
            }
        }

        return tokens.ToString();
    }

    /// <summary>What somebody typed, as words that must all be there, each once; none: there is no word in it.</summary>
    public static IReadOnlyList<AskedWord> Asked(string text) => [.. Runs(text).Select(Asked).Distinct()];

    /// <summary>Runs of letters, or of ideographs, in their canonical form; signs and spaces are between them.</summary>
    internal static IEnumerable<WordRun> RunsOf(string text) => Runs(text).Select(run => new WordRun(run.IsIdeographic, [.. run.Runes.Select(r => r.ToString())]));

    private static AskedWord Asked(Run run)
    {
        var tokens = new StringBuilder();
        if (run is { IsIdeographic: true, Runes.Count: > 1 })
        {
            AppendPairs(tokens, run.Runes);
            return new AskedWord(tokens.ToString(), IsBeginning: false);
        }

        Append(tokens, [.. run.Runes]);
        return new AskedWord(tokens.ToString(), run.IsIdeographic || run.Runes.Count >= ShortestBeginning);
    }

    private static void AppendPairs(StringBuilder tokens, IReadOnlyList<Rune> run)
    {
        for (var i = 1; i < run.Count; i++)
        {
            Append(tokens, run[i - 1], run[i]);
        }
    }

    private static void Append(StringBuilder tokens, params ReadOnlySpan<Rune> runes)
    {
        if (tokens.Length > 0)
        {
            tokens.Append(' ');
        }

        Span<char> characters = stackalloc char[2];
        foreach (var rune in runes)
        {
            tokens.Append(characters[..rune.EncodeToUtf16(characters)]);
        }
    }

    private readonly record struct Run(bool IsIdeographic, IReadOnlyList<Rune> Runes);

    private static IEnumerable<Run> Runs(string text)
    {
        var runes = new List<Rune>();
        var isIdeographic = false;
        foreach (var rune in Canonical(text).EnumerateRunes())
        {
            var belongs = IsIdeographic(rune) ? true : IsOfWord(rune) ? false : (bool?)null;
            if (runes.Count > 0 && belongs != isIdeographic)
            {
                yield return new Run(isIdeographic, runes);
                runes = [];
            }

            if (belongs is { } kind)
            {
                isIdeographic = kind;
                runes.Add(rune);
            }
        }

        if (runes.Count > 0)
        {
            yield return new Run(isIdeographic, runes);
        }
    }

    /// <summary>Full-width letters are letters, and capitals are small. Half a surrogate pair, which has no normal form, becomes a sign that is no letter.</summary>
    private static string Canonical(string text)
    {
        var wellFormed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            wellFormed.Append(rune);
        }

        return wellFormed.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    /// <summary>Marks belong to the letter before them.</summary>
    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    /// <summary>Han, Hiragana, Katakana and Hangul.</summary>
    private static bool IsIdeographic(Rune rune) => Rune.IsLetter(rune) && rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or 0x3005 or 0x3007;
}

/// <summary>A word that is asked for: tokens of letters and digits with one space between, that stand in a row.</summary>
/// <param name="IsBeginning">What begins with it fits too.</param>
public readonly record struct AskedWord(string Tokens, bool IsBeginning)
{
    /// <summary>Whether it is among tokens as <see cref="Words.Tokens"/> makes them.</summary>
    public bool IsIn(string tokens)
    {
        for (var at = tokens.IndexOf(Tokens, StringComparison.Ordinal); at >= 0; at = tokens.IndexOf(Tokens, at + 1, StringComparison.Ordinal))
        {
            var end = at + Tokens.Length;
            if ((at == 0 || tokens[at - 1] == ' ') && (IsBeginning || end == tokens.Length || tokens[end] == ' '))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A run of a text.</summary>
/// <param name="Letters">One Unicode character each.</param>
internal readonly record struct WordRun(bool IsIdeographic, IReadOnlyList<string> Letters);
