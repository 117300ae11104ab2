using System.Text;
using System.Text.RegularExpressions;

namespace Marketplace.Architecture.Tests.Styles;

/// <summary>
/// A style sheet without the rules of classes that nobody names. What stands within brackets of a selector (<c>:not(.x)</c>) says nothing
/// about who it is for, and is not looked at: rather a rule too many than one that is missing.
/// </summary>
internal static partial class TrimmedSheet
{
    private static readonly string[] Groups = ["@media", "@supports", "@layer", "@container"];

    /// <param name="sheet">CSS, well formed.</param>
    /// <param name="named">Words that may be names of classes.</param>
    public static string Of(string sheet, IReadOnlySet<string> named)
    {
        var kept = new StringBuilder();
        foreach (var (prelude, body) in Blocks(sheet))
        {
            if (body is null)
            {
                kept.Append(prelude);
            }
            else if (Groups.Any(g => prelude.StartsWith(g, StringComparison.Ordinal)))
            {
                if (Of(body, named) is { Length: > 0 } inner)
                {
                    kept.Append(prelude).Append('{').Append(inner).Append('}');
                }
            }
            else if (prelude.StartsWith('@'))
            {
                kept.Append(prelude).Append('{').Append(body).Append('}');
            }
            else if (Selectors(prelude).Where(s => ClassesOf(s).All(named.Contains)).ToList() is { Count: > 0 } selectors)
            {
                kept.AppendJoin(',', selectors).Append('{').Append(body).Append('}');
            }
        }

        return kept.ToString();
    }

    /// <summary>What stands before each outermost brace, and within; null for a statement without one.</summary>
    private static IEnumerable<(string Prelude, string? Body)> Blocks(string css)
    {
        var (start, opened, depth) = (0, 0, 0);
        for (var i = 0; i < css.Length; i++)
        {
            switch (css[i])
            {
                case '"' or '\'':
                    i = EndOfString(css, i);
                    break;
                case '/' when css.AsSpan(i).StartsWith("/*"):
                    i = css.IndexOf("*/", i, StringComparison.Ordinal) + 1;
                    start = depth == 0 ? i + 1 : start;
                    break;
                case '{':
                    opened = depth++ == 0 ? i : opened;
                    break;
                case '}' when --depth == 0:
                    yield return (css[start..opened].Trim(), css[(opened + 1)..i]);
                    start = i + 1;
                    break;
                case ';' when depth == 0:
                    yield return (css[start..(i + 1)].Trim(), null);
                    start = i + 1;
                    break;
            }
        }
    }

    private static int EndOfString(string css, int quote)
    {
        for (var i = quote + 1; ; i++)
        {
            if (css[i] == css[quote])
            {
                return i;
            }

            i += css[i] == '\\' ? 1 : 0;
        }
    }

    private static IEnumerable<string> Selectors(string prelude)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < prelude.Length; i++)
        {
            depth += prelude[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (prelude[i] == ',' && depth == 0)
            {
                yield return prelude[start..i];
                start = i + 1;
            }
        }

        yield return prelude[start..];
    }

    private static IEnumerable<string> ClassesOf(string selector)
    {
        var (outside, depth) = (new StringBuilder(), 0);
        foreach (var c in selector)
        {
            depth += c is '(' or '[' ? 1 : 0;
            if (depth == 0)
            {
                outside.Append(c);
            }

            depth -= c is ')' or ']' ? 1 : 0;
        }

        return Class().Matches(outside.ToString()).Select(m => m.Groups[1].Value);
    }

    [GeneratedRegex(@"\.((?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*)")]
    private static partial Regex Class();
}
