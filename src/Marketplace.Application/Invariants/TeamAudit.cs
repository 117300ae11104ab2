using Marketplace.Application.Reads;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Teams;

namespace Marketplace.Application.Invariants;

internal sealed class TeamAudit(string stream) : StreamAudit<Team, TeamCommand, TeamEvent, TeamRules>(stream)
{
    public static readonly AuditedKind Kind = new("team", stream => new TeamAudit(stream))
    {
        Tables = [OwnedTable.By<TeamMemberRow>(nameof(TeamMemberRow.Team)), OwnedTable.By<TeamInvitationRow>(nameof(TeamInvitationRow.Team))],
    };

    protected override IEnumerable<IReadRow> RowsOf(Team state) => TeamRows.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(Team after)
    {
        if (State.Leads.Any() && !after.Leads.Any())
        {
            yield return new BrokenInvariant(Invariant.OnlyAllowedTransitions, "a team was left without anybody who leads it");
        }
    }

    protected override IEnumerable<BrokenInvariant> OfEvent(TeamEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is TeamFounded { Organisation: var founded } && founded.Value != Key || happened is MemberInvited { Organisation: var inviting } && ITeamGrain.KeyOf(inviting) != Key)
        {
            yield return new BrokenInvariant(Invariant.EachItsOwn, "it is another organisation's team");
        }
    }

    /// <summary>Its own people and administrators; whoever joins, leaves or founds does so for themselves.</summary>
    protected override bool MayHaveAsked(Actor actor, TeamEvent happened, Team after) => actor.Role is ActorRole.Administrator or ActorRole.System || happened switch
    {
        TeamFounded e => e.Person.Value == actor.Person,
        MemberJoined e => e.Person.Value == actor.Person,
        _ => actor.Organisation is { } own && own == after.Organisation,
    };
}
