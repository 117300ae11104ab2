using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What waits for whom, from the application to the money.</summary>
public sealed class OpenTaskTests
{
    [Fact]
    public void Each_step_of_the_way_waits_for_the_party_that_can_take_it()
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(Deals.Terms(Deals.LumpSum()));
        AssertWaits(story, lab: [OpenTaskKind.AnswerApplication], company: []);

        story.Do(Deals.Lab, new AcceptApplication());
        AssertWaits(story, lab: [OpenTaskKind.AnswerTerms], company: [OpenTaskKind.AnswerTerms]);
        story.Do(Deals.Company, new ProposeTerms(Deals.Terms(Deals.LumpSum(90_000)), "略低"));
        AssertWaits(story, lab: [OpenTaskKind.AnswerTerms], company: []);
        Assert.Equal((2, AgreementRules.SilentUntil(story.State)), (Task(story, Party.Lab).Number, Task(story, Party.Lab).By));

        story.Do(Deals.Lab, new AcceptTerms(2));
        AssertWaits(story, lab: [OpenTaskKind.Sign], company: [OpenTaskKind.Sign]);
        story.Do(Deals.Company, new SignAgreement(story.State.DocumentHash!));
        AssertWaits(story, lab: [OpenTaskKind.Sign], company: []);
        story.Do(Deals.Lab, new SignAgreement(story.State.DocumentHash!));
        AssertWaits(story, lab: [OpenTaskKind.File], company: []);
        Assert.Equal(story.State.FilingDueOn, Task(story, Party.Lab).By);

        story.Do(Deals.Lab, new FileAgreement("津备-1"));
        AssertWaits(story, lab: [OpenTaskKind.Deliver], company: []);
        story.Do(Deals.Lab, new DeliverResult("资料"));
        AssertWaits(story, lab: [], company: [OpenTaskKind.AcceptDelivery]);
        Assert.Equal(story.State.AcceptanceDueOn, Task(story, Party.Company).By);

        story.Do(Deals.Company, new AcceptDelivery());
        AssertWaits(story, lab: [], company: []);
        story.Do(Deals.Company, new RequestExtension(3, "需要更多数据"));
        AssertWaits(story, lab: [OpenTaskKind.AnswerExtension], company: []);
        Assert.Equal(3, Task(story, Party.Lab).Number);
    }

    [Fact]
    public void A_trial_that_ends_soon_waits_for_a_decision()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Until("2026-01-02");
        Assert.Equal(Stage.DecisionDue, story.State.Stage);
        Assert.Equal(new OpenTask(OpenTaskKind.Decide, story.State.TrialEndsOn), Task(story, Party.Company));
        story.Do(Deals.Company, new ConvertLicence());
        Assert.DoesNotContain(OpenTask.Of(story.State, Party.Company, story.Today), t => t.Kind == OpenTaskKind.Decide);
    }

    /// <summary>3 % fee of 100 000.00; 70 % of the rest to the inventors.</summary>
    [Fact]
    public void Money_waits_for_the_company_until_it_is_paid_and_then_for_the_lab()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum(100_000_00)), Deals.Inventors);
        AssertWaits(story, lab: [], company: []); // not invoiced yet

        story.Until("2026-03-03");
        Assert.Equal(new OpenTask(OpenTaskKind.Pay, Deals.Day("2026-03-03"), 1, Deals.Yuan(100_000_00)), Task(story, Party.Company));
        Assert.Equal(new OpenTask(OpenTaskKind.RecordFapiao, Deals.Day("2026-03-03"), 1, Deals.Yuan(100_000_00)), Task(story, Party.Lab));

        story.Do(Deals.Lab, Deals.Fapiao(1, 1, "2026-03-03", 100_000_00)).Pay(100_000_00);
        AssertWaits(story, lab: [OpenTaskKind.Distribute], company: []);
        Assert.Equal(Deals.Yuan(97_000_00), Task(story, Party.Lab).Amount);

        story.Do(Deals.Lab, new DistributeIncome());
        AssertWaits(story, lab: [OpenTaskKind.PayInventors, OpenTaskKind.OrderPayout], company: []);
        Assert.Equal([Deals.Yuan(67_900_00), Deals.Yuan(29_100_00)], OpenTask.Of(story.State, Party.Lab, story.Today).Select(t => t.Amount!.Value));
    }

    [Fact]
    public void A_claim_waits_for_the_other_party_and_a_dispute_for_nobody_of_them()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.MassProduction()).Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-03-03"), "投产"));
        AssertWaits(story, lab: [], company: [OpenTaskKind.AnswerClaim]);
        story.Do(Deals.Company, new ContestTrigger(0, "尚未量产"));
        AssertWaits(story, lab: [], company: []);
    }

    [Fact]
    public void Nothing_waits_for_somebody_who_has_no_part_in_it_and_every_state_answers()
    {
        foreach (var story in AllStages.Stories())
        {
            Assert.Empty(OpenTask.Of(story.State, Party.None, story.Today));
            foreach (var party in new[] { Party.Lab, Party.Company, Party.Third })
            {
                var tasks = OpenTask.Of(story.State, party, story.Today);
                Assert.Equal(tasks, tasks.OrderBy(t => t.By is null).ThenBy(t => t.By));
                Assert.All(tasks, t => Assert.True(t.Amount is null or { IsPositive: true }));
            }
        }

        Assert.Empty(OpenTask.Of(Agreement.None, Party.Lab, Deals.Day("2025-03-03")));
    }

    private static OpenTask Task(AgreementStory story, Party party) => OpenTask.Of(story.State, party, story.Today)[0];

    private static void AssertWaits(AgreementStory story, OpenTaskKind[] lab, OpenTaskKind[] company)
    {
        Assert.Equal(lab, OpenTask.Of(story.State, Party.Lab, story.Today).Select(t => t.Kind));
        Assert.Equal(company, OpenTask.Of(story.State, Party.Company, story.Today).Select(t => t.Kind));
    }
}
