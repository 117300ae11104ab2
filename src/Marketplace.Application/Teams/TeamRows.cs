using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Teams;

namespace Marketplace.Application.Teams;

/// <param name="Team">Key of its stream.</param>
/// <param name="Roles">Names of <see cref="MemberRole"/> in order, separated by spaces; empty: they have left.</param>
/// <param name="Inventor">By which name an inventor stands in splits; null of all others.</param>
[ReadTable("team_members", keyLength: 2)]
public sealed record TeamMemberRow(string Team, string Person, string Roles, string? Inventor) : IReadRow
{
    /// <summary>What <see cref="Roles"/> names.</summary>
    public IReadOnlyList<MemberRole> RoleList() => TeamRows.Read(Roles);
}

/// <param name="Roles">As in <see cref="TeamMemberRow.Roles"/>.</param>
/// <param name="Inventor">As in <see cref="TeamMemberRow.Inventor"/>.</param>
[ReadTable("team_invitations")]
public sealed record TeamInvitationRow(string Invitation, string Team, string Roles, string SecretHash, InvitationStatus Status, DateTime ExpiresAtUtc, string? Inventor) : IReadRow;

public static class TeamRows
{
    /// <summary>The rows of a team, from its state alone.</summary>
    public static IEnumerable<IReadRow> Of(string key, Team state) =>
    [
        .. state.Members.Select(m => new TeamMemberRow(key, m.Key, Write(m.Value), state.InventorOf(PersonId.Wrap(m.Key)))),
        .. state.Invitations.Select(i => new TeamInvitationRow(i.Key, key, Write(i.Value.Roles), i.Value.SecretHash, i.Value.Status, i.Value.ExpiresAtUtc.UtcDateTime, i.Value.Inventor)),
    ];

    internal static IReadOnlyList<MemberRole> Read(string roles) => [.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<MemberRole>)];

    private static string Write(IEnumerable<MemberRole> roles) => string.Join(' ', roles);
}
