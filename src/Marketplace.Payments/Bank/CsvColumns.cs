using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>Where the columns of a mapping stand in a file.</summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, int> places;

    private CsvColumns(Dictionary<string, int> places, int line) => (this.places, Line) = (places, line);

    /// <summary>Of the names, from 1.</summary>
    public int Line { get; }

    /// <summary>The last place that a row must have.</summary>
    public int Last => places.Values.Max();

    public int this[string column] => places[column];

    /// <summary>Reads up to the line of the names and takes it.</summary>
    /// <param name="next">Cells of the next line, or null at the end.</param>
    public static async Task<CsvColumns> Find(CsvMapping mapping, Func<Task<string[]?>> next)
    {
        string[] wanted = [.. mapping.Columns];
        var (closest, closestLine, closestFound) = (Array.Empty<string>(), 1, 0);
        for (var line = 1; line <= (mapping.HeaderLine ?? CsvMapping.MostHeaderLines) && await next() is { } cells; line++)
        {
            if (mapping.HeaderLine is { } told && line < told)
            {
                continue;
            }

            var found = wanted.Count(cells.Contains);
            if (found == wanted.Length)
            {
                return Of(wanted, cells, line);
            }

            if (found > closestFound || line == mapping.HeaderLine)
            {
                (closest, closestLine, closestFound) = (cells, line, found);
            }
        }

        string[] missing = [.. wanted.Where(w => !closest.Contains(w))];
        throw StatementRefusedException.At(
            closestLine, "statement-columns-missing",
            $"缺少列：{Names(missing, "、")}；此行的列为：{Names(closest, "、")}。",
            $"These columns are missing: {Names(missing, ", ")}; this line has: {Names(closest, ", ")}.", missing[0]);
    }

    private static CsvColumns Of(string[] wanted, string[] cells, int line)
    {
        if (wanted.FirstOrDefault(w => cells.Count(c => c == w) > 1) is { } twice)
        {
            throw StatementRefusedException.At(line, "statement-column-twice", $"列“{twice}”出现了两次。", $"The column \"{twice}\" is there twice.", twice);
        }

        return new CsvColumns(wanted.ToDictionary(w => w, w => Array.IndexOf(cells, w), StringComparer.Ordinal), line);
    }

    private static string Names(IEnumerable<string> names, string separator)
    {
        string[] shown = [.. names.Where(n => n.Length > 0).Take(CsvMapping.MaxColumns).Select(AmountText.Begin)];
        return shown.Length == 0 ? "–" : string.Join(separator, shown);
    }
}
