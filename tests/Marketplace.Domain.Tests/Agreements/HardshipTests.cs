using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>A hardship plan replaces the date of one sum once company, lab and an administrator agree. Amounts in fen.</summary>
public sealed class HardshipTests
{
    private static readonly HardshipPart[] Halves = [new(Deals.Day("2026-04-10"), 50_000), new(Deals.Day("2026-06-10"), 50_000)];

    [Fact]
    public void A_granted_plan_moves_the_principal_to_its_parts_and_ends_the_default()
    {
        // Due 3 March 2026, overdue since; 7 days of 100 000 at 1.5 × 3.1 % (LPR of March 2026 is data): interest so far is waived.
        var story = Overdue().Do(Deals.Company, new RequestHardship(1, Halves, WaiveInterest: true, "资金紧张"))
            .Do(Deals.Lab, new AnswerHardship(true, null)).Do(Deals.Administrator, new DecideHardship(true, "同意"));

        Assert.Equal((100_000, 0), (story.Owed().CorrectedMinor, story.Owed().OutstandingMinor));
        Assert.Equal([(50_000, "2026-04-10"), (50_000, "2026-06-10")], story.State.Obligations.Skip(1).Select(o => (o.OutstandingMinor, $"{o.DueOn:yyyy-MM-dd}")));
        Assert.All(story.State.Obligations.Skip(1), o => Assert.Equal((ObligationKind.HardshipPart, 0), (o.Kind, o.Trigger)));
        Assert.Equal((Stage.Converted, 2), (story.State.Stage, story.State.ScheduleVersion));
        Assert.Equal((0, 0, 0), (story.Balance(ChartOfAccounts.ReceivablePrincipal), story.Balance(ChartOfAccounts.ReceivableInterest), story.Balance(ChartOfAccounts.LabUncollected)));

        story.Until("2026-04-10").Pay(50_000).Until("2026-06-10").Pay(50_000);
        Assert.Equal(Stage.Settled, story.State.Stage);
        story.Replays();
    }

    [Fact]
    public void Interest_that_is_not_waived_stays_owed_and_overdue()
    {
        var story = Overdue().Do(Deals.Company, new RequestHardship(1, Halves, WaiveInterest: false, "资金紧张"))
            .Do(Deals.Lab, new AnswerHardship(true, null)).Do(Deals.Administrator, new DecideHardship(true, "同意"));

        Assert.True(story.Owed() is { IsOverdue: true, Principal.OutstandingMinor: 0, Interest.OutstandingMinor: > 0 });
        Assert.Equal(Stage.Overdue, story.State.Stage);
        story.Pay(story.Owed().Interest.OutstandingMinor);
        Assert.Equal(Stage.Converted, story.State.Stage);
        story.Replays();
    }

    [Fact]
    public void Parts_that_are_not_paid_climb_the_ladder_themselves()
    {
        var story = Overdue().Do(Deals.Company, new RequestHardship(1, Halves, WaiveInterest: true, "资金紧张"))
            .Do(Deals.Lab, new AnswerHardship(true, null)).Do(Deals.Administrator, new DecideHardship(true, "同意")).Until("2026-04-11");

        Assert.Equal(Stage.Overdue, story.State.Stage);
        Assert.Equal(2, story.Last<ObligationBecameOverdue>().Number);
    }

    [Fact]
    public void Either_the_lab_or_the_administrator_declines_it_and_it_can_be_asked_again()
    {
        var story = Overdue().Do(Deals.Company, new RequestHardship(1, Halves, true, "资金紧张"))
            .Refused("hardship-asked", Deals.Company, new RequestHardship(1, Halves, true, "再问"))
            .Refused("hardship-not-consented", Deals.Administrator, new DecideHardship(true, "同意"))
            .Refused("text-missing", Deals.Lab, new AnswerHardship(false, null))
            .Do(Deals.Lab, new AnswerHardship(false, "不同意"));
        Assert.Null(story.State.Hardship);

        story.Do(Deals.Company, new RequestHardship(1, Halves, true, "再问")).Do(Deals.Lab, new AnswerHardship(true, null)).Do(Deals.Administrator, new DecideHardship(false, "材料不足"));
        Assert.Equal((null, 100_000, 1), (story.State.Hardship, story.Owed().Principal.OutstandingMinor, story.State.ScheduleVersion));
        story.Replays();
    }

    [Fact]
    public void A_plan_that_no_longer_fits_the_debt_is_not_granted() => Overdue()
        .Do(Deals.Company, new RequestHardship(1, Halves, true, "资金紧张")).Do(Deals.Lab, new AnswerHardship(true, null)).Pay(60_000)
        .Refused("parts-not-whole", Deals.Administrator, new DecideHardship(true, "同意"))
        .Do(Deals.Administrator, new DecideHardship(false, "已部分付款"));

    public static TheoryData<string, string, string, HardshipPart[]> Bad => new()
    {
        { "no parts", "parts-missing", "parts", [] },
        { "less than is open", "parts-not-whole", "parts", [new(Deals.Day("2026-04-10"), 99_999)] },
        { "more than is open", "parts-not-whole", "parts[1].amountMinor", [new(Deals.Day("2026-04-10"), 99_999), new(Deals.Day("2026-04-11"), 2)] },
        { "a part of nothing", "parts-not-whole", "parts[0].amountMinor", [new(Deals.Day("2026-04-10"), 0), new(Deals.Day("2026-04-11"), 100_000)] },
        { "today", "dates-out-of-order", "parts[0].dueOn", [new(Deals.Day("2026-03-11"), 100_000)] },
        { "out of order", "dates-out-of-order", "parts[1].dueOn", [new(Deals.Day("2026-04-10"), 50_000), new(Deals.Day("2026-04-10"), 50_000)] },
        { "after three years", "dates-out-of-order", "parts[0].dueOn", [new(Deals.Day("2029-03-12"), 100_000)] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_plan_is_whole_and_in_the_order_of_time(string why, string code, string field, HardshipPart[] parts)
    {
        var refusal = Overdue().Ask(Deals.Company, new RequestHardship(1, parts, true, why));
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_disputed_sum_has_no_plan() => Overdue().Do(Deals.Company, new OpenDispute([new ContestedSum(1, 1)], "不符"))
        .Refused("nothing-to-replan", Deals.Company, new RequestHardship(1, Halves, true, "资金紧张"));

    private static AgreementStory Overdue() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-11");
}
