namespace Marketplace.Domain.Agreements;

/// <summary>The steps that follow an unpaid due date; the days count from it. Standing still while the sum is disputed.</summary>
public static class EnforcementLadder
{
    /// <summary>In the order of the days. A template will set its own days; these are the standard ones.</summary>
    public static readonly IReadOnlyList<LadderStep> Standard =
    [
        new(EnforcementStep.FirstReminder, -30, 0),
        new(EnforcementStep.SecondReminder, -7, 0),
        new(EnforcementStep.Due, 0, 0),
        new(EnforcementStep.Overdue, 1, 0),
        new(EnforcementStep.Demand, 15, 0),
        new(EnforcementStep.Hold, 30, 0),
        new(EnforcementStep.Mediation, 45, 0),
        new(EnforcementStep.BreachNotice, 60, 1),
        new(EnforcementStep.GuaranteeClaim, 90, 1),
        new(EnforcementStep.Suspension, 120, 1),
        new(EnforcementStep.CreditRecord, 150, 1),
    ];

    /// <summary>Whether this sum has reached the step, whatever became of the step's approval.</summary>
    public static bool HasReached(this Obligation owed, EnforcementStep step) =>
        Standard.Take(owed.StepsTaken).Any(s => s.Step == step);

    /// <summary>Persons who must approve a step; termination is not on the ladder of one sum but follows the cure period.</summary>
    public static int ApprovalsFor(EnforcementStep step) =>
        step == EnforcementStep.Termination ? 2 : Standard.First(s => s.Step == step).Approvals;
}

/// <param name="Day">Days after the due date.</param>
/// <param name="Approvals">Administrators who must approve; 0: the system acts.</param>
public sealed record LadderStep(EnforcementStep Step, int Day, int Approvals);

public enum EnforcementStep
{
    FirstReminder,
    SecondReminder,
    Due,
    Overdue,

    /// <summary>Formal demand 催告: interrupts the three-year limitation.</summary>
    Demand,

    /// <summary>New applications of the company are held; the audit right opens.</summary>
    Hold,
    Mediation,
    BreachNotice,
    GuaranteeClaim,
    Suspension,
    CreditRecord,
    Termination,
}
