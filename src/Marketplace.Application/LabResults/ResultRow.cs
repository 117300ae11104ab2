using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;

namespace Marketplace.Application.LabResults;

/// <summary>What lists of results show and filter by.</summary>
/// <param name="IsPublic">Everybody may see it: under public notice, listed or suspended.</param>
/// <param name="NoticeClosesAtUtc">Null while no notice runs, or while an objection holds its clock.</param>
/// <param name="PublicSinceUtc">Orders the catalog.</param>
/// <param name="RightStatuses">Names of how its rights stand, each once, with spaces between.</param>
[ReadTable("results")]
public sealed record ResultRow(
    string Result,
    string Lab,
    ResultStatus Status,
    bool IsPublic,
    string TitleZh,
    string TitleEn,
    string SummaryZh,
    string SummaryEn,
    TechnologyField Field,
    string Industry,
    int? ReadinessLevel,
    ReadinessScale? ReadinessScale,
    string RegionCode,
    PricingMethod? PricingMethod,
    long? PriceMinor,
    string? Currency,
    DateTime? NoticeClosesAtUtc,
    int OpenObjections,
    DateTime? PublicSinceUtc,
    DateTime? ListedAtUtc,
    string RightStatuses) : IReadRow
{
    /// <summary>What <see cref="RightStatuses"/> names.</summary>
    public IReadOnlyList<RightStatus> Rights() => SpacedNames.Parse<RightStatus>(RightStatuses);

    /// <summary>All rows of a result, from its state alone.</summary>
    public static IEnumerable<IReadRow> Of(string id, LabResultState state) => state is { Lab: { } lab, Content: { } content }
        ? [Row(id, lab, content, state), DueWork.Row($"result/{id}", DueWork.Notice, LabResult.NextWakeUtc(state))]
        : [];

    private static ResultRow Row(string id, OrganisationId lab, ResultContent content, LabResultState state) => new(
        id, lab.Value, state.Status, LabResult.IsPublic(state.Status), content.Title.Zh, content.Title.En, content.Summary.Zh, content.Summary.En,
        content.Field, content.Industry.Value, content.Readiness?.Level, content.Readiness?.Scale, content.RegionCode,
        state.Price?.Method, state.Price?.Amount.AmountMinor, state.Price?.Amount.Currency.Code,
        state.Notice?.ClosesAtUtc?.UtcDateTime, state.Notice?.OpenObjections.Count ?? 0,
        (state.ListedAtUtc ?? state.Notice?.StartedAtUtc)?.UtcDateTime, state.ListedAtUtc?.UtcDateTime,
        SpacedNames.Join(content.Rights.Select(r => r.Status).Order()));
}
