using System.Text.RegularExpressions;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Needs;

/// <summary>What a company looks for (技术需求).</summary>
/// <param name="Title">In one language at least.</param>
/// <param name="Problem">What is to be solved; in one language at least.</param>
/// <param name="Fields">1 to <see cref="MaxFields"/>, as those of results.</param>
/// <param name="MinReadiness">Lowest technology readiness level, 1 to 9, whatever its scale; null: any.</param>
/// <param name="Budget">What the technology may cost at most; null: not said.</param>
/// <param name="Payments">Ways to pay that would suit; none: any.</param>
/// <param name="TrialMonths">How long a free trial should be at least; null: not said.</param>
/// <param name="Region">Province that the laboratory would best be in, the first two digits of GB/T 2260; null: anywhere.</param>
/// <param name="WantedUntil">Last local day on which laboratories may suggest results.</param>
/// <param name="IsNamed">Whether everybody may see who looks for it; else a laboratory learns it from the answer to its suggestion.</param>
public sealed partial record NeedContent(
    BilingualText Title,
    BilingualText Problem,
    IReadOnlyList<TechnologyField> Fields,
    int? MinReadiness,
    Money? Budget,
    IReadOnlyList<PaymentModel> Payments,
    int? TrialMonths,
    string? Region,
    DateOnly WantedUntil,
    bool IsNamed)
{
    public const int MaxTitleCharacters = 100;
    public const int MaxProblemCharacters = 2_000;
    public const int MaxFields = 5;
    public const int LowestReadiness = 1;
    public const int HighestReadiness = 9;

    /// <summary>The longest trial that terms may have.</summary>
    public const int MaxTrialMonths = 24;

    public const int MaxWantedYears = 2;

    /// <param name="today">Local.</param>
    public Refusal? Check(DateOnly today) =>
        CheckText(Title, "title", MaxTitleCharacters)
        ?? CheckText(Problem, "problem", MaxProblemCharacters)
        ?? CheckFields()
        ?? (MinReadiness is < LowestReadiness or > HighestReadiness
            ? Refusal.Invalid("readiness-out-of-range", "技术就绪度等级应为 1 至 9。", "A technology readiness level is 1 to 9.", "minReadiness")
            : null)
        ?? (Budget is { IsPositive: false } ? Refusal.Invalid("budget-not-positive", "预算必须大于零。", "A budget is greater than zero.", "budget") : null)
        ?? CheckPayments()
        ?? (TrialMonths is < 1 or > MaxTrialMonths
            ? Refusal.Invalid("trial-months-out-of-range", $"试用期应为 1 至 {MaxTrialMonths} 个月。", $"A trial takes 1 to {MaxTrialMonths} months.", "trialMonths")
            : null)
        ?? (Region is { } region && !TwoDigits().IsMatch(region)
            ? Refusal.Invalid("region-malformed", "地区代码应为两位数字。", "A region has two digits.", "region")
            : null)
        ?? (WantedUntil < today || WantedUntil > today.AddYears(MaxWantedYears)
            ? Refusal.Invalid(
                "wanted-until-out-of-range", $"截止日期应在今天至{MaxWantedYears}年之内。", $"A need is open until today at the earliest and {MaxWantedYears} years ahead at the latest.", "wantedUntil")
            : null);

    private static Refusal? CheckText(BilingualText text, string field, int most) =>
        string.IsNullOrWhiteSpace(text.Zh) && string.IsNullOrWhiteSpace(text.En)
            ? Refusal.Invalid("text-missing", "请用中文或英文填写。", "Write it in Chinese or in English.", $"{field}.zh")
            : text.CheckLength(field, most);

    private Refusal? CheckFields() =>
        Fields.Count is 0 or > MaxFields || Fields.Distinct().Count() != Fields.Count || !Fields.All(Enum.IsDefined)
            ? Refusal.Invalid("fields-count", $"请选择 1 至 {MaxFields} 个不同的技术领域。", $"Choose 1 to {MaxFields} different fields.", "fields")
            : null;

    private Refusal? CheckPayments() => Payments.Distinct().Count() != Payments.Count || !Payments.All(Enum.IsDefined)
        ? Refusal.Invalid("payments-repeated", "每种付款方式只能选择一次。", "Choose each way to pay once.", "payments")
        : null;

    [GeneratedRegex("^[0-9]{2}\\z")]
    private static partial Regex TwoDigits();
}
