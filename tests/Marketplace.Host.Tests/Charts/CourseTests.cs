using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Host.Components.Agreements;
using Marketplace.Host.Components.Charts;
using Xunit;

namespace Marketplace.Host.Tests.Charts;

/// <summary>What charts of agreements and trials draw.</summary>
public sealed class CourseTests
{
    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly DateOnly Last = new(2026, 7, 6);

    [Fact]
    public void Sums_come_together_by_their_due_dates_and_money_by_the_days_on_which_it_came()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new Instalments(90_000_00, [new(0, 333_333), new(6, 333_333), new(12, 333_334)]));
        story.Until("2025-03-04").Pay(10_000_00, "2025-03-04");
        var (due, received) = (Courses.Due(story.State), Courses.Received(story.State, Told(story)));
        Assert.Equal(0, due[0].Value);
        Assert.Equal(90_000_00 + story.Owed().Interest.ChargedMinor, due[^1].Value);
        Assert.Equal([.. due.Select(d => d.Day).Order()], due.Select(d => d.Day));
        Assert.Equal([(Deals.Day("2025-03-04"), 0L), (Deals.Day("2025-03-04"), 10_000_00L)], received);
    }

    [Fact]
    public void Nothing_owed_and_nothing_paid_draws_nothing()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum()));
        Assert.Empty(Courses.Due(story.State));
        Assert.Empty(Courses.Received(story.State, Told(story)));
    }

    [Fact]
    public void Criteria_burn_down_as_they_are_met_and_come_back_when_they_no_longer_are()
    {
        var trial = Trial(
            Measured(1, 0, 85, First.AddDays(10)), Measured(2, 1, 61, First.AddDays(20)), Measured(3, 1, 58, First.AddDays(30)), Measured(4, 0, 80, First.AddDays(40)),
            Measured(5, 0, 90, First.AddDays(35)) with { RetractedFor = "未校准" });
        Assert.Equal(
            [(First, 2L), (First.AddDays(10), 1L), (First.AddDays(20), 1L), (First.AddDays(30), 0L), (First.AddDays(40), 1L), (First.AddDays(60), 1L)],
            Courses.CriteriaLeft(trial, First.AddDays(60)));
        Assert.Equal(Last, Courses.CriteriaLeft(trial, Last.AddDays(100))[^1].Day);
    }

    [Fact]
    public void A_trial_without_criteria_or_without_a_beginning_has_none_left()
    {
        Assert.Empty(Courses.CriteriaLeft(Trial() with { Criteria = [] }, First));
        Assert.Empty(Courses.CriteriaLeft(Trial() with { StartedOn = null, EndsOn = null }, First));
        Assert.Equal([(First, 2L)], Courses.CriteriaLeft(Trial(), First));
    }

    private static TrialView Trial(params IEnumerable<TrialEntry> log) => new(
        default, AgreementState.InTrial, new("成果", "Result"), new("院所", "Lab"), new("企业", "Company"), First, Last, 10,
        [
            new(new AcceptanceCriterion("RTE", "efficiency", "%", CriterionComparison.AtLeast, 82.5m, null, "三次"), null),
            new(new AcceptanceCriterion("SPL", "sound", "dB", CriterionComparison.AtMost, null, 60m, "声级计"), null),
        ],
        [.. log.Reverse()], null);

    private static TrialEntry Measured(int number, int criterion, decimal value, DateOnly on) =>
        new(number, Party.Company, "chen", TrialEntryKind.Measurement, criterion, value, "", on, [], on);

    private static IReadOnlyList<ToldEvent> Told(AgreementStory story) => [.. story.Events.Select(e => new ToldEvent(null!, e))];
}
