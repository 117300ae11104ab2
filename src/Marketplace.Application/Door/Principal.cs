using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>Whoever stands at the door: a person of an organisation in a role, or a visitor who has not said who they are.</summary>
/// <param name="Organisation">Set for laboratories and companies, null for administrators and visitors.</param>
/// <param name="Person">Login name of the person, for the record; never a secret.</param>
public sealed record Principal(ActorRole Role, OrganisationId? Organisation, string Person)
{
    public static readonly Principal Visitor = new(ActorRole.Visitor, null, "visitor");

    /// <summary>The host itself: sweeps, outcomes of payments, seeds.</summary>
    public static readonly Principal System = new(ActorRole.System, null, "system");

    /// <summary>The same, as the rules and the journal know it.</summary>
    public Actor Actor => new(Role, Organisation, Person);

    /// <summary>May this principal see what belongs to that organisation? Administrators and the system see everything.</summary>
    public bool Sees(OrganisationId organisation) =>
        Role is ActorRole.Administrator or ActorRole.System || Organisation == organisation;
}
