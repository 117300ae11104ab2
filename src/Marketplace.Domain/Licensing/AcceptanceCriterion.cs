namespace Marketplace.Domain.Licensing;

/// <summary>What a trial has to show, agreed before it begins: an annex of the terms.</summary>
/// <param name="Measure">What is measured, in words.</param>
/// <param name="Unit">Of the bounds and of every measurement; empty for a plain number.</param>
/// <param name="Low">Of <see cref="CriterionComparison.AtLeast"/> and Between.</param>
/// <param name="High">Of <see cref="CriterionComparison.AtMost"/> and Between.</param>
/// <param name="Method">How it is tested.</param>
public sealed record AcceptanceCriterion(string Name, string Measure, string Unit, CriterionComparison Comparison, decimal? Low, decimal? High, string Method)
{
    private const int MostCriteria = 30;
    private const decimal Largest = 1_000_000_000_000_000m;
    private const int MostDecimals = 9;

    /// <summary>Bounds included.</summary>
    public bool IsMetBy(decimal value) => (Low is not { } low || value >= low) && (High is not { } high || value <= high);

    /// <summary>1.50 and 1.5 are one number, and one text in a document that is hashed.</summary>
    public AcceptanceCriterion Normalised() => this with { Low = Exact(Low), High = Exact(High) };

    public static decimal? Exact(decimal? value) => value / 1.0000000000000000000000000000m;

    /// <summary>Why a number cannot be a bound or a measurement.</summary>
    public static Refusal? CheckNumber(decimal value, string field) => Math.Abs(value) <= Largest && decimal.Round(value, MostDecimals) == value
        ? null
        : Refusal.Invalid("number-out-of-range", $"数值过大，或小数超过{MostDecimals}位。", $"The number is too large, or has more than {MostDecimals} decimals.", field);

    /// <summary>Why these cannot be agreed; an empty list says that there are none.</summary>
    public static Refusal? Check(IReadOnlyList<AcceptanceCriterion> criteria)
    {
        if (criteria.Count > MostCriteria)
        {
            return Refusal.Invalid("criteria-too-many", $"验收指标最多{MostCriteria}项。", $"At most {MostCriteria} criteria.", "criteria");
        }

        for (var i = 0; i < criteria.Count; i++)
        {
            if (criteria[i] is not { } criterion)
            {
                return Refusal.Invalid("text-missing", "验收指标不能为空。", "A criterion cannot be empty.", $"criteria[{i}]");
            }

            if ((criterion.CheckAlone() ?? Twice(criteria, i)) is { } refusal)
            {
                return refusal.Under($"criteria[{i}]");
            }
        }

        return null;
    }

    private Refusal? CheckAlone() =>
        Words(Name, "name", 100) ?? Words(Measure, "measure", 500) ?? Words(Method, "method", 500)
        ?? (Unit is { Length: <= 30 } ? null : Refusal.Invalid("text-too-long", "计量单位最多30字。", "A unit has at most 30 characters.", "unit"))
        ?? CheckBounds()
        ?? (Low is { } low ? CheckNumber(low, "low") : null)
        ?? (High is { } high ? CheckNumber(high, "high") : null);

    private Refusal? CheckBounds() => Comparison switch
    {
        CriterionComparison.AtLeast => Bounds(hasLow: true, hasHigh: false),
        CriterionComparison.AtMost => Bounds(hasLow: false, hasHigh: true),
        CriterionComparison.Between => Bounds(hasLow: true, hasHigh: true)
            ?? (Low <= High ? null : Refusal.Invalid("bounds-out-of-order", "下限不能大于上限。", "The lower bound cannot be above the upper one.", "high")),
        _ => Refusal.Invalid("value-unknown", "没有这一选项。", "There is no such choice.", "comparison"),
    };

    private Refusal? Bounds(bool hasLow, bool hasHigh) => Low is not null == hasLow && High is not null == hasHigh
        ? null
        : Refusal.Invalid(
            "bounds-do-not-fit", "“至少”只有下限，“至多”只有上限，“之间”两者都有。", "\"At least\" has a lower bound, \"at most\" an upper one, \"between\" has both.",
            Low is not null != hasLow ? "low" : "high");

    private static Refusal? Twice(IReadOnlyList<AcceptanceCriterion> criteria, int i) => criteria.Take(i).Any(c => c.Name == criteria[i].Name)
        ? Refusal.Invalid("criterion-twice", "指标名称不能重复。", "Each criterion has a name of its own.", "name")
        : null;

    private static Refusal? Words(string? text, string field, int most) => string.IsNullOrWhiteSpace(text) || text.Length > most
        ? Refusal.Invalid("text-missing", $"请填写文字（{most}字以内）。", $"Say it in words, in at most {most} characters.", field)
        : null;
}

public enum CriterionComparison
{
    AtLeast,
    AtMost,
    Between,
}
