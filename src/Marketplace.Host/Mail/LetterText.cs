using System.Globalization;
using System.Net;
using System.Text;
using Marketplace.Application.Mail;

namespace Marketplace.Host.Mail;

/// <param name="Link">Absolute; a text of its own line, so that it can be clicked in either part. Null: no link.</param>
public readonly record struct LetterParagraph(string Text, Uri? Link = null);

/// <summary>Letters as text and as HTML, said the same in both. What anybody typed is encoded where it stands.</summary>
public static class LetterText
{
    /// <param name="name">As <see cref="Letter.Name"/>; null: one of its own.</param>
    public static Letter Write(string to, bool isEnglish, string subject, IReadOnlyList<LetterParagraph> paragraphs, string? name = null)
    {
        var html = new StringBuilder($"<!DOCTYPE html><html lang=\"{(isEnglish ? "en" : "zh-CN")}\"><body>");
        foreach (var (text, link) in paragraphs)
        {
            html.Append(link is null ? $"<p>{WebUtility.HtmlEncode(text)}</p>" : $"<p><a href=\"{WebUtility.HtmlEncode(link.AbsoluteUri)}\">{WebUtility.HtmlEncode(text)}</a></p>");
        }

        var lines = paragraphs.SelectMany(p => p.Link is { } link && link.AbsoluteUri != p.Text ? [p.Text, link.AbsoluteUri] : new[] { p.Text });
        var letter = new Letter(
            to, isEnglish ? "en" : "zh-CN", isEnglish ? $"[Use first, pay later] {subject}" : $"【先使用后付费】{subject}",
            string.Join("\n\n", lines) + "\n", html.Append("</body></html>").ToString());
        return name is null ? letter : letter with { Name = name };
    }

    /// <summary>What somebody typed, on one line: no character of it breaks a line, turns the direction of writing or hides another.</summary>
    /// <param name="most">Characters; what is longer ends in an ellipsis.</param>
    public static string OneLine(string text, int most)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                if (line.Length + rune.Utf16SequenceLength >= most)
                {
                    return line.Append('…').ToString();
                }

                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }
}
