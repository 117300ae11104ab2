using Marketplace.Domain.Agreements;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Experts, and demands that are proven to have arrived.</summary>
public sealed class ProofTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Who_names_an_expert_waits_for_the_opinion()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum()))
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-03-03"), "展会照片"))
            .Refused("claim-not-contested", Deals.Lab, new AppointExpert(0, "专家甲", "示例研究院"))
            .Do(Deals.Company, new ContestTrigger(0, "只是样机"))
            .Refused("expert-not-asked", Deals.Administrator, new RecordExpertOpinion(0, true, "已上市", Hash))
            .Do(Deals.Company, new AppointExpert(0, "专家甲", "示例研究院"))
            .Do(Deals.Administrator, new AppointExpert(0, "专家乙", "示例研究院"))
            .Refused("expert-silent", Deals.Administrator, new DecideTrigger(0, true, "属实"))
            .Refused("hash-malformed", Deals.Administrator, new RecordExpertOpinion(0, true, "已上市", "x"))
            .Do(Deals.Administrator, new RecordExpertOpinion(0, true, "已上市", Hash))
            .Refused("expert-has-spoken", Deals.Lab, new AppointExpert(0, "专家丙", "示例研究院"))
            .Do(Deals.Administrator, new DecideTrigger(0, true, "依专家意见"));
        Assert.Equal(Stage.Converted, story.State.Stage);
        Assert.Equal("专家乙", story.State.Claims[0].Expert?.Name);
        story.Replays();
    }

    [Fact]
    public void What_the_platforms_data_show_is_a_claim_that_both_can_contest()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Do(Deals.Administrator, new ClaimTrigger(0, Deals.Day("2025-03-03"), "发票数据"));
        Assert.Equal(Party.None, story.State.Claims[0].By);
        Assert.Null(story.Copy().Ask(Deals.Lab, new ContestTrigger(0, "不是本成果")));
        Assert.Null(story.Copy().Ask(Deals.Company, new ContestTrigger(0, "不是本成果")));
        Assert.NotNull(story.Until("2025-03-20").State.ConvertedOn); // silence confirms it
    }

    /// <summary>Due 3 March 2026, demanded on the ladder on 18 March; proven to have arrived on 1 April: three years from then.</summary>
    [Fact]
    public void A_demand_interrupts_the_limitation_on_the_day_on_which_it_arrived()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-04-10");
        Assert.Equal(Deals.Day("2029-03-18"), story.Owed().LimitationEndsOn);
        var proof = new RecordProofOfService(1, "公证送达", "公证-1", Deals.Day("2026-04-01"), Hash);
        story.Refused("dates-out-of-order", Deals.Lab, proof with { ServedOn = Deals.Day("2026-04-11") })
            .Refused("dates-out-of-order", Deals.Lab, proof with { ServedOn = Deals.Day("2026-03-03") })
            .Do(Deals.Lab, proof).Refused("service-recorded", Deals.Administrator, proof);
        Assert.Equal(Deals.Day("2029-04-01"), story.Owed().LimitationEndsOn);
        story.Do(Deals.Lab, proof with { Reference = "公证-2", ServedOn = Deals.Day("2026-03-20") }); // found later, of an earlier day
        Assert.Equal(Deals.Day("2029-04-01"), story.Owed().LimitationEndsOn);
        story.Replays();
    }

    [Fact]
    public void What_is_not_overdue_was_not_demanded() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-01")
        .Refused("not-demanded", Deals.Lab, new RecordProofOfService(1, "挂号信", "1", Deals.Day("2026-03-01"), Hash));
}
