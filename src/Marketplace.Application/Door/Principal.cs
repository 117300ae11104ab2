using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>Whoever stands at the door: a person of an organisation in a role, or a visitor who has not said who they are.</summary>
/// <param name="Organisation">Set for laboratories, companies, guarantors and brokers; null for administrators, persons and visitors.</param>
/// <param name="Person">For the record: <see cref="PersonId"/> of an account, or a name of ours; never a secret.</param>
/// <param name="Duties">What this person is trusted with there.</param>
/// <param name="IsProven">Whether they have proven who they are within <see cref="ProofLasts"/>.</param>
public sealed record Principal(ActorRole Role, OrganisationId? Organisation, string Person, Duty Duties, bool IsProven)
{
    /// <summary>How long a proof of identity is good for signatures, payouts and approvals.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(5);

    public static readonly Principal Visitor = new(ActorRole.Visitor, null, "visitor", Duty.None, IsProven: false);

    /// <summary>The host itself: sweeps, outcomes of payments, seeds.</summary>
    public static readonly Principal System = Whole(ActorRole.System, null, "system");

    /// <summary>A principal of our own making, who may do whatever the role may: the demo, seeds, simulation. Nobody from outside is one of these.</summary>
    public static Principal Whole(ActorRole role, OrganisationId? organisation, string person) => new(role, organisation, person, Duty.All, IsProven: true);

    /// <summary>Whether all that this principal may see of a laboratory is their own share.</summary>
    public bool IsInventorOnly => Duties.HasFlag(Duty.Inventor) && !Duties.HasFlag(Duty.Read);

    /// <summary>The same, as the rules and the journal know it.</summary>
    public Actor Actor => new(Role, Organisation, Person);

    /// <summary>
    /// May this principal see what belongs to that organisation? Administrators and the system see everything; an inventor belongs to their laboratory
    /// and sees of it what everybody sees.
    /// </summary>
    public bool Sees(OrganisationId organisation) =>
        Duties.HasFlag(Duty.Read) && (Role is ActorRole.Administrator or ActorRole.System || Organisation == organisation);
}
