using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Guarantor and broker: who signs, who pays first, who shares.</summary>
public sealed class ThirdPartyTests
{
    private static readonly Uscc Code = Uscc.Parse("91350100M000100Y43", "uscc").Value;
    private static readonly Actor Guarantor = new(ActorRole.Guarantor, OrganisationId.ForUscc(Code), "gao");
    private static readonly Actor Broker = new(ActorRole.Broker, OrganisationId.ForUscc(Code), "bo");

    [Fact]
    public void It_takes_effect_when_all_three_have_signed()
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(Terms("guarantor")).Sign();
        Assert.Equal(Stage.Agreed, story.State.Stage);
        var signature = new SignAgreement(story.State.DocumentHash!);
        story.Refused("not-found", Guarantor with { Organisation = Deals.Company.Organisation }, signature)
            .Refused("not-found", Broker, signature) // the right organisation in another role
            .Refused("document-hash-differs", Guarantor, new SignAgreement("00"))
            .Do(Guarantor, signature);
        Assert.Equal(Stage.Signed, story.State.Stage);
        story.Refused("agreement-state", Guarantor, signature).Refused("not-your-part", Guarantor, new DeliverResult("x")).Replays();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[统一社会信用代码]")]
    [InlineData("91350100M000100Y44")]
    public void Terms_with_a_third_party_that_nobody_can_be_are_not_agreed(string code) =>
        AgreementStory.StartsOn("2025-03-03").Apply(Terms("guarantor", code)).Do(Deals.Lab, new AcceptApplication())
            .Refused(Uscc.Parse(code, "uscc").Refusal!.Code, Deals.Lab, new AcceptTerms(1));

    /// <summary>Of 100 000.00 open, 80 % are 80 000.00, but the guarantee ends at 50 000.00.</summary>
    [Theory]
    [InlineData(80_000_00, 80_000_00)]
    [InlineData(50_000_00, 50_000_00)]
    [InlineData(100_000_00, 80_000_00)]
    public void The_claim_is_the_covered_part_within_the_limit(long limitMinor, long claimedMinor)
    {
        var claim = Claimed(limitMinor).Last<GuaranteeClaimed>();
        Assert.Equal((1, Deals.Yuan(claimedMinor), Deals.Day("2026-07-01")), (claim.Number, claim.Amount, claim.PayBy)); // approved on 1 June, 30 days
    }

    [Fact]
    public void The_guarantor_pays_the_principal_and_has_the_claim_for_it()
    {
        var story = Claimed(80_000_00).Until("2026-06-15").Do(Deals.Administrator, Paid(1, 80_000_00));
        Assert.Equal(20_000_00, story.Owed().Principal.OutstandingMinor);
        Assert.Equal(80_000_00, story.State.GuaranteeClaims[0].SubrogatedMinor);
        Assert.Equal(0, story.Balance(ChartOfAccounts.Unapplied));

        story.Do(Guarantor, new RecordRecourse(1, Deals.Yuan(30_000_00), "G-1"));
        Assert.Equal(50_000_00, story.State.GuaranteeClaims[0].SubrogatedMinor);
        story.Refused("recourse-exceeds-claim", Guarantor, new RecordRecourse(1, Deals.Yuan(50_000_01), "G-2"))
            .Refused("guarantee-claim-unknown", Guarantor, new RecordRecourse(2, Deals.Yuan(1), "G-2"))
            .Refused("not-your-part", Deals.Company, new RecordRecourse(1, Deals.Yuan(1), "G-2")).Replays();
    }

    /// <summary>Interest runs on 100 000.00 up to the day of the payment, and on 20 000.00 from then on: as if the company had paid it.</summary>
    [Fact]
    public void Interest_is_that_of_a_payment_by_the_company()
    {
        var byGuarantor = Claimed(80_000_00).Until("2026-06-20").Do(Deals.Administrator, Paid(1, 80_000_00, "2026-06-15")).Until("2026-07-20");
        var late = byGuarantor.Owed().Late!;
        Assert.Equal(
            (decimal)100_000_00 * Days("2026-03-03", "2026-06-15") + (decimal)20_000_00 * (late.Through.DayNumber - Deals.Day("2026-06-15").DayNumber), late.PrincipalDays);

        static int Days(string from, string to) => Deals.Day(to).DayNumber - Deals.Day(from).DayNumber;
    }

    [Fact]
    public void What_the_guarantor_pays_too_much_pays_no_debt_of_the_company_and_goes_back_to_the_guarantor()
    {
        var story = Claimed(80_000_00).Until("2026-06-15").Do(Deals.Administrator, Paid(1, 81_000_00)).Do(Deals.Lab, new AllocateUnapplied());
        Assert.Equal(-1_000_00, story.Balance(ChartOfAccounts.Unapplied));
        story.Do(Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(1_000_00), "sandbox", "sandbox:ok"));
        Assert.Equal("guarantor", story.State.Intents[^1].Payee);
        story.Refused("receipt-recorded", Deals.Administrator, Paid(1, 81_000_00));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_nobody_guarantees_the_ladder_passes_over_the_claim(bool hasBroker)
    {
        var story = (hasBroker ? Converted(Terms("broker"), Broker) : AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum())).Until("2026-06-30");
        Assert.Equal(Deals.Day("2026-07-01"), Assert.Single(Outlook.Of(story.State), u => u.Kind == UpcomingKind.EnforcementStep).On);
        story.Until("2026-07-01");
        Assert.Equal([EnforcementStep.BreachNotice, EnforcementStep.Suspension], story.All<EnforcementStepProposed>().Select(s => s.Step));
        story.Refused("step-not-proposed", Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.GuaranteeClaim)).Replays();
    }

    /// <summary>100 000.00 less 3 % fee: 97 000.00; 5 % of it for the broker: 4 850.00; 92 150.00 for the lab.</summary>
    [Fact]
    public void A_broker_shares_what_the_lab_receives()
    {
        var story = Converted(Terms("broker"), Broker).Until("2026-03-03").Pay(100_000_00);
        var allocated = story.Last<ReceiptAllocated>();
        Assert.Equal((Deals.Yuan(3_000_00), Deals.Yuan(4_850_00), Deals.Yuan(92_150_00)), (allocated.Fee, allocated.Broker!.Value, allocated.Net));
        Assert.Contains(new OpenTask(OpenTaskKind.PayBroker, Amount: Deals.Yuan(4_850_00)), OpenTask.Of(story.State, Party.Lab, story.Today));
        story.Do(Deals.Lab, new PayBroker("sandbox", "sandbox:ok"));
        Assert.DoesNotContain(OpenTask.Of(story.State, Party.Lab, story.Today), t => t.Kind == OpenTaskKind.PayBroker);
        Assert.Equal(("broker", Deals.Yuan(4_850_00)), (story.State.Intents[^1].Payee, story.State.Intents[^1].Amount));
        story.Refused("nothing-to-pay", Deals.Lab, new PayBroker("sandbox", "sandbox:ok")).Refused("not-your-part", Broker, new PayBroker("sandbox", "sandbox:ok")).Replays();
    }

    private static RecordGuaranteePayment Paid(int claim, long amountMinor, string receivedOn = "2026-06-15") => new(claim, "bank", "guarantor 1", Deals.Yuan(amountMinor), Deals.Day(receivedOn));

    /// <summary>Due on 3 March 2026 and not paid; the claim is approved on its day, 1 June.</summary>
    private static AgreementStory Claimed(long limitMinor) =>
        Converted(Terms("guarantor", limitMinor: limitMinor), Guarantor).Until("2026-06-01").Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.GuaranteeClaim));

    private static AgreementStory Converted(AgreementTerms terms, Actor third)
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(terms).Sign();
        return story.Do(third, new SignAgreement(story.State.DocumentHash!)).Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料"))
            .Do(Deals.Company, new AcceptDelivery()).Do(Deals.Company, new ConvertLicence());
    }

    private static AgreementTerms Terms(string role, string? code = null, long limitMinor = 80_000_00) => Deals.WithThirdParty(role, code ?? Code.Value, limitMinor);
}
