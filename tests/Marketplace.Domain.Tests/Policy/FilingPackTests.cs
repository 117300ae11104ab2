using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Policy;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Domain.Tests.LabResults;

namespace Marketplace.Domain.Tests.Policy;

public sealed class FilingPackTests
{
    private static readonly OrganisationState LabOrganisation = Organised("示例大学", "91350100M000100Y43");
    private static readonly OrganisationState CompanyOrganisation = Organised("示例公司", "91120116MA00000014");

    // Per clause: what the contract sum and what the trading volume have of it. 36 months of licence are three years.
    public static TheoryData<PaymentTrigger[], long, long, PaymentMode> Amounts => new()
    {
        { [Deals.LumpSum(100_000)], 100_000, 100_000, PaymentMode.LumpSum },
        { [Deals.LumpSum(100_000, rule: PayDateRule.Later)], 100_000, 0, PaymentMode.LumpSum }, // without income it never falls due
        { [new Instalments(300_000, [new(0, 500_000), new(12, 500_000)])], 300_000, 300_000, PaymentMode.Instalments },
        { [new Instalments(300_000, [new(0, 1_000_000)])], 300_000, 300_000, PaymentMode.LumpSum }, // one part is no instalment
        { [Deals.LumpSum(100_000), Deals.MassProduction(500_000)], 600_000, 100_000, PaymentMode.Instalments },
        { [new RunningRoyalty(50_000)], 0, 0, PaymentMode.Royalty },
        { [new EntryFee(20_000, 30, false), new RunningRoyalty(50_000)], 20_000, 20_000, PaymentMode.RoyaltyWithEntryFee },
        { [new RunningRoyalty(50_000), new MinimumAnnualRoyalty(10_000)], 30_000, 30_000, PaymentMode.Royalty }, // 10 000 × 3
        { [new RunningRoyalty(50_000), new MinimumAnnualRoyalty(10_000), new CumulativeCap(25_000)], 25_000, 25_000, PaymentMode.Royalty }, // the cap binds
        { [new ConditionalSum("检测合格", "报告", 70_000, 30)], 70_000, 0, PaymentMode.LumpSum },
        { [new EquityConversion("融资", "章程", 900_000, 50_000, 30)], 900_000, 0, PaymentMode.LumpSum },
        { [new RunningRoyalty(50_000), new BuyOut([new(12, 400_000)], 30)], 0, 0, PaymentMode.Royalty }, // an option is no sum
    };

    [Theory]
    [MemberData(nameof(Amounts))]
    public void Sums_are_counted_when_they_are_certain_and_named_when_they_are_not(PaymentTrigger[] payments, long contractSumMinor, long tradingVolumeMinor, PaymentMode mode)
    {
        var pack = Packed(Signed(Deals.Terms(payments)));

        Assert.Equal((Deals.Yuan(contractSumMinor), Deals.Yuan(tradingVolumeMinor)), (pack.Amounts.ContractSum, pack.Amounts.TradingVolume));
        Assert.Equal(mode, pack.PaymentMode);
        Assert.Equal(payments.Select((p, i) => (PaymentTrigger.ClauseOf(i), p.Model)), pack.Amounts.Lines.Select(l => (l.Clause, l.Model)));
    }

    [Fact]
    public void What_has_arisen_is_told_beside_what_was_agreed()
    {
        var story = AgreementStory.ConvertedOn("2026-03-02", new EntryFee(20_000, 30, false), new RunningRoyalty(50_000));
        story.Until("2026-06-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(1_000_000), []));

        Assert.Equal(Deals.Yuan(70_000), Packed(story).Amounts.ArisenSoFar); // 20 000 and 5 % of 1 000 000
    }

    [Fact]
    public void A_licence_is_a_licence_and_an_assignment_is_a_transfer()
    {
        var licence = Packed(Signed(Deals.Terms(Deals.LumpSum())));
        var transfer = Packed(Signed(Deals.Terms(Deals.LumpSum()) with { Licence = LicenceKind.Assignment }));

        Assert.Equal((TechnologyContractKind.Licence, "示例成果技术许可合同（先使用后付费）"), (licence.Kind, licence.ContractName.Zh));
        Assert.Equal((TechnologyContractKind.Transfer, "示例成果技术转让合同（先使用后付费）"), (transfer.Kind, transfer.ContractName.Zh));
        Assert.Equal(("91350100M000100Y43", "91120116MA00000014"), (licence.Seller.Uscc, licence.Buyer.Uscc));
    }

    [Fact]
    public void The_deadline_is_fifteen_working_days_and_a_late_filing_stays_late()
    {
        // Signed on Monday 2 March 2026; the 15th working day after it is Monday 23 March.
        var story = Signed(Deals.Terms(Deals.LumpSum()));
        Assert.Equal((Deals.Day("2026-03-23"), FilingStatus.Open), (Packed(story).Deadline.DueOn, Packed(story, "2026-03-23").Deadline.Status));
        Assert.Equal(FilingStatus.Missed, Packed(story, "2026-03-24").Deadline.Status);

        var inTime = story.Copy().Sleep("2026-03-23").Do(Deals.Lab, new FileAgreement("津备-1"));
        Assert.Equal(new FilingDeadline(Deals.Day("2026-03-23"), FilingStatus.Filed, Deals.Day("2026-03-23"), "津备-1"), Packed(inTime, "2026-12-01").Deadline);

        var late = story.Copy().Sleep("2026-03-24").Do(Deals.Lab, new FileAgreement("津备-2"));
        Assert.Equal(FilingStatus.FiledLate, Packed(late).Deadline.Status);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var story = AgreementStory.StartsOn("2026-03-02").Apply(Deals.Terms(Deals.LumpSum()) with { Currency = Currency.Parse("USD").Value });
        var content = Listing.Content() with { Rights = [new(RightKind.KnowHow, RightStatus.Unregistered, null), new(RightKind.InventionPatent, RightStatus.Pending, null)] };
        var pack = FilingPack.Of(story.State, content, LabOrganisation, CompanyOrganisation, hasText: false, story.Today);

        Assert.Equal(
            ["documentHash", "effectiveOn", "contractText", "result.rights[1].number", "amounts.contractSum"], // know-how has no number
            pack.Missing.Select(m => m.Field));
        Assert.Equal((FilingStatus.NotSigned, (DateOnly?)null), (pack.Deadline.Status, pack.Deadline.DueOn));
        Assert.Empty(Packed(Signed(Deals.Terms(Deals.LumpSum()))).Missing);
    }

    [Fact]
    public void Every_line_of_the_form_has_words_in_both_languages_and_a_place_of_its_own()
    {
        var fields = FilingWords.FieldsOf(Packed(AgreementStory.ConvertedOn("2026-03-02", new EntryFee(20_000, 30, false), new RunningRoyalty(50_000))));

        Assert.All(fields, f => Assert.True(f.Label is { Zh.Length: > 0, En.Length: > 0 }));
        Assert.Equal(fields.Count, fields.Select(f => f.Key).Distinct().Count());
        Assert.Equal(("200.00 元", "CNY 200.00"), (Value("amounts.contractSum").Zh, Value("amounts.contractSum").En));
        Assert.Equal("发明专利 201310699744.2", Value("result.rights[0]").Zh);
        Assert.Equal(("提成附加入门费", "Royalty with an entry fee"), (Value("paymentMode").Zh, Value("paymentMode").En));
        Assert.Equal("2026-03-02", Value("effectiveOn").Zh);

        BilingualText Value(string key) => fields.Single(f => f.Key == key).Value;
    }

    [Fact]
    public void Every_word_of_the_form_exists()
    {
        Assert.All(Enum.GetValues<TechnologyContractKind>(), kind => Assert.NotEmpty(FilingWords.Of(kind).Zh));
        Assert.All(Enum.GetValues<PaymentMode>(), mode => Assert.NotEmpty(FilingWords.Of(mode).Zh));
        Assert.All(Enum.GetValues<FilingStatus>(), status => Assert.NotEmpty(FilingWords.Of(status).Zh));
        Assert.All(Enum.GetValues<LicenceKind>(), licence => Assert.NotEmpty(FilingWords.Of(licence).Zh));
    }

    private static AgreementStory Signed(AgreementTerms terms) => AgreementStory.StartsOn("2026-03-02").Apply(terms).Sign();

    private static FilingPack Packed(AgreementStory story, string? today = null) =>
        FilingPack.Of(story.State, Listing.Content(), LabOrganisation, CompanyOrganisation, hasText: true, today is null ? story.Today : Deals.Day(today));

    private static OrganisationState Organised(string name, string uscc) =>
        new(OrganisationStatus.Verified, OrganisationKind.Lab, new(name, name), Uscc.Parse(uscc, "uscc").Value, null, null);
}
