using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;

namespace Marketplace.Application.Needs;

/// <param name="Fields">Names, each between spaces: <c> NewEnergy NewMaterials </c>.</param>
/// <param name="PaymentModels">Names with spaces between; empty: any.</param>
/// <param name="WantedUntil">Last local day on which it is open.</param>
/// <param name="Waiting">Suggestions that the company has not answered.</param>
[ReadTable("needs")]
public sealed record NeedRow(
    string Need,
    string Company,
    NeedStatus Status,
    NeedClosing? Closing,
    bool IsNamed,
    string TitleZh,
    string TitleEn,
    string ProblemZh,
    string ProblemEn,
    string Fields,
    int? MinReadiness,
    long? BudgetMinor,
    string? Currency,
    string PaymentModels,
    int? TrialMonths,
    string? Region,
    DateOnly WantedUntil,
    DateTime PublishedAtUtc,
    int Suggestions,
    int Waiting) : IReadRow
{
    /// <summary>All rows of a need, from its state alone.</summary>
    public static IEnumerable<IReadRow> Of(string id, NeedState state) => state is { Company: { } company, Content: { } content }
        ? [Row(id, company, content, state), .. state.Suggestions.Select(s => SuggestionRow.Of(id, company, s))]
        : [];

    public Money? Budget() => this is { BudgetMinor: { } minor, Currency: { } code } ? new Money(minor, Domain.Currency.Parse(code, "currency").Value) : null;

    public IReadOnlyList<TechnologyField> FieldList() => [.. Names<TechnologyField>(Fields)];

    public bool IsOpenOn(DateOnly day) => Status == NeedStatus.Open && day <= WantedUntil;

    /// <summary>What the company has published.</summary>
    public NeedContent Content() => new(
        new(TitleZh, TitleEn), new(ProblemZh, ProblemEn), FieldList(), MinReadiness, Budget(), [.. Names<PaymentModel>(PaymentModels)], TrialMonths, Region, WantedUntil, IsNamed);

    /// <summary>As <see cref="Fields"/> has it.</summary>
    public static string Between(TechnologyField field) => $" {field} ";

    private static NeedRow Row(string id, OrganisationId company, NeedContent content, NeedState state) => new(
        id, company.Value, state.Status, state.Closing, content.IsNamed, content.Title.Zh, content.Title.En, content.Problem.Zh, content.Problem.En,
        $" {string.Join(' ', content.Fields)} ", content.MinReadiness, content.Budget?.AmountMinor, content.Budget?.Currency.Code, string.Join(' ', content.Payments),
        content.TrialMonths, content.Region, content.WantedUntil, state.PublishedAtUtc.UtcDateTime, state.Suggestions.Count, state.Suggestions.Count(s => s.Answer is null));

    private static IEnumerable<T> Names<T>(string names) where T : struct, Enum => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<T>);
}

/// <summary>A result that was suggested for a need.</summary>
/// <param name="Reason">Of the answer; null: none given.</param>
[ReadTable("need_suggestions", keyLength: 2)]
public sealed record SuggestionRow(string Need, string Result, string Company, string Lab, string Note, DateTime AtUtc, SuggestionAnswer? Answer, string? Reason) : IReadRow
{
    public static SuggestionRow Of(string need, OrganisationId company, Suggestion suggestion) => new(
        need, suggestion.Result.Value, company.Value, suggestion.Lab.Value, suggestion.Note, suggestion.AtUtc.UtcDateTime, suggestion.Answer, suggestion.Reason);
}
