using Marketplace.Domain.Files;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>What somebody wants of an agreement. Who may ask is decided with the rule of each command.</summary>
public abstract record AgreementCommand;

/// <param name="Facts">About offer, result and parties; gathered by the use case before.</param>
public sealed record ApplyForTrial(
    AgreementId Agreement, OfferId Offer, LabResultId Result, OrganisationId Lab, OrganisationId Company,
    AgreementTerms Terms, InventorSplit Inventors, ApplicationFacts Facts, string? Purpose) : AgreementCommand;

public sealed record AcceptApplication : AgreementCommand;

public sealed record DeclineApplication(string Reason) : AgreementCommand;

public sealed record WithdrawApplication(string Reason) : AgreementCommand;

/// <param name="ValidUntil">Last day on which it can be accepted; null: as long as the negotiation lives.</param>
/// <param name="Criteria">What the trial has to show; null: as in the version before, empty: nothing.</param>
public sealed record ProposeTerms(
    AgreementTerms Terms, string? Note, DateOnly? ValidUntil = null, IReadOnlyList<AcceptanceCriterion>? Criteria = null) : AgreementCommand;

/// <summary>Takes back the newest version.</summary>
public sealed record WithdrawProposal(int Version) : AgreementCommand;

/// <param name="Path">Of a term that differs from the version before, see <see cref="TermDifference"/>.</param>
public sealed record AcceptTerm(int Version, string Path) : AgreementCommand;

/// <param name="Path">Of a term that differs from the version before, see <see cref="TermDifference"/>.</param>
public sealed record ContestTerm(int Version, string Path, string Note) : AgreementCommand;

public sealed record AcceptTerms(int Version) : AgreementCommand;

public sealed record SignAgreement(string DocumentHash) : AgreementCommand;

public sealed record FileAgreement(string FilingNumber) : AgreementCommand;

public sealed record DeliverResult(string Note) : AgreementCommand;

public sealed record AcceptDelivery : AgreementCommand;

public sealed record RequestExtension(int Months, string Reason) : AgreementCommand;

public sealed record AnswerExtension(bool Consent, string? Reason) : AgreementCommand;

public sealed record ConvertLicence : AgreementCommand;

/// <param name="Evidence">Of the destruction; null: none.</param>
public sealed record ReturnResult(string StopUseStatement, string DestructionCertificate, IReadOnlyList<EvidenceFile>? Evidence = null) : AgreementCommand;

/// <param name="Criterion">Of a measurement: position of the criterion, from 0.</param>
/// <param name="Value">Of a measurement: in the unit of the criterion.</param>
/// <param name="Evidence">Null: none.</param>
public sealed record RecordTrialEntry(
    TrialEntryKind Kind, string? Text, DateOnly OccurredOn, int? Criterion = null, decimal? Value = null, IReadOnlyList<EvidenceFile>? Evidence = null) : AgreementCommand;

public sealed record RetractTrialEntry(int Entry, string Reason) : AgreementCommand;

/// <summary>Puts what the trial has shown before the other party.</summary>
public sealed record RequestSignOff : AgreementCommand;

public sealed record ConfirmSignOff : AgreementCommand;

public sealed record ObjectToSignOff(string Reason) : AgreementCommand;

/// <param name="Others">What clauses on other things than sales ask for; null when there are none.</param>
/// <param name="NoSales">Says in so many words that all figures are zero, so that none was forgotten.</param>
/// <param name="Sheet">Where the figures were taken from.</param>
public sealed record ReportSales(
    int Period, Money Gross, IReadOnlyList<SalesDeduction> Deductions, OtherFigures? Others = null, SalesAffirmation? Affirmation = null, bool NoSales = false,
    SalesSheetFile? Sheet = null) : AgreementCommand;

public sealed record CorrectSales(
    int Period, Money Gross, IReadOnlyList<SalesDeduction> Deductions, string Reason, OtherFigures? Others = null, SalesAffirmation? Affirmation = null,
    bool NoSales = false) : AgreementCommand;

/// <summary>An invoice that shows sales. The day on which it was issued says which period they belong to.</summary>
public sealed record RecordSalesEvidence(string Invoice, DateOnly IssuedOn, Money Amount, string FileHash) : AgreementCommand;

/// <param name="Total">With tax.</param>
/// <param name="Buyer">As the fapiao says it.</param>
/// <param name="File">Kept already.</param>
public sealed record RecordFapiao(
    int Obligation, FapiaoNumber Number, DateOnly IssuedOn, Money Total, Money Tax, Uscc Buyer, StoredFile File) : AgreementCommand;

/// <param name="Blue">Record of the fapiao that it takes back.</param>
/// <param name="Total">Negative, as on the fapiao; the tax likewise.</param>
public sealed record RecordRedFapiao(int Blue, FapiaoNumber Number, DateOnly IssuedOn, Money Total, Money Tax, StoredFile File) : AgreementCommand;

public sealed record WithdrawFapiaoRecord(int Record, string Reason) : AgreementCommand;

/// <summary>What the company expects to sell net in a month, from the next period that begins on. Reports are compared with it.</summary>
public sealed record ForecastSales(Money MonthlyNet) : AgreementCommand;

/// <summary>What stands in for a report that does not come.</summary>
/// <param name="Basis">What the estimate rests on, e.g. invoices, a site visit, earlier periods.</param>
public sealed record AssessSales(int Period, Money Net, string Basis, OtherFigures? Others = null) : AgreementCommand;

public sealed record ElectBuyOut : AgreementCommand;

/// <param name="Evidence">Of the transfer, e.g. the entry in the register of shareholders.</param>
public sealed record SettleInKind(int Obligation, Money Amount, string Evidence) : AgreementCommand;

public sealed record ClaimTrigger(int Trigger, DateOnly OccurredOn, string Evidence) : AgreementCommand;

public sealed record AppointExpert(int Trigger, string Name, string Institution) : AgreementCommand;

public sealed record RecordExpertOpinion(int Trigger, bool Supports, string Opinion, string FileHash) : AgreementCommand;

public sealed record RecordProofOfService(int Obligation, string Method, string Reference, DateOnly ServedOn, string FileHash) : AgreementCommand;

public sealed record ContestTrigger(int Trigger, string Reason) : AgreementCommand;

public sealed record DecideTrigger(int Trigger, bool Confirm, string Reason) : AgreementCommand;

public sealed record InvoiceObligation(int Obligation) : AgreementCommand;

public sealed record ChargeEnforcementCost(int Obligation, Money Amount, string Reason) : AgreementCommand;

/// <param name="Provider">Which provider has the money; null when a person says that it has come. Only the system knows of providers.</param>
public sealed record RecordReceipt(string Source, string Reference, Money Amount, DateOnly ReceivedOn, string? Provider = null) : AgreementCommand;

/// <summary>Money that had arrived has gone back without our asking. A fact: recorded whatever the stage, and once.</summary>
/// <param name="Reference">Of the money that went.</param>
/// <param name="Of">Reference of the receipt that it had come with, from the same source.</param>
public sealed record RecordReversal(string Source, string Reference, string Of, Money Amount, string Reason) : AgreementCommand;

/// <summary>What the provider says of a chargeback. A fact: recorded whatever the stage; repeated and late words change nothing.</summary>
/// <param name="Intent">The collection that is disputed.</param>
/// <param name="Reference">The provider's id of it.</param>
public sealed record RecordChargeback(PaymentIntentId Intent, string Reference, Money Amount, ChargebackStatus Status, string Reason) : AgreementCommand;

public enum ChargebackStatus
{
    Open,
    Won,
    Lost,
}

/// <summary>Gives money back that had paid something, which is then owed no more.</summary>
public sealed record RefundPaid(int Receipt, Money Amount, string Provider, string Method, string Reason) : AgreementCommand;

/// <summary>Asks a payout back from somebody who owes it since.</summary>
public sealed record RecoverPayout(PaymentIntentId Intent, Money Amount) : AgreementCommand;

/// <summary>The company pays sums now, by a way that it chooses each time.</summary>
public sealed record PayObligations(IReadOnlyList<int> Obligations, string Provider, string Method) : AgreementCommand;

/// <summary>The company does not want to pay in this way after all.</summary>
public sealed record WithdrawPayment(PaymentIntentId Intent) : AgreementCommand;

public sealed record ProposeAmendment(AmendmentChange Change, string? Note) : AgreementCommand;

public sealed record SignAmendment(int Number, string DocumentHash) : AgreementCommand;

public sealed record WithdrawAmendment(int Number, string Reason) : AgreementCommand;

public sealed record RecordGuaranteePayment(int Claim, string Source, string Reference, Money Amount, DateOnly ReceivedOn) : AgreementCommand;

public sealed record RecordRecourse(int Claim, Money Amount, string Reference) : AgreementCommand;

public sealed record PayBroker(string Provider, string Method) : AgreementCommand;

/// <summary>An administrator has paid withheld tax to the tax office.</summary>
/// <param name="Reference">Of the tax office's receipt; each once.</param>
public sealed record RecordTaxRemittance(Money Amount, string Reference, DateOnly PaidOn) : AgreementCommand;

public sealed record WaiveObligation(int Obligation, Money Amount, string Reason) : AgreementCommand;

/// <summary>The company cannot pay a sum on its date and proposes others.</summary>
/// <param name="Parts">Together the open principal.</param>
/// <param name="WaiveInterest">Whether interest so far is given up too.</param>
public sealed record RequestHardship(int Obligation, IReadOnlyList<HardshipPart> Parts, bool WaiveInterest, string Reason) : AgreementCommand;

public sealed record HardshipPart(DateOnly DueOn, long AmountMinor);

public sealed record AnswerHardship(bool Consent, string? Reason) : AgreementCommand;

public sealed record DecideHardship(bool Approve, string Reason) : AgreementCommand;

public sealed record AllocateUnapplied : AgreementCommand;

public sealed record RefundUnapplied(int Receipt, Money Amount, string Provider, string Method) : AgreementCommand;

public sealed record AuthoriseCollection(string Provider, string Method) : AgreementCommand;

/// <summary>The permission to collect ends; what is being collected goes on.</summary>
public sealed record EndCollection : AgreementCommand;

public sealed record CollectObligation(int Obligation) : AgreementCommand;

public sealed record ChangeInventorSplit(InventorSplit Split) : AgreementCommand;

public sealed record DistributeIncome : AgreementCommand;

/// <summary>An inventor does not agree, and the lab's officer records it in their name.</summary>
/// <param name="Inventor">Place in the split, from 1.</param>
/// <param name="Receipt">The receipt whose distribution is meant; null: the split that holds today.</param>
public sealed record ObjectToDistribution(int Inventor, int? Receipt, string Reason) : AgreementCommand;

public sealed record AnswerDistributionObjection(int Number, bool IsUpheld, string Reason) : AgreementCommand;

public sealed record PayLab(string Provider, string Method) : AgreementCommand;

public sealed record PayInventor(int Inventor, string Provider, string Method) : AgreementCommand;

/// <summary>What the provider says of an intent. A fact: recorded whatever the stage.</summary>
/// <param name="MovedMinor">Of a final status: all so far. 0 of a failure, all that was asked of a success, a part of a part.</param>
/// <param name="NextLookUtc">Needed while the status is not final.</param>
/// <param name="FeeMinor">All that the provider has kept for it so far, in its currency.</param>
/// <param name="MovedOn">When the money moved, if the provider says it: interest stops on that day, however late we hear of it.</param>
public sealed record RecordPaymentOutcome(
    PaymentIntentId Intent, IntentStatus Status, string? ExternalId, long MovedMinor, DateTimeOffset? NextLookUtc, string? Reason, DateOnly? MovedOn = null,
    long FeeMinor = 0) : AgreementCommand;

public sealed record OpenDispute(IReadOnlyList<ContestedSum> Contested, string Reason) : AgreementCommand;

public sealed record ContestedSum(int Obligation, long AmountMinor);

public sealed record DecideDispute(int Dispute, IReadOnlyList<ContestedSum> NotOwed, string Reason) : AgreementCommand;

public sealed record ApproveEnforcementStep(int Obligation, EnforcementStep Step) : AgreementCommand;

public sealed record CloseAgreement : AgreementCommand;

/// <summary>Does whatever time has made due, for whatever clock rang. May find nothing to do.</summary>
public sealed record EnforceDue(WakePurpose Purpose) : AgreementCommand;

/// <summary>Which clock woke the agreement.</summary>
public enum WakePurpose
{
    /// <summary>Due dates, ladder, reports, contest windows, cure.</summary>
    Obligations,

    /// <summary>Proposals and negotiations that lapse, filing deadline, deemed acceptance, notices and end of the trial, results that silence confirms.</summary>
    Trial,
}
