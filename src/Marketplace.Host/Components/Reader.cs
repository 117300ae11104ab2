using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Marketplace.Application.Catalog;
using Marketplace.Domain;
using Marketplace.Host.Composition;
using Microsoft.AspNetCore.Http.Features;

namespace Marketplace.Host.Components;

/// <summary>
/// Whoever reads the page: their language, and the one place where money, rates and dates are written for people.
/// Texts of pages are written in both languages where they stand, so that none can be missing.
/// </summary>
public sealed class Reader
{
    /// <summary>Names the language in an address, so that it can be shared, and in the cookie that remembers it.</summary>
    public const string LanguageKey = "lang";

    public const string AppearanceKey = "appearance";

    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private readonly CultureInfo culture;

    /// <param name="isEnglish">Else Chinese.</param>
    /// <param name="appearance"><see cref="Appearance"/>.</param>
    /// <param name="address"><see cref="Address"/>.</param>
    public Reader(bool isEnglish, string appearance, LocalAddress address) =>
        (IsEnglish, Appearance, Address, culture) = (isEnglish, appearance, address, isEnglish ? English : Chinese);

    public bool IsEnglish { get; }

    /// <summary>As in the lang attribute.</summary>
    public string Language => culture.Name == Chinese.Name ? "zh-CN" : "en";

    /// <summary><c>auto</c>, <c>light</c> or <c>dark</c>.</summary>
    public string Appearance { get; }

    /// <summary>What was asked for, even where an error page is shown in its place.</summary>
    public LocalAddress Address { get; }

    /// <summary>Chinese first, whatever the browser prefers: only a link switches, and the choice is remembered.</summary>
    public static Reader Of(HttpRequest request) => new(
        (request.Query[LanguageKey].ToString() is { Length: > 0 } asked ? asked : request.Cookies[LanguageKey]) == "en",
        request.Cookies[AppearanceKey] is ("light" or "dark") and var chosen ? chosen : "auto",
        new LocalAddress(request.Path, request.Query));

    /// <summary>A reader of no page.</summary>
    public static Reader OfApi(bool isEnglish) => new(isEnglish, "auto", new LocalAddress("/", QueryCollection.Empty));

    public string T(string zh, string en) => IsEnglish ? en : zh;

    /// <summary>A half-written text is shown in the language that it has.</summary>
    public string T(BilingualText text) => (IsEnglish, text) switch
    {
        (true, { En.Length: > 0 }) or (false, { Zh.Length: 0 }) => text.En,
        _ => text.Zh,
    };

    public string T(Refusal refusal) => T(refusal.Zh, refusal.En);

    /// <summary>An amount with its currency, which no line break parts.</summary>
    public string Money(Money money) => money.Format(culture).Replace(' ', '\u00A0');

    public string Money(long amountMinor, Currency currency) => Money(new Money(amountMinor, currency));

    public string Money(long amountMinor, string currency) => Money(amountMinor, Currency.Parse(currency).Value);

    /// <summary>A balance of the books, debit positive: <c>借 1.00 元</c>, <c>Cr CNY 1.00</c>; nothing is on neither side.</summary>
    public string Balance(long debitMinor, string currency) => debitMinor switch
    {
        > 0 => $"{T("借", "Dr")} {Money(debitMinor, currency)}",
        < 0 => $"{T("贷", "Cr")} {Money(checked(-debitMinor), currency)}",
        0 => Money(0, currency),
    };

    public string Count(long number) => number.ToString("N0", culture);

    /// <summary><c>10,000+</c> where nobody has counted on.</summary>
    public string Count(CatalogCount count) => $"{Count(count.Number)}{(count.IsAtLeast ? "+" : null)}";

    /// <summary>Exact, with the decimals that it has.</summary>
    public string Number(decimal number) => number.ToString("#,##0.#########", culture);

    /// <summary>30 000 ppm: <c>3%</c>. Exact: a rate has at most four decimals.</summary>
    public string Percent(long ppm) => $"{((decimal)ppm / 10_000).ToString("0.####", culture)}%";

    public string Date(DateOnly date) => date.ToString(T("yyyy年M月d日", "d MMM yyyy"), culture);

    /// <summary>The date in Tianjin at this instant.</summary>
    public string Date(DateTimeOffset utc) => Date(LocalTime.DateOf(utc));

    /// <summary>Date and time in Tianjin.</summary>
    public string Instant(DateTimeOffset utc) =>
        $"{Date(utc)} {(utc - LocalTime.StartOf(LocalTime.DateOf(utc))).ToString(@"hh\:mm", CultureInfo.InvariantCulture)}";

    public string Rows(int rows) => T($"{Count(rows)} 行", rows == 1 ? "1 row" : $"{Count(rows)} rows");

    public string Months(int months) => T($"{months} 个月", months == 1 ? "1 month" : $"{months} months");

    public string Days(int days) => T($"{days} 天", days == 1 ? "1 day" : $"{days} days");
}

public static class ReaderServices
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static IServiceCollection AddReader(this IServiceCollection services) => services
        .AddHttpContextAccessor()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)) // else every Chinese character travels as &#x…;
        .AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext!.Features.GetRequiredFeature<Reader>());

    /// <summary>Who reads, before anything can fail; and remembers a language that the address asks for.</summary>
    public static void UseReader(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Features.Set(Reader.Of(http.Request));
        if (WebPages.Are(http.Request.Path) && http.Request.Query[Reader.LanguageKey].ToString() is ("zh" or "en") and var language)
        {
            Remember(http, Reader.LanguageKey, language);
        }

        return next(http);
    });

    /// <summary>Remembers light, dark or as the machine says, and goes back to where the reader was.</summary>
    public static void MapAppearance(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/appearance/{choice:regex(^(auto|light|dark)$)}", (HttpContext http, string choice, string? back) =>
        {
            Remember(http, Reader.AppearanceKey, choice);
            return Results.LocalRedirect(LocalAddress.OrHome(back));
        }).ExcludeFromDescription();

    private static void Remember(HttpContext http, string key, string value) => http.Response.Cookies.Append(
        key, value, new CookieOptions { MaxAge = Remembered, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
}
