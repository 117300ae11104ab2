using System.Text.RegularExpressions;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Domain.Tests.Licensing;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Agreements;
using Marketplace.Host.Components.Words;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Marketplace.Host.Tests.Words;

/// <summary>Everything that can happen has words in both languages, and no language shines through in the other.</summary>
public sealed partial class WordsTests
{
    private static readonly Reader Chinese = Reading(inEnglish: false);
    private static readonly Reader English = Reading(inEnglish: true);

    public static TheoryData<string> EventTypes => new(Sample.OfEveryEvent().Select(e => e.GetType().Name));

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Every_event_has_a_sentence_in_both_languages(string type) =>
        AssertSentences(Sample.OfEveryEvent().Single(e => e.GetType().Name == type));

    [Fact]
    public void So_has_every_event_of_real_stories()
    {
        foreach (var happened in Stories().SelectMany(s => s.Events))
        {
            // What people typed is theirs, in whatever language.
            Assert.NotEmpty(AgreementSentences.Of(Chinese, happened));
            Assert.NotEmpty(AgreementSentences.Of(English, happened));
        }
    }

    [Fact]
    public void Sentences_differ_where_what_happened_differs()
    {
        AssertSentences(new DeliveryAccepted(Deemed: false, default, default));
        AssertSentences(new LicenceConverted(default, ByTrigger: null));
        AssertSentences(new SignOffConfirmed(Party.Lab, Deemed: false, default));
        AssertSentences(new TermStanceTaken(2, "criteria[0].low", Party.Lab, Stance.Accepted, null, default));
        AssertSentences(new TrialEntryRecorded(1, Party.Lab, Sample.Typed, TrialEntryKind.Measurement, 0, 1.5m, "", default, [], default));
        AssertSentences(new FapiaoRecordWithdrawn(1, Deals.FapiaoNumber(2026, 1), Sample.Typed, Party.None, default));
        AssertSentences(new HardshipDeclined(Party.Lab, Sample.Typed, default));
        AssertSentences(new TrialApplied(default, default, default, default, default, Deals.Terms(), InventorSplit.None, default, Purpose: null));
        AssertSentences(new DisputeDecided(1, System.Collections.Immutable.ImmutableSortedDictionary<int, long>.Empty, Currency.Cny, Sample.Typed, default));
        Assert.Contains("taken back", AgreementSentences.Of(English, new InterestCharged(1, new Money(-5, Currency.Cny), 0, default)), StringComparison.Ordinal);
        foreach (var kind in Enum.GetValues<IntentKind>())
        {
            AssertSentences(new PaymentRequested(default, kind, new Money(1, Currency.Cny), "sandbox", "card", "lab", 1, 1, "", default));
        }
    }

    [Fact]
    public void Every_step_ahead_has_a_sentence_in_both_languages()
    {
        foreach (var kind in Enum.GetValues<UpcomingKind>())
        {
            var step = new UpcomingStep(default, kind, 1, new Money(1, Currency.Cny), EnforcementStep.Demand);
            AssertBoth(UpcomingSentences.Of(Chinese, step), UpcomingSentences.Of(English, step));
        }
    }

    [Fact]
    public void Every_payment_has_words_in_both_languages()
    {
        foreach (var payment in Payments())
        {
            var terms = Deals.Terms(payment) with { Reporting = new SalesReporting(3, 30, 30) };
            AssertBoth(PaymentWords.Sentence(Chinese, payment, terms), PaymentWords.Sentence(English, payment, terms));
            foreach (var (zh, en) in PaymentWords.Parts(Chinese, payment, terms).Zip(PaymentWords.Parts(English, payment, terms)))
            {
                AssertBoth(zh, en);
            }
        }

        Assert.Equal(Enum.GetValues<PaymentModel>(), Payments().Select(p => p.Model).Distinct().Order());
    }

    [Fact]
    public void Every_reason_of_an_amount_has_words_for_its_formula_and_its_numbers()
    {
        foreach (var (story, why) in from story in Stories() from why in Reasons(story) select (story, why))
        {
            var formula = WhyWords.Formula(why);
            Assert.True(formula is not null, $"No words for {why.Formula}");
            AssertBoth(formula.Zh, formula.En);
            foreach (var input in why.Inputs)
            {
                var label = WhyWords.Input(input.Name);
                Assert.True(label is not null, $"No words for {input.Name} of {why.Formula}");
                AssertBoth(label.Zh, label.En);
                Assert.DoesNotMatch(Han(), WhyWords.Value(English, input, story.State.Terms.Currency));
                Assert.DoesNotContain("ppm", WhyWords.Value(English, input, story.State.Terms.Currency), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_formula_that_has_words_is_used()
    {
        var met = Stories().SelectMany(Reasons).Select(w => w.Formula).ToHashSet();
        Assert.Empty(WhyWords.KnownFormulas.Except(met.Select(WhyWords.Whole)));
    }

    [Fact]
    public void Every_term_that_can_differ_has_a_name_and_words_for_what_it_says()
    {
        var full = EveryTerm.Full;
        foreach (var (path, changed) in EveryTerm.EveryChange())
        {
            var difference = TermsDifference.Between(full, changed).Single();
            var label = TermWords.Label(path, full, []);
            AssertBoth(label.Zh, label.En);
            Assert.True(path.StartsWith("template.values.", StringComparison.Ordinal) || !Regex.IsMatch(label.Zh, "[a-z]{3}"), $"No name for {path}: {label.Zh}");
            var (zh, en) = (TermWords.Value(Chinese, path, difference.After, changed, []), TermWords.Value(English, path, difference.After, changed, []));
            Assert.NotEmpty(zh);
            Assert.True(Han().IsMatch(difference.After!) || !Han().IsMatch(en), $"{path}: {en}");
        }

        AcceptanceCriterion[] criteria = [new("TYPED", "TYPED", "kg", CriterionComparison.Between, 1.5m, 2m, "TYPED")];
        AcceptanceCriterion[] others = [new("other", "other", "g", CriterionComparison.AtLeast, 1.25m, null, "other"), criteria[0]];
        foreach (var difference in TermsDifference.Between(criteria, others))
        {
            AssertBoth(TermWords.Label(difference.Path, full, []).Zh, TermWords.Label(difference.Path, full, []).En);
            Assert.DoesNotMatch(Han(), TermWords.Value(English, difference.Path, difference.After, full, []));
        }

        foreach (var criterion in Enum.GetValues<CriterionComparison>().Select(c => criteria[0] with { Comparison = c }))
        {
            AssertBoth(TrialWords.Sentence(Chinese, criterion), TrialWords.Sentence(English, criterion));
        }

        // What stands on one side only is said as a whole.
        var less = full with { Payments = [], Reporting = null, Ladder = null, Template = null };
        foreach (var difference in TermsDifference.Between(less, full))
        {
            AssertBoth(TermWords.Label(difference.Path, full, []).Zh, TermWords.Label(difference.Path, full, []).En);
            Assert.DoesNotContain("{", TermWords.Value(Chinese, difference.Path, difference.After, full, []), StringComparison.Ordinal);
            Assert.Equal("(none)", TermWords.Value(English, difference.Path, difference.Before, less, []));
        }
    }

    [Fact]
    public void Every_reason_for_doubt_has_a_name_in_both_languages()
    {
        foreach (var reason in Enum.GetValues<RiskReasonKind>())
        {
            AssertBoth(Names.Of(reason).Zh, Names.Of(reason).En);
        }
    }

    [Fact]
    public void Whatever_a_provider_says_of_a_payment_there_are_words_for_it()
    {
        string?[] reasons = ["insufficient_funds", "card_declined", "sandbox-declined", "expired_card", "authentication_required", "payment-method-gone", "expired", "withdrawn", "never heard of", "", null];
        BilingualText[] said =
        [
            .. reasons.Select(MoneyWords.WhyNot), .. Enum.GetValues<PayoutAccountStatus>().Select(Names.Of),
            .. Enum.GetValues<PayeeStanding>().Select(MoneyWords.Of), .. Enum.GetValues<ReversalStatus>().Select(MoneyWords.Of),
        ];
        Assert.All(said, text => AssertBoth(text.Zh, text.En));
        Assert.Contains("never heard of", MoneyWords.WhyNot("never heard of").En, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_account_has_a_name_in_both_languages()
    {
        foreach (var account in ChartOfAccounts.All.Select(a => a.Code).Append(ChartOfAccounts.InventorPayable(2)))
        {
            AssertBoth(AccountWords.Of(account).Zh, AccountWords.Of(account).En);
        }
    }

    [Theory]
    [InlineData(123_456_789_01, "CNY", "123,456,789.01\u00A0元", "CNY\u00A0123,456,789.01")]
    [InlineData(1_000, "JPY", "1,000\u00A0JPY", "JPY\u00A01,000")]
    [InlineData(-1_005, "BHD", "-1.005\u00A0BHD", "BHD\u00A0-1.005")]
    [InlineData(long.MaxValue, "CNY", "92,233,720,368,547,758.07\u00A0元", "CNY\u00A092,233,720,368,547,758.07")]
    public void Money_is_exact_in_both_languages_and_stays_on_one_line(long minor, string currency, string zh, string en)
    {
        Assert.Equal(zh, Chinese.Money(minor, currency));
        Assert.Equal(en, English.Money(minor, currency));
    }

    [Fact]
    public void Dates_rates_and_balances_are_written_as_their_readers_write_them()
    {
        var midnight = new DateTimeOffset(2026, 3, 1, 16, 0, 0, TimeSpan.Zero); // already the next day in Tianjin
        Assert.Equal(("2026年3月2日", "2 Mar 2026"), (Chinese.Date(midnight), English.Date(midnight)));
        Assert.Equal(("2026年3月2日 00:00", "2 Mar 2026 00:00"), (Chinese.Instant(midnight), English.Instant(midnight)));
        Assert.Equal(("3.5%", "0.0001%"), (Chinese.Percent(35_000), English.Percent(1)));
        Assert.Equal(("借 1.00\u00A0元", "Cr CNY\u00A01.00", "CNY\u00A00.00"), (Chinese.Balance(100, "CNY"), English.Balance(-100, "CNY"), English.Balance(0, "CNY")));
    }

    private static void AssertSentences(AgreementEvent happened) => AssertBoth(AgreementSentences.Of(Chinese, happened), AgreementSentences.Of(English, happened));

    private static void AssertBoth(string zh, string en)
    {
        Assert.Matches(Han(), zh);
        Assert.NotEmpty(en);
        Assert.DoesNotMatch(Han(), en);
        Assert.DoesNotMatch("[\\u3000-\\u303f\\uff00-\\uffef]", en); // Chinese punctuation
    }

    private static IEnumerable<Explanation> Reasons(AgreementStory story) =>
        story.Events.Select(e => new ToldEvent(null!, e).Explains?.Why).OfType<Explanation>();

    private static PaymentTrigger[] Payments() =>
    [
        Deals.LumpSum(), Deals.LumpSum(rule: PayDateRule.Later), new Instalments(100_000, [new(0, 500_000), new(6, 500_000)]), Deals.MassProduction() with { Evidence = Sample.Typed },
        new Milestone(MilestoneKind.CumulativeNetSales, Sample.Typed, 100_000, 30, 1_000_000), new RunningRoyalty(30_000),
        .. from method in Enum.GetValues<TierMethod>()
           from tierBase in Enum.GetValues<TierBase>()
           select new TieredRoyalty([new(0, 10_000), new(500_000, 20_000), new(900_000, 30_000)], method, tierBase),
        new MinimumAnnualRoyalty(50_000_000), .. Others(),
    ];

    private static PaymentTrigger[] Others() =>
    [
        new ConditionalSum(Sample.Typed, Sample.Typed, 100_000, 30), new EntryFee(100_000, 30, IsCreditable: true), new SteppedRoyalty(30_000, -5_000),
        new UnitRoyalty("seat", 1_000), new ThresholdRoyalty(20_000, 1_000_000), new IncrementShare(IncrementMeasure.Profit, 100_000, 500_000),
        new SublicenceShare(200_000, -50_000), new StackingReduction(500_000, 500_000), new CumulativeCap(400_000_000),
        new BuyOut([new(12, 5_000_000), new(24, 4_000_000)], 30), new EquityConversion(Sample.Typed, Sample.Typed, 1_000_000, 20_000, 30),
    ];

    /// <summary>Stories that between them give every reason that there is.</summary>
    private static IEnumerable<AgreementStory> Stories()
    {
        var all = Payments();
        var used = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(all) with { Reporting = new SalesReporting(12, 30, 30) }, Deals.Inventors);
        used.Do(Deals.Company, new ConvertLicence()).Do(Deals.Lab, new ClaimTrigger(3, used.Today, "投产")).Until("2025-04-01");
        used.Do(Deals.Lab, new ClaimTrigger(0, used.Today, "收入")).Do(Deals.Lab, new ClaimTrigger(1, used.Today, "收入")).Until("2026-03-04");
        used.Do(Deals.Company, Deals.Report(1, Deals.Yuan(2_000_000), [])).Until("2026-05-20").Pay(300_000).Until("2026-08-01");
        yield return used;

        // All clauses at once: a credit, a reduction and a cap that bite, an event of each kind, a correction, and a way out.
        PaymentTrigger[] clauses = [.. Others(), new RunningRoyalty(30_000), new CumulativeCap(30_000_000)];
        clauses = [.. clauses.Where(c => c is not CumulativeCap { AmountMinor: 400_000_000 })];
        var rich = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(clauses) with { Reporting = new SalesReporting(12, 30, 30), CommercialMonths = 36 });
        rich.Do(Deals.Lab, new ClaimTrigger(0, rich.Today, "条件")).Do(Deals.Lab, new ClaimTrigger(9, rich.Today, "事件")).Until("2025-03-31").Pay(1_200_000).Until("2026-03-04");
        var others = new OtherFigures(Units: 500, MeasureMinor: 900_000, SublicenceMinor: 700_000, ThirdPartyRoyaltiesMinor: 400_000);
        rich.Do(Deals.Company, Deals.Report(1, Deals.Yuan(2_000_000), [], others));
        rich.Do(Deals.Company, Deals.Correct(1, Deals.Yuan(1_900_000), [], "漏计退货", others)).Do(Deals.Company, new ElectBuyOut());
        yield return rich.Until("2027-03-04").Do(Deals.Company, Deals.Report(2, Deals.Yuan(20_000_000), [], others));

        var guarantor = new Actor(ActorRole.Guarantor, OrganisationId.ForUscc(Uscc.Parse("91350100M000100Y43", "uscc").Value), "gao");
        var guaranteed = AgreementStory.StartsOn("2025-03-03").Apply(Deals.WithThirdParty("guarantor", "91350100M000100Y43", 50_000_00)).Sign();
        guaranteed.Do(guarantor, new SignAgreement(guaranteed.State.DocumentHash!)).Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料"));
        guaranteed.Do(Deals.Company, new AcceptDelivery()).Do(Deals.Company, new ConvertLicence()).Until("2026-06-01");
        yield return guaranteed.Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.GuaranteeClaim));

        var tooMuch = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-06-03");
        tooMuch.Do(Deals.Company, Deals.Report(1, Deals.Yuan(1_400_000), [])).Do(Deals.Lab, new InvoiceObligation(1)).Pay(70_000);
        tooMuch.Do(Deals.Company, Deals.Correct(1, Deals.Yuan(1_000_000), [], "退货"));
        yield return tooMuch.Until("2025-09-03").Do(Deals.Company, Deals.Report(2, Deals.Yuan(1_000_000), []));

        var inNeed = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-10");
        inNeed.Do(Deals.Company, new RequestHardship(1, [new(Deals.Day("2026-06-01"), 100_000)], true, "资金紧张"));
        yield return inNeed.Do(Deals.Lab, new AnswerHardship(true, null)).Do(Deals.Administrator, new DecideHardship(true, "同意"));

        var byContract = Deals.Terms(Deals.LumpSum()) with { LateInterest = new LateInterestTerms(80_000, 300_000, 360) };
        yield return AgreementStory.ConvertedOn("2025-03-03", byContract).Until("2026-03-10").Pay(1_000_000);

        var beyond = AgreementStory.ConvertedOn("2026-02-09", Deals.LumpSum()).Until("2026-12-01");
        beyond.Reference = beyond.Reference with
        {
            Calendar = beyond.Reference.Calendar.Append([.. Enumerable.Range(6, 7).Select(d => new CalendarDay(new DateOnly(2027, 2, d), CalendarDayKind.Off, "Spring Festival"))]).Value,
        };
        yield return beyond.Until("2027-02-14");
    }

    private static Reader Reading(bool inEnglish) => new(inEnglish, "auto", new LocalAddress("/", QueryCollection.Empty));

    [GeneratedRegex("[\u4e00-\u9fff]")]
    private static partial Regex Han();
}
