using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>A bank's export in CSV, read as an administrator's mapping says. Newest or oldest first makes no difference.</summary>
internal static class CsvStatementReader
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <param name="mapping">One that <see cref="CsvMapping.Check"/> has let through.</param>
    /// <param name="totals">Each account, when the file has ended.</param>
    public static async IAsyncEnumerable<StatementLine> Lines(
        Stream file, CsvMapping mapping, Action<string, StatementTotals> totals, [EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = new Rows(file, mapping);
        using (rows)
        {
            var (keys, accounts) = (new StatementEntryKeys(), new CsvAccounts());
            var columns = await CsvColumns.Find(mapping, rows.Next);
            var hasEnded = false;
            while (await rows.Next() is { } cells)
            {
                cancel.ThrowIfCancellationRequested();
                if (cells.All(c => c.Length == 0))
                {
                    continue;
                }

                var row = new CsvRow(mapping, columns, cells, rows.Line);
                if (row.IsTotal)
                {
                    hasEnded = true;
                    continue;
                }

                if (hasEnded)
                {
                    throw StatementRefusedException.At(
                        rows.Line, "statement-line-after-totals", "合计行或无日期的行之后又有明细。", "There is a booking after the totals, or after a line without a date.", mapping.Date.Column, AmountText.Begin(cells[columns[mapping.Date.Column]]));
                }

                var account = row.Account();
                var entry = row.Entry(account);
                accounts.Add(account, row, entry);
                if (entry is not null)
                {
                    yield return new StatementLine(keys.Of(account, entry), account, entry);
                }
            }

            foreach (var closed in accounts.Close())
            {
                totals("csv", closed);
            }
        }
    }

    /// <summary>Rows as cleaned cells, with the line of the file.</summary>
    private sealed class Rows : IDisposable
    {
        private const int MostCharacters = 4_000;

        private readonly CsvParser parser;

        public Rows(Stream file, CsvMapping mapping)
        {
            var bytes = new StatementStream(file, (byte)'\n', () => Line);
            var text = new StreamReader(bytes, mapping.Encoding == CsvEncoding.Utf8 ? Utf8 : Gb18030, detectEncodingFromByteOrderMarks: false);
            parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = mapping.Delimiter.ToString(),
                HasHeaderRecord = false,
                IgnoreBlankLines = false,
                LineBreakInQuotedFieldIsBadData = true, // or one quotation mark would swallow the rest of the file
                BadDataFound = bad => RefuseUnlessText(bad.Field),
            });
        }

        /// <summary>Of the row that was read last, or is being read, from 1.</summary>
        public int Line { get; private set; } = 1;

        public async Task<string[]?> Next()
        {
            Line = parser.RawRow + 1;
            try
            {
                if (!await parser.ReadAsync())
                {
                    return null;
                }

                return [.. parser.Record!.Select(Cell)];
            }
            catch (DecoderFallbackException)
            {
                throw StatementRefusedException.Encoding(Line);
            }
            catch (CsvHelperException)
            {
                throw NotReadable();
            }
        }

        public void Dispose() => parser.Dispose();

        private string Cell(string typed) => typed.Length <= MostCharacters ? CsvText.Clean(typed) : throw StatementRefusedException.At(
            Line, "statement-text-too-long", $"单元格超过 {MostCharacters} 个字符。", $"A cell has more than {MostCharacters} characters.", "", AmountText.Begin(typed));

        // ="6222…" is how banks keep a spreadsheet from rounding a number, and no broken quotation.
        private void RefuseUnlessText(string field)
        {
            var cell = field.Trim();
            var isText = cell.Length >= 3 && cell.StartsWith("=\"", StringComparison.Ordinal) && cell.IndexOf('"', 2) == cell.Length - 1 && !cell.AsSpan().ContainsAny('\r', '\n');
            if (!isText)
            {
                throw NotReadable();
            }
        }

        private StatementRefusedException NotReadable() => StatementRefusedException.At(
            Line, "statement-not-readable", "这一行的引号不成对，或引号内有换行。", "A quotation mark of this line stands where none may, or a line ends inside quotation marks.");
    }
}
