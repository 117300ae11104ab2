using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Tax is withheld of what has moved, exactly and once, and only where administrators have published a rate.</summary>
public sealed class WithholdingTests
{
    [Fact]
    public void Of_a_payout_the_tax_stays_and_is_remitted()
    {
        var story = Distributed().Do(Deals.Lab, new PayInventor(1, "sandbox", "acct"));
        Assert.Equal(25_200, story.State.Intents[^1].Amount.AmountMinor); // 315.00 less 20 %
        story.Refused("nothing-to-pay", Deals.Lab, new PayInventor(1, "sandbox", "acct")); // what will be withheld is not paid out meanwhile

        Conclude(story, IntentStatus.Succeeded, 25_200);
        Assert.Equal((0, -6_300), (story.Balance(ChartOfAccounts.InventorPayable(1)), story.Balance(ChartOfAccounts.TaxPayable)));
        var told = InventorStatement.Of(story.Events, null).Inventors[0];
        Assert.Equal((25_200, 6_300, 0), (told.PaidOut.AmountMinor, told.Tax.AmountMinor, told.Payable.AmountMinor));

        story.Refused("remittance-exceeds-tax", Deals.Administrator, new RecordTaxRemittance(Deals.Yuan(6_301), "完税证明-1", story.Today))
            .Do(Deals.Administrator, new RecordTaxRemittance(Deals.Yuan(6_000), "完税证明-1", story.Today))
            .Refused("remittance-recorded", Deals.Administrator, new RecordTaxRemittance(Deals.Yuan(300), "完税证明-1", story.Today))
            .Do(Deals.Administrator, new RecordTaxRemittance(Deals.Yuan(300), "完税证明-2", story.Today));
        Assert.Equal((0, -6_300), (story.Balance(ChartOfAccounts.TaxPayable), story.Balance(ChartOfAccounts.BankOther)));
        story.Replays();
    }

    [Fact]
    public void Of_a_payout_that_failed_nothing_is_withheld()
    {
        var story = Distributed().Do(Deals.Lab, new PayInventor(1, "sandbox", "acct"));
        Conclude(story, IntentStatus.Failed, 0);
        Assert.Equal((-31_500, 0), (story.Balance(ChartOfAccounts.InventorPayable(1)), story.Balance(ChartOfAccounts.TaxPayable)));
        Assert.Equal(25_200, story.Do(Deals.Lab, new PayInventor(1, "sandbox", "acct")).State.Intents[^1].Amount.AmountMinor); // and not twice of the next
    }

    [Fact]
    public void Of_a_part_its_part_is_withheld_and_the_rest_when_it_moves_late()
    {
        var story = Distributed().Do(Deals.Lab, new PayInventor(1, "sandbox", "acct"));
        Conclude(story, IntentStatus.PartlySucceeded, 10_001); // 6 300 × 10 001 / 25 200 = 2 500.25
        Assert.Equal(-2_500, story.Balance(ChartOfAccounts.TaxPayable));

        Conclude(story, IntentStatus.Succeeded, 25_200);
        Assert.Equal((0, -6_300), (story.Balance(ChartOfAccounts.InventorPayable(1)), story.Balance(ChartOfAccounts.TaxPayable)));
    }

    [Fact]
    public void What_comes_back_is_given_its_tax_back()
    {
        var story = Distributed().Do(Deals.Lab, new PayInventor(1, "sandbox", "acct"));
        Conclude(story, IntentStatus.Succeeded, 25_200);
        var payout = story.State.Intents[^1].Id;
        story.Do(Deals.Administrator, new RecordReversal("bank", "back", story.State.Receipts[0].Reference, Deals.Yuan(60_000), "退汇"));
        Assert.Equal(31_500, story.Balance(ChartOfAccounts.InventorPayable(1))); // the inventor owes the whole share

        story.Refused("recovery-exceeds-debt", Deals.Administrator, new RecoverPayout(payout, Deals.Yuan(25_201)))
            .Do(Deals.Administrator, new RecoverPayout(payout, Deals.Yuan(25_200)));
        Conclude(story, IntentStatus.Succeeded, 25_200);
        Assert.Equal((0, 0), (story.Balance(ChartOfAccounts.InventorPayable(1)), story.Balance(ChartOfAccounts.TaxPayable)));
        Assert.Equal(0, InventorStatement.Of(story.Events, null).Inventors[0].Tax.AmountMinor);
        story.Replays();
    }

    [Fact]
    public void The_rate_is_that_of_the_day_on_which_the_payout_is_ordered()
    {
        var story = Distributed();
        story.Reference = story.Reference with { Withholding = story.Reference.Withholding.Append(new WithholdingRate(PayeeKind.Inventor, story.Today.AddDays(1), 0)).Value };
        var tomorrow = $"{story.Today.AddDays(1):yyyy-MM-dd}";
        Assert.Equal(25_200, story.Do(Deals.Lab, new PayInventor(1, "sandbox", "acct")).State.Intents[^1].Amount.AmountMinor);
        Assert.Equal(10_500, story.Sleep(tomorrow).Do(Deals.Lab, new PayInventor(2, "sandbox", "acct")).State.Intents[^1].Amount.AmountMinor);
        Assert.Null(story.State.Intents[^1].Tax);
    }

    [Theory]
    [InlineData(PayeeKind.Inventor, "2026-01-01", 0, "withholding-date-not-later")]
    [InlineData(PayeeKind.Inventor, "2026-01-02", -1, "withholding-rate-range")]
    [InlineData(PayeeKind.Inventor, "2026-01-02", 1_000_000, "withholding-rate-range")]
    [InlineData((PayeeKind)9, "2026-01-02", 1, "payee-unknown")]
    [InlineData(PayeeKind.Broker, "2025-01-01", 999_999, null)]
    public void Rates_only_grow_at_their_end(PayeeKind payee, string from, long ratePpm, string? code) =>
        Assert.Equal(code, Deals.Withholding(Deals.Day("2026-01-01")).Append(new WithholdingRate(payee, Deals.Day(from), ratePpm)).Refusal?.Code);

    /// <summary>CNY 600.00 collected; of its 70 % three quarters, 315.00, are the first inventor's and 105.00 the second's.</summary>
    private static AgreementStory Distributed()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum(60_000)) with { PlatformFeePpm = 0 }, Deals.Inventors)
            .Until("2026-03-03").Pay(60_000).Do(Deals.Lab, new DistributeIncome());
        story.Reference = story.Reference with { Withholding = Deals.Withholding(Deals.Day("2025-01-01")) };
        return story;
    }

    private static void Conclude(AgreementStory story, IntentStatus status, long movedMinor) =>
        story.Do(Actor.System, new RecordPaymentOutcome(story.State.Intents[^1].Id, status, "sbx", movedMinor, null, null));
}
