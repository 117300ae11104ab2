using System.Security.Cryptography;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Benchmarks.Loads;

/// <summary>Real agreements, made through their grains: applied for, signed, filed, delivered, accepted and converted on one day.</summary>
internal static class ConvertedAgreements
{
    public static readonly DateOnly ConvertedOn = new(2024, 3, 4);

    /// <summary>The one sum that they owe falls due a year later.</summary>
    public static readonly DateOnly DueOn = new(2025, 3, 4);

    private const int AtOnce = 512;

    private static readonly Actor Lab = new(ActorRole.Lab, DerivedId.From<OrganisationId>("lab"), "wang");
    private static readonly Actor Company = new(ActorRole.Company, DerivedId.From<OrganisationId>("company"), "chen");
    private static readonly Actor Administrator = new(ActorRole.Administrator, null, "zhang");

    private static readonly AgreementTerms Terms = new(
        LicenceKind.NonExclusive, "示例领域", "中国", TrialMonths: 6, CommercialMonths: 36, Currency.Cny,
        [new DeferredLumpSum(100_000_00, 12, PayDateRule.Earlier)], Reporting: null, LateInterestTerms.Standard, PlatformFeePpm: 30_000, CureDays: 30);

    public static async Task<IReadOnlyList<IAgreementGrain>> Make(EngineHost engine, int count)
    {
        engine.Time.StandAt(LocalTime.StartOf(ConvertedOn) + TimeSpan.FromHours(10));
        var agreements = Enumerable.Range(1, count).Select(i => DerivedId.From<AgreementId>($"agreement {i}")).ToList();
        await Parallel.ForEachAsync(agreements, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (id, _) => await Convert(engine.Grains, id));
        return [.. agreements.Select(id => engine.Grains.GetGrain<IAgreementGrain>(id.Value))];
    }

    public static async Task Do(this IJournaledGrain agreement, Actor actor, AgreementCommand command)
    {
        var id = Guid.NewGuid();
        var answer = await agreement.Execute(new CommandEnvelope(id, SHA256.HashData(id.ToByteArray()), actor, command));
        if (answer is not Accepted)
        {
            throw new InvalidOperationException($"{command} was not accepted: {answer}");
        }
    }

    private static async Task Convert(IGrainFactory grains, AgreementId id)
    {
        var agreement = grains.GetGrain<IAgreementGrain>(id.Value);
        await agreement.Do(Company, new Domain.Agreements.ApplyForTrial(
            id, DerivedId.From<OfferId>("offer"), DerivedId.From<LabResultId>("result"), Lab.Organisation!.Value, Company.Organisation!.Value, Terms,
            new InventorSplit(700_000, [new InventorPart("示例甲", 750_000), new InventorPart("示例乙", 250_000)]),
            new ApplicationFacts(OfferStatus.Open, DateOnly.MaxValue, ResultStatus.Listed, OrganisationStatus.Verified, OrganisationStatus.Verified, IsHeld: false),
            "中试"));
        await agreement.Do(Lab, new Domain.Agreements.AcceptApplication());
        await agreement.Do(Lab, new Domain.Agreements.AcceptTerms(1));
        await agreement.Do(Company, new Domain.Agreements.AcceptTerms(1));
        var document = (await agreement.State()).DocumentHash!;
        await agreement.Do(Lab, new Domain.Agreements.SignAgreement(document));
        await agreement.Do(Company, new Domain.Agreements.SignAgreement(document));
        await agreement.Do(Administrator, new Domain.Agreements.FileAgreement("津备-1"));
        await agreement.Do(Lab, new Domain.Agreements.DeliverResult("资料"));
        await agreement.Do(Company, new Domain.Agreements.AcceptDelivery());
        await agreement.Do(Company, new Domain.Agreements.ConvertLicence());
    }
}
