using System.Security.Claims;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Host.Api;

namespace Marketplace.Host.Accounts;

/// <summary>The cookie of a session, and who sends it.</summary>
public sealed class SessionCookie(Sessions sessions, SiteAddress site)
{
    private const string Name = "marketplace-session";

    /// <summary>What a browser takes only over HTTPS and only for this very host.</summary>
    private const string SecurePrefix = "__Host-";

    /// <summary>Signs this browser in as a person, in a session of its own; one that it had before ends.</summary>
    /// <param name="isProven">A passkey or a code was asked for on the way in.</param>
    public async Task SignIn(HttpContext http, PersonId person, bool isProven)
    {
        if (http.Person() is { } before)
        {
            await sessions.End(before.Person, before.Session, http.RequestAborted);
        }

        http.Response.Cookies.Delete(DevelopmentPrincipal.Cookie); // it would say something else about who this is
        var secret = await sessions.Begin(person, http, isProven);
        http.Response.Cookies.Append(NameFor(http), secret, Options(http, Sessions.Longest));
    }

    /// <summary>Ends the session of this browser, if it has one.</summary>
    public async Task SignOut(HttpContext http)
    {
        if (http.Person() is { } person)
        {
            await sessions.End(person.Person, person.Session, http.RequestAborted);
        }

        Forget(http);
    }

    /// <summary>Finds out who sends a request. A cookie that no session holds is thrown away.</summary>
    public async Task Recognise(HttpContext http)
    {
        // Another site can make a browser send its cookies along with what it wants done. Pages have a token in their forms against that; programs
        // have not, so under /api a cookie says who reads, and never who acts. Who acts there is to say so by a token of their own, here.
        if (http.Request.Path.StartsWithSegments("/api") && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        if (http.Request.Cookies[NameFor(http)] is not { } secret)
        {
            return;
        }

        if (await sessions.Find(secret, http.RequestAborted) is not { } person)
        {
            Forget(http);
            return;
        }

        http.Features.Set(person);

        // A form's token holds within one session: one that was given out before, or to somebody else, is worth nothing in it.
        http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Session)], "session"));
    }

    private void Forget(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), Options(http, null));

    private bool IsSecure(HttpContext http) => http.Request.IsHttps || site.Root.Scheme == Uri.UriSchemeHttps;

    private string NameFor(HttpContext http) => IsSecure(http) ? SecurePrefix + Name : Name;

    private CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        Secure = IsSecure(http),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = lasts,
        IsEssential = true,
    };
}
