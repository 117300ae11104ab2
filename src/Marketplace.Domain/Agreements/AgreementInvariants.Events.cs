using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// What an event may be, given the state that it found.
public static partial class AgreementInvariants
{
    private static readonly Dictionary<Stage, Stage[]> Allowed = new()
    {
        [Stage.None] = [Stage.Applied],
        [Stage.Applied] = [Stage.Negotiating, Stage.Declined, Stage.Withdrawn],
        [Stage.Declined] = [],
        [Stage.Withdrawn] = [],
        [Stage.Negotiating] = [Stage.Agreed, Stage.Withdrawn],
        [Stage.Agreed] = [Stage.Negotiating, Stage.Signed, Stage.Withdrawn],
        [Stage.Signed] = [Stage.Filed],
        [Stage.Filed] = [Stage.Delivered],
        [Stage.Delivered] = [Stage.InTrial],
        [Stage.InTrial] = [Stage.DecisionDue, Stage.Extended, Stage.Converted, Stage.Returned, Stage.Expired],
        [Stage.DecisionDue] = [Stage.Extended, Stage.Converted, Stage.Returned, Stage.Expired],
        [Stage.Extended] = [Stage.DecisionDue, Stage.Converted, Stage.Returned, Stage.Expired],
        [Stage.Converted] = [Stage.Overdue, Stage.Settled],
        [Stage.Overdue] = [Stage.Cure, Stage.Converted],
        [Stage.Cure] = [Stage.Breached, Stage.Converted],
        [Stage.Breached] = [Stage.Terminated, Stage.Converted],
        [Stage.Returned] = [Stage.Closed],
        [Stage.Expired] = [Stage.Closed],
        [Stage.Terminated] = [Stage.Closed],
        [Stage.Settled] = [Stage.Closed, Stage.Converted], // a payment was taken back
        [Stage.Closed] = [Stage.Converted, Stage.Terminated],
    };

    /// <summary>What is broken by an event that was recorded at this instant, asked for by this actor.</summary>
    public static IEnumerable<BrokenInvariant> OfEvent(Agreement before, AgreementEvent happened, Actor actor, DateTimeOffset recordedAtUtc) =>
        happened switch
        {
            AgreementSigned or TermsAgreed or AgreementTookEffect => Signing(before, happened),
            EnforcementStepTaken or EnforcementStepProposed or EnforcementStepApproved => Step(before, happened, actor, recordedAtUtc),
            PaymentRequested or PaymentPending or PaymentConcluded or PaymentMovedLate => Payment(before, happened),
            PaymentWithdrawn e => If(
                before.Intent(e.Intent) is not { IsOpen: true, IsWithdrawn: false, Kind: IntentKind.Collection },
                Invariant.OneEffectPerTransition, $"{e.Intent} is withdrawn, which is no open collection, or again"),
            ProviderFeeCharged e => If(
                e.Fee.AmountMinor <= 0 || before.Intent(e.Intent)?.Provider != e.Provider,
                Invariant.IntentBeforeEffect, $"{e.Provider} keeps {e.Fee} for {e.Intent}, which it was never asked for"),
            ReceiptHeld e => If(
                e.Reversal != before.Reversals.Count + 1 || before.Reversals.Any(r => r.Receipt == e.Receipt && r.Reference == e.Reference),
                Invariant.OneEffectPerTransition, $"chargeback {e.Reference} comes again, or out of order"),
            ReceiptReleased e => If(
                before.Reversals[e.Reversal - 1].Status != ReversalStatus.Held, Invariant.OneEffectPerTransition, $"reversal {e.Reversal} is decided again"),
            ReceiptTakenBack e => TakenBack(before, e),
            AllocationReversed e => If(
                e.Lines.Sum(l => l.AmountMinor) != e.Fee.AmountMinor + (e.Broker?.AmountMinor ?? 0) + e.Net.AmountMinor || e.Lines.Any(l => l.AmountMinor <= 0)
                    || e.Net.AmountMinor != e.Undistributed.AmountMinor + e.Lab.AmountMinor + e.InventorsMinor.Sum()
                    || e.InventorsMinor.Append(e.Lab.AmountMinor).Append(e.Undistributed.AmountMinor).Append(e.Fee.AmountMinor).Any(part => part < 0),
                Invariant.PartsSumToTheWhole, $"reversed lines of {e.Lines.Sum(l => l.AmountMinor)} are not their fee, shares and income"),
            ReceiptRecorded e => Receipt(before, e),
            FapiaoRecorded e => If(
                e.Record != before.Fapiao.Count + 1 || OrganisationId.ForUscc(e.Buyer) != before.Company || e.Total.AmountMinor <= 0,
                Invariant.OneEffectPerTransition, $"fapiao record {e.Record} comes again, or is of another buyer, or of {e.Total}"),
            RedFapiaoRecorded e => If(
                e.Record != before.Fapiao.Count + 1 || e.Total.AmountMinor >= 0, Invariant.OneEffectPerTransition, $"red fapiao record {e.Record} comes again, or is of {e.Total}"),
            FapiaoRecordWithdrawn e => If(!before.Fapiao[e.Record - 1].Stands, Invariant.OneEffectPerTransition, $"fapiao record {e.Record} is withdrawn again"),
            ObligationInvoiced e => If(before.Owed(e.Number).WasInvoiced, Invariant.OneEffectPerTransition, $"obligation {e.Number} is invoiced again"),
            DisputeDecided e => If(!before.Disputes[e.Dispute - 1].IsOpen, Invariant.OneEffectPerTransition, $"dispute {e.Dispute} is decided again"),
            SignOffRequested e => If(
                !e.Results.SequenceEqual(TrialCriteria.Results(before)) || e.Results.Count == 0,
                Invariant.OneDocumentSigned, "the result of the trial is not what was measured"),
            SignOffConfirmed or SignOffObjected => If(
                before.SignOff is not { Status: SignOffStatus.Requested }, Invariant.OneEffectPerTransition, "the result of a trial is answered that nobody asks about")
                .Concat(Deadline(before, happened, recordedAtUtc)),
            ProposalWithdrawn e => OfProposal(before, e.Version),
            ProposalLapsed e => [.. OfProposal(before, e.Version), .. Deadline(before, happened, recordedAtUtc)],
            ReceiptAllocated e => If(
                e.Lines.Sum(l => l.AmountMinor) != e.Fee.AmountMinor + (e.Broker?.AmountMinor ?? 0) + e.Net.AmountMinor || e.Fee.AmountMinor < 0 || e.Broker?.AmountMinor < 0 || e.Net.AmountMinor < 0 || e.Lines.Any(l => l.AmountMinor <= 0),
                Invariant.PartsSumToTheWhole, $"lines of {e.Lines.Sum(l => l.AmountMinor)} are not fee {e.Fee.AmountMinor} + broker {e.Broker?.AmountMinor ?? 0} + net {e.Net.AmountMinor}"),
            AmendmentSigned e => If(
                before.Amendments[e.Number - 1].DocumentHash != e.DocumentHash,
                Invariant.OneDocumentSigned, $"{e.By} signs {e.DocumentHash}, amendment {e.Number} is {before.Amendments[e.Number - 1].DocumentHash}"),
            AmendmentTookEffect e => Amended(before, before.Amendments[e.Number - 1]),
            GuaranteeClaimed e => If(
                e.Amount.AmountMinor <= 0 || ThirdParty.Of(before.Terms) is not { Role: ThirdPartyRole.Guarantor } g
                    || before.GuaranteeClaims.Sum(c => c.AmountMinor) + e.Amount.AmountMinor > g.LimitMinor,
                Invariant.CoverWithinCapacity, $"{e.Amount} is claimed on a guarantor, beyond what the contract lets it stand for"),
            GuaranteePaid e => If(
                before.GuaranteeClaims[e.Claim - 1].PaidMinor + e.Amount.AmountMinor > before.GuaranteeClaims[e.Claim - 1].AmountMinor,
                Invariant.PartsSumToTheWhole, $"a guarantor pays {e.Amount} on claim {e.Claim}, more than was claimed"),
            RecourseRecorded e => If(
                e.Amount.AmountMinor > before.GuaranteeClaims[e.Claim - 1].SubrogatedMinor,
                Invariant.PartsSumToTheWhole, $"a guarantor gets back {e.Amount} of claim {e.Claim}, more than it paid"),
            IncomeDistributed when before.IsSplitDisputed =>
                If(true, Invariant.OnlyAllowedTransitions, $"income is distributed in split {before.SplitVersion}, to which an inventor objects"),
            DistributionObjected e => If(e.Number != before.Objections.Count + 1, Invariant.OneEffectPerTransition, $"objection {e.Number} comes again, or out of order"),
            DistributionObjectionAnswered e => If(!before.Objections[e.Number - 1].IsOpen, Invariant.OneEffectPerTransition, $"objection {e.Number} is answered again"),
            IncomeDistributed e => If(
                e.Lab.AmountMinor + e.InventorsMinor.Sum() != e.Net.AmountMinor || e.Lab.AmountMinor < 0 || e.InventorsMinor.Any(i => i < 0),
                Invariant.PartsSumToTheWhole, $"lab {e.Lab.AmountMinor} and inventors {string.Join(" + ", e.InventorsMinor)} are not the net income {e.Net.AmountMinor}"),
            _ => Deadline(before, happened, recordedAtUtc),
        };

    /// <summary>What is broken by what an event led to.</summary>
    public static IEnumerable<BrokenInvariant> OfTransition(Agreement before, Agreement after) => If(
        before.Stage != after.Stage && !Allowed[before.Stage].Contains(after.Stage),
        Invariant.OnlyAllowedTransitions, $"leads from {before.Stage} to {after.Stage}");

    private static IEnumerable<BrokenInvariant> Signing(Agreement before, AgreementEvent happened) => happened switch
    {
        TermsAgreed e => If(
            before.AcceptedBy != Party.Both || e.DocumentHash != AgreementRules.DocumentHash(before, before.Newest),
            Invariant.OneDocumentSigned, $"version {e.Version} was not accepted by both, or the hash is not that of its document"),
        AgreementSigned e => If(
            before.DocumentHash is null || e.DocumentHash != before.DocumentHash,
            Invariant.OneDocumentSigned, $"{e.By} signs {e.DocumentHash}, the document is {before.DocumentHash}"),
        AgreementTookEffect => If(
            before.SignedBy != before.Signatories || before.DocumentHash != AgreementRules.DocumentHash(before, before.Newest),
            Invariant.OneDocumentSigned, $"takes effect signed by {before.SignedBy}, or on another document than that of the newest terms"),
        _ => [],
    };

    private static IEnumerable<BrokenInvariant> OfProposal(Agreement before, int version) => If(
        version < 2 || before.Proposals[version - 1].Status != ProposalStatus.Standing,
        Invariant.OneEffectPerTransition, $"version {version} is taken back or lapses, which is the offer or stands no more");

    private static IEnumerable<BrokenInvariant> Amended(Agreement before, Amendment amendment) =>
    [
        .. If(
            amendment.SignedBy != before.Signatories || amendment.Status != AmendmentStatus.Proposed
                || amendment.DocumentHash != AgreementRules.AmendmentHash(before, amendment.Number, amendment.Change),
            Invariant.OneDocumentSigned, $"amendment {amendment.Number} takes effect signed by {amendment.SignedBy}, or on another document"),
        .. If(amendment.Change.FromPeriod <= before.Reports.Count, Invariant.PartsSumToTheWhole, $"amendment {amendment.Number} changes period {amendment.Change.FromPeriod}, which is billed"),
    ];

    /// <summary>The steps of enforcement: in their order, not before their day, only while the sum is open and undisputed, each once.</summary>
    private static IEnumerable<BrokenInvariant> Step(Agreement before, AgreementEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var (number, step) = happened switch
        {
            EnforcementStepTaken e => (e.Number, e.Step),
            EnforcementStepProposed e => (e.Number, e.Step),
            EnforcementStepApproved e => (e.Number, e.Step),
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };
        var owed = before.Owed(number);
        var proposed = owed.Proposed.FirstOrDefault(p => p.Step == step);
        var isNext = EnforcementLadder.Next(before.Terms, owed.StepsTaken)?.Step == step;
        var approvals = EnforcementLadder.ApprovalsFor(before.Terms, step);
        var isRung = step != EnforcementStep.Termination && happened is EnforcementStepProposed or EnforcementStepTaken && (happened is EnforcementStepProposed || approvals == 0);
        if (isRung && !isNext)
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, $"{step} of obligation {number} comes again, or out of order");
        }

        if (happened is EnforcementStepProposed && proposed is not null)
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, $"{step} of obligation {number} is proposed again");
        }

        var wrong = happened switch
        {
            _ when owed.EnforceableMinor <= 0 => "although nothing enforceable was open",
            EnforcementStepTaken e when approvals == 0 => TooEarly(before, owed, step, e.DueOn, recordedAtUtc),
            EnforcementStepProposed e => step == EnforcementStep.Termination
                ? before.Stage == Stage.Breached && owed.IsOverdue ? null : "although the agreement is not breached"
                : TooEarly(before, owed, step, e.DueOn, recordedAtUtc),
            EnforcementStepTaken => proposed is not null && proposed.ApprovedBy.Distinct(StringComparer.Ordinal).Count() >= approvals
                ? null
                : $"without the approval of {approvals}",
            EnforcementStepApproved e => actor.Role == ActorRole.Administrator && actor.Person == e.By && proposed is not null && !proposed.ApprovedBy.Contains(e.By)
                ? null
                : $"approved by {e.By}, which {actor} could not do, or not again",
            _ => null,
        };
        if (wrong is not null)
        {
            yield return new BrokenInvariant(Invariant.EnforcedOnlyWhenDue, $"{step} of obligation {number} {wrong}");
        }
    }

    private static string? TooEarly(Agreement before, Obligation owed, EnforcementStep step, DateOnly dueOn, DateTimeOffset recordedAtUtc)
    {
        var day = EnforcementLadder.Of(before.Terms).First(s => s.Step == step).Day;
        var earliest = owed.DueOn.AddDays(day + (day > 0 ? owed.FrozenDays : 0));
        return dueOn < earliest || recordedAtUtc < LocalTime.StartOf(earliest) ? $"for {dueOn:O} at {recordedAtUtc:O}, before its day {earliest:O}" : null;
    }

    /// <summary>What time does by itself comes after its deadline.</summary>
    private static IEnumerable<BrokenInvariant> Deadline(Agreement before, AgreementEvent happened, DateTimeOffset recordedAtUtc)
    {
        DateOnly? lastDay = happened switch
        {
            ObligationBecameOverdue e => Later(e.DueOn, before.Owed(e.Number).DueOn),
            AgreementBreached => before.CureEndsOn,
            ProposalLapsed e => before.Proposals[e.Version - 1].ValidUntil,
            SignOffConfirmed { Deemed: true } => before.SignOff!.AnswerDueOn,
            NegotiationLapsed => AgreementRules.SilentUntil(before),
            DeliveryAccepted { Deemed: true } => before.AcceptanceDueOn,
            TrialLapsed => before.TrialEndsOn,
            FilingDeadlineMissed => before.FilingDueOn,
            SalesAssessed => AgreementRules.NextPeriod(before)?.ReportDueOn,
            DemandRepeated e => before.Owed(e.Number).DueOn,
            TriggerConfirmed { Basis: "silence" } e => before.Claims[e.Trigger].ContestUntil,
            _ => null,
        };
        var approvals = happened is AgreementTerminated t ? t.ApprovedBy.Distinct(StringComparer.Ordinal).Count() : (int?)null;
        return
        [
            .. If(
                lastDay is { } day && recordedAtUtc < LocalTime.EndOf(day),
                Invariant.EnforcedOnlyWhenDue, $"{happened.GetType().Name} at {recordedAtUtc:O}, although there was time until the end of {lastDay:O}"),
            .. If(
                happened is ObligationBecameOverdue overdue && before.Owed(overdue.Number).EnforceableMinor <= 0,
                Invariant.EnforcedOnlyWhenDue, "overdue, although nothing enforceable was open"),
            .. If(approvals < EnforcementLadder.ApprovalsForTermination, Invariant.EnforcedOnlyWhenDue, $"terminated with the approval of {approvals}"),
        ];
    }

    private static IEnumerable<BrokenInvariant> Receipt(Agreement before, ReceiptRecorded e)
    {
        if (before.Receipts.Any(r => r.Source == e.Source && r.Reference == e.Reference))
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, $"receipt {e.Source} {e.Reference} is recorded again");
        }

        if (Id.TryParse<PaymentIntentId>(e.Reference.Split('#')[0], out var id) && !before.Intents.Any(i => i.Kind == IntentKind.Collection && IsOf(e.Source, e.Reference, i)))
        {
            yield return new BrokenInvariant(Invariant.IntentBeforeEffect, $"{e.Amount} of {id} arrived, which was never requested of {e.Source}");
        }
    }

    private static IEnumerable<BrokenInvariant> Payment(Agreement before, AgreementEvent happened)
    {
        if (happened is PaymentRequested asked)
        {
            return Request(before, asked);
        }

        var id = happened switch
        {
            PaymentPending e => e.Intent,
            PaymentConcluded e => e.Intent,
            PaymentMovedLate e => e.Intent,
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };
        if (before.Intent(id) is not { } intent)
        {
            return [new BrokenInvariant(Invariant.IntentBeforeEffect, $"an outcome of {id}, which was never requested")];
        }

        return happened switch
        {
            PaymentPending => If(!intent.IsOpen, Invariant.OneEffectPerTransition, $"{id} is pending again after it was concluded"),
            PaymentConcluded e =>
            [
                .. If(!intent.IsOpen, Invariant.OneEffectPerTransition, $"{id} is concluded again"),
                .. If(
                    e.Requested != intent.Amount || e.Moved.AmountMinor < 0 || e.Moved.AmountMinor > intent.Amount.AmountMinor,
                    Invariant.IntentBeforeEffect, $"{e.Moved} of {e.Requested} moved for {id}, which asked for {intent.Amount}"),
            ],
            PaymentMovedLate e => If(
                intent.IsOpen || e.Moved.AmountMinor <= 0 || intent.MovedMinor + e.Moved.AmountMinor > intent.Amount.AmountMinor,
                Invariant.IntentBeforeEffect, $"{e.Moved} moved late for {id}, of which {intent.MovedMinor} of {intent.Amount} had moved"),
            _ => [],
        };
    }

    private static IEnumerable<BrokenInvariant> Request(Agreement before, PaymentRequested e)
    {
        var amountMinor = e.Amount.AmountMinor;
        return
        [
            .. If(before.Intent(e.Intent) is not null, Invariant.OneEffectPerTransition, $"{e.Intent} is requested again"),
            .. e.Kind switch
            {
                IntentKind.Payout when before.Objections.Any(o => o.IsOpen && e.Account == ChartOfAccounts.InventorPayable(o.Inventor)) =>
                    If(true, Invariant.OnlyAllowedTransitions, $"{e.Amount} is to be paid out of {e.Account}, whose inventor has objected and was not answered"),
                IntentKind.Payout when before.Reversals.Any(r => r.Status == ReversalStatus.Held) =>
                    If(true, Invariant.OnlyAllowedTransitions, $"{e.Amount} is to be paid out while a receipt is held in a chargeback"),
                IntentKind.Payout => If(
                    amountMinor <= 0 || amountMinor + (e.Tax?.AmountMinor ?? 0) > -before.BalanceMinor(e.Account, e.Amount.Currency),
                    Invariant.PaidOutIsCovered, $"{e.Amount} is to be paid out of {e.Account}, which stands at {before.BalanceMinor(e.Account, e.Amount.Currency)}"),
                IntentKind.Refund => If(
                    amountMinor <= 0 || amountMinor > before.Receipts[e.Receipt!.Value - 1].UnappliedMinor,
                    Invariant.RefundedAtMostCaptured, $"{e.Amount} of receipt {e.Receipt} is to be refunded, of which {before.Receipts[e.Receipt!.Value - 1].UnappliedMinor} is unapplied"),
                IntentKind.Collection => Collection(before, e),
                IntentKind.Recovery => If(
                    amountMinor <= 0 || amountMinor > before.BalanceMinor(e.Account, e.Amount.Currency) || before.Intent(e.Of!.Value) is not { Kind: IntentKind.Payout },
                    Invariant.PaidOutIsCovered, $"{e.Amount} is asked back, of {before.BalanceMinor(e.Account, e.Amount.Currency)} that is owed"),
            },
        ];
    }

    private static IEnumerable<BrokenInvariant> Collection(Agreement before, PaymentRequested e)
    {
        IReadOnlyList<int> numbers = e.Bundle ?? [e.Obligation!.Value];
        var enforceableMinor = numbers.Distinct().Sum(n => before.Owed(n).EnforceableMinor);
        return
        [
            .. If(
                e.Amount.AmountMinor <= 0 || e.Amount.AmountMinor > enforceableMinor,
                Invariant.EnforcedOnlyWhenDue, $"{e.Amount} is to be collected for {string.Join(", ", numbers)}, of which {enforceableMinor} can be"),
            .. If(
                e.BundleMinor is { } parts && (parts.Count != numbers.Count || parts.Any(p => p <= 0) || parts.Sum() != e.Amount.AmountMinor),
                Invariant.PartsSumToTheWhole, $"{e.Amount} is to be collected for {string.Join(", ", numbers)} in parts of {string.Join(", ", e.BundleMinor ?? [])}"),
        ];
    }

    private static IEnumerable<BrokenInvariant> TakenBack(Agreement before, ReceiptTakenBack e)
    {
        var known = before.Reversals.ElementAtOrDefault(e.Reversal - 1);
        var isNext = e.WasHeld
            ? known is { Status: ReversalStatus.Held } && known.Reference == e.Reference && known.AmountMinor == e.Amount.AmountMinor
            : e.Reversal == before.Reversals.Count + 1 && !before.Reversals.Any(r => r.Receipt == e.Receipt && r.Reference == e.Reference);
        return If(!isNext || e.Amount.AmountMinor <= 0, Invariant.OneEffectPerTransition, $"{e.Amount} of receipt {e.Receipt} is taken back as {e.Reference} again, or out of order");
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static IEnumerable<BrokenInvariant> If(bool broken, int invariant, string what) => broken ? [new BrokenInvariant(invariant, what)] : [];
}
