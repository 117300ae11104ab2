using Marketplace.Domain;
using Marketplace.Domain.Credit;
using Marketplace.Domain.Guarantees;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Rights;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Storage.Tests;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

/// <summary>Registers that hold what their rules would never have written are named, on either database.</summary>
public abstract class BrokenReservationTests(Func<Task<Database>> create) : InvariantTest(create)
{
    private static readonly DateTimeOffset At = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);
    private static readonly OrganisationId LabId = Deals.Lab.Organisation!.Value;
    private static readonly OrganisationId CompanyId = Deals.Company.Organisation!.Value;
    private static readonly Actor Guarantor = new(ActorRole.Guarantor, DerivedId.From<OrganisationId>("guarantor"), "gao");

    private static readonly RightsClaim Claim = new(
        DerivedId.From<AgreementId>("one"), CompanyId, DerivedId.From<LabResultId>("result"), [], LicenceKind.Exclusive, "工业仿真", "中国大陆", new DateOnly(2025, 3, 3), null);

    [Fact]
    public async Task What_was_decided_is_sound()
    {
        await Rights(Deals.Lab, new RightsReserved(Claim, []), new RightsReleased(Claim.Agreement), new RightsReserved(Claim with { Agreement = DerivedId.From<AgreementId>("two") }, []));
        await Credit(
            (Deals.Administrator, At, [new ExposureLimitSet(Yuan(100), "示例", default)]),
            (Deals.Company, At, [new ExposureReserved(Claim.Agreement, Yuan(100), 100, 100)]));
        await Guarantees(Guarantor, new GuaranteesOffered(Currency.Cny, new GuaranteeOffer(100, 10_000, 1_000_000), default), new CoverReserved(Claim.Agreement, Yuan(100), Yuan(1), 100, 100));
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_right_that_is_promised_twice_is_named()
    {
        await Rights(Deals.Lab, new RightsReserved(Claim, []), new RightsReserved(Claim with { Agreement = DerivedId.From<AgreementId>("two") }, [Claim.Agreement]));
        Assert.Equal([$"{Invariant.RightsPromisedOnce} events rights/{LabId} version 2"], await Found());
    }

    [Fact]
    public async Task A_possible_conflict_that_nobody_acknowledged_is_named()
    {
        await Rights(Deals.Lab, new RightsReserved(Claim, []), new RightsReserved(Claim with { Agreement = DerivedId.From<AgreementId>("two"), FieldOfUse = "水处理" }, []));
        Assert.Equal([$"{Invariant.RightsPromisedOnce} events rights/{LabId} version 2"], await Found());
    }

    [Fact]
    public async Task Rights_that_somebody_else_gives_are_named()
    {
        await Rights(Deals.OtherLab, new RightsReserved(Claim, []));
        Assert.Equal([$"{Invariant.EachItsOwn} events rights/{LabId} version 1"], await Found());
    }

    [Theory]
    [InlineData(101, 101, 100)] // above the limit
    [InlineData(90, 80, 100)] // said to be less than it is
    [InlineData(90, 90, 120)] // said to be allowed more than was
    public async Task Credit_beyond_its_limit_is_named(long amountMinor, long heldMinor, long limitMinor)
    {
        await Credit(
            (Deals.Administrator, At, [new ExposureLimitSet(Yuan(100), "示例", default)]),
            (Deals.Company, At, [new ExposureReserved(Claim.Agreement, Yuan(amountMinor), heldMinor, limitMinor)]));
        Assert.Equal([$"{Invariant.DeferredWithinLimit} events credit/{CompanyId} version 2"], await Found());
    }

    [Fact]
    public async Task Points_that_the_figures_do_not_give_are_named()
    {
        var figures = InnovationIndex.Current.Indicators.ToDictionary(i => i.Key, i => 0L);
        await Credit((Deals.Administrator, At, [new InnovationAssessed(
            GrowthStage.Growth, InnovationIndex.Current.Number, System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, figures), 9_999, 5_000_000_000, default)]));
        Assert.Equal([$"{Invariant.DeferredWithinLimit} events credit/{CompanyId} version 1"], await Found());
    }

    [Theory]
    [InlineData(101, 1, 101, 100)] // above the capacity
    [InlineData(100, 2, 100, 100)] // another premium than was offered
    [InlineData(100, 1, 90, 100)]
    public async Task Cover_beyond_the_capacity_is_named(long amountMinor, long premiumMinor, long coveredMinor, long capacityMinor)
    {
        await Guarantees(
            Guarantor, new GuaranteesOffered(Currency.Cny, new GuaranteeOffer(100, 10_000, 1_000_000), default),
            new CoverReserved(Claim.Agreement, Yuan(amountMinor), Yuan(premiumMinor), coveredMinor, capacityMinor));
        Assert.Equal([$"{Invariant.CoverWithinCapacity} events guarantee/{Guarantor.Organisation} version 2"], await Found());
    }

    private Task Rights(Actor by, params RightsEvent[] happened) =>
        Scribe.Write<RightsRegisterState, RightsCommand, RightsEvent, RightsRegister>($"rights/{LabId}", (_, _) => [], _ => [], [(by, At, happened)]);

    private Task Credit(params (Actor, DateTimeOffset, IReadOnlyList<CreditEvent>)[] commands) =>
        Scribe.Write<CompanyCreditState, CreditCommand, CreditEvent, CompanyCredit>($"credit/{CompanyId}", (_, _) => [], _ => [], commands);

    private Task Guarantees(Actor by, params GuaranteeEvent[] happened) => Scribe.Write<GuaranteePoolState, GuaranteeCommand, GuaranteeEvent, GuaranteePool>(
        $"guarantee/{Guarantor.Organisation}", (_, _) => [], _ => [], [(by, At, happened)]);

    private static Money Yuan(long amountMinor) => new(amountMinor, Currency.Cny);
}

public sealed class BrokenReservationsOnSqlite() : BrokenReservationTests(OnSqlite);

public sealed class BrokenReservationsOnPostgres() : BrokenReservationTests(OnPostgres);
