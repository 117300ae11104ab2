using System.Security.Cryptography;
using Marketplace.Application.Door;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Host.Accounts;

/// <summary>
/// As whom somebody with an account asks: as a member of the team that they have chosen, if they belong to it now. Read anew at each request, so that
/// whoever is removed, or trusted with less, is so at their next one.
/// </summary>
public static class ActingFor
{
    public const string Address = "/account/teams/choose";
    private const string Cookie = "acting-for";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>Behind <see cref="SignedInPerson"/>; whoever says by themselves who they are stays that.</summary>
    public static void UseMemberships(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Features.Get<Principal>() is null && http.Person() is { } person)
        {
            var door = http.RequestServices.GetRequiredService<MarketplaceDoor>();
            var memberships = (await door.Ask(Principal.System, new ListMemberships(person.Person), http.RequestAborted)).Value;
            if (memberships.Count == 0 && await http.RequestServices.GetRequiredService<FirstAdministrator>().Welcome(person, http.RequestAborted))
            {
                memberships = (await door.Ask(Principal.System, new ListMemberships(person.Person), http.RequestAborted)).Value;
            }

            http.Features.Set(new Known(memberships));
            var isProven = person.IsProven(http.RequestServices.GetRequiredService<AccountClock>().NowUtc);
            var isBound = http.Features.Get<Chosen>() is not null;
            var chosen = http.Features.Get<Chosen>()?.Team ?? http.Request.Cookies[Cookie];
            var acting = memberships.FirstOrDefault(m => ITeamGrain.KeyOf(m.Organisation) == chosen) ?? (isBound ? null : memberships.FirstOrDefault());
            http.Features.Set(acting?.Principal(isProven) ?? new Principal(ActorRole.Person, null, person.Person.Value, Duty.Self, isProven));
        }

        await next(http);
    });

    /// <summary>All teams that whoever asks belongs to; none of a visitor.</summary>
    public static IReadOnlyList<Membership> Memberships(this HttpContext http) => http.Features.Get<Known>()?.Memberships ?? [];

    /// <summary>This request is of somebody who acts for this team or for none.</summary>
    internal static void Choose(HttpContext http, string team) => http.Features.Set(new Chosen(team));

    /// <summary>From the next request on they act for this team, while they belong to it.</summary>
    /// <param name="team">As in <see cref="ITeamGrain.KeyOf"/>.</param>
    public static void Remember(HttpContext http, string team) => http.Response.Cookies.Append(
        Cookie, team, new CookieOptions { MaxAge = Remembered, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });

    /// <summary>Takes a form with an antiforgery token; binding the form checks it.</summary>
    public static void MapActingFor(this IEndpointRouteBuilder routes) => routes.MapPost(Address, (HttpContext http, [FromForm] string team, [FromForm] string? back) =>
    {
        if (http.Memberships().All(m => ITeamGrain.KeyOf(m.Organisation) != team))
        {
            return Results.NotFound();
        }

        Remember(http, team);
        return Results.LocalRedirect(Components.LocalAddress.OrHome(back));
    }).ExcludeFromDescription();

    private sealed record Chosen(string Team);

    private sealed record Known(IReadOnlyList<Membership> Memberships);
}

/// <summary>What an invitation's mail carries.</summary>
public static class Invitations
{
    /// <summary>256 bits by chance, for an address.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Local address at which it is accepted.</summary>
    public static string AddressOf(InvitationId invitation, string secret) => $"/account/join?invitation={invitation}&secret={Uri.EscapeDataString(secret)}";
}
