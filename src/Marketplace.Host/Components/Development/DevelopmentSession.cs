using Marketplace.Host.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Host.Components.Development;

/// <summary>Signing in by choosing who to be, and out again. Only where <see cref="DevelopmentPrincipal.IsBelieved"/>; elsewhere there is no such address.</summary>
public static class DevelopmentSession
{
    public const string SignInPage = "/development/sign-in";
    public const string Address = "/development/session";
    public const string EndAddress = "/development/session/end";

    /// <summary>Both take a form with an antiforgery token; binding the form checks it.</summary>
    public static void MapDevelopmentSession(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Address, (HttpContext http, HostMode mode, [FromForm] string principal, [FromForm] string? back) =>
        {
            if (!DevelopmentPrincipal.IsBelieved(http, mode.IsEmbedded) || !DevelopmentPrincipal.TryParse(principal, out _, out _))
            {
                return Results.NotFound();
            }

            http.Response.Cookies.Append(DevelopmentPrincipal.Cookie, principal, Options);
            return Results.LocalRedirect(LocalAddress.OrHome(back));
        }).ExcludeFromDescription();

        routes.MapPost(EndAddress, (HttpContext http, HostMode mode, [FromForm] string? back) =>
        {
            if (!DevelopmentPrincipal.IsBelieved(http, mode.IsEmbedded))
            {
                return Results.NotFound();
            }

            http.Response.Cookies.Delete(DevelopmentPrincipal.Cookie, Options);
            return Results.LocalRedirect(LocalAddress.OrHome(back));
        }).ExcludeFromDescription();
    }

    private static CookieOptions Options => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };
}
