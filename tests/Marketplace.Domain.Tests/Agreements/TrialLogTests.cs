using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What a trial has to show, what is written down of it, and what both parties say of the result.</summary>
public sealed class TrialLogTests
{
    private static readonly AgreementTerms Terms = Deals.Terms(Deals.LumpSum());
    private static readonly EvidenceFile Report = new("测试报告.pdf", new string('a', 64), 120_000);

    private static readonly AcceptanceCriterion Yield = new("收率", "催化反应收率", "%", CriterionComparison.AtLeast, 95m, null, "气相色谱，三次平均");
    private static readonly AcceptanceCriterion Noise = new("噪声", "一米处声压级", "dB", CriterionComparison.AtMost, null, 60m, "声级计");
    private static readonly AcceptanceCriterion Ph = new("酸碱度", "循环水 pH", "", CriterionComparison.Between, 6.5m, 8.5m, "pH 计");

    [Theory]
    [InlineData("94.999999999", false)]
    [InlineData("95", true)]
    [InlineData("95.000000001", true)]
    public void A_lower_bound_is_included(string value, bool isMet) => Assert.Equal(isMet, Yield.IsMetBy(Number(value)));

    [Theory]
    [InlineData("60", true)]
    [InlineData("60.000000001", false)]
    [InlineData("-1", true)]
    public void An_upper_bound_is_included(string value, bool isMet) => Assert.Equal(isMet, Noise.IsMetBy(Number(value)));

    [Theory]
    [InlineData("6.5", true)]
    [InlineData("8.5", true)]
    [InlineData("6.49", false)]
    [InlineData("8.51", false)]
    public void Between_includes_both(string value, bool isMet) => Assert.Equal(isMet, Ph.IsMetBy(Number(value)));

    public static TheoryData<string, string> Flaws => new()
    {
        { "text-missing", "criteria[1].name" }, { "text-too-long", "criteria[1].unit" }, { "bounds-do-not-fit", "criteria[1].low" }, { "bounds-do-not-fit", "criteria[1].high" },
        { "bounds-out-of-order", "criteria[1].high" }, { "number-out-of-range", "criteria[1].high" }, { "criterion-twice", "criteria[1].name" }, { "value-unknown", "criteria[1].comparison" },
        { "criteria-too-many", "criteria" },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public void A_flawed_criterion_is_refused_with_its_field(string code, string field)
    {
        AcceptanceCriterion wrong = (code, field) switch
        {
            ("text-missing", _) => Noise with { Name = " " },
            ("text-too-long", _) => Noise with { Unit = new string('米', 31) },
            ("bounds-do-not-fit", "criteria[1].low") => Noise with { Low = 1 },
            ("bounds-do-not-fit", _) => Noise with { High = null },
            ("bounds-out-of-order", _) => Ph with { Low = 9 },
            ("number-out-of-range", _) => Noise with { High = 0.0000000001m },
            ("criterion-twice", _) => Noise with { Name = Yield.Name },
            ("value-unknown", _) => Noise with { Comparison = (CriterionComparison)7 },
            _ => Noise,
        };
        AcceptanceCriterion[] criteria = code == "criteria-too-many" ? [.. Enumerable.Range(0, 31).Select(i => Noise with { Name = $"{i}" })] : [Yield, wrong];
        var refusal = Negotiating().Ask(Deals.Lab, new ProposeTerms(Terms, null, Criteria: criteria));
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_version_keeps_the_criteria_of_the_one_before_unless_it_says_otherwise()
    {
        var story = Negotiating().Do(Deals.Lab, new ProposeTerms(Terms, null, Criteria: [Yield with { Low = 95.00m }]));
        story.Do(Deals.Company, new ProposeTerms(Terms with { TrialMonths = 9 }, null));
        Assert.Equal("95", $"{story.State.Newest.Criteria!.Single().Low}");
        Assert.Equal(["trialMonths"], AgreementRules.Differences(story.State, story.State.Newest).Select(d => d.Path));

        story.Do(Deals.Lab, new ProposeTerms(Terms with { TrialMonths = 9 }, null, Criteria: [Yield with { Low = 90 }, Noise]));
        Assert.Equal(["criteria[0].low", "criteria[1]"], AgreementRules.Differences(story.State, story.State.Newest).Select(d => d.Path));
        story.Do(Deals.Company, new AcceptTerm(4, "criteria[0].low")).Do(Deals.Company, new ProposeTerms(Terms, null, Criteria: []));
        Assert.Null(story.State.Newest.Criteria);
        story.Do(Deals.Company, new WithdrawProposal(5));
        Assert.Equal(2, story.State.Newest.Criteria!.Count);
        story.Replays();
    }

    [Fact]
    public void The_result_is_computed_from_the_latest_measurement_that_holds()
    {
        var story = InTrial(Yield, Noise).Refused("criterion-not-measured", Deals.Company, new RequestSignOff());
        story.Do(Deals.Company, Measured(0, 96.5m, story.Today)).Until("2025-04-01").Do(Deals.Lab, Measured(0, 94m, Deals.Day("2025-03-20"))).Do(Deals.Company, Measured(1, 58m, story.Today));
        Assert.Equal([false, true], TrialCriteria.Results(story.State).Select(r => r!.IsMet));

        // Written later, but of an earlier day: it says nothing about now.
        story.Do(Deals.Company, Measured(0, 99m, Deals.Day("2025-03-19")));
        Assert.Equal(94m, TrialCriteria.Results(story.State)[0]!.Value);
        story.Refused("not-your-entry", Deals.Company, new RetractTrialEntry(2, "仪器未校准")).Do(Deals.Lab, new RetractTrialEntry(2, "仪器未校准"));
        story.Refused("entry-retracted", Deals.Lab, new RetractTrialEntry(2, "再次")).Refused("entry-unknown", Deals.Lab, new RetractTrialEntry(5, "没有"));
        Assert.Equal((99m, 4), (TrialCriteria.Results(story.State)[0]!.Value, TrialCriteria.Results(story.State)[0]!.Entry));
        Assert.Equal(94m, story.State.TrialLog[1].Value); // what was written stays

        story.Do(Deals.Company, new RequestSignOff());
        Assert.Equal([new CriterionResult(0, 99m, 4, true), new CriterionResult(1, 58m, 3, true)], story.State.SignOff!.Results);
    }

    [Fact]
    public void An_entry_is_a_fact_of_the_trial()
    {
        var story = InTrial(Yield);
        RecordTrialEntry note = new(TrialEntryKind.Note, "设备到货", story.Today, Evidence: [Report]);
        story.Do(Deals.Lab, note).Do(Deals.Company, note with { Kind = TrialEntryKind.Issue });
        Assert.Equal((1, Party.Lab, "lab-officer", Report), (story.State.TrialLog[0].Number, story.State.TrialLog[0].By, story.State.TrialLog[0].Person, story.State.TrialLog[0].Evidence.Single()));
        story.Refused("text-missing", Deals.Lab, note with { Text = " " }).Refused("value-unused", Deals.Lab, note with { Value = 1 }).Refused("value-unused", Deals.Lab, note with { Criterion = 0 })
            .Refused("dates-out-of-order", Deals.Lab, note with { OccurredOn = story.Today.AddDays(1) }).Refused("dates-out-of-order", Deals.Lab, note with { OccurredOn = story.Today.AddDays(-1) })
            .Refused("criterion-unknown", Deals.Lab, Measured(1, 1, story.Today)).Refused("criterion-unknown", Deals.Lab, Measured(-1, 1, story.Today))
            .Refused("value-missing", Deals.Lab, Measured(0, 1, story.Today) with { Value = null }).Refused("number-out-of-range", Deals.Lab, Measured(0, 0.0000000001m, story.Today))
            .Refused("value-unknown", Deals.Lab, note with { Kind = (TrialEntryKind)9 })
            .Refused("evidence-name", Deals.Lab, note with { Evidence = [Report with { Name = "../报告" }] }).Refused("evidence-hash", Deals.Lab, note with { Evidence = [Report with { Sha256 = new string('A', 64) }] })
            .Refused("out-of-range", Deals.Lab, note with { Evidence = [Report with { Bytes = 0 }] }).Refused("evidence-too-many", Deals.Lab, note with { Evidence = [.. Enumerable.Repeat(Report, 21)] })
            .Replays();
    }

    [Fact]
    public void Silence_confirms_the_result_and_changes_nothing_else()
    {
        // 15 days from 21 April 2025 end on 6 May, after the holiday of 1 to 5 May.
        var story = InTrial(Yield).Until("2025-04-20").Do(Deals.Company, Measured(0, 96, Deals.Day("2025-04-19"))).Do(Deals.Company, new RequestSignOff());
        Assert.Equal(Deals.Day("2025-05-06"), story.State.SignOff!.AnswerDueOn);
        Assert.Contains(Outlook.Of(story.State), s => s.Kind == UpcomingKind.SignOffConfirmedBySilence && s.On == Deals.Day("2025-05-06"));
        story.Refused("sign-off-pending", Deals.Lab, new RequestSignOff()).Refused("own-request", Deals.Company, new ConfirmSignOff()).Until("2025-05-06");
        Assert.Equal(SignOffStatus.Requested, story.State.SignOff!.Status);
        story.Until("2025-05-07");
        Assert.Equal((SignOffStatus.Deemed, Party.Lab, Stage.InTrial), (story.State.SignOff!.Status, story.Last<SignOffConfirmed>().By, story.State.Stage));
        Assert.Empty(story.State.Obligations);
        story.Refused("signed-off", Deals.Lab, new RequestSignOff()).Refused("sign-off-not-asked", Deals.Lab, new ObjectToSignOff("不符")).Replays();
    }

    [Fact]
    public void After_an_objection_the_result_can_be_put_again()
    {
        var story = InTrial(Yield).Do(Deals.Lab, Measured(0, 90, Deals.Day("2025-03-03"))).Do(Deals.Lab, new RequestSignOff());
        story.Refused("text-missing", Deals.Company, new ObjectToSignOff(" ")).Do(Deals.Company, new ObjectToSignOff("样品不足"));
        Assert.Equal((SignOffStatus.Objected, "样品不足", false), (story.State.SignOff!.Status, story.State.SignOff.Reason, story.State.SignOff.Results[0].IsMet));
        story.Until("2025-06-01").Do(Deals.Company, Measured(0, 97, story.Today)).Do(Deals.Company, new RequestSignOff()).Do(Deals.Lab, new ConfirmSignOff());
        Assert.Equal((SignOffStatus.Confirmed, true), (story.State.SignOff!.Status, story.State.SignOff.Results[0].IsMet));
        story.Replays();
    }

    [Fact]
    public void A_request_is_answered_whatever_becomes_of_the_trial()
    {
        var story = InTrial(Yield).Do(Deals.Company, Measured(0, 97, Deals.Day("2025-03-03"))).Do(Deals.Company, new RequestSignOff()).Do(Deals.Company, new ConvertLicence());
        story.Refused("agreement-state", Deals.Lab, Measured(0, 90, story.Today)).Copy().Do(Deals.Lab, new ObjectToSignOff("不符"));
        Assert.Equal(SignOffStatus.Deemed, story.Until("2025-04-01").State.SignOff!.Status);
    }

    [Fact]
    public void Without_criteria_there_is_nothing_to_confirm() =>
        AgreementStory.InTrialOn("2025-03-03", Terms).Refused("no-criteria", Deals.Company, new RequestSignOff()).Do(Deals.Company, new RecordTrialEntry(TrialEntryKind.Note, "开箱", Deals.Day("2025-03-03")));

    [Fact]
    public void A_destruction_can_be_proved_by_files()
    {
        var story = InTrial(Yield).Refused("evidence-hash", Deals.Company, new ReturnResult("已停用", "已销毁", [Report with { Sha256 = "0" }]));
        Assert.Equal([Report], story.Do(Deals.Company, new ReturnResult("已停用", "已销毁", [Report])).Last<ResultReturned>().Evidence!);
    }

    [Fact]
    public void Whatever_is_measured_and_retracted_the_result_is_that_of_the_last_that_holds() =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 30], Gen.Int[-100, 20_000], Gen.Int[0, 3]).Array[1, 30].Sample(entries =>
        {
            var story = InTrial(Yield, Noise).Until("2025-05-07");
            foreach (var (criterion, day, hundredths, retract) in entries)
            {
                story.Do(Deals.Company, Measured(criterion, hundredths / 100m, Deals.Day("2025-03-03").AddDays(day)));
                if (retract == 0)
                {
                    story.Ask(Deals.Company, new RetractTrialEntry(1 + day % story.State.TrialLog.Count, "误读"));
                }
            }

            for (var i = 0; i < 2; i++)
            {
                var last = story.State.TrialLog.Where(e => e.Criterion == i && e.RetractedFor is null).OrderBy(e => e.OccurredOn).ThenBy(e => e.Number).LastOrDefault();
                var result = TrialCriteria.Results(story.State)[i];
                Assert.Equal((last?.Number, last?.Value), (result?.Entry, result?.Value));
                Assert.True(result is null || result.IsMet == (i == 0 ? result.Value >= 95 : result.Value <= 60));
            }
        }, iter: 50);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static RecordTrialEntry Measured(int criterion, decimal value, DateOnly on) => new(TrialEntryKind.Measurement, null, on, criterion, value);

    private static AgreementStory Negotiating() => AgreementStory.StartsOn("2025-03-03").Apply(Terms).Do(Deals.Lab, new AcceptApplication());

    private static AgreementStory InTrial(params AcceptanceCriterion[] criteria) => AgreementStory.InTrialOn("2025-03-03", Terms, criteria: criteria);
}
