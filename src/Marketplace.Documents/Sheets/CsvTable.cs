using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Marketplace.Domain.Agreements;

namespace Marketplace.Documents.Sheets;

/// <summary>RFC 4180, in UTF-8 or GB18030, separated by comma, semicolon or tab.</summary>
internal static class CsvTable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static IReadOnlyList<SheetRow> Read(ReadOnlyMemory<byte> file)
    {
        var text = Decode(file.Span);
        var rows = new SheetRows();
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(),
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
        });
        try
        {
            while (parser.Read())
            {
                rows.Add(parser.Row, [.. parser.Record!.Select(field => new SheetCell(field))]);
            }
        }
        catch (CsvHelperException)
        {
            throw SheetRefusedException.NotReadable; // a quotation mark where none may be
        }

        return rows.Rows;
    }

    // UTF-8 shows by itself what it is; what is not UTF-8 comes from a Chinese Excel.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var text = TryDecode(Utf8, bytes) ?? TryDecode(Gb18030, bytes);
        return text is null || text.Contains('\0', StringComparison.Ordinal) ? throw SheetRefusedException.Encoding : text;
    }

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Whichever of the three is most often outside quotation marks in the first line.</summary>
    private static char DelimiterOf(string text)
    {
        var (commas, semicolons, tabs, isQuoted) = (0, 0, 0, false);
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\r' or '\n' when !isQuoted:
                    goto counted;
                case ',' when !isQuoted:
                    commas++;
                    break;
                case ';' when !isQuoted:
                    semicolons++;
                    break;
                case '\t' when !isQuoted:
                    tabs++;
                    break;
                default:
                    break;
            }
        }

    counted:
        return semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
    }
}
