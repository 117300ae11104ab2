using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.LabResults;

public abstract record LabResultCommand;

/// <summary>A lab begins a listing; nobody else sees it.</summary>
public sealed record DraftResult(OrganisationId Lab, ResultContent Content) : LabResultCommand;

/// <summary>Rewrites a listing that is not public yet. Declaration and price were about the old text, so it is a draft again.</summary>
public sealed record ReviseDraft(ResultContent Content) : LabResultCommand;

/// <summary>The lab declares that it may dispose of the result.</summary>
/// <param name="TitleIsClear">权属清晰</param>
/// <param name="NoDispute">无争议</param>
/// <param name="LabStatus">Fact, gathered by the use case: only a verified lab may submit.</param>
public sealed record SubmitResult(bool TitleIsClear, bool NoDispute, OrganisationStatus LabStatus) : LabResultCommand;

public sealed record PriceResult(PricingMethod Method, Money Price) : LabResultCommand;

/// <param name="Days">Whole days after the day of publication; at least 15.</param>
public sealed record StartPublicNotice(int Days) : LabResultCommand;

/// <summary>Anybody may object while the notice runs; the clock stands still until the answer.</summary>
public sealed record RaiseObjection(string Objector, string Contact, string Grounds) : LabResultCommand;

/// <param name="Number">Which objection.</param>
/// <param name="IsUpheld">Upheld: the notice ends and the result goes back to the lab. Dismissed: the clock goes on.</param>
public sealed record AnswerObjection(int Number, bool IsUpheld, string Answer) : LabResultCommand;

/// <summary>Sent by the alarm clock when the notice should be over; re-reads the clock and may do nothing.</summary>
public sealed record CloseNotice : LabResultCommand;

public sealed record SuspendResult(SuspensionReason Reason, string Explanation) : LabResultCommand;

public sealed record ResumeResult(string Explanation) : LabResultCommand;

public sealed record WithdrawResult(string Reason) : LabResultCommand;

public abstract record LabResultEvent;

public sealed record ResultDrafted(OrganisationId Lab, ResultContent Content) : LabResultEvent;

public sealed record DraftRevised(ResultContent Content) : LabResultEvent;

/// <summary>The lab has declared clear title and no dispute.</summary>
public sealed record ResultSubmitted(string DeclaredBy) : LabResultEvent;

public sealed record ResultPriced(PricingMethod Method, Money Price) : LabResultEvent;

/// <param name="LastDay">Last local day of the notice; it ends with that day unless somebody objects.</param>
public sealed record PublicNoticeStarted(DateTimeOffset StartedAtUtc, int Days, DateOnly LastDay, DateTimeOffset ClosesAtUtc) : LabResultEvent;

/// <param name="AnswerDueOn">Local day by whose end the objection has to be answered.</param>
/// <param name="BeyondCalendar">That day lies past the published holidays, so it was counted with weekends only. Nobody loses the
/// right to object because a calendar is not out yet.</param>
public sealed record ObjectionRaised(
    int Number,
    string Objector,
    string Contact,
    string Grounds,
    DateTimeOffset RaisedAtUtc,
    DateOnly AnswerDueOn,
    DateTimeOffset AnswerDueAtUtc,
    bool BeyondCalendar) : LabResultEvent;

public sealed record NoticeClockPaused(DateTimeOffset AtUtc, TimeSpan Remaining) : LabResultEvent;

/// <param name="WasLate">Answered after its due date: still an answer, but the record says so.</param>
public sealed record ObjectionDismissed(int Number, string Answer, DateTimeOffset AnsweredAtUtc, bool WasLate) : LabResultEvent;

public sealed record NoticeClockResumed(DateTimeOffset AtUtc, DateTimeOffset ClosesAtUtc) : LabResultEvent;

/// <summary>The notice is void: declaration stands, price and notice must be made anew, or the lab withdraws.</summary>
public sealed record ObjectionUpheld(int Number, string Answer, DateTimeOffset AnsweredAtUtc, bool WasLate) : LabResultEvent;

/// <param name="NoticeEndedAtUtc">When the clock ran out.</param>
/// <param name="ListedAtUtc">When that was noticed: the sweep may come a little later.</param>
public sealed record ResultListed(DateTimeOffset NoticeEndedAtUtc, DateTimeOffset ListedAtUtc) : LabResultEvent;

public sealed record ResultSuspended(SuspensionReason Reason, string Explanation) : LabResultEvent;

public sealed record ResultResumed(string Explanation) : LabResultEvent;

public sealed record ResultWithdrawn(string Reason) : LabResultEvent;
