using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Marketplace.Domain.Teams;

/// <summary>The people of an organisation, or of the marketplace itself, and what each is trusted with.</summary>
/// <param name="Organisation">Null: the marketplace itself.</param>
/// <param name="Founding">Which registration of the organisation this team stands on: 1, 2 after a rejection, …; 0: nobody has founded it.</param>
public sealed record Team(OrganisationId? Organisation, int Founding)
{
    /// <summary>What each is, by <see cref="PersonId"/>; nothing of those who have left.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<MemberRole>> Members { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<MemberRole>>(StringComparer.Ordinal);

    /// <summary>By which name somebody stands in the splits of the laboratory's agreements, by <see cref="PersonId"/>; of those who were invited as inventors.</summary>
    public ImmutableSortedDictionary<string, string> Inventors { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>All that were ever made, by <see cref="InvitationId"/>.</summary>
    public ImmutableSortedDictionary<string, Invitation> Invitations { get; init; } = ImmutableSortedDictionary.Create<string, Invitation>(StringComparer.Ordinal);

    [JsonIgnore]
    public IEnumerable<string> Leads => Members.Where(m => (m.Value.Duties() & Duty.Lead) != 0).Select(m => m.Key);

    /// <summary>What somebody is in it; nothing when they do not belong to it.</summary>
    public ImmutableSortedSet<MemberRole> RolesOf(PersonId person) => Members.GetValueOrDefault(person.Value, []);

    /// <summary>By which name somebody is an inventor of the laboratory now; null: they are none.</summary>
    public string? InventorOf(PersonId person) => RolesOf(person).Contains(MemberRole.Inventor) ? Inventors.GetValueOrDefault(person.Value) : null;
}

public enum InvitationStatus
{
    Open,
    Accepted,
    Withdrawn,
}

/// <param name="SecretHash">SHA-256 of what only the mail to whoever is invited says, in lower-case hex. Their address is kept with accounts, not here.</param>
/// <param name="Inventor">The name of whoever is invited as an inventor; null of all others.</param>
public sealed record Invitation(InvitationStatus Status, ImmutableSortedSet<MemberRole> Roles, string SecretHash, DateTimeOffset ExpiresAtUtc, string? Inventor = null);

public abstract record TeamCommand;

/// <summary>Whoever has registered an organisation leads it until an administrator has rejected the registration.</summary>
/// <param name="Founding">As in <see cref="Team.Founding"/>.</param>
public sealed record FoundTeam(OrganisationId Organisation, int Founding, PersonId Person) : TeamCommand;

/// <param name="Organisation">Null: into the marketplace's own team.</param>
/// <param name="Inventor">As in <see cref="Invitation.Inventor"/>.</param>
public sealed record InviteMember(OrganisationId? Organisation, InvitationId Invitation, ImmutableSortedSet<MemberRole> Roles, string SecretHash, string? Inventor = null) : TeamCommand;

public sealed record WithdrawInvitation(InvitationId Invitation) : TeamCommand;

/// <param name="Secret">What the mail said.</param>
public sealed record JoinTeam(InvitationId Invitation, PersonId Person, string Secret) : TeamCommand;

public sealed record ChangeMemberRoles(PersonId Person, ImmutableSortedSet<MemberRole> Roles) : TeamCommand;

/// <summary>Of somebody else by whoever leads, or of oneself.</summary>
public sealed record RemoveMember(PersonId Person) : TeamCommand;

public abstract record TeamEvent;

public sealed record TeamFounded(OrganisationId Organisation, int Founding, PersonId Person) : TeamEvent;

public sealed record MemberInvited(
    OrganisationId? Organisation, InvitationId Invitation, ImmutableSortedSet<MemberRole> Roles, string SecretHash, DateTimeOffset ExpiresAtUtc, string? Inventor = null) : TeamEvent;

public sealed record InvitationWithdrawn(InvitationId Invitation) : TeamEvent;

public sealed record MemberJoined(InvitationId Invitation, PersonId Person, ImmutableSortedSet<MemberRole> Roles, string? Inventor = null) : TeamEvent;

/// <param name="Before">What they were.</param>
public sealed record MemberRolesChanged(PersonId Person, ImmutableSortedSet<MemberRole> Roles, ImmutableSortedSet<MemberRole> Before) : TeamEvent;

/// <param name="Before">What they were.</param>
public sealed record MemberRemoved(PersonId Person, ImmutableSortedSet<MemberRole> Before) : TeamEvent;

/// <summary>A team always has somebody who leads it, once it has anybody.</summary>
public sealed class TeamRules : IAggregate<Team, TeamCommand, TeamEvent>
{
    public const int MaxMembers = 200;
    public const int MaxOpenInvitations = 50;

    /// <summary>How long an invitation may be accepted.</summary>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    private TeamRules() { }

    public static Team Initial { get; } = new(null, 0);

    public static Result<IReadOnlyList<TeamEvent>> Decide(Team state, TeamCommand command, CommandContext context) => command switch
    {
        FoundTeam c => context.Actor.Role != ActorRole.System && context.Actor.Person != c.Person.Value ? Refusal.NotFound()
            : c.Founding <= state.Founding ? Told()
            : Told(new TeamFounded(c.Organisation, c.Founding, c.Person)),
        InviteMember c => Invite(state, c, context),
        WithdrawInvitation c => MayLead(state.Organisation, context.Actor) is { } refusal ? refusal
            : !state.Invitations.TryGetValue(c.Invitation.Value, out var invitation) ? Refusal.NotFound()
            : invitation.Status == InvitationStatus.Open ? Told(new InvitationWithdrawn(c.Invitation)) : InvitationClosed,
        JoinTeam c => Join(state, c, context),
        ChangeMemberRoles c => MayLead(state.Organisation, context.Actor) is { } refusal ? refusal
            : state.RolesOf(c.Person) is not { Count: > 0 } before ? Refusal.NotFound()
            : CheckRoles(c.Roles, state.Organisation) is { } wrong ? wrong
            : c.Roles.Contains(MemberRole.Inventor) && !state.Inventors.ContainsKey(c.Person.Value) ? Refusal.Invalid(
                "inventor-invited-anew", "完成人须以其姓名邀请：请移出该成员后重新邀请。", "An inventor is invited by name: remove the member and invite them again.", "roles")
            : before.SetEquals(c.Roles) ? Told()
            : IsLastLead(state, c.Person) && (c.Roles.Duties() & Duty.Lead) == 0 ? LastLead
            : Told(new MemberRolesChanged(c.Person, c.Roles, before)),
        RemoveMember c => Remove(state, c, context.Actor),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static Team Apply(Team state, TeamEvent happened) => happened switch
    {
        TeamFounded e => state with
        {
            Organisation = e.Organisation,
            Founding = e.Founding,
            Members = Initial.Members.AddRange(state.Members.Keys.Select(m => KeyValuePair.Create(m, ImmutableSortedSet<MemberRole>.Empty))).SetItem(e.Person.Value, [MemberRole.Owner]),
            Invitations = Initial.Invitations.AddRange(state.Invitations.Select(i => KeyValuePair.Create(i.Key, i.Value.Status == InvitationStatus.Open ? i.Value with { Status = InvitationStatus.Withdrawn } : i.Value))),
        },
        MemberInvited e => state with
        {
            Organisation = e.Organisation,
            Invitations = state.Invitations.SetItem(e.Invitation.Value, new Invitation(InvitationStatus.Open, e.Roles, e.SecretHash, e.ExpiresAtUtc, e.Inventor)),
        },
        InvitationWithdrawn e => Close(state, e.Invitation, InvitationStatus.Withdrawn),
        MemberJoined e => Close(state, e.Invitation, InvitationStatus.Accepted) with
        {
            Members = state.Members.SetItem(e.Person.Value, e.Roles),
            Inventors = e.Inventor is { } name ? state.Inventors.SetItem(e.Person.Value, name) : state.Inventors.Remove(e.Person.Value),
        },
        MemberRolesChanged e => state with { Members = state.Members.SetItem(e.Person.Value, e.Roles) },
        MemberRemoved e => state with { Members = state.Members.SetItem(e.Person.Value, []) },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<TeamEvent>> Invite(Team state, InviteMember c, CommandContext context)
    {
        // An organisation without anybody who leads it, registered before there were accounts, gets its first one from an administrator.
        var refusal = c.Organisation is { } organisation && !state.Leads.Any() && context.Actor.Role == ActorRole.Administrator
            ? (c.Roles.Contains(MemberRole.Owner) ? null : Refusal.Invalid("first-member-leads", "首位成员须为负责人。", "The first member has to be an owner.", "roles"))
            : MayLead(c.Organisation, context.Actor);
        return (refusal ?? CheckRoles(c.Roles, c.Organisation) ?? CheckInventor(c, context.Actor)) is { } wrong ? wrong
            : state.Members.Values.Count(m => m.Count > 0) >= MaxMembers || state.Invitations.Values.Count(i => IsOpen(i, context.NowUtc)) >= MaxOpenInvitations
                ? Refusal.State("team-full", $"成员至多 {MaxMembers} 名，待接受的邀请至多 {MaxOpenInvitations} 份。", $"A team has at most {MaxMembers} members and {MaxOpenInvitations} open invitations.")
            : Told(new MemberInvited(c.Organisation, c.Invitation, c.Roles, c.SecretHash, context.NowUtc + InvitationLasts, c.Inventor?.Trim()));
    }

    // Whoever holds the secret was invited; without it an invitation does not exist.
    private static Result<IReadOnlyList<TeamEvent>> Join(Team state, JoinTeam c, CommandContext context) =>
        !state.Invitations.TryGetValue(c.Invitation.Value, out var invitation) || invitation.SecretHash != Sha256Hex.Of(c.Secret) ? Refusal.NotFound()
        : state.RolesOf(c.Person).Count > 0 ? Refusal.State("member-already", "您已是该团队成员；如需调整角色，请联系负责人。", "You belong to this team already; ask who leads it for another role.")
        : IsOpen(invitation, context.NowUtc) ? Told(new MemberJoined(c.Invitation, c.Person, invitation.Roles, invitation.Inventor))
        : InvitationClosed;

    private static Result<IReadOnlyList<TeamEvent>> Remove(Team state, RemoveMember c, Actor actor)
    {
        var before = state.RolesOf(c.Person);
        var leaves = actor.Person == c.Person.Value && before.Count > 0;
        return !leaves && MayLead(state.Organisation, actor) is { } refusal ? refusal
            : before.Count == 0 ? Refusal.NotFound()
            : IsLastLead(state, c.Person) ? LastLead
            : Told(new MemberRemoved(c.Person, before));
    }

    // The door has seen to it that whoever asks for the organisation leads it.
    private static Refusal? MayLead(OrganisationId? organisation, Actor actor) => organisation is { } owned
        ? Authority.OwnerOnly(actor, owned)
        : Authority.AdministratorOnly(actor);

    private static Refusal? CheckRoles(ImmutableSortedSet<MemberRole> roles, OrganisationId? organisation) =>
        roles.Count > 0 && roles.All(r => Enum.IsDefined(r) && r.IsOfPlatform() == (organisation is null))
            ? null
            : Refusal.Invalid("roles-unfit", "请至少选择一个适合该团队的角色。", "Choose at least one role that fits this team.", "roles");

    // Who is an inventor has a name in splits, and only a laboratory has inventors.
    private static Refusal? CheckInventor(InviteMember c, Actor actor) => (c.Roles.Contains(MemberRole.Inventor), c.Inventor?.Trim()) switch
    {
        (true, _) when actor.Role is not (ActorRole.Lab or ActorRole.System) =>
            Refusal.Invalid("inventor-of-a-lab", "只有院所邀请完成人。", "Only a laboratory invites inventors.", "roles"),
        (true, not { Length: > 0 and <= 100 }) =>
            Refusal.Invalid("inventor-name-missing", "请填写完成人姓名（100 字以内），须与收益分配中的写法一致。", "Write the inventor's name as it stands in the splits, in at most 100 characters.", "inventor"),
        (false, { Length: > 0 }) =>
            Refusal.Invalid("inventor-without-role", "填写完成人姓名时，请选择“完成人”角色。", "Whoever has an inventor's name needs the role of an inventor.", "roles"),
        _ => null,
    };

    private static bool IsLastLead(Team state, PersonId person) => state.Leads.Any() && state.Leads.All(l => l == person.Value);

    private static bool IsOpen(Invitation invitation, DateTimeOffset now) => invitation.Status == InvitationStatus.Open && now < invitation.ExpiresAtUtc;

    private static Team Close(Team state, InvitationId id, InvitationStatus status) =>
        state with { Invitations = state.Invitations.SetItem(id.Value, state.Invitations[id.Value] with { Status = status }) };

    private static Refusal InvitationClosed => Refusal.State("invitation-closed", "邀请已失效，请联系邀请人重新发送。", "This invitation is open no more; ask for a new one.");

    private static Refusal LastLead => Refusal.State("last-lead", "团队至少须有一名负责人。", "A team needs somebody who leads it.");

    private static Result<IReadOnlyList<TeamEvent>> Told(params TeamEvent[] events) => Result<IReadOnlyList<TeamEvent>>.Of(events);
}
