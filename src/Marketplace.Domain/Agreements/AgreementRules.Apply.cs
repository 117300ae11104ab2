using System.Collections.Immutable;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>The rules of an agreement: what may be asked (Decide), and what follows from what has happened (Apply).</summary>
public sealed partial class AgreementRules : IAggregate<Agreement, AgreementCommand, AgreementEvent>
{
    private AgreementRules() { }

    public static Agreement Initial => Agreement.None;

    public static Agreement Apply(Agreement state, AgreementEvent happened) => Post(Fold(state, happened), happened);

    private static Agreement Post(Agreement state, AgreementEvent happened)
    {
        var balances = state.Balances;
        foreach (var entry in AgreementPostings.EntriesFor(happened))
        {
            foreach (var leg in entry.Legs)
            {
                var key = Agreement.BalanceKey(leg.Account, entry.Currency);
                balances = balances.SetItem(key, checked(balances.GetValueOrDefault(key) + leg.AmountMinor));
            }
        }

        return balances == state.Balances ? state : state with { Balances = balances };
    }

    private static Agreement Fold(Agreement a, AgreementEvent happened) => happened switch
    {
        TrialApplied e => a with
        {
            Stage = Stage.Applied,
            Id = e.Agreement,
            Offer = e.Offer,
            Result = e.Result,
            Lab = e.Lab,
            Company = e.Company,
            Inventors = e.Inventors,
            LastMovedOn = e.On,
            Proposals = [new TermsProposal(1, Party.Lab, e.Terms, null, e.On)],
        },
        ApplicationAccepted e => a with { Stage = Stage.Negotiating, TakenUpOn = e.On, LastMovedOn = e.On },
        ApplicationDeclined e => a with { Stage = Stage.Declined, LastMovedOn = e.On },
        ApplicationWithdrawn e => a with { Stage = Stage.Withdrawn, LastMovedOn = e.On },
        TermsProposed e => a with
        {
            Stage = Stage.Negotiating,
            LastMovedOn = e.On,
            Proposals = a.Proposals.Add(new TermsProposal(e.Version, e.By, e.Terms, e.Note, e.On) { Replaces = a.Newest.Version, ValidUntil = e.ValidUntil, Criteria = e.Criteria }),
            AcceptedBy = Party.None,
            SignedBy = Party.None,
            DocumentHash = null,
        },
        TermsAccepted e => a with { AcceptedBy = a.AcceptedBy | e.By, LastMovedOn = e.On },
        ProposalWithdrawn e => NoLongerStanding(a, e.Version, ProposalStatus.Withdrawn) with { LastMovedOn = e.On },
        ProposalLapsed e => NoLongerStanding(a, e.Version, ProposalStatus.Lapsed),
        TermStanceTaken e => ChangeProposal(a, e.Version, p => p with
        {
            Stances = p.Stances.RemoveAll(s => s.Path == e.Path && s.By == e.By).Add(new TermStance(e.Path, e.By, e.Stance, e.Note, e.On)),
        }) with { LastMovedOn = e.On },
        NegotiationLapsed e => a with { Stage = Stage.Withdrawn, LastMovedOn = e.On },
        TermsAgreed e => a with { Stage = Stage.Agreed, DocumentHash = e.DocumentHash },
        AgreementSigned e => a with
        {
            SignedBy = a.SignedBy | e.By,
            LabSignatory = e.By == Party.Lab ? e.Signatory : a.LabSignatory,
            CompanySignatory = e.By == Party.Company ? e.Signatory : a.CompanySignatory,
        },
        AgreementTookEffect e => a with { Stage = Stage.Signed, EffectiveOn = e.On, FilingDueOn = e.FilingDueOn },
        FilingDeadlineMissed => a with { FilingMissed = true },
        AgreementFiled e => a with { Stage = Stage.Filed, Filing = new Filing(e.FilingNumber, e.On) },
        ResultDelivered e => a with { Stage = Stage.Delivered, AcceptanceDueOn = e.AcceptanceDueOn },
        DeliveryAccepted e => a with { Stage = Stage.InTrial, TrialStartedOn = e.On, TrialEndsOn = e.TrialEndsOn },
        TrialEndNoticed e => a with { Stage = Stage.DecisionDue, TrialNotices = a.TrialNotices.Add(e.DaysBefore) },
        ExtensionRequested e => a with { ExtensionAskedMonths = e.Months },
        ExtensionDeclined => a with { ExtensionAskedMonths = null },
        TrialExtended e => a with
        {
            Stage = Stage.Extended,
            TrialEndsOn = e.TrialEndsOn,
            ExtensionAskedMonths = null,
            ExtendedByMonths = e.Months,
            TrialNotices = [.. TrialNoticeDays.Where(days => e.TrialEndsOn.AddDays(-days) < e.On)], // too late for these
        },
        TrialEndMoved e => a with { TrialEndsOn = e.TrialEndsOn },
        TrialEntryRecorded e => a with
        {
            TrialLog = a.TrialLog.Add(new TrialEntry(e.Number, e.By, e.Person, e.Kind, e.Criterion, e.Value, e.Text, e.OccurredOn, e.Evidence, e.On)),
        },
        TrialEntryRetracted e => a with { TrialLog = a.TrialLog.SetItem(e.Number - 1, a.TrialLog[e.Number - 1] with { RetractedFor = e.Reason }) },
        SignOffRequested e => a with { SignOff = new TrialSignOff(e.By, e.On, e.AnswerDueOn, SignOffStatus.Requested, e.Results) },
        SignOffConfirmed e => a with { SignOff = a.SignOff! with { Status = e.Deemed ? SignOffStatus.Deemed : SignOffStatus.Confirmed, AnsweredOn = e.On } },
        SignOffObjected e => a with { SignOff = a.SignOff! with { Status = SignOffStatus.Objected, AnsweredOn = e.On, Reason = e.Reason } },
        TrialLapsed => a with { Stage = Stage.Expired },
        ResultReturned => a with { Stage = Stage.Returned },
        LicenceConverted e => a with { Stage = Stage.Converted, ConvertedOn = e.On },
        ObligationArose e => a with { Obligations = a.Obligations.Add(NewObligation(a, e)) },
        ObligationRescheduled e => Change(a, e.Number, o => o with
        {
            NominalDueOn = e.NominalDueOn,
            DueOn = e.DueOn,
            BeyondCalendar = e.BeyondCalendar,
            StepsTaken = Math.Max(o.StepsTaken, RemindersTooLate(a, e.DueOn, e.On)),
        }),
        ObligationInvoiced e => Change(a, e.Number, o => o with { WasInvoiced = true }),
        ObligationBecameOverdue e => Change(a with { Stage = a.Stage == Stage.Converted ? Stage.Overdue : a.Stage }, e.Number, o => o with
        {
            Late = new LateInterest(e.RateNumerator, e.RateDenominator, e.DayCount, 0, Through: e.DueOn, FinalThrough: e.DueOn),
            LimitationFrom = e.DueOn,
        }),
        InterestCharged e => Change(a, e.Number, o => o with
        {
            Interest = o.Interest.Charge(e.Amount.AmountMinor),
            Late = o.Late! with { PrincipalDays = e.PrincipalDays, Through = e.Through },
        }),
        EnforcementCostCharged e => Change(a, e.Number, o => o with { Costs = o.Costs.Charge(e.Amount.AmountMinor) }),
        EnforcementStepTaken e => Change(a, e.Number, o => EnforcementLadder.ApprovalsFor(a.Terms, e.Step) == 0
            ? o with { StepsTaken = EnforcementLadder.ReachedWith(a.Terms, e.Step), LimitationFrom = e.Step == EnforcementStep.Demand ? e.DueOn : o.LimitationFrom }
            : o with { Proposed = o.Proposed.RemoveAll(p => p.Step == e.Step) }),
        EnforcementStepProposed e => Change(a, e.Number, o => o with
        {
            StepsTaken = e.Step == EnforcementStep.Termination ? o.StepsTaken : EnforcementLadder.ReachedWith(a.Terms, e.Step),
            Proposed = o.Proposed.Add(new ProposedStep(e.Step, e.DueOn, [])),
        }),
        EnforcementStepApproved e => Change(a, e.Number, o => o with
        {
            Proposed = [.. o.Proposed.Select(p => p.Step == e.Step ? p with { ApprovedBy = p.ApprovedBy.Add(e.By) } : p)],
        }),
        EnforcementStepDropped e => Change(a, e.Number, o => o with { Proposed = o.Proposed.RemoveAll(p => p.Step == e.Step) }),
        CureStarted e => a with { Stage = Stage.Cure, CureEndsOn = e.CureEndsOn },
        CureExtended e => a with { CureEndsOn = e.CureEndsOn },
        AgreementBreached => a with { Stage = Stage.Breached },
        DefaultRemedied => a with { Stage = Stage.Converted, CureEndsOn = null },
        AgreementTerminated => a with { Stage = Stage.Terminated },
        SalesReported e => a with
        {
            Reports = a.Reports.Add(new SalesPeriod(
                e.Period, e.From, e.To, SalesFigures.Of(e.Net.AmountMinor, e.Others), e.On,
                Statement: new SalesStatement(e.Gross.AmountMinor, e.Deductions, e.On, e.Affirmation, e.Sheet))),
            MissingReportSteps = 0,
        },
        SalesAssessed e => a with
        {
            Reports = a.Reports.Add(new SalesPeriod(e.Period, e.From, e.To, SalesFigures.Of(e.Net.AmountMinor, e.Others), e.On, IsEstimate: true)),
            MissingReportSteps = 0,
        },
        SalesCorrected e => a with
        {
            Reports = a.Reports.SetItem(e.Period - 1, Corrected(a.Reports[e.Period - 1], e)),
        },
        SalesEvidenceRecorded e => a with { SalesEvidence = a.SalesEvidence.Add(new SalesEvidence(e.Period, e.By, e.Invoice, e.IssuedOn, e.Amount.AmountMinor, e.FileHash)) },
        FapiaoRecorded e => a with
        {
            Fapiao = a.Fapiao.Add(new FapiaoRecord(e.Record, e.Obligation, e.Number, e.IssuedOn, e.Total.AmountMinor, e.Tax.AmountMinor, e.File, e.On)),
        },
        RedFapiaoRecorded e => a with
        {
            Fapiao = a.Fapiao.Add(new FapiaoRecord(e.Record, e.Obligation, e.Number, e.IssuedOn, e.Total.AmountMinor, e.Tax.AmountMinor, e.File, e.On, e.Blue)),
        },
        FapiaoRecordWithdrawn e => a with { Fapiao = a.Fapiao.SetItem(e.Record - 1, a.Fapiao[e.Record - 1] with { WithdrawnFor = e.Reason }) },
        SalesForecast e => a with { Forecasts = a.Forecasts.Add(new MonthlyForecast(e.FromPeriod, e.MonthlyNet.AmountMinor, e.On)) },
        ObligationCorrected e => Change(a, e.Number, o => o with
        {
            Principal = o.Principal.Waive(e.Amount.AmountMinor),
            CorrectedMinor = checked(o.CorrectedMinor + e.Amount.AmountMinor),
        }, e.On),
        BuyOutElected e => a with { BoughtOutAfterPeriod = e.LastPeriod },
        ObligationSettledInKind e => Change(a, e.Number, o => o with { Principal = o.Principal.SettleInKind(e.Amount.AmountMinor) }, e.On),
        SalesReportReminded => a with { MissingReportSteps = a.MissingReportSteps + 1 },
        TriggerClaimed e => a with { Claims = a.Claims.SetItem(e.Trigger, new TriggerClaim(e.Trigger, e.By, e.OccurredOn, e.ContestUntil, ClaimStatus.Open)) },
        ExpertAppointed e => a with { Claims = a.Claims.SetItem(e.Trigger, a.Claims[e.Trigger] with { Expert = new ClaimExpert(e.Name, e.Institution, null) }) },
        ExpertOpinionRecorded e => a with { Claims = a.Claims.SetItem(e.Trigger, a.Claims[e.Trigger] with { Expert = a.Claims[e.Trigger].Expert! with { Supports = e.Supports } }) },
        ServiceProven e => Change(
            a with { Served = a.Served.Add(new ServedDemand(e.Number, e.Method, e.Reference, e.ServedOn)) }, e.Number,
            o => o.LimitationFrom is { } from && e.ServedOn > from ? Interrupted(o, e.ServedOn) : o),
        TriggerContested e => WithClaim(a, e.Trigger, ClaimStatus.Contested),
        TriggerConfirmed e => a with
        {
            Claims = a.Claims.SetItem(e.Trigger, a.Claims.GetValueOrDefault(e.Trigger) is { } claim
                ? claim with { Status = ClaimStatus.Confirmed }
                : new TriggerClaim(e.Trigger, Party.None, e.OccurredOn, e.On, ClaimStatus.Confirmed)),
        },
        TriggerRejected e => WithClaim(a, e.Trigger, ClaimStatus.Rejected),
        ReceiptRecorded e => a with { Receipts = a.Receipts.Add(new Receipt(e.Receipt, e.Source, e.Reference, e.Amount, e.Amount.AmountMinor, 0, e.GuaranteeClaim, Provider: e.Provider)) },
        ReceiptAllocated e => Allocated(a, e),
        AmendmentProposed e => a with { Amendments = a.Amendments.Add(new Amendment(e.Number, e.By, e.Change, e.Note, e.DocumentHash, e.On, Party.None, AmendmentStatus.Proposed)) },
        AmendmentSigned e => ChangeAmendment(a, e.Number, m => m with { SignedBy = m.SignedBy | e.By }),
        AmendmentTookEffect e => ChangeAmendment(a, e.Number, m => m with { Status = AmendmentStatus.InEffect }) with { AmendedTerms = a.Amendments[e.Number - 1].Change.To(a.Terms) },
        AmendmentWithdrawn e => ChangeAmendment(a, e.Number, m => m with { Status = AmendmentStatus.Withdrawn }),
        GuaranteeClaimed e => a with { GuaranteeClaims = a.GuaranteeClaims.Add(new GuaranteeClaim(e.Number, e.Amount.AmountMinor, e.PayBy)) },
        GuaranteePaid e => ChangeClaim(a, e.Claim, c => c with { PaidMinor = checked(c.PaidMinor + e.Amount.AmountMinor) }),
        RecourseRecorded e => ChangeClaim(a, e.Claim, c => c with { RecoveredMinor = checked(c.RecoveredMinor + e.Amount.AmountMinor) }),
        ObligationWaived e => Change(a, e.Number, o => o with
        {
            Costs = o.Costs.Waive(e.Costs.AmountMinor),
            Interest = o.Interest.Waive(e.Interest.AmountMinor),
            Principal = o.Principal.Waive(e.Principal.AmountMinor),
        }, e.On),
        HardshipRequested e => Change(
            a with { Hardship = new HardshipRequest(e.Number, e.Parts, e.WaiveInterest, e.On, LabConsents: false) }, e.Number, o => Interrupted(o, e.On)),
        HardshipConsented => a with { Hardship = a.Hardship! with { LabConsents = true } },
        HardshipDeclined => a with { Hardship = null },
        HardshipGranted e => Change(a with { Hardship = null, ScheduleVersion = e.ScheduleVersion }, e.Number, o => o with
        {
            Interest = o.Interest.Waive(e.InterestWaived.AmountMinor),
            Principal = o.Principal.Waive(e.Principal.AmountMinor),
            CorrectedMinor = checked(o.CorrectedMinor + e.Principal.AmountMinor),
        }, e.On),
        DemandRepeated e => Change(a, e.Number, o => Interrupted(o, e.On)),
        IncomeDistributed e => a with
        {
            Receipts = a.Receipts.SetItem(e.Receipt - 1, a.Receipts[e.Receipt - 1] with
            {
                NetUndistributedMinor = checked(a.Receipts[e.Receipt - 1].NetUndistributedMinor - e.Net.AmountMinor),
                SplitVersion = a.SplitVersion,
                LabMinor = checked(a.Receipts[e.Receipt - 1].LabMinor + e.Lab.AmountMinor),
                InventorsMinor = Sum(a.Receipts[e.Receipt - 1].InventorsMinor, e.InventorsMinor),
            }),
        },
        InventorSplitChanged e => a with { Inventors = e.Split, SplitVersion = a.SplitVersion + 1 },
        DistributionObjected e => a with { Objections = a.Objections.Add(new DistributionObjection(e.Number, e.Inventor, e.Receipt, e.SplitVersion, e.On, IsOpen: true)) },
        DistributionObjectionAnswered e => a with { Objections = a.Objections.SetItem(e.Number - 1, a.Objections[e.Number - 1] with { IsOpen = false }) },
        CollectionAuthorised e => a with { Mandate = new CollectionMandate(e.Provider, e.Method) },
        PaymentRequested e => ChangeUnapplied(a, e.Receipt, -e.Amount.AmountMinor) with
        {
            Intents = a.Intents.Add(new PaymentIntent(
                e.Intent, e.Kind, e.Amount, e.Provider, e.Method, e.Payee, e.Obligation, e.Receipt, IntentStatus.Requested, null, 0, e.AtUtc, e.AtUtc)
            {
                Bundle = e.Bundle,
                BundleMinor = e.BundleMinor,
                Of = e.Of,
                Tax = e.Tax,
            }),
        },
        TaxWithheld e => ChangeIntent(a, e.Intent, i => i with { TaxWithheldMinor = checked(i.TaxWithheldMinor + e.Tax.AmountMinor) }),
        TaxRemitted e => a with { TaxRemittances = a.TaxRemittances.Add(e.Reference) },
        PaymentWithdrawn e => ChangeIntent(a, e.Intent, i => i with { IsWithdrawn = true, NextLookUtc = e.AtUtc }),
        ProviderFeeCharged e => ChangeIntent(a, e.Intent, i => i with { FeeMinor = checked(i.FeeMinor + e.Fee.AmountMinor) }),
        PaymentPending e => ChangeIntent(a, e.Intent, i => i with { Status = e.Status, ExternalId = e.ExternalId ?? i.ExternalId, NextLookUtc = e.NextLookUtc }),
        PaymentConcluded e => ChangeIntent(ChangeUnapplied(a, a.Intent(e.Intent)!.Receipt, e.Requested.AmountMinor - e.Moved.AmountMinor), e.Intent, i => i with { Status = e.Status, ExternalId = e.ExternalId ?? i.ExternalId, MovedMinor = e.Moved.AmountMinor, Reason = e.Reason }),
        PaymentMovedLate e => ChangeIntent(ChangeUnapplied(a, a.Intent(e.Intent)!.Receipt, -e.Moved.AmountMinor), e.Intent, i => i with
        {
            MovedMinor = checked(i.MovedMinor + e.Moved.AmountMinor),
            Status = i.MovedMinor + e.Moved.AmountMinor == i.Amount.AmountMinor ? IntentStatus.Succeeded : IntentStatus.PartlySucceeded,
        }),
        DisputeOpened e => Opened(a, e),
        DisputeDecided e => Decided(a, e),
        AgreementSettled => a with { Stage = Stage.Settled },
        ReceiptHeld e => a with { Reversals = a.Reversals.Add(new Reversal(e.Reversal, e.Receipt, e.Reference, e.Amount.AmountMinor, ReversalStatus.Held)) },
        ReceiptReleased e => a with { Reversals = a.Reversals.SetItem(e.Reversal - 1, a.Reversals[e.Reversal - 1] with { Status = ReversalStatus.Released }) },
        ReceiptTakenBack e => TakenBack(a, e),
        AllocationReversed e => Reversed(a, e),
        AgreementReopened => a with { Stage = a.ClosedIn == Stage.Terminated ? Stage.Terminated : Stage.Converted },
        CollectionMandateEnded => a with { Mandate = null },
        AgreementClosed => a with { Stage = Stage.Closed, ClosedIn = a.Stage },
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    private static Agreement ChangeProposal(Agreement a, int version, Func<TermsProposal, TermsProposal> change) =>
        a with { Proposals = a.Proposals.SetItem(version - 1, change(a.Proposals[version - 1])) };

    /// <summary>Who had accepted the version that stands again has seen a counter-offer since, and is asked anew.</summary>
    private static Agreement NoLongerStanding(Agreement a, int version, ProposalStatus status) =>
        ChangeProposal(a, version, p => p with { Status = status }) with { AcceptedBy = version == a.Newest.Version ? Party.None : a.AcceptedBy };

    private static SalesPeriod Corrected(SalesPeriod report, SalesCorrected e) => report with
    {
        Figures = SalesFigures.Of(e.Net.AmountMinor, e.Others),
        IsEstimate = false,
        Statement = new SalesStatement(e.Gross.AmountMinor, e.Deductions, e.On, e.Affirmation, Sheet: null),
        Corrections = report.Corrections + 1,
        CorrectedDown = report.CorrectedDown + (!report.IsEstimate && e.Net.AmountMinor < report.Figures.NetMinor ? 1 : 0),
    };

    private static Obligation NewObligation(Agreement a, ObligationArose e) => new(
        e.Number, e.Kind, e.Trigger, e.Period, e.NominalDueOn, e.DueOn, e.BeyondCalendar,
        WasInvoiced: false,
        Principal: Component.Nothing.Charge(e.Amount.AmountMinor),
        Interest: Component.Nothing,
        Costs: Component.Nothing,
        CorrectedMinor: 0,
        ContestedMinor: 0,
        Late: null,
        StepsTaken: RemindersTooLate(a, e.DueOn, e.On),
        Proposed: [],
        FrozenSince: null,
        FrozenDays: 0);

    /// <summary>The limitation begins anew, if it runs.</summary>
    private static Obligation Interrupted(Obligation owed, DateOnly on) => owed with { LimitationFrom = owed.LimitationFrom is null ? null : on };

    /// <summary>A reminder whose day had passed before the due date was set is never sent; the due date and what follows always come.</summary>
    private static int RemindersTooLate(Agreement a, DateOnly dueOn, DateOnly on) =>
        EnforcementLadder.Of(a.Terms).TakeWhile(s => s.Day < 0 && dueOn.AddDays(s.Day) < on).Count();

    private static Agreement Change(Agreement a, int number, Func<Obligation, Obligation> change) =>
        a with { Obligations = a.Obligations.SetItem(number - 1, change(a.Obligations[number - 1])) };

    private static Agreement Change(Agreement a, int number, Func<Obligation, Obligation> change, DateOnly on) =>
        Change(a, number, o => change(o).Changed(on));

    private static Agreement ChangeIntent(Agreement a, PaymentIntentId id, Func<PaymentIntent, PaymentIntent> change)
    {
        var index = a.Intents.FindIndex(i => i.Id == id);
        return a with { Intents = a.Intents.SetItem(index, change(a.Intents[index])) };
    }

    private static Agreement ChangeUnapplied(Agreement a, int? receipt, long amountMinor) => receipt is not { } number ? a : a with
    {
        Receipts = a.Receipts.SetItem(number - 1, a.Receipts[number - 1] with
        {
            UnappliedMinor = checked(a.Receipts[number - 1].UnappliedMinor + amountMinor),
        }),
    };

    private static Agreement ChangeAmendment(Agreement a, int number, Func<Amendment, Amendment> change) =>
        a with { Amendments = a.Amendments.SetItem(number - 1, change(a.Amendments[number - 1])) };

    private static Agreement ChangeClaim(Agreement a, int number, Func<GuaranteeClaim, GuaranteeClaim> change) =>
        a with { GuaranteeClaims = a.GuaranteeClaims.SetItem(number - 1, change(a.GuaranteeClaims[number - 1])) };

    private static Agreement WithClaim(Agreement a, int trigger, ClaimStatus status) =>
        a with { Claims = a.Claims.SetItem(trigger, a.Claims[trigger] with { Status = status }) };

    private static Agreement Allocated(Agreement a, ReceiptAllocated e)
    {
        foreach (var line in e.Lines)
        {
            a = Change(a, line.Obligation, o => Interrupted(o, e.On)); // who pays a part acknowledges the rest
            a = Change(a, line.Obligation, o => line.Component switch
            {
                ObligationComponent.Costs => o with { Costs = o.Costs.Allocate(line.AmountMinor) },
                ObligationComponent.Interest => o with { Interest = o.Interest.Allocate(line.AmountMinor) },
                ObligationComponent.Principal => o with { Principal = o.Principal.Allocate(line.AmountMinor) },
            }, e.On);
        }

        var receipt = a.Receipts[e.Receipt - 1];
        return a with
        {
            IncomeMinor = a.IncomeMinor.SetItem(e.On.Year, checked(a.IncomeMinor.GetValueOrDefault(e.On.Year) + e.Net.AmountMinor)),
            Receipts = a.Receipts.SetItem(e.Receipt - 1, receipt with
            {
                UnappliedMinor = checked(receipt.UnappliedMinor - e.Lines.Sum(l => l.AmountMinor)),
                NetUndistributedMinor = checked(receipt.NetUndistributedMinor + e.Net.AmountMinor),
                Lines = receipt.Lines.AddRange(e.Lines),
                FeeMinor = checked(receipt.FeeMinor + e.Fee.AmountMinor),
                BrokerMinor = checked(receipt.BrokerMinor + (e.Broker?.AmountMinor ?? 0)),
            }),
        };
    }

    private static ImmutableList<long> Sum(ImmutableList<long> one, IReadOnlyList<long> other) =>
        [.. Enumerable.Range(0, Math.Max(one.Count, other.Count)).Select(i => checked((i < one.Count ? one[i] : 0) + (i < other.Count ? other[i] : 0)))];

    private static Agreement Reversed(Agreement a, AllocationReversed e)
    {
        foreach (var line in e.Lines)
        {
            a = Change(a, line.Obligation, o => OwedAgain(o, e.On));
            a = Change(a, line.Obligation, o => line.Component switch
            {
                ObligationComponent.Costs => o with { Costs = o.Costs.Allocate(-line.AmountMinor) },
                ObligationComponent.Interest => o with { Interest = o.Interest.Allocate(-line.AmountMinor) },
                ObligationComponent.Principal => o with { Principal = o.Principal.Allocate(-line.AmountMinor) },
            }, e.On);
        }

        var receipt = a.Receipts[e.Receipt - 1];
        var reversedMinor = e.Lines.Sum(l => l.AmountMinor);
        a = a with
        {
            Stage = a.Stage == Stage.Converted && a.Obligations.Any(o => o.IsOverdue) ? Stage.Overdue : a.Stage,
            IncomeMinor = a.IncomeMinor.SetItem(e.On.Year, checked(a.IncomeMinor.GetValueOrDefault(e.On.Year) - e.Net.AmountMinor)),
            Receipts = a.Receipts.SetItem(e.Receipt - 1, receipt with
            {
                UnappliedMinor = checked(receipt.UnappliedMinor + reversedMinor),
                NetUndistributedMinor = checked(receipt.NetUndistributedMinor - e.Undistributed.AmountMinor),
                Lines = WithoutLast(receipt.Lines, reversedMinor),
                FeeMinor = checked(receipt.FeeMinor - e.Fee.AmountMinor),
                BrokerMinor = checked(receipt.BrokerMinor - (e.Broker?.AmountMinor ?? 0)),
                LabMinor = checked(receipt.LabMinor - e.Lab.AmountMinor),
                InventorsMinor = Sum(receipt.InventorsMinor, [.. e.InventorsMinor.Select(i => -i)]),
            }),
        };
        return receipt.GuaranteeClaim is { } claim ? ChangeClaim(a, claim, c => c with { PaidMinor = checked(c.PaidMinor - reversedMinor) }) : a;
    }

    /// <summary>A sum that had been paid: the days on which it was bear no interest, and the ladder goes on from where it stood.</summary>
    private static Obligation OwedAgain(Obligation owed, DateOnly on)
    {
        if (owed.IsOpen)
        {
            return owed;
        }

        var paidSince = owed.Late is { } late && late.Through > owed.DueOn ? late.Through : owed.DueOn.AddDays(owed.FrozenDays);
        return owed with
        {
            FrozenDays = owed.FrozenDays + Math.Max(0, on.DayNumber - paidSince.DayNumber),
            LimitationFrom = owed.LimitationFrom is null ? null : on,
            Late = owed.Late is { } counted && counted.Through < on ? counted with { Through = on, FinalThrough = on } : owed.Late,
        };
    }

    private static ImmutableList<AllocationLine> WithoutLast(ImmutableList<AllocationLine> lines, long amountMinor)
    {
        while (amountMinor > 0)
        {
            var last = lines[^1];
            lines = last.AmountMinor <= amountMinor ? lines.RemoveAt(lines.Count - 1) : lines.SetItem(lines.Count - 1, last with { AmountMinor = last.AmountMinor - amountMinor });
            amountMinor -= Math.Min(last.AmountMinor, amountMinor);
        }

        return lines;
    }

    private static Agreement TakenBack(Agreement a, ReceiptTakenBack e)
    {
        var receipt = a.Receipts[e.Receipt - 1];
        var reversal = new Reversal(e.Reversal, e.Receipt, e.Reference, e.Amount.AmountMinor, ReversalStatus.TakenBack);
        return a with
        {
            Reversals = e.Reversal > a.Reversals.Count ? a.Reversals.Add(reversal) : a.Reversals.SetItem(e.Reversal - 1, reversal),
            Receipts = a.Receipts.SetItem(e.Receipt - 1, receipt with
            {
                UnappliedMinor = checked(receipt.UnappliedMinor - e.Amount.AmountMinor),
                TakenBackMinor = checked(receipt.TakenBackMinor + e.Amount.AmountMinor),
            }),
        };
    }

    private static Agreement Opened(Agreement a, DisputeOpened e)
    {
        foreach (var (number, contestedMinor) in e.Contested)
        {
            a = Change(a, number, o => o with { ContestedMinor = checked(o.ContestedMinor + contestedMinor) }, e.On);
        }

        return a with { Disputes = a.Disputes.Add(new Dispute(e.Dispute, e.By, e.On, e.Contested, IsOpen: true)) };
    }

    private static Agreement Decided(Agreement a, DisputeDecided e)
    {
        var dispute = a.Disputes[e.Dispute - 1];
        foreach (var (number, contestedMinor) in dispute.Contested)
        {
            a = Change(a, number, o => o with
            {
                ContestedMinor = checked(o.ContestedMinor - contestedMinor),
                LimitationFrom = o.LimitationFrom is null ? null : e.On,
                Principal = o.Principal.Waive(e.Reduced.GetValueOrDefault(number)),
            }, e.On);
        }

        return a with { Disputes = a.Disputes.SetItem(e.Dispute - 1, dispute with { IsOpen = false }) };
    }
}
