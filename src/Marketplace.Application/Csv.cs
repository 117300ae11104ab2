using System.Text;

namespace Marketplace.Application;

/// <summary>
/// Tables for spreadsheet programs (RFC 4180, UTF-8 with a byte order mark, which they need to read Chinese). What anybody typed stays text:
/// a cell that such a program would take for a formula begins with an apostrophe.
/// </summary>
public static class Csv
{
    public static byte[] Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
        {
            text.AppendRow(row.Select(Cell));
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <param name="cells">Each as <see cref="Cell"/> has made it, or a number.</param>
    public static StringBuilder AppendRow(this StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append("\r\n");

    /// <summary>A text as a cell.</summary>
    public static string Cell(string value)
    {
        // Spaces before it do not stop a spreadsheet, and full-width signs are taken for the narrow ones.
        var first = value.AsSpan().TrimStart();
        var acts = value.Length > 0 && (value[0] is '\t' or '\r' or '\n' or '\0' || (first.Length > 0 && "=+-@＝＋－＠".Contains(first[0])));
        var safe = acts ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
