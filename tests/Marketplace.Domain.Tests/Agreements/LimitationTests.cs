using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>The three years after which a debt cannot be enforced (Civil Code Art. 188): what begins them, what interrupts them (Art. 195), and that they never end unnoticed.</summary>
public sealed class LimitationTests
{
    [Fact]
    public void It_runs_from_the_default_and_each_demand_interrupts_it()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03");
        Assert.Null(story.Owed().LimitationEndsOn);

        Assert.Equal(Deals.Day("2029-03-03"), story.Until("2026-03-04").Owed().LimitationEndsOn);
        Assert.Equal(Deals.Day("2029-03-18"), story.Until("2026-03-18").Owed().LimitationEndsOn); // the formal demand of day 15
    }

    [Fact]
    public void Who_pays_a_part_or_asks_for_time_acknowledges_the_rest()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-04-01").Pay(10_000);
        Assert.Equal(Deals.Day("2029-04-01"), story.Owed().LimitationEndsOn);

        var openMinor = story.Until("2026-05-05").Owed().Principal.OutstandingMinor;
        story.Do(Deals.Company, new RequestHardship(1, [new(Deals.Day("2026-06-05"), openMinor)], false, "资金紧张"));
        Assert.Equal(Deals.Day("2029-05-05"), story.Owed().LimitationEndsOn);
    }

    [Fact]
    public void Ninety_days_before_its_end_the_debt_is_demanded_again_for_as_long_as_it_is_open()
    {
        // Demanded on 18 March 2026: its end on 18 March 2029 is forestalled on 18 December 2028, and that of 2031 on 19 September 2031.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2031-12-31");
        Assert.Equal(
            [(Deals.Day("2028-12-18"), Deals.Day("2029-03-18")), (Deals.Day("2031-09-19"), Deals.Day("2031-12-18"))],
            story.All<DemandRepeated>().Select(d => (d.On, d.LimitationEndedOn)));
        story.Replays();
    }

    [Fact]
    public void A_settled_debt_has_none()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-20").Pay(110_000);
        Assert.Null(story.Owed().LimitationEndsOn);
        Assert.Empty(story.Until("2031-12-31").All<DemandRepeated>());
    }
}
