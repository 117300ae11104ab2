namespace Marketplace.Domain.Tests;

/// <summary>The people of the tests: one of every role, and a stranger of every kind.</summary>
internal static class Actors
{
    public static readonly Uscc LabCode = Uscc.Parse("91350100M000100Y43", "uscc").Value;
    public static readonly OrganisationId LabId = OrganisationId.ForUscc(LabCode);
    public static readonly OrganisationId StrangerId = DerivedId.From<OrganisationId>("somebody else");

    public static readonly Actor Lab = new(ActorRole.Lab, LabId, "lab-officer");
    public static readonly Actor OtherLab = new(ActorRole.Lab, StrangerId, "other-lab-officer");
    public static readonly Actor Company = new(ActorRole.Company, StrangerId, "company-officer");
    public static readonly Actor Administrator = new(ActorRole.Administrator, null, "administrator");
    public static readonly Actor Visitor = new(ActorRole.Visitor, null, "visitor");

    public static Actor Named(string name) => name switch
    {
        "Owner" => Lab,
        "OtherLab" => OtherLab,
        "Company" => Company,
        "Administrator" => Administrator,
        "System" => Actor.System,
        "Visitor" => Visitor,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Nobody of that name"),
    };

    public static CommandContext At(DateTimeOffset nowUtc, Actor actor) =>
        new(nowUtc, actor, ReferenceData.Published);
}
