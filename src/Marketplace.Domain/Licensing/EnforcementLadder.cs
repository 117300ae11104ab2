namespace Marketplace.Domain.Licensing;

/// <summary>The steps that follow an unpaid due date; the days count from it. Standing still while the sum is disputed.</summary>
public static class EnforcementLadder
{
    /// <summary>In the order of the days, for terms that set none of their own.</summary>
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

    /// <summary>Persons who must approve a termination, which is not on the ladder of one sum but follows the cure period.</summary>
    public const int ApprovalsForTermination = 2;

    private const int EarliestReminder = -90;
    private const int LastDay = 365;

    /// <summary>The ladder that was agreed, in the order of the days.</summary>
    public static IReadOnlyList<LadderStep> Of(AgreementTerms terms) => terms.Ladder ?? Standard;

    /// <summary>The next step of a sum that has reached the first <paramref name="reached"/>; null: none is left. A guarantor is claimed on only where there is one.</summary>
    public static LadderStep? Next(AgreementTerms terms, int reached)
    {
        var ladder = Of(terms);
        if (reached < ladder.Count && ladder[reached].Step == EnforcementStep.GuaranteeClaim && ThirdParty.Of(terms) is not { Role: ThirdPartyRole.Guarantor })
        {
            reached++;
        }

        return reached < ladder.Count ? ladder[reached] : null;
    }

    /// <summary>How many steps a sum has reached that reaches this one.</summary>
    public static int ReachedWith(AgreementTerms terms, EnforcementStep step) => Of(terms).TakeWhile(s => s.Step != step).Count() + 1;

    /// <summary>Persons who must approve a step.</summary>
    public static int ApprovalsFor(AgreementTerms terms, EnforcementStep step) =>
        step == EnforcementStep.Termination ? ApprovalsForTermination : Of(terms).First(s => s.Step == step).Approvals;

    /// <summary>Why a ladder cannot be agreed: it has the steps of the standard one, in their order, later ones later, and no fewer approvals.</summary>
    public static Refusal? Check(IReadOnlyList<LadderStep> steps)
    {
        if (steps.Count != Standard.Count)
        {
            return Bad("ladder-incomplete", $"催收阶梯须含全部 {Standard.Count} 个步骤。", $"The ladder has all of its {Standard.Count} steps.", "ladder");
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var (step, standard, field) = (steps[i], Standard[i], $"ladder[{i}]");
            if (step is null || step.Step != standard.Step)
            {
                return Bad("ladder-order", "催收步骤须按标准顺序排列。", "The steps of the ladder stand in their standard order.", $"{field}.step");
            }

            var (low, high) = standard.Step switch
            {
                EnforcementStep.FirstReminder or EnforcementStep.SecondReminder => (EarliestReminder, -1),
                EnforcementStep.Due => (0, 0),
                _ => (1, LastDay),
            };
            if (AgreementTerms.Between(step.Day, low, high, $"{field}.day") is { } outside)
            {
                return outside;
            }

            if (i > 0 && step.Day <= steps[i - 1].Day)
            {
                return Bad("dates-out-of-order", "各步骤的天数须由早到晚。", "The days of the ladder run from early to late.", $"{field}.day");
            }

            if (AgreementTerms.Between(step.Approvals, standard.Approvals, standard.Approvals == 0 ? 0 : 2, $"{field}.approvals") is { } wrong)
            {
                return wrong;
            }
        }

        return null;

        static Refusal Bad(string code, string zh, string en, string field) => Refusal.Invalid(code, zh, en, field);
    }
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
