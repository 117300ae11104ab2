using Marketplace.Host.Api;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Development;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Host.Accounts;

/// <summary>What the pages of accounts send that is no page itself.</summary>
internal static class AccountEndpoints
{
    public const string DemoSignIn = "/account/demo";

    /// <summary>All take an antiforgery token; binding a form checks it.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(AccountAddress.SignOut, async (HttpContext http, SessionCookie cookie, [FromForm] string? back) =>
        {
            await cookie.SignOut(http);
            return Results.LocalRedirect(LocalAddress.OrHome(back));
        }).ExcludeFromDescription();

        routes.MapPost(DemoSignIn, async (
            HttpContext http, HostMode mode, DemoMode demoMode, DemoAccounts demos, SessionCookie cookie, [FromForm] string mail, [FromForm] string? back) =>
        {
            if (!demoMode.IsOn || !DevelopmentPrincipal.IsBelieved(http, mode.IsEmbedded) || DemoAccounts.Find(mail) is not { } demo)
            {
                return Results.NotFound();
            }

            await demos.Prepare(demo, http.RequestAborted);
            await cookie.SignIn(http, demo.Person, isProven: false);
            return Results.LocalRedirect(LocalAddress.OrHome(back));
        }).ExcludeFromDescription();

        // Asked for by wwwroot/passkey.js, with the token of the form that it is going to send.
        routes.MapPost("/account/passkey/{purpose:regex(^(new|proof|sign-in)$)}", async (HttpContext http, IAntiforgery antiforgery, Passkeys passkeys, string purpose) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            var person = http.Person()?.Person;
            if (purpose != "sign-in" && person is null)
            {
                return Results.Unauthorized();
            }

            var options = purpose == "new" ? await passkeys.AskForNew(http, person!.Value) : await passkeys.AskForProof(http, purpose == "sign-in" ? null : person);
            return Results.Text(options, "application/json");
        }).ExcludeFromDescription();
    }
}
