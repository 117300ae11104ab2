using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Every command × every kind of asker: strangers find nothing, the wrong party is told so.</summary>
public sealed class WhoMayTests
{
    // y may, - is told that it is not its part (403), . finds nothing (404).
    private const string Table = """
                               lab company admin system other-lab other-company visitor
        AcceptApplication        y       -     -      -         .             .       .
        DeclineApplication       y       -     -      -         .             .       .
        WithdrawApplication      y       y     -      -         .             .       .
        ProposeTerms             y       y     -      -         .             .       .
        WithdrawProposal         y       y     -      -         .             .       .
        AcceptTerm               y       y     -      -         .             .       .
        ContestTerm              y       y     -      -         .             .       .
        AcceptTerms              y       y     -      -         .             .       .
        SignAgreement            y       y     -      -         .             .       .
        FileAgreement            y       -     y      y         .             .       .
        DeliverResult            y       -     -      -         .             .       .
        AcceptDelivery           -       y     -      -         .             .       .
        RequestExtension         -       y     -      -         .             .       .
        AnswerExtension          y       -     -      -         .             .       .
        ConvertLicence           -       y     -      -         .             .       .
        ReturnResult             -       y     -      -         .             .       .
        RecordTrialEntry         y       y     -      -         .             .       .
        RetractTrialEntry        y       y     -      -         .             .       .
        RequestSignOff           y       y     -      -         .             .       .
        ConfirmSignOff           y       y     -      -         .             .       .
        ObjectToSignOff          y       y     -      -         .             .       .
        ReportSales              -       y     -      -         .             .       .
        CorrectSales             -       y     -      -         .             .       .
        AssessSales              -       -     y      -         .             .       .
        RecordSalesEvidence      y       y     y      y         .             .       .
        RecordFapiao             y       -     y      y         .             .       .
        RecordRedFapiao          y       -     y      y         .             .       .
        WithdrawFapiaoRecord     y       -     y      y         .             .       .
        ForecastSales            -       y     -      -         .             .       .
        RequestHardship          -       y     -      -         .             .       .
        AnswerHardship           y       -     -      -         .             .       .
        DecideHardship           -       -     y      -         .             .       .
        ElectBuyOut              -       y     -      -         .             .       .
        SettleInKind             y       -     -      -         .             .       .
        AppointExpert            y       y     y      y         .             .       .
        RecordExpertOpinion      -       -     y      -         .             .       .
        RecordProofOfService     y       -     y      y         .             .       .
        ClaimTrigger             y       y     y      y         .             .       .
        ContestTrigger           y       y     -      -         .             .       .
        DecideTrigger            -       -     y      -         .             .       .
        InvoiceObligation        y       -     y      y         .             .       .
        ChargeEnforcementCost    -       -     y      -         .             .       .
        RecordReceipt            -       -     y      y         .             .       .
        RecordGuaranteePayment   -       -     y      y         .             .       .
        RecordRecourse           -       -     y      y         .             .       .
        ProposeAmendment         y       y     -      -         .             .       .
        SignAmendment            y       y     -      -         .             .       .
        WithdrawAmendment        y       y     -      -         .             .       .
        WaiveObligation          y       -     -      -         .             .       .
        AllocateUnapplied        y       y     y      y         .             .       .
        RefundUnapplied          -       -     y      y         .             .       .
        AuthoriseCollection      -       y     -      -         .             .       .
        EndCollection            -       y     -      -         .             .       .
        CollectObligation        -       y     y      y         .             .       .
        PayObligations           -       y     -      -         .             .       .
        WithdrawPayment          -       y     y      y         .             .       .
        RefundPaid               y       -     y      y         .             .       .
        RecoverPayout            -       -     y      y         .             .       .
        RecordReversal           -       -     y      y         .             .       .
        RecordChargeback         -       -     -      y         .             .       .
        ChangeInventorSplit      y       -     -      -         .             .       .
        DistributeIncome         y       -     y      y         .             .       .
        ObjectToDistribution     y       -     -      -         .             .       .
        AnswerDistributionObjection y    -     -      -         .             .       .
        PayLab                   y       -     y      y         .             .       .
        PayBroker                y       -     y      y         .             .       .
        PayInventor              y       -     y      y         .             .       .
        RecordTaxRemittance      -       -     y      y         .             .       .
        RecordPaymentOutcome     -       -     -      y         .             .       .
        OpenDispute              y       y     -      -         .             .       .
        DecideDispute            -       -     y      -         .             .       .
        ApproveEnforcementStep   -       -     y      -         .             .       .
        CloseAgreement           y       -     y      y         .             .       .
        EnforceDue               -       -     -      y         .             .       .
        ApplyForTrial            -       y     -      -         .             .       .
        """;

    /// <summary>Refused to the one who did it, not to its role.</summary>
    private static readonly string[] OfOwnDoing = ["own-claim", "own-proposal", "not-your-proposal", "own-request", "not-your-entry"];

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var lines = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
            var cells = new TheoryData<string, string, string>();
            foreach (var line in lines.Skip(1))
            {
                for (var i = 0; i < lines[0].Length; i++)
                {
                    cells.Add(line[0], lines[0][i], line[i + 1]);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Asks(string command, string asker, string answer)
    {
        var actor = Asker(asker);
        foreach (var story in AllStages.Stories().Where(s => HasWhatItIsAbout(command, s.State)))
        {
            var refusal = story.Ask(actor, AllStages.Commands(story).Single(c => c.GetType().Name == command));
            var said = refusal?.Kind switch
            {
                RefusalKind.NotFound => ".",
                RefusalKind.Forbidden when !OfOwnDoing.Contains(refusal.Code) => "-",
                _ => "y", // done, or refused for another reason
            };
            Assert.True(answer == said, $"{story.State.Stage}: {answer} expected, but {refusal?.Code ?? "done"}");
        }
    }

    private static bool HasWhatItIsAbout(string command, Agreement state) => command switch
    {
        nameof(RecordPaymentOutcome) => state.Intents.Count > 0,
        nameof(WithdrawPayment) or nameof(RecordChargeback) => state.Intents.Any(i => i.Kind == IntentKind.Collection),
        _ => true,
    };

    [Fact]
    public void The_table_knows_every_command()
    {
        var all = typeof(AgreementCommand).Assembly.GetTypes().Where(t => t.BaseType == typeof(AgreementCommand)).Select(t => t.Name).Order();
        Assert.Equal(all, Table.Split('\n').Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]).Order());
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("company")]
    [InlineData("admin")]
    [InlineData("system")]
    [InlineData("visitor")]
    public void Of_an_agreement_that_is_not_there_nothing_is_found(string asker)
    {
        foreach (var command in AllStages.Commands(AgreementStory.StartsOn("2025-03-03")).Where(c => c is not ApplyForTrial))
        {
            Assert.Equal("not-found", AgreementStory.StartsOn("2025-03-03").Ask(Asker(asker), command)?.Code);
        }
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("other-company")]
    [InlineData("admin")]
    [InlineData("visitor")]
    public void Only_the_company_itself_applies(string asker)
    {
        var story = AgreementStory.StartsOn("2025-03-03");
        Assert.Equal(RefusalKind.Forbidden, story.Ask(Asker(asker), AllStages.Commands(story).OfType<ApplyForTrial>().Single())?.Kind);
    }

    private static Actor Asker(string name) => name switch
    {
        "lab" => Deals.Lab,
        "company" => Deals.Company,
        "admin" => Deals.Administrator,
        "system" => Actor.System,
        "other-lab" => Deals.OtherLab,
        "other-company" => Deals.OtherCompany,
        "visitor" => Deals.Visitor,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Nobody of that name"),
    };
}
