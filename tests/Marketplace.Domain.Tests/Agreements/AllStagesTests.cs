using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Every command × every stage: done, or refused with a code and a sentence in both languages; never an exception.</summary>
public sealed class AllStagesTests
{
    // The stages in which a command is done when the right person asks (see AllStages for what it carries). Everywhere else it is refused.
    private const string Done = """
        AcceptApplication      Applied
        DeclineApplication     Applied
        WithdrawApplication    Applied Negotiating Agreed
        ProposeTerms           Negotiating Agreed
        WithdrawProposal       Negotiating
        AcceptTerm             Negotiating
        ContestTerm            Negotiating
        AcceptTerms            Negotiating
        SignAgreement          Agreed
        FileAgreement          Signed
        DeliverResult          Filed
        AcceptDelivery         Delivered
        RequestExtension       InTrial DecisionDue
        AnswerExtension
        ConvertLicence         InTrial Extended DecisionDue
        ReturnResult           InTrial Extended
        RecordTrialEntry       InTrial Extended DecisionDue
        RetractTrialEntry      InTrial Extended DecisionDue
        RequestSignOff         InTrial DecisionDue
        ConfirmSignOff         Extended
        ObjectToSignOff        Extended
        ReportSales            Overdue Disputed Cure Breached Terminated
        CorrectSales
        AssessSales            Overdue Disputed Cure Breached Terminated
        RecordFapiao           Overdue Disputed Cure Breached Terminated Settled
        RecordRedFapiao
        WithdrawFapiaoRecord
        ForecastSales          Signed Filed Delivered InTrial Extended DecisionDue Converted Overdue Disputed Cure Breached Terminated
        ElectBuyOut
        SettleInKind
        ClaimTrigger           InTrial Extended DecisionDue Converted Overdue Disputed Cure Breached
        ContestTrigger
        DecideTrigger          DecisionDue
        InvoiceObligation      Converted
        ChargeEnforcementCost  Overdue Disputed Cure Breached Terminated
        WaiveObligation        Converted Overdue Cure Breached Terminated
        RequestHardship        Converted Overdue Cure Breached Terminated
        AnswerHardship
        DecideHardship
        RefundUnapplied
        EndCollection          Disputed
        CollectObligation
        DistributeIncome       Settled
        ObjectToDistribution   Applied Negotiating Agreed Signed Filed Delivered InTrial Extended DecisionDue Converted Returned Expired Overdue Disputed Cure Breached Terminated
        AnswerDistributionObjection
        PayLab
        PayInventor
        OpenDispute            Overdue Cure Breached Terminated
        DecideDispute          Disputed
        ApproveEnforcementStep
        CloseAgreement         Returned Expired
        ApplyForTrial
        RecordReceipt          *
        AllocateUnapplied      *
        AuthoriseCollection    *
        ChangeInventorSplit    *
        EnforceDue             *
        RecordPaymentOutcome
        """;

    public static TheoryData<string, string> Rows => [.. Done.Split('\n')
        .Select(l => l.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Select(l => (l[0], l.Length > 1 ? l[1] : ""))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Is_done_in(string command, string stages)
    {
        var done = new List<string>();
        var all = new List<string>();
        foreach (var story in AllStages.Stories())
        {
            var state = story.State.State.ToString();
            all.Add(state);
            var asked = AllStages.Commands(story).Single(c => c.GetType().Name == command);
            Refusal?[] answers = [.. Deciders.Select(a => story.Copy().Ask(a, asked))];
            foreach (var refusal in answers.OfType<Refusal>())
            {
                Assert.Matches("^[a-z][a-z0-9-]+$", refusal.Code);
                Assert.True(refusal.Zh.Length > 2 && refusal.En.Length > 5, refusal.Code);
                Assert.True(refusal.Kind != RefusalKind.Invalid || refusal.Field is not null || refusal.Code == "terms-missing", $"{refusal.Code} names no field");
            }

            if (answers.Contains(null))
            {
                done.Add(state);
            }
        }

        Assert.Equal(stages == "*" ? all : [.. stages.Split(' ', StringSplitOptions.RemoveEmptyEntries)], done);
    }

    [Fact]
    public void There_is_a_story_of_every_stage() => Assert.Equal(
        Enum.GetValues<AgreementState>().Except([AgreementState.None]).Order(),
        AllStages.Stories().Select(s => s.State.State).Order());

    private static readonly Actor[] Deciders = [Deals.Lab, Deals.Company, Deals.Administrator, Actor.System];
}
