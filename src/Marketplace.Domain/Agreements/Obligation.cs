using System.Collections.Immutable;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>One sum that the company owes. Each component: charged = allocated + waived + outstanding.</summary>
/// <param name="Number">From 1, in the order in which obligations arose.</param>
/// <param name="Trigger">Position of the payment trigger in the terms.</param>
/// <param name="NominalDueOn">The date that the rule gives.</param>
/// <param name="DueOn">The same, moved off holidays (Civil Code Art. 203).</param>
/// <param name="BeyondCalendar">The holidays of that year were not known when the date was set; it is set again when it comes.</param>
/// <param name="WasInvoiced">The principal is on the books as a receivable.</param>
/// <param name="CorrectedMinor">Part of the waived principal that was never owed, as a corrected report shows.</param>
/// <param name="ContestedMinor">Principal under dispute.</param>
/// <param name="Late">Interest, once overdue.</param>
/// <param name="StepsTaken">Steps of the ladder reached so far (taken, proposed to an administrator, or passed over since they do not apply).</param>
/// <param name="Proposed">Steps that wait for approval, with those who approved so far.</param>
/// <param name="FrozenSince">Since then it is frozen.</param>
/// <param name="FrozenDays">Days after the due date on which it was frozen before.</param>
public sealed record Obligation(
    int Number,
    ObligationKind Kind,
    int Trigger,
    int? Period,
    DateOnly NominalDueOn,
    DateOnly DueOn,
    bool BeyondCalendar,
    bool WasInvoiced,
    Component Principal,
    Component Interest,
    Component Costs,
    long CorrectedMinor,
    long ContestedMinor,
    LateInterest? Late,
    int StepsTaken,
    ImmutableList<ProposedStep> Proposed,
    DateOnly? FrozenSince,
    int FrozenDays)
{
    /// <summary>Years after which a debt that nobody demanded or acknowledged can no longer be enforced (Civil Code Art. 188).</summary>
    public const int LimitationYears = 3;

    /// <summary>Since when the limitation runs: the default, or what has interrupted it last (Art. 195); null before the default.</summary>
    public DateOnly? LimitationFrom { get; init; }

    public DateOnly? LimitationEndsOn => LimitationFrom is { } from && IsOpen ? LocalTime.AddMonths(from, 12 * LimitationYears) : null;


    public long OutstandingMinor => Principal.OutstandingMinor + Interest.OutstandingMinor + Costs.OutstandingMinor;

    /// <summary>All of the open principal is disputed: its interest and costs wait with it, and the ladder stands still.</summary>
    public bool IsFrozen => ContestedMinor > 0 && ContestedMinor == Principal.OutstandingMinor;

    /// <summary>What can be enforced: outstanding without the contested part.</summary>
    public long EnforceableMinor => IsFrozen ? 0 : OutstandingMinor - ContestedMinor;

    /// <summary>Principal that bears late interest.</summary>
    public long EnforceablePrincipalMinor => Principal.OutstandingMinor - ContestedMinor;

    /// <summary>What can be enforced on a day, by component: with the interest that runs until then and is not on the books yet.</summary>
    public (long CostsMinor, long InterestMinor, long PrincipalMinor) EnforceableOn(DateOnly day)
    {
        if (IsFrozen)
        {
            return default;
        }

        var runningMinor = Late is { } late ? late.CountThrough(day, EnforceablePrincipalMinor).AccruedMinor - late.AccruedMinor : 0;
        return (Costs.OutstandingMinor, Interest.OutstandingMinor + runningMinor, EnforceablePrincipalMinor);
    }

    public bool IsOpen => OutstandingMinor > 0;

    public bool IsOverdue => IsOpen && Late is not null;

    /// <summary>Whether this sum has reached a step of the ladder, whatever became of the step's approval.</summary>
    public bool HasReached(AgreementTerms terms, EnforcementStep step) => EnforcementLadder.Of(terms).Take(StepsTaken).Any(s => s.Step == step);

    /// <summary>After money, a waiver or a dispute has changed what is open: interest counted so far is final, and the ladder may stand still.</summary>
    public Obligation Changed(DateOnly on) => this with
    {
        Late = Late is { } late ? late with { FinalThrough = late.Through } : null,
        FrozenSince = IsFrozen ? FrozenSince ?? on : null,
        FrozenDays = !IsFrozen && FrozenSince is { } since ? FrozenDays + Math.Max(0, on.DayNumber - Math.Max(since.DayNumber, DueOn.DayNumber)) : FrozenDays,
    };

    public ObligationStatus Status =>
        !IsOpen ? (Principal is { AllocatedMinor: 0, InKindMinor: 0, WaivedMinor: > 0 } ? ObligationStatus.Waived : ObligationStatus.Paid)
        : Late is not null ? ObligationStatus.Overdue
        : WasInvoiced ? ObligationStatus.Due
        : ObligationStatus.Planned;
}

public enum ObligationStatus
{
    Planned,
    Due,
    Overdue,
    Paid,
    Waived,
}

public enum ObligationKind
{
    LumpSum,
    Instalment,
    Milestone,
    Royalty,
    MinimumRoyalty,
    ConditionalSum,
    EntryFee,
    BuyOut,

    /// <summary>May be settled by transferring equity.</summary>
    Equity,

    /// <summary>Of a plan that replaces the date of another sum.</summary>
    HardshipPart,
}

/// <summary>One component of an obligation, minor units; never negative, never more than charged.</summary>
/// <param name="WaivedMinor">Waived by the lab, or found not to be owed.</param>
/// <param name="InKindMinor">Settled by something else than money.</param>
public sealed record Component(long ChargedMinor, long AllocatedMinor, long WaivedMinor, long InKindMinor = 0)
{
    public static readonly Component Nothing = new(0, 0, 0);

    public long OutstandingMinor => checked(ChargedMinor - AllocatedMinor - WaivedMinor - InKindMinor);

    public Component Charge(long amountMinor) => this with { ChargedMinor = checked(ChargedMinor + amountMinor) };

    public Component Allocate(long amountMinor) => this with { AllocatedMinor = checked(AllocatedMinor + amountMinor) };

    public Component SettleInKind(long amountMinor) => this with { InKindMinor = checked(InKindMinor + amountMinor) };

    public Component Waive(long amountMinor) => this with { WaivedMinor = checked(WaivedMinor + amountMinor) };
}

public enum ObligationComponent
{
    Costs,
    Interest,
    Principal,
}

/// <summary>A step of the ladder that an administrator must approve.</summary>
public sealed record ProposedStep(EnforcementStep Step, DateOnly DueOn, ImmutableList<string> ApprovedBy);

/// <summary>
/// Simple interest on the enforceable principal, from the day after the due date. Kept as an exact fraction, so that the total does not
/// depend on how often it was looked at: accrued = round(PrincipalDays × RateNumerator ÷ (RateDenominator × DayCount)).
/// </summary>
/// <param name="RateNumerator">Yearly rate as a fraction of <paramref name="RateDenominator"/>: LPR × (1 + margin), or the contract's rate.</param>
/// <param name="PrincipalDays">Σ principal (minor) × days since the due date.</param>
/// <param name="Through">Interest is counted up to and including this day.</param>
/// <param name="FinalThrough">Days up to this one are counted for good, since the principal changed after them.</param>
public sealed record LateInterest(long RateNumerator, long RateDenominator, int DayCount, decimal PrincipalDays, DateOnly Through, DateOnly FinalThrough)
{
    public long AccruedMinor => Rounding.HalfEven(checked((Int128)PrincipalDays * RateNumerator), (Int128)RateDenominator * DayCount);

    /// <summary>Counts the days up to and including <paramref name="day"/> on this principal. Earlier days change nothing.</summary>
    public LateInterest CountThrough(DateOnly day, long principalMinor)
    {
        var days = day.DayNumber - Through.DayNumber;
        return days <= 0 ? this : this with { PrincipalDays = checked(PrincipalDays + (decimal)principalMinor * days), Through = day };
    }

    /// <summary>Takes back the days after <paramref name="day"/> that were counted on this principal and are not final.</summary>
    public LateInterest BackTo(DateOnly day, long principalMinor)
    {
        var until = day > FinalThrough ? day : FinalThrough;
        var days = Through.DayNumber - until.DayNumber;
        return days <= 0 ? this : this with { PrincipalDays = PrincipalDays - (decimal)principalMinor * days, Through = until };
    }

    /// <summary>Takes back the days that were counted on a part of the principal which was never owed.</summary>
    public LateInterest Without(long principalMinor, int days) =>
        this with { PrincipalDays = Math.Max(0, PrincipalDays - (decimal)principalMinor * Math.Max(0, days)) };
}
