using System.Collections.Immutable;
using Marketplace.Domain.Files;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>What has happened to an agreement. Type names are wire names: once published they stay.</summary>
public abstract record AgreementEvent;

public sealed record TrialApplied(
    AgreementId Agreement, OfferId Offer, LabResultId Result, OrganisationId Lab, OrganisationId Company,
    AgreementTerms Terms, InventorSplit Inventors, DateOnly On, string? Purpose) : AgreementEvent;

public sealed record ApplicationAccepted(DateOnly On) : AgreementEvent;

public sealed record ApplicationDeclined(string Reason, DateOnly On) : AgreementEvent;

public sealed record ApplicationWithdrawn(Party By, string Reason, DateOnly On) : AgreementEvent;

/// <param name="ValidUntil">Last day on which it can be accepted; null: no such day.</param>
/// <param name="Criteria">Of this version, also when it only keeps those of the version before; null: none.</param>
public sealed record TermsProposed(
    int Version, Party By, AgreementTerms Terms, string? Note, DateOnly On, DateOnly? ValidUntil = null, IReadOnlyList<AcceptanceCriterion>? Criteria = null) : AgreementEvent;

/// <summary>Its author took it back: the version before stands again, and whoever had accepted that must do so anew.</summary>
public sealed record ProposalWithdrawn(int Version, Party By, DateOnly On) : AgreementEvent;

/// <summary>Nobody accepted it in time: as if it were withdrawn.</summary>
public sealed record ProposalLapsed(int Version, DateOnly On) : AgreementEvent;

/// <summary>A party says what it thinks of one term of the other's version.</summary>
public sealed record TermStanceTaken(int Version, string Path, Party By, Stance Stance, string? Note, DateOnly On) : AgreementEvent;

/// <summary>Neither party has moved for so long that nobody negotiates any more.</summary>
public sealed record NegotiationLapsed(DateOnly On) : AgreementEvent;

public sealed record TermsAccepted(int Version, Party By, DateOnly On) : AgreementEvent;

/// <param name="DocumentHash">SHA-256, hex, of the document both parties sign.</param>
public sealed record TermsAgreed(int Version, string DocumentHash) : AgreementEvent;

public sealed record AgreementSigned(Party By, string DocumentHash, string Signatory, DateOnly On) : AgreementEvent;

/// <summary>All have signed the same hash.</summary>
public sealed record AgreementTookEffect(DateOnly On, DateOnly FilingDueOn) : AgreementEvent;

public sealed record FilingDeadlineMissed(DateOnly DueOn) : AgreementEvent;

public sealed record AgreementFiled(string FilingNumber, DateOnly On) : AgreementEvent;

public sealed record ResultDelivered(string Note, DateOnly On, DateOnly AcceptanceDueOn) : AgreementEvent;

/// <param name="Deemed">Accepted by silence.</param>
public sealed record DeliveryAccepted(bool Deemed, DateOnly On, DateOnly TrialEndsOn) : AgreementEvent;

public sealed record TrialEndNoticed(int DaysBefore, DateOnly On) : AgreementEvent;

public sealed record ExtensionRequested(int Months, string Reason, DateOnly On) : AgreementEvent;

public sealed record ExtensionDeclined(string Reason, DateOnly On) : AgreementEvent;

public sealed record TrialExtended(int Months, DateOnly On, DateOnly TrialEndsOn) : AgreementEvent;

/// <summary>The holidays of the year in which the trial ends became known, and moved its end.</summary>
public sealed record TrialEndMoved(DateOnly TrialEndsOn, DateOnly On) : AgreementEvent;

public sealed record TrialLapsed(DateOnly On) : AgreementEvent;

public sealed record ResultReturned(
    string StopUseStatement, string DestructionCertificate, DateOnly On, IReadOnlyList<EvidenceFile>? Evidence = null) : AgreementEvent;

/// <param name="Number">From 1.</param>
public sealed record TrialEntryRecorded(
    int Number, Party By, string Person, TrialEntryKind Kind, int? Criterion, decimal? Value, string Text, DateOnly OccurredOn, IReadOnlyList<EvidenceFile> Evidence, DateOnly On) : AgreementEvent;

/// <summary>Its author says that it does not hold. What was written stays.</summary>
public sealed record TrialEntryRetracted(int Number, Party By, string Reason, DateOnly On) : AgreementEvent;

/// <param name="Results">Computed from the latest measurements, one for each criterion.</param>
/// <param name="AnswerDueOn">Last day to object; silence confirms.</param>
public sealed record SignOffRequested(Party By, IReadOnlyList<CriterionResult> Results, DateOnly On, DateOnly AnswerDueOn) : AgreementEvent;

/// <param name="Deemed">By silence.</param>
public sealed record SignOffConfirmed(Party By, bool Deemed, DateOnly On) : AgreementEvent;

public sealed record SignOffObjected(Party By, string Reason, DateOnly On) : AgreementEvent;

/// <param name="ByTrigger">Position of the confirmed trigger that converted it; null when the company elected.</param>
public sealed record LicenceConverted(DateOnly On, int? ByTrigger) : AgreementEvent;

/// <summary>A sum will fall due. Carries why: the clause, the formula and the numbers put into it.</summary>
public sealed record ObligationArose(
    int Number, ObligationKind Kind, int Trigger, int? Period, Money Amount,
    DateOnly NominalDueOn, DateOnly DueOn, bool BeyondCalendar, Explanation Why, DateOnly On) : AgreementEvent;

public sealed record ObligationRescheduled(int Number, DateOnly NominalDueOn, DateOnly DueOn, bool BeyondCalendar, Explanation Why, DateOnly On) : AgreementEvent;

public sealed record ObligationInvoiced(int Number, string Invoice, Money Amount, DateOnly On) : AgreementEvent;

/// <param name="DueOn">The last day without interest: the due date, and the days on which the sum stood still in dispute.</param>
/// <param name="RateNumerator">Yearly rate as a fraction of RateDenominator.</param>
public sealed record ObligationBecameOverdue(
    int Number, DateOnly DueOn, long RateNumerator, long RateDenominator, int DayCount, Explanation Why) : AgreementEvent;

/// <summary>
/// Interest of the days up to and including Through that was not charged before. Negative when days were counted on principal that had been
/// paid already, as it turns out, or was never owed.
/// </summary>
public sealed record InterestCharged(int Number, Money Amount, decimal PrincipalDays, DateOnly Through) : AgreementEvent;

public sealed record EnforcementCostCharged(int Number, Money Amount, string Reason, DateOnly On) : AgreementEvent;

public sealed record EnforcementStepTaken(int Number, EnforcementStep Step, DateOnly DueOn, DateOnly On, string Reason) : AgreementEvent;

public sealed record EnforcementStepProposed(int Number, EnforcementStep Step, DateOnly DueOn, DateOnly On) : AgreementEvent;

public sealed record EnforcementStepApproved(int Number, EnforcementStep Step, string By, DateOnly On) : AgreementEvent;

/// <summary>A proposed step is moot, since nothing enforceable is left.</summary>
public sealed record EnforcementStepDropped(int Number, EnforcementStep Step, DateOnly On, string Reason) : AgreementEvent;

public sealed record CureStarted(int Number, DateOnly On, DateOnly CureEndsOn) : AgreementEvent;

/// <summary>The cure period stood still while all that was overdue was disputed.</summary>
public sealed record CureExtended(int Days, DateOnly CureEndsOn, DateOnly On) : AgreementEvent;

public sealed record AgreementBreached(DateOnly On) : AgreementEvent;

/// <summary>Nothing is overdue any more.</summary>
public sealed record DefaultRemedied(DateOnly On) : AgreementEvent;

public sealed record AgreementTerminated(IReadOnlyList<string> ApprovedBy, DateOnly On) : AgreementEvent;

/// <param name="EarnedRoyalty">By the clauses on sales, before credits, minimum and cap.</param>
/// <param name="Others">What else the clauses ask for; null: nothing.</param>
/// <param name="Affirmation">Null: reported before anybody had to affirm.</param>
/// <param name="Sheet">The file that the totals come from; null: they were typed.</param>
public sealed record SalesReported(
    int Period, DateOnly From, DateOnly To, Money Gross, IReadOnlyList<SalesDeduction> Deductions, Money Net, Money EarnedRoyalty, DateOnly On,
    OtherFigures? Others = null, SalesAffirmation? Affirmation = null, SalesSheetFile? Sheet = null) : AgreementEvent;

/// <summary>No report came: the period is billed by an estimate, until the company corrects it.</summary>
public sealed record SalesAssessed(int Period, DateOnly From, DateOnly To, Money Net, string Basis, DateOnly On, OtherFigures? Others = null) : AgreementEvent;

/// <summary>An earlier report was wrong. What is owed changes by the difference, in this period and in all that follow from it.</summary>
public sealed record SalesCorrected(
    int Period, Money Gross, IReadOnlyList<SalesDeduction> Deductions, Money Net, string Reason, DateOnly On, OtherFigures? Others = null,
    SalesAffirmation? Affirmation = null) : AgreementEvent;

/// <summary>An invoice was laid before us that shows sales of a period. Nothing is owed for it: a report may be compared with it.</summary>
/// <param name="By">None: an administrator.</param>
/// <param name="FileHash">SHA-256, hexadecimal.</param>
public sealed record SalesEvidenceRecorded(int Period, Party By, string Invoice, DateOnly IssuedOn, Money Amount, string FileHash, DateOnly On) : AgreementEvent;

/// <summary>The lab has issued a fapiao for an invoiced sum. Nothing is owed or paid by it.</summary>
/// <param name="Record">From 1.</param>
/// <param name="Total">With tax.</param>
/// <param name="By">None: an administrator.</param>
public sealed record FapiaoRecorded(
    int Record, int Obligation, FapiaoNumber Number, DateOnly IssuedOn, Money Total, Money Tax, Uscc Buyer, StoredFile File, Party By, DateOnly On) : AgreementEvent;

/// <summary>A red fapiao 红字发票 takes back a blue one, or a part of it.</summary>
/// <param name="Blue">Record of the blue one.</param>
/// <param name="Total">Negative, as on the fapiao; the tax likewise.</param>
public sealed record RedFapiaoRecorded(
    int Record, int Obligation, FapiaoNumber Number, int Blue, DateOnly IssuedOn, Money Total, Money Tax, StoredFile File, Party By, DateOnly On) : AgreementEvent;

/// <summary>It was recorded wrongly. The record stays, and counts no longer.</summary>
public sealed record FapiaoRecordWithdrawn(int Record, FapiaoNumber Number, string Reason, Party By, DateOnly On) : AgreementEvent;

/// <summary>The company said what it expects to sell in a month. Nothing is owed for it: a report may be compared with it.</summary>
/// <param name="FromPeriod">The first period that had not begun; holds until another is said.</param>
public sealed record SalesForecast(int FromPeriod, Money MonthlyNet, DateOnly On) : AgreementEvent;

/// <summary>A part of a sum was never owed, as a corrected report shows. What of it was paid already is set off against what the same clause makes owed next.</summary>
public sealed record ObligationCorrected(int Number, Money Amount, bool WasInvoiced, Explanation Why, DateOnly On) : AgreementEvent;

/// <summary>The company pays a price once, and owes nothing for periods after the one that runs.</summary>
/// <param name="LastPeriod">Number of the period that runs, the last one to be reported; 0 when there is none.</param>
public sealed record BuyOutElected(int Trigger, Money Price, int LastPeriod, DateOnly On) : AgreementEvent;

/// <summary>The lab took something else than money, as the contract allows.</summary>
/// <param name="WasInvoiced">Only what is on the books is taken off them.</param>
public sealed record ObligationSettledInKind(int Number, Money Amount, string Evidence, bool WasInvoiced, DateOnly On) : AgreementEvent;

public sealed record SalesReportReminded(int Period, DateOnly DueOn, SalesReportReminder Reminder) : AgreementEvent;

public enum SalesReportReminder
{
    Missing,
    Demanded,
}

public sealed record SalesDeduction(string Kind, long AmountMinor);

public sealed record TriggerClaimed(int Trigger, Party By, string Evidence, DateOnly OccurredOn, DateOnly ContestUntil, DateOnly On) : AgreementEvent;

/// <param name="By">None: an administrator.</param>
public sealed record ExpertAppointed(int Trigger, Party By, string Name, string Institution, DateOnly On) : AgreementEvent;

/// <param name="FileHash">SHA-256, hex, of the opinion.</param>
public sealed record ExpertOpinionRecorded(int Trigger, bool Supports, string Opinion, string FileHash, DateOnly On) : AgreementEvent;

/// <summary>A demand has arrived.</summary>
/// <param name="FileHash">SHA-256, hex, of the proof.</param>
public sealed record ServiceProven(int Number, string Method, string Reference, string FileHash, DateOnly ServedOn, DateOnly On) : AgreementEvent;

public sealed record TriggerContested(int Trigger, Party By, string Reason, DateOnly On) : AgreementEvent;

/// <param name="Basis">Silence, a decision, or the company's own sales reports.</param>
public sealed record TriggerConfirmed(int Trigger, DateOnly OccurredOn, string Basis, DateOnly On) : AgreementEvent;

public sealed record TriggerRejected(int Trigger, string Reason, DateOnly On) : AgreementEvent;

/// <summary>Money arrived (a fact, so never refused).</summary>
/// <param name="Provider">Which payment provider has the money; null: an administrator says that it has come.</param>
public sealed record ReceiptRecorded(
    int Receipt, string Source, string Reference, Money Amount, DateOnly ReceivedOn, int? GuaranteeClaim = null, string? Provider = null) : AgreementEvent;

/// <summary>A part of a receipt pays no longer what it had paid: it goes back to unapplied cash, to be refunded or because it was taken back.</summary>
/// <param name="Lines">What it had paid, the latest first.</param>
/// <param name="Broker">Of what was allocated to the broker; null when nothing was.</param>
/// <param name="Net">Of the lab's income: undistributed, and the parts of lab and inventors together.</param>
/// <param name="InventorsMinor">Per inventor. Whoever was paid already owes it: later payouts are less by it.</param>
public sealed record AllocationReversed(
    int Receipt, IReadOnlyList<AllocationLine> Lines, Money Fee, Money? Broker, Money Net, Money Undistributed, Money Lab, IReadOnlyList<long> InventorsMinor, DateOnly On) : AgreementEvent;

/// <summary>A cardholder disputes a payment with its bank, which has taken the money until it decides.</summary>
/// <param name="Reference">The provider's id of the chargeback.</param>
public sealed record ReceiptHeld(int Reversal, int Receipt, string? Provider, string Reference, Money Amount, string Reason, DateOnly On) : AgreementEvent;

/// <summary>The chargeback was decided for the marketplace: the money is back.</summary>
public sealed record ReceiptReleased(int Reversal, string? Provider, Money Amount, DateOnly On) : AgreementEvent;

/// <summary>Money that had arrived has gone back: a lost chargeback, a returned transfer, a refund that the provider made by itself.</summary>
/// <param name="WasHeld">It went when it was disputed.</param>
public sealed record ReceiptTakenBack(
    int Reversal, int Receipt, string? Provider, string Reference, Money Amount, bool WasHeld, string Reason, DateOnly On) : AgreementEvent;

/// <summary>Sums of a settled agreement are owed again.</summary>
public sealed record AgreementReopened(DateOnly On) : AgreementEvent;

/// <summary>A payment by the standing permission was taken back: nothing more is collected by it.</summary>
public sealed record CollectionMandateEnded(string Reason, DateOnly On) : AgreementEvent;

/// <summary>Part of the unapplied cash pays what is owed: costs, then interest, then principal, oldest first (Civil Code Art. 561).</summary>
/// <param name="Fee">The platform's fee on what was allocated.</param>
/// <param name="Broker">Of what is left after the fee: the share of a broker who signed; null when none did.</param>
/// <param name="Net">Allocated less fee and share: income of the lab, to be shared with its inventors.</param>
public sealed record ReceiptAllocated(int Receipt, IReadOnlyList<AllocationLine> Lines, Money Fee, Money Net, DateOnly On, Money? Broker = null) : AgreementEvent;

public sealed record AmendmentProposed(int Number, Party By, AmendmentChange Change, string? Note, string DocumentHash, DateOnly On) : AgreementEvent;

public sealed record AmendmentSigned(int Number, Party By, string DocumentHash, string Signatory, DateOnly On) : AgreementEvent;

/// <summary>All have signed it: it holds from its period on.</summary>
public sealed record AmendmentTookEffect(int Number, DateOnly On) : AgreementEvent;

public sealed record AmendmentWithdrawn(int Number, Party By, string Reason, DateOnly On) : AgreementEvent;

/// <summary>A guarantor is asked to pay what the company has not.</summary>
public sealed record GuaranteeClaimed(int Number, Money Amount, DateOnly PayBy, Explanation Why, DateOnly On) : AgreementEvent;

/// <summary>The guarantor has paid so much of the principal: the lab's claim for it is the guarantor's from now on.</summary>
public sealed record GuaranteePaid(int Claim, int Receipt, Money Amount, DateOnly On) : AgreementEvent;

/// <summary>The company has paid so much back to the guarantor.</summary>
public sealed record RecourseRecorded(int Claim, Money Amount, string Reference, DateOnly On) : AgreementEvent;

public sealed record AllocationLine(int Obligation, ObligationComponent Component, long AmountMinor);

/// <param name="WasInvoiced">Only what is on the books is taken off them.</param>
public sealed record ObligationWaived(int Number, Money Costs, Money Interest, Money Principal, bool WasInvoiced, string Reason, DateOnly On) : AgreementEvent;

/// <summary>Also acknowledges the debt, which interrupts its limitation.</summary>
public sealed record HardshipRequested(int Number, IReadOnlyList<HardshipPart> Parts, bool WaiveInterest, string Reason, DateOnly On) : AgreementEvent;

/// <summary>The lab agrees; an administrator has yet to.</summary>
public sealed record HardshipConsented(DateOnly On) : AgreementEvent;

/// <param name="By">The lab, or nobody of the parties: an administrator.</param>
public sealed record HardshipDeclined(Party By, string Reason, DateOnly On) : AgreementEvent;

/// <summary>Principal leaves this sum for those of the plan, which arise next.</summary>
/// <param name="WasInvoiced">Only what is on the books is taken off them.</param>
/// <param name="ScheduleVersion">Of the payment schedule, counted from 1 at conversion.</param>
public sealed record HardshipGranted(
    int Number, Money Principal, Money InterestWaived, bool WasInvoiced, int ScheduleVersion, string ApprovedBy, DateOnly On) : AgreementEvent;

/// <summary>The limitation of an old debt would end soon: it is demanded again, which starts it anew.</summary>
/// <param name="LimitationEndedOn">When the debt would have become unenforceable.</param>
public sealed record DemandRepeated(int Number, DateOnly LimitationEndedOn, DateOnly On) : AgreementEvent;

/// <param name="Inventors">Per inventor, in the order of the split.</param>
public sealed record IncomeDistributed(int Receipt, Money Net, Money Lab, IReadOnlyList<long> InventorsMinor, InventorSplit Split, DateOnly On) : AgreementEvent;

public sealed record InventorSplitChanged(InventorSplit Split, DateOnly On) : AgreementEvent;

/// <param name="SplitVersion">The split that is disputed, counted from 1 at the application.</param>
public sealed record DistributionObjected(int Number, int Inventor, int? Receipt, int SplitVersion, string Reason, DateOnly On) : AgreementEvent;

public sealed record DistributionObjectionAnswered(int Number, bool IsUpheld, string Reason, DateOnly On) : AgreementEvent;

public sealed record CollectionAuthorised(string Provider, string Method, DateOnly On) : AgreementEvent;

/// <summary>Written before anything is sent.</summary>
/// <param name="Bundle">Of a collection for several obligations: their numbers.</param>
/// <param name="Of">Of a recovery: the payout that is to come back.</param>
/// <param name="Tax">Of a payout: what is withheld of it besides the amount, once it has moved.</param>
/// <param name="BundleMinor">What of the amount is for each of the bundle, in minor units and in its order.</param>
public sealed record PaymentRequested(
    PaymentIntentId Intent, IntentKind Kind, Money Amount, string Provider, string Method, string? Payee, int? Obligation, int? Receipt, string Account, DateTimeOffset AtUtc,
    IReadOnlyList<int>? Bundle = null, PaymentIntentId? Of = null, Withholding? Tax = null, IReadOnlyList<long>? BundleMinor = null) : AgreementEvent;

/// <summary>Tax was kept of a payout that has moved; negative: given back to the payee's account, since that much of the payout came back.</summary>
/// <param name="Intent">The payout, or the recovery.</param>
/// <param name="Account">The payee's.</param>
public sealed record TaxWithheld(PaymentIntentId Intent, Money Tax, long RatePpm, string Account, DateOnly On) : AgreementEvent;

/// <summary>Withheld tax was paid to the tax office.</summary>
/// <param name="Reference">Of the tax office's receipt.</param>
public sealed record TaxRemitted(Money Amount, string Reference, DateOnly On) : AgreementEvent;

/// <summary>The payment is not wanted any more: the provider is asked to move nothing. It may have moved it already.</summary>
public sealed record PaymentWithdrawn(PaymentIntentId Intent, string Reason, DateTimeOffset AtUtc) : AgreementEvent;

/// <summary>The provider has kept so much for a payment.</summary>
public sealed record ProviderFeeCharged(PaymentIntentId Intent, string Provider, Money Fee, DateOnly On) : AgreementEvent;

/// <summary>The provider has it, or did not answer; look again later.</summary>
public sealed record PaymentPending(PaymentIntentId Intent, IntentStatus Status, string? ExternalId, DateTimeOffset NextLookUtc) : AgreementEvent;

/// <param name="Moved">What moved: all of it, a part, or nothing.</param>
/// <param name="Account">Where the money of a payout came from, and that of a recovery goes to; what did not move goes back there.</param>
/// <param name="Provider">Null: recorded before providers were told apart in the books.</param>
public sealed record PaymentConcluded(
    PaymentIntentId Intent, IntentKind Kind, IntentStatus Status, string? ExternalId, Money Requested, Money Moved, string Account, string? Reason, DateOnly On,
    string? Provider = null) : AgreementEvent;

/// <summary>A payout that had been given up for lost did move: money is a fact.</summary>
public sealed record PaymentMovedLate(PaymentIntentId Intent, Money Moved, string Account, DateOnly On, string? Provider = null, IntentKind? Kind = null) : AgreementEvent;

public sealed record DisputeOpened(int Dispute, Party By, ImmutableSortedDictionary<int, long> Contested, string Reason, DateOnly On) : AgreementEvent;

/// <param name="Reduced">Obligation number → principal that is not owed after all.</param>
public sealed record DisputeDecided(int Dispute, ImmutableSortedDictionary<int, long> Reduced, Currency Currency, string Reason, DateOnly On) : AgreementEvent;

public sealed record AgreementSettled(DateOnly On) : AgreementEvent;

public sealed record AgreementClosed(DateOnly On) : AgreementEvent;

/// <summary>Why an amount is what it is.</summary>
/// <param name="Clause">Number of the clause, e.g. 5.1.</param>
/// <param name="Formula">In terms of the input names.</param>
public sealed record Explanation(string Clause, string Formula, IReadOnlyList<ExplanationInput> Inputs)
{
    public static Explanation Of(string clause, string formula, params (string Name, object Value)[] inputs) =>
        new(clause, formula, [.. inputs.Select(i => new ExplanationInput(i.Name, FormattableString.Invariant($"{i.Value}")))]);
}

public sealed record ExplanationInput(string Name, string Value);
