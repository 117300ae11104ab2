using Marketplace.Application.Exports;
using Marketplace.Documents.Sheets;
using Microsoft.Net.Http.Headers;

namespace Marketplace.Host.Exports;

internal static class SheetFormats
{
    public static string ExtensionOf(SheetFormat format) => format switch
    {
        SheetFormat.Csv => "csv",
        SheetFormat.Xlsx => "xlsx",
    };

    public static string MediaTypeOf(SheetFormat format) => format switch
    {
        SheetFormat.Csv => CsvSheet.MediaType,
        SheetFormat.Xlsx => XlsxWorkbook.MediaType,
    };

    /// <summary>Of a CSV, the last sheet is the table; those before it say what it is about.</summary>
    public static Task Write(SheetFormat format, Stream to, IReadOnlyList<WorkbookSheet> sheets, CancellationToken cancel) => format switch
    {
        SheetFormat.Csv => CsvSheet.Write(to, sheets[^1], cancel),
        SheetFormat.Xlsx => XlsxWorkbook.Write(to, sheets, cancel),
    };

    /// <summary>The file that a request asks for by its address, else by the media type that it likes best; null: none.</summary>
    /// <returns>False: by its address it asks for a format that there is not.</returns>
    public static bool TryRead(HttpRequest request, out SheetFormat? format)
    {
        var formats = Enum.GetValues<SheetFormat>();
        if (request.Query.TryGetValue(ExportedTable.FormatKey, out var named))
        {
            format = formats.Where(f => ExtensionOf(f) == named).Select(f => (SheetFormat?)f).FirstOrDefault();
            return format is not null;
        }

        var best = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var liked) ? liked.OrderByDescending(t => t.Quality ?? 1).FirstOrDefault()?.MediaType.Value : null;
        format = formats.Where(f => string.Equals(MediaTypeOf(f), best, StringComparison.OrdinalIgnoreCase)).Select(f => (SheetFormat?)f).FirstOrDefault();
        return true;
    }
}
