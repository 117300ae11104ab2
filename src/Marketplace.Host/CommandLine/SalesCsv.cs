using System.Globalization;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.CommandLine;

/// <summary>
/// Sales by reporting period: a header that names the columns, then a line a period, from 1 without a gap. Whole minor units, no thousands.
/// <code>period,netMinor,units,measureMinor,sublicenceMinor,thirdPartyRoyaltiesMinor</code>
/// </summary>
internal static class SalesCsv
{
    private const int MostLines = 241;
    private static readonly string[] Columns = ["period", "netMinor", "units", "measureMinor", "sublicenceMinor", "thirdPartyRoyaltiesMinor"];

    /// <exception cref="FormatException">The message has the line and what is wrong with it.</exception>
    public static IReadOnlyList<SalesFigures> Read(TextReader csv)
    {
        var header = (csv.ReadLine() ?? "").TrimStart('\uFEFF').Split(',').Select(c => c.Trim()).ToArray();
        if (header.Length < 2 || header[0] != "period" || header[1] != "netMinor" || header.Any(c => !Columns.Contains(c)) || header.Distinct().Count() != header.Length)
        {
            throw new FormatException($"1: the header names period, netMinor and, where needed, {string.Join(", ", Columns[2..])}");
        }

        var sales = new List<SalesFigures>();
        for (var number = 2; csv.ReadLine() is { } line; number++)
        {
            if (line.Trim().Length == 0)
            {
                continue;
            }

            if (number > MostLines)
            {
                throw new FormatException($"{number}: more periods than any agreement has");
            }

            sales.Add(Figures(line.Split(','), header, number, sales.Count + 1));
        }

        return sales;
    }

    private static SalesFigures Figures(string[] cells, string[] header, int line, int period)
    {
        if (cells.Length != header.Length)
        {
            throw new FormatException($"{line}: {cells.Length} values for {header.Length} columns");
        }

        long Value(string column)
        {
            var at = Array.IndexOf(header, column);
            return at < 0 ? 0 : long.TryParse(cells[at].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new FormatException($"{line}: {column} is no whole number: {cells[at].Trim()}");
        }

        return Value("period") == period
            ? new SalesFigures(Value("netMinor"), Value("units"), Value("measureMinor"), Value("sublicenceMinor"), Value("thirdPartyRoyaltiesMinor"))
            : throw new FormatException($"{line}: period {period} is expected here");
    }
}
