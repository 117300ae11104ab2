using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Versions that come and go, what parties say of single terms, and negotiations that nobody ends.</summary>
public sealed class NegotiationTests
{
    private static readonly AgreementTerms Offered = Deals.Terms(Deals.LumpSum());
    private static readonly AgreementTerms Cheaper = Deals.Terms(Deals.LumpSum(90_000)) with { TrialMonths = 9 };

    [Fact]
    public void A_withdrawn_version_gives_way_to_the_one_before_and_its_number_is_not_used_again()
    {
        var story = Negotiating().Do(Deals.Lab, new AcceptTerms(1)).Do(Deals.Company, new ProposeTerms(Cheaper, "略低"));
        story.Do(Deals.Company, new WithdrawProposal(2));
        Assert.Equal((1, Party.None, ProposalStatus.Withdrawn), (story.State.Newest.Version, story.State.AcceptedBy, story.State.Proposals[1].Status));
        Assert.Equal(Json.Of(Offered), Json.Of(story.State.Terms));
        story.Refused("terms-outdated", Deals.Lab, new AcceptTerms(2)).Refused("terms-outdated", Deals.Company, new WithdrawProposal(2));

        story.Do(Deals.Lab, new ProposeTerms(Cheaper, null));
        Assert.Equal((3, 1), (story.State.Newest.Version, story.State.Newest.Replaces));
        story.Do(Deals.Company, new AcceptTerms(3));
        Assert.Equal((Stage.Agreed, 3), (story.State.Stage, story.Last<TermsAgreed>().Version));
        story.Replays();
    }

    [Fact]
    public void Only_its_author_takes_a_version_back_and_only_while_the_other_has_not_accepted_it()
    {
        var story = Negotiating().Refused("offer-stands", Deals.Lab, new WithdrawProposal(1)).Do(Deals.Lab, new ProposeTerms(Cheaper, null));
        story.Refused("not-your-proposal", Deals.Company, new WithdrawProposal(2)).Do(Deals.Company, new ProposeTerms(Offered, null)).Do(Deals.Company, new WithdrawProposal(3));

        // Version 2 stands again, and nobody has accepted it anew.
        story.Do(Deals.Company, new AcceptTerms(2)).Refused("already-accepted", Deals.Lab, new WithdrawProposal(2)).Do(Deals.Lab, new AcceptTerms(2));
        story.Refused("agreement-state", Deals.Lab, new WithdrawProposal(2));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void A_version_is_held_open_for_ninety_days_at_most(int days, bool isAllowed)
    {
        var story = Negotiating();
        var refusal = story.Ask(Deals.Company, new ProposeTerms(Cheaper, null, story.Today.AddDays(days)));
        Assert.Equal(isAllowed ? null : "validUntil", refusal?.Field);
    }

    [Fact]
    public void A_version_lapses_after_its_last_day()
    {
        var story = Negotiating().Do(Deals.Company, new ProposeTerms(Cheaper, null, Deals.Day("2025-03-20")));
        Assert.Equal((UpcomingKind.ProposalLapses, Deals.Day("2025-03-20"), 2), Outlook.Of(story.State).Select(s => (s.Kind, s.On, s.Number)).First());
        story.Until("2025-03-20");
        Assert.Equal(2, story.State.Newest.Version);
        story.Until("2025-03-21").Refused("terms-outdated", Deals.Lab, new AcceptTerms(2));
        Assert.Equal((1, Party.None), (story.State.Newest.Version, story.State.AcceptedBy));
        Assert.Equal(Deals.Day("2025-03-21"), story.Last<ProposalLapsed>().On);
    }

    [Fact]
    public void A_version_that_was_replaced_lapses_in_silence_and_does_not_come_back()
    {
        var story = Negotiating().Do(Deals.Company, new ProposeTerms(Cheaper, null, Deals.Day("2025-03-20"))).Do(Deals.Lab, new ProposeTerms(Offered, null));
        story.Until("2025-04-01");
        Assert.Equal((3, Party.Lab), (story.State.Newest.Version, story.State.AcceptedBy));
        Assert.Equal(1, story.Do(Deals.Lab, new WithdrawProposal(3)).State.Newest.Version);
    }

    [Fact]
    public void What_was_accepted_in_time_does_not_lapse()
    {
        var story = Negotiating().Do(Deals.Company, new ProposeTerms(Cheaper, null, Deals.Day("2025-03-20"))).Do(Deals.Lab, new AcceptTerms(2)).Until("2025-06-01");
        Assert.Equal((Stage.Agreed, ProposalStatus.Standing), (story.State.Stage, story.State.Newest.Status));
    }

    [Fact]
    public void A_negotiation_in_which_nobody_moves_ends_by_itself()
    {
        var story = Negotiating().Until("2025-06-01").Do(Deals.Company, new ProposeTerms(Cheaper, null)).Until("2025-11-28");
        Assert.Equal(Stage.Negotiating, story.State.Stage);
        Assert.Contains(Outlook.Of(story.State), s => s.Kind == UpcomingKind.NegotiationLapses && s.On == Deals.Day("2025-11-28"));
        story.Until("2025-11-29");
        Assert.Equal((Stage.Withdrawn, Deals.Day("2025-11-29")), (story.State.Stage, story.Last<NegotiationLapsed>().On));
        story.Refused("agreement-state", Deals.Lab, new AcceptTerms(2)).Replays();
    }

    [Fact]
    public void A_stance_is_taken_by_the_other_party_on_what_differs_and_moves_the_negotiation()
    {
        var story = Negotiating().Refused("term-not-in-difference", Deals.Company, new AcceptTerm(1, "trialMonths")).Do(Deals.Company, new ProposeTerms(Cheaper, null));
        story.Refused("own-proposal", Deals.Company, new AcceptTerm(2, "trialMonths")).Refused("term-not-in-difference", Deals.Lab, new AcceptTerm(2, "cureDays"))
            .Refused("terms-outdated", Deals.Lab, new AcceptTerm(1, "trialMonths")).Refused("text-missing", Deals.Lab, new ContestTerm(2, "trialMonths", " "));
        story.Until("2025-05-05").Do(Deals.Lab, new ContestTerm(2, "payments[0].amountMinor", "低于评估价")).Do(Deals.Lab, new AcceptTerm(2, "trialMonths"));
        story.Refused("stance-taken", Deals.Lab, new AcceptTerm(2, "trialMonths")).Do(Deals.Lab, new AcceptTerm(2, "payments[0].amountMinor"));
        Assert.Equal([("trialMonths", Stance.Accepted), ("payments[0].amountMinor", Stance.Accepted)], story.State.Newest.Stances.Select(s => (s.Path, s.Stance)));

        // Agreeing with each term is not accepting the version.
        Assert.Equal((Stage.Negotiating, Party.Company, Deals.Day("2025-05-05")), (story.State.Stage, story.State.AcceptedBy, story.State.LastMovedOn));
        Assert.Equal(Stage.Agreed, story.Do(Deals.Lab, new AcceptTerms(2)).Replays().State.Stage);
    }

    [Fact]
    public void Whatever_they_do_the_newest_standing_version_is_the_one_that_is_signed() =>
        Gen.Select(Gen.Int[0, 5], Gen.Bool, Gen.Int[0, 70]).Array[1, 40].Sample(moves =>
        {
            var story = Negotiating();
            foreach (var (what, byLab, days) in moves)
            {
                var (actor, newest) = (byLab ? Deals.Lab : Deals.Company, story.State.Newest);
                story.Sleep($"{story.Today.AddDays(days / 10):yyyy-MM-dd}");
                story.Ask(actor, what switch
                {
                    0 => new ProposeTerms(Cheaper with { CureDays = 30 + days % 60 }, null, days % 2 == 0 ? story.Today.AddDays(days) : null),
                    1 => new WithdrawProposal(newest.Version),
                    2 => new AcceptTerm(newest.Version, "cureDays"),
                    3 => new ContestTerm(newest.Version, "trialMonths", "不同意"),
                    4 => new AcceptTerms(newest.Version),
                    _ => new SignAgreement(story.State.DocumentHash ?? ""),
                });
                Assert.Equal(story.State.Proposals.FindLast(p => p.Status == ProposalStatus.Standing)!.Version, story.State.Newest.Version);
                Assert.Equal(Enumerable.Range(1, story.State.Proposals.Count), story.State.Proposals.Select(p => p.Version));
                Assert.True(story.State.DocumentHash is null || story.State.DocumentHash == AgreementRules.DocumentHash(story.State, story.State.Newest));
            }

            story.Replays();
        });

    private static AgreementStory Negotiating() => AgreementStory.StartsOn("2025-03-03").Apply(Offered).Do(Deals.Lab, new AcceptApplication());
}
