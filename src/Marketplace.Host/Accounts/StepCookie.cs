using Marketplace.Application.Payments;

namespace Marketplace.Host.Accounts;

/// <summary>A sealed note that waits in the browser between two steps of signing in. It goes to the pages of accounts only.</summary>
public sealed class StepCookie(SiteAddress site)
{
    public const string Code = "marketplace-sign-in";
    public const string Passkey = "marketplace-passkey";

    public void Set(HttpContext http, string name, string note, TimeSpan lasts) => http.Response.Cookies.Append(name, note, Options(http, lasts));

    public static string? Get(HttpContext http, string name) => http.Request.Cookies[name];

    public void Forget(HttpContext http, string name) => http.Response.Cookies.Delete(name, Options(http, null));

    private CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps || site.Root.Scheme == Uri.UriSchemeHttps,
        SameSite = SameSiteMode.Strict,
        Path = AccountAddress.Overview,
        MaxAge = lasts,
        IsEssential = true,
    };
}
