namespace Marketplace.Domain;

/// <summary>
/// Who may ask for what. Somebody else's thing is answered "not found", so that nobody learns from a refusal what exists;
/// one's own thing in the wrong role is answered "forbidden", so that one learns whom to ask.
/// The system acts for everybody: it only runs our own code (sweeps, replayed seeds).
/// </summary>
public static class Authority
{
    /// <summary>Only the organisation itself: declarations that nobody can make in its name.</summary>
    public static Refusal? OwnerOnly(Actor actor, OrganisationId owner) => actor.Role switch
    {
        ActorRole.System => null,
        ActorRole.Administrator => Refusal.Forbidden("owner-only", "只有所属机构本身可以这样做。", "Only the organisation that owns it may do this."),
        ActorRole.Lab or ActorRole.Company or ActorRole.Guarantor or ActorRole.Broker => actor.Organisation == owner ? null : Refusal.NotFound(),
        ActorRole.Visitor or ActorRole.Person => Refusal.NotFound(),
    };

    /// <summary>The organisation itself, or an administrator.</summary>
    public static Refusal? OwnerOrAdministrator(Actor actor, OrganisationId owner) =>
        actor.Role == ActorRole.Administrator ? null : OwnerOnly(actor, owner);

    /// <summary>Only an administrator: decisions that an organisation cannot take about itself.</summary>
    public static Refusal? AdministratorOnly(Actor actor, OrganisationId owner) => actor.Role switch
    {
        ActorRole.System or ActorRole.Administrator => null,
        ActorRole.Lab or ActorRole.Company or ActorRole.Guarantor or ActorRole.Broker => actor.Organisation == owner
            ? Refusal.Forbidden("administrators-only", "只有园区管理方可以这样做。", "Only an administrator may do this.")
            : Refusal.NotFound(),
        ActorRole.Visitor or ActorRole.Person => Refusal.NotFound(),
    };

    /// <summary>What belongs to the marketplace itself: its bank accounts and what moves on them.</summary>
    public static Refusal? AdministratorOnly(Actor actor) => actor.Role is ActorRole.System or ActorRole.Administrator ? null : Refusal.NotFound();
}
