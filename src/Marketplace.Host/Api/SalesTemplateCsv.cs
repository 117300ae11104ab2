using System.Text;
using Marketplace.Application.Agreements;

namespace Marketplace.Host.Api;

/// <summary>An empty file of sales. Begins with a byte order mark, without which a Chinese Excel takes UTF-8 for GBK.</summary>
public static class SalesTemplateCsv
{
    public static IResult Download(SalesTemplate template) => Results.File(
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join(',', template.Columns.Select(Quoted)) + "\r\n")], "text/csv; charset=utf-8", "sales.csv");

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",;\t\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
