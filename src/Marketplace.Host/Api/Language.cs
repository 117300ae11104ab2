using Microsoft.Net.Http.Headers;

namespace Marketplace.Host.Api;

/// <summary>The reader's language: Chinese unless they ask for English, by <c>?lang=en</c> or by their browser's preference.</summary>
public static class Language
{
    public static bool IsEnglish(HttpRequest request) => request.Query["lang"].ToString() switch
    {
        "en" => true,
        "zh" => false,
        _ => Preferred(request)?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true,
    };

    // Of the two languages that we speak, the one that comes first; others are passed over.
    private static string? Preferred(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted.OrderByDescending(l => l.Quality ?? 1)
                .Select(l => l.Value.ToString())
                .FirstOrDefault(l => l.StartsWith("en", StringComparison.OrdinalIgnoreCase) || l.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
            : null;
}
