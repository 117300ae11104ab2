using System.Globalization;

namespace Marketplace.Domain;

/// <summary>The comma-separated tables inside this assembly. They were checked in with the code, so a fault in one throws.</summary>
internal static class PublishedTable
{
    /// <exception cref="InvalidDataException">No such table, another header, or a row with another number of columns.</exception>
    public static IReadOnlyList<string[]> Rows(string name, string header)
    {
        using var stream = typeof(PublishedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The table {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0 || lines[0] != header)
        {
            throw new InvalidDataException($"The table {name} must begin with the header {header}.");
        }

        var columns = header.Split(',').Length;
        return [.. lines.Skip(1).Select(line => line.Split(',') is var row && row.Length == columns
            ? row
            : throw new InvalidDataException($"The table {name} has a row without {columns} columns: {line}"))];
    }

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
