using Marketplace.Application.Exports;
using Marketplace.Documents.Sheets;
using Microsoft.Net.Http.Headers;

namespace Marketplace.Host.Exports;

/// <summary>
/// Hands out sheets while they are read: always to be saved, kept by no cache. What fails meanwhile ends the connection, so that nobody takes a
/// part for the whole.
/// </summary>
/// <param name="name">ASCII letters, digits, dots and hyphens only, without what the format adds.</param>
/// <param name="shown">The same for people, in their language; null: there is none.</param>
internal sealed class SheetDelivery(SheetFormat format, string name, string? shown, params IReadOnlyList<WorkbookSheet> sheets) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (headers, extension) = (httpContext.Response.Headers, SheetFormats.ExtensionOf(format));
        httpContext.Response.ContentType = SheetFormats.MediaTypeOf(format) + (format == SheetFormat.Csv ? "; charset=utf-8" : "");
        headers.CacheControl = "private, no-store";
        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{name}.{extension}" };
        if (shown is not null)
        {
            disposition.FileNameStar = $"{shown}.{extension}";
        }

        headers.ContentDisposition = disposition.ToString();
        await SheetFormats.Write(format, httpContext.Response.Body, sheets, httpContext.RequestAborted);
    }
}
