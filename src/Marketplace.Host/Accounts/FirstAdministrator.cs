using Marketplace.Application.Door;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Teams;

namespace Marketplace.Host.Accounts;

/// <summary>
/// Whoever operates the marketplace names the mail address of its first administrator. Who holds the account of that address, confirmed, joins the
/// marketplace's own team when they come, as long as nobody leads it; from then on the setting means nothing.
/// </summary>
/// <param name="mail">Null: nobody is named.</param>
public sealed class FirstAdministrator(MarketplaceDoor door, string? mail)
{
    public const string Setting = "Accounts:FirstAdministrator";

    private static readonly Principal Host = Principal.Whole(ActorRole.Administrator, null, "host");

    /// <summary>True: they belong to the team from now on.</summary>
    public async Task<bool> Welcome(SignedInPerson person, CancellationToken cancel)
    {
        if (mail is not { Length: > 0 } || !string.Equals(person.Mail, mail, StringComparison.OrdinalIgnoreCase)
            || (await door.Ask(Host, new GetTeam(), cancel)).Value.Members.Any(m => m.Roles.Contains(MemberRole.Administrator)))
        {
            return false;
        }

        var (id, secret) = (Guid.NewGuid(), Invitations.NewSecret());
        return await door.Send(Principal.System, new Application.Teams.InviteMember(id, [MemberRole.Administrator, MemberRole.Approver], Sha256Hex.Of(secret)), cancel) is Accepted
            && await door.Send(
                new Principal(ActorRole.Person, null, person.Person.Value, Duty.Self, IsProven: false),
                new Application.Teams.JoinTeam(Guid.NewGuid(), Application.Teams.InviteMember.IdOf(id), secret), cancel) is Accepted;
    }
}
