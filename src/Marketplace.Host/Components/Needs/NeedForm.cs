using System.Globalization;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Needs;

/// <summary>What a company looks for, as it is typed: what is left empty is not asked for. Budgets are typed in CNY.</summary>
public static class NeedForm
{
    /// <summary>Those that a refusal can stand beside.</summary>
    public static readonly IReadOnlyList<string> Fields =
        ["title.zh", "title.en", "problem.zh", "problem.en", "fields", "minReadiness", "budget", "payments", "trialMonths", "region", "wantedUntil"];

    /// <summary>What stands in the fields at first.</summary>
    /// <param name="content">Null: a need that there is not yet.</param>
    public static IReadOnlyDictionary<string, string> Written(NeedContent? content, DateOnly today) => content is null
        ? new Dictionary<string, string> { ["wantedUntil"] = Written(today.AddMonths(6)) }
        : new Dictionary<string, string>
        {
            ["title.zh"] = content.Title.Zh,
            ["title.en"] = content.Title.En,
            ["problem.zh"] = content.Problem.Zh,
            ["problem.en"] = content.Problem.En,
            ["fields"] = string.Join(',', content.Fields),
            ["minReadiness"] = content.MinReadiness?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["budget"] = content.Budget?.ToDecimal() ?? "",
            ["payments"] = string.Join(',', content.Payments),
            ["trialMonths"] = content.TrialMonths?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["region"] = content.Region ?? "",
            ["wantedUntil"] = Written(content.WantedUntil),
            ["isNamed"] = content.IsNamed ? "true" : "",
        };

    public static NeedContent Read(TypedForm form) => new(
        new(form.Text("title.zh"), form.Text("title.en")), new(form.Text("problem.zh"), form.Text("problem.en")), form.Chosen<TechnologyField>("fields"),
        form.TextOrNull("minReadiness") is null ? null : form.Whole("minReadiness"), form.TextOrNull("budget") is null ? null : form.Amount("budget", Currency.Cny), form.Chosen<PaymentModel>("payments"),
        form.TextOrNull("trialMonths") is null ? null : form.Whole("trialMonths"), form.TextOrNull("region"), form.Day("wantedUntil"), form.Typed("isNamed") == "true");

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
