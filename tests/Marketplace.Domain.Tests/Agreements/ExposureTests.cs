using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

public sealed class ExposureTests
{
    private static readonly AgreementTerms Terms = new(
        LicenceKind.NonExclusive, "示例领域", "中国", TrialMonths: 6, CommercialMonths: 24, Currency.Cny,
        [
            new EntryFee(1_000, 30, IsCreditable: false), new Instalments(20_000, [new Instalment(1, 500_000), new Instalment(2, 500_000)]),
            new Milestone(MilestoneKind.MassProduction, "投产报告", 300_000, 30), new MinimumAnnualRoyalty(4_000_000), new RunningRoyalty(30_000),
        ],
        new SalesReporting(6, 30, 15), LateInterestTerms.Standard, PlatformFeePpm: 30_000, CureDays: 30);

    /// <summary>1 000 + 20 000 + 300 000 + one year's minimum 4 000 000; the royalty depends on sales.</summary>
    [Fact]
    public void At_signature_all_that_may_be_owed_without_sales() => Assert.Equal(new Money(4_321_000, Currency.Cny), Exposure.At(Terms));

    [Fact]
    public void Before_conversion_it_is_what_was_signed() => Assert.Equal(Exposure.At(Terms), Exposure.Now(In(Stage.InTrial)));

    [Theory]
    [InlineData(Stage.Declined)]
    [InlineData(Stage.Withdrawn)]
    [InlineData(Stage.Returned)]
    [InlineData(Stage.Expired)]
    [InlineData(Stage.Terminated)]
    [InlineData(Stage.Settled)]
    [InlineData(Stage.Closed)]
    public void What_is_over_and_paid_defers_nothing(Stage stage) => Assert.Equal(0, Exposure.Now(In(stage)).AmountMinor);

    /// <summary>Entry fee paid: 0. Instalments 10 000 paid, 10 000 open. Milestone 300 000 and a year's minimum 4 000 000 ahead: 4 310 000.</summary>
    [Fact]
    public void What_is_paid_is_deferred_no_more() =>
        Assert.Equal(4_310_000, Exposure.Now(In(Stage.Converted) with { Obligations = [Owed(1, 0, 1_000, 1_000), Owed(2, 1, 10_000, 10_000), Owed(3, 1, 10_000, 0)] }).AmountMinor);

    [Fact]
    public void After_the_end_what_is_open_still_counts() =>
        Assert.Equal(7_000, Exposure.Now(In(Stage.Terminated) with { Obligations = [Owed(1, 4, 10_000, 3_000)] }).AmountMinor);

    private static Agreement In(Stage stage) => Agreement.None with { Stage = stage, Proposals = [new TermsProposal(1, Party.Lab, Terms, null, new DateOnly(2026, 1, 5))] };

    private static Obligation Owed(int number, int trigger, long amountMinor, long paidMinor) => new(
        number, ObligationKind.Instalment, trigger, null, default, default, false, false, Component.Nothing.Charge(amountMinor).Allocate(paidMinor),
        Component.Nothing, Component.Nothing, 0, 0, null, 0, [], null, 0);
}
