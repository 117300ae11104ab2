using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Catalog;

/// <summary>A public result with all that a reader can ask of the catalog, in memory: what fits here is what an index would find. A test compares them.</summary>
/// <param name="Title">Tokens, in both languages.</param>
/// <param name="Body">Tokens of the summary and the laboratory's name.</param>
/// <param name="Region">First two digits of GB/T 2260.</param>
/// <param name="Licences">Of any offer that is open today, as payments, trials and covers.</param>
public sealed record ListedNow(
    string Lab, string Title, string Body, TechnologyField Field, int? Readiness, string Region, ResultStatus Status,
    IReadOnlyList<LicenceKind> Licences, IReadOnlyList<PaymentModel> Payments, IReadOnlyList<TrialLength> Trials,
    IReadOnlyList<RightStatus> Rights, IReadOnlyList<OfferCover> Covers);

/// <summary>A filter whose words are parted once, to be held beside many results.</summary>
public sealed class PreparedFilter(CatalogFilter filter)
{
    /// <summary>Null: nothing was typed.</summary>
    private readonly IReadOnlyList<AskedWord>? words = filter.Text is { } text ? Words.Asked(text) : null;

    public bool Fits(ListedNow listed) =>
        IsAmong(filter.Fields, listed.Field)
        && (filter.Readiness.Count == 0 || (listed.Readiness is { } level && filter.Readiness.Contains(level)))
        && IsAmong(filter.Regions, listed.Region)
        && IsAmong(filter.Statuses, listed.Status)
        && (filter.Lab is not { } lab || lab.Value == listed.Lab)
        && AreAmong(filter.Licences, listed.Licences) && AreAmong(filter.Payments, listed.Payments) && AreAmong(filter.Trials, listed.Trials)
        && AreAmong(filter.Rights, listed.Rights) && AreAmong(filter.Covers, listed.Covers)
        && (words is null || (words.Count > 0 && words.All(word => word.IsIn(listed.Title) || word.IsIn(listed.Body)))); // signs alone fit nothing

    private static bool IsAmong<T>(IReadOnlyList<T> chosen, T value) => chosen.Count == 0 || chosen.Contains(value);

    private static bool AreAmong<T>(IReadOnlyList<T> chosen, IReadOnlyList<T> values) => chosen.Count == 0 || values.Any(chosen.Contains);
}
