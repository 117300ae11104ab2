using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Notices;

// What is told of an agreement. What a lab shares with its inventors, and is paid, is told to the lab alone; a broker is told what is its own.
public static partial class NoticeRules
{
    private static void AddNegotiation()
    {
        const NoticeTopic Topic = NoticeTopic.Negotiation;
        Tell<TrialApplied>(Topic, NoticeReaders.Lab, Duty.Negotiate);
        Tell<ApplicationAccepted>(Topic, NoticeReaders.Company, Duty.Negotiate);
        Tell<ApplicationDeclined>(Topic, NoticeReaders.Company, Duty.Negotiate);
        Tell<ApplicationWithdrawn>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<TermsProposed>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<ProposalWithdrawn>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<ProposalLapsed>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<NegotiationLapsed>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<TermsAccepted>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<TermStanceTaken>(e => e.Stance == Stance.Contested ? new(Topic, NoticeReaders.Parties, Duty.Negotiate) : null);
    }

    private static void AddSignatures()
    {
        const NoticeTopic Topic = NoticeTopic.Signatures;
        Tell<TermsAgreed>(Topic, NoticeReaders.All, Duty.Sign);
        Tell<AgreementSigned>(Topic, NoticeReaders.All, Duty.Sign | Duty.Negotiate);
        Tell<AgreementTookEffect>(Topic, NoticeReaders.All, Duty.Sign | Duty.Negotiate | Duty.Finance);
        Tell<FilingDeadlineMissed>(Topic, NoticeReaders.Lab, Duty.Negotiate, Duty.Operate);
        Tell<AgreementFiled>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<AmendmentProposed>(Topic, NoticeReaders.All, Duty.Sign | Duty.Negotiate);
        Tell<AmendmentSigned>(Topic, NoticeReaders.All, Duty.Sign | Duty.Negotiate);
        Tell<AmendmentTookEffect>(Topic, NoticeReaders.All, Duty.Sign | Duty.Negotiate | Duty.Finance);
        Tell<AmendmentWithdrawn>(Topic, NoticeReaders.All, Duty.Sign | Duty.Negotiate);
    }

    private static void AddTrial()
    {
        const NoticeTopic Topic = NoticeTopic.Trial;
        Tell<ResultDelivered>(Topic, NoticeReaders.Company, Duty.Negotiate);
        Tell<DeliveryAccepted>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<TrialEndNoticed>(e => ComingDates.Offsets.Contains(-e.DaysBefore) ? null : new(Topic, NoticeReaders.Company, Duty.Negotiate | Duty.Sign)); // else the date itself says so
        Tell<ExtensionRequested>(Topic, NoticeReaders.Lab, Duty.Negotiate);
        Tell<ExtensionDeclined>(Topic, NoticeReaders.Company, Duty.Negotiate);
        Tell<TrialExtended>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<TrialEndMoved>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<TrialLapsed>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<ResultReturned>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<SignOffRequested>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<SignOffConfirmed>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<SignOffObjected>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<LicenceConverted>(Topic, NoticeReaders.All, Duty.Negotiate | Duty.Sign | Duty.Finance);
        Silent<TrialEntryRecorded>("the log of the trial is read when somebody wants to");
        Silent<TrialEntryRetracted>("likewise");
    }

    private static void AddSums()
    {
        const NoticeTopic Topic = NoticeTopic.Money;
        Tell<ObligationArose>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<ObligationRescheduled>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<ObligationInvoiced>(Topic, NoticeReaders.Company, Duty.Finance);
        Tell<ObligationBecameOverdue>(Topic, NoticeReaders.All, Duty.Finance);
        Tell<ObligationCorrected>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<ObligationWaived>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<ObligationSettledInKind>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<BuyOutElected>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<EnforcementCostCharged>(Topic, NoticeReaders.Company, Duty.Finance);
        Silent<InterestCharged>("it runs by day; the sum owed shows it");
        Tell<FapiaoRecorded>(Topic, NoticeReaders.Company, Duty.Finance);
        Tell<RedFapiaoRecorded>(Topic, NoticeReaders.Company, Duty.Finance);
        Tell<FapiaoRecordWithdrawn>(Topic, NoticeReaders.Company, Duty.Finance);
        Tell<HardshipRequested>(Topic, NoticeReaders.Lab, Duty.Finance | Duty.Sign);
        Tell<HardshipConsented>(Topic, NoticeReaders.Company, Duty.Finance, Duty.Approve);
        Tell<HardshipDeclined>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<HardshipGranted>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<AgreementSettled>(Topic, NoticeReaders.All, Duty.Finance | Duty.Negotiate);
        Tell<AgreementReopened>(Topic, NoticeReaders.All, Duty.Finance);
        Tell<AgreementClosed>(Topic, NoticeReaders.All, Duty.Finance | Duty.Negotiate);
    }

    private static void AddMoney()
    {
        const NoticeTopic Topic = NoticeTopic.Money;
        Tell<ReceiptRecorded>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<ReceiptHeld>(Topic, NoticeReaders.Parties, Duty.Finance, Duty.Operate);
        Tell<ReceiptReleased>(Topic, NoticeReaders.Parties, Duty.Finance, Duty.Operate);
        Tell<ReceiptTakenBack>(Topic, NoticeReaders.Parties, Duty.Finance, Duty.Operate);
        Tell<ReceiptAllocated>(e => e.Broker is { IsPositive: true } ? new(Topic, NoticeReaders.Third, Duty.Finance) : null); // to others the receipt itself was told of
        Silent<AllocationReversed>("what takes it back is told of");
        Tell<CollectionAuthorised>(Topic, NoticeReaders.Company, Duty.Finance);
        Tell<CollectionMandateEnded>(Topic, NoticeReaders.Company, Duty.Finance);
        Silent<PaymentRequested>("its outcome is told of");
        Silent<PaymentWithdrawn>("likewise");
        Tell<PaymentPending>(e => e.Status == IntentStatus.Unknown ? new(NoticeTopic.Operation, NoticeReaders.None, Duty.None, Duty.Operate, Once: $"unknown/{e.Intent}") : null);
        Tell<PaymentConcluded>(e => Concluded(e.Kind, e.Status, e.Account));
        Tell<PaymentMovedLate>(Topic, NoticeReaders.Lab, Duty.Finance, Duty.Operate);
        Silent<ProviderFeeCharged>("a cost of the marketplace, in its books");
        Tell<IncomeDistributed>(Topic, NoticeReaders.Lab, Duty.Finance);
        Tell<InventorSplitChanged>(Topic, NoticeReaders.Lab, Duty.Finance);
        Tell<DistributionObjected>(Topic, NoticeReaders.Lab, Duty.Finance);
        Tell<DistributionObjectionAnswered>(Topic, NoticeReaders.Lab, Duty.Finance);
        Tell<TaxWithheld>(Topic, NoticeReaders.Lab, Duty.Finance);
        Silent<TaxRemitted>("the marketplace's own errand");
        Tell<GuaranteeClaimed>(Topic, NoticeReaders.All, Duty.Finance);
        Tell<GuaranteePaid>(Topic, NoticeReaders.All, Duty.Finance);
        Tell<RecourseRecorded>(Topic, NoticeReaders.All, Duty.Finance);
    }

    private static void AddReports()
    {
        const NoticeTopic Topic = NoticeTopic.Reports;
        Tell<SalesReported>(Topic, NoticeReaders.Lab, Duty.Finance);
        Tell<SalesAssessed>(Topic, NoticeReaders.Parties, Duty.Finance);
        Tell<SalesCorrected>(Topic, NoticeReaders.Lab, Duty.Finance);
        Tell<SalesEvidenceRecorded>(Topic, NoticeReaders.Parties, Duty.Finance);
        Silent<SalesForecast>("nothing is owed for it");
        Tell<SalesReportReminded>(e => e.Reminder == SalesReportReminder.Demanded ? new(Topic, NoticeReaders.Parties, Duty.Finance) : null); // else the date itself says so
        Tell<TriggerClaimed>(Topic, NoticeReaders.Parties, Duty.Negotiate | Duty.Finance);
        Tell<TriggerContested>(Topic, NoticeReaders.Parties, Duty.Negotiate | Duty.Finance, Duty.Approve);
        Tell<TriggerConfirmed>(Topic, NoticeReaders.Parties, Duty.Negotiate | Duty.Finance);
        Tell<TriggerRejected>(Topic, NoticeReaders.Parties, Duty.Negotiate | Duty.Finance);
        Tell<ExpertAppointed>(Topic, NoticeReaders.Parties, Duty.Negotiate);
        Tell<ExpertOpinionRecorded>(Topic, NoticeReaders.Parties, Duty.Negotiate, Duty.Approve);
    }

    private static void AddDefault()
    {
        const NoticeTopic Topic = NoticeTopic.Disputes;
        Tell<DisputeOpened>(Topic, NoticeReaders.All, Duty.Finance | Duty.Negotiate, Duty.Approve);
        Tell<DisputeDecided>(Topic, NoticeReaders.All, Duty.Finance | Duty.Negotiate);
        Tell<EnforcementStepTaken>(e => e.Step < EnforcementStep.Demand
            ? null // the date, the invoice and the default say so themselves
            : new(Topic, e.Step >= EnforcementStep.Hold ? NoticeReaders.All : NoticeReaders.Parties, Duty.Finance));
        Tell<EnforcementStepProposed>(Topic, NoticeReaders.None, Duty.None, Duty.Approve);
        Silent<EnforcementStepApproved>("the step is told of when it is taken");
        Silent<EnforcementStepDropped>("nothing happens to anybody");
        Tell<CureStarted>(Topic, NoticeReaders.All, Duty.Finance | Duty.Sign);
        Tell<CureExtended>(Topic, NoticeReaders.All, Duty.Finance | Duty.Sign);
        Tell<AgreementBreached>(Topic, NoticeReaders.All, Duty.Finance | Duty.Sign);
        Tell<DefaultRemedied>(Topic, NoticeReaders.All, Duty.Finance);
        Tell<AgreementTerminated>(Topic, NoticeReaders.All, Duty.Read);
        Tell<DemandRepeated>(Topic, NoticeReaders.Parties, Duty.Finance);
        Silent<ServiceProven>("a proof for the file");
    }

    /// <summary>What came in is told of as a receipt; what did not, and what went out, is told of here.</summary>
    private static NoticeRule? Concluded(IntentKind kind, IntentStatus status, string account) => (kind, status) switch
    {
        (IntentKind.Collection, IntentStatus.Succeeded) => null,
        (IntentKind.Collection, _) => new(NoticeTopic.Money, NoticeReaders.Company, Duty.Finance),
        (IntentKind.Refund, _) => new(NoticeTopic.Money, NoticeReaders.Company, Duty.Finance, Failed(status)),
        (IntentKind.Payout or IntentKind.Recovery, _) => new(
            NoticeTopic.Money, account == ChartOfAccounts.BrokerPayable ? NoticeReaders.Lab | NoticeReaders.Third : NoticeReaders.Lab, Duty.Finance, Failed(status)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of payment"),
    };

    private static Duty Failed(IntentStatus status) => status == IntentStatus.Succeeded ? Duty.None : Duty.Operate;
}
