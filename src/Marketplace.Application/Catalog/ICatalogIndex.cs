using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Catalog;

/// <summary>
/// An index of the public catalog, beside the database and always a little behind it: it says which results fit, and the read tables say
/// what they are. Where there is none, the read tables are searched.
/// </summary>
public interface ICatalogIndex
{
    /// <summary>Results that fit, in the order asked for.</summary>
    /// <param name="after">The last place of the page before, of this or another host's index.</param>
    /// <returns>At most <paramref name="limit"/> places; null while there is no index.</returns>
    Task<IReadOnlyList<CatalogPlace>?> Find(CatalogFilter filter, CatalogOrder order, CatalogPlace? after, int limit, CancellationToken cancel);

    /// <summary>How many fit, and how many would with each other choice of a facet.</summary>
    /// <returns>Null while there is no index.</returns>
    Task<CatalogCounts?> Count(CatalogFilter filter, CancellationToken cancel);
}

public enum CatalogOrder
{
    Newest,

    /// <summary>First those whose title says all that was asked for, then the others; each newest first. Without words the same as newest.</summary>
    TitleFirst,
}

/// <summary>Where a listing stands in the catalog. The same on all hosts.</summary>
/// <param name="PublicSinceUtc">Whole microseconds.</param>
/// <param name="IsBelowTitles">It comes after those whose title matches.</param>
public sealed record CatalogPlace(DateTime PublicSinceUtc, string Result, bool IsBelowTitles = false);

/// <summary>What is asked of the catalog, as requests and saved searches carry it. Any member may be missing.</summary>
public interface ICatalogQuestion
{
    string? Text { get; }

    IReadOnlyList<TechnologyField>? Field { get; }

    IReadOnlyList<int>? Readiness { get; }

    IReadOnlyList<string>? Region { get; }

    IReadOnlyList<LicenceKind>? Licence { get; }

    IReadOnlyList<PaymentModel>? Payment { get; }

    IReadOnlyList<TrialLength>? Trial { get; }

    IReadOnlyList<RightStatus>? Right { get; }

    IReadOnlyList<OfferCover>? Cover { get; }

    ResultStatus? Status => null;

    OrganisationId? Lab => null;

    int? MinReadiness => null;
}

/// <summary>What a reader asks of the catalog: one of the choices of each facet that has some, and all words of the text.</summary>
/// <param name="Readiness">Technology readiness levels, 1 to 9, whatever their scale.</param>
/// <param name="Regions">First two digits of GB/T 2260: provinces.</param>
/// <param name="Licences">Of any offer that is open today, as payments, trials and covers.</param>
/// <param name="Rights">How any of the result's rights stands.</param>
public sealed record CatalogFilter(
    string? Text,
    IReadOnlyList<TechnologyField> Fields,
    IReadOnlyList<int> Readiness,
    IReadOnlyList<string> Regions,
    IReadOnlyList<LicenceKind> Licences,
    IReadOnlyList<PaymentModel> Payments,
    IReadOnlyList<TrialLength> Trials,
    IReadOnlyList<RightStatus> Rights,
    IReadOnlyList<OfferCover> Covers,
    IReadOnlyList<ResultStatus> Statuses,
    OrganisationId? Lab)
{
    public const int MaxTextCharacters = 100;
    public const int LowestReadiness = 1;
    public const int HighestReadiness = 9;

    /// <summary>It asks for everything there is.</summary>
    public bool IsEverything => this is
    {
        Text: null, Fields.Count: 0, Readiness.Count: 0, Regions.Count: 0, Licences.Count: 0, Payments.Count: 0, Trials.Count: 0,
        Rights.Count: 0, Covers.Count: 0, Statuses.Count: 0, Lab: null,
    };

    /// <summary>Refused when something is asked that is none of the catalog's.</summary>
    public static Result<CatalogFilter> Of(ICatalogQuestion asked)
    {
        if (asked.Text is { Length: 0 or > MaxTextCharacters })
        {
            return Refusal.Invalid("text-too-long", $"搜索词应为 1 至 {MaxTextCharacters} 个字符。", $"A search text has 1 to {MaxTextCharacters} characters.", "text");
        }

        if (asked.Readiness?.All(level => level is >= LowestReadiness and <= HighestReadiness) == false)
        {
            return Refusal.Invalid("readiness-out-of-range", "技术就绪度等级应为 1 至 9。", "A technology readiness level is 1 to 9.", "readiness");
        }

        if (asked.Region?.All(code => code is [>= '0' and <= '9', >= '0' and <= '9']) == false)
        {
            return Refusal.Invalid("region-malformed", "地区代码应为两位数字。", "A region has two digits.", "region");
        }

        // At least a level is any of those from it on; with levels chosen too, those of them.
        int[]? levels = asked.MinReadiness is { } least
            ? [.. Enumerable.Range(LowestReadiness, HighestReadiness).Where(level => level >= least && (asked.Readiness is not { Count: > 0 } chosen || chosen.Contains(level)))]
            : null;
        return levels is []
            ? Refusal.Invalid("readiness-out-of-range", "没有这样的技术就绪度等级。", "There is no such technology readiness level.", "minReadiness")
            : new CatalogFilter(
                asked.Text, asked.Field ?? [], levels ?? asked.Readiness ?? [], asked.Region ?? [], asked.Licence ?? [], asked.Payment ?? [], asked.Trial ?? [],
                asked.Right ?? [], asked.Cover ?? [], asked.Status is { } one ? [one] : [], asked.Lab);
    }
}

/// <summary>How long a trial of an offer is.</summary>
public enum TrialLength
{
    UpTo3Months,
    From4To6Months,
    From7To12Months,
    Longer,
}

public static class TrialLengths
{
    public static TrialLength Of(int months) => months switch
    {
        <= 3 => TrialLength.UpTo3Months,
        <= 6 => TrialLength.From4To6Months,
        <= 12 => TrialLength.From7To12Months,
        _ => TrialLength.Longer,
    };

    /// <summary>The months that it stands for, both included.</summary>
    public static (int Least, int Most) MonthsOf(TrialLength length) => length switch
    {
        TrialLength.UpTo3Months => (0, 3),
        TrialLength.From4To6Months => (4, 6),
        TrialLength.From7To12Months => (7, 12),
        TrialLength.Longer => (13, int.MaxValue),
    };
}

/// <summary>A number of listings.</summary>
/// <param name="Number">At most <see cref="CatalogCount.Most"/>.</param>
/// <param name="IsAtLeast">There are more than that: nobody has counted on.</param>
public readonly record struct CatalogCount(int Number, bool IsAtLeast)
{
    public const int Most = 10_000;

    /// <param name="isCutOff">It was counted among the newest only.</param>
    public static CatalogCount Of(long counted, bool isCutOff) => new((int)Math.Min(counted, Most), isCutOff || counted > Most);
}

/// <summary>How many would fit with this choice of a facet, whatever else of the same facet is chosen, and with what is chosen of all others.</summary>
public sealed record ChoiceCount<T>(T Value, CatalogCount Count);

/// <summary>Choices that nothing would fit are left out, unless they are chosen.</summary>
/// <param name="Total">How many fit all that was asked.</param>
public sealed record CatalogCounts(
    CatalogCount Total,
    IReadOnlyList<ChoiceCount<TechnologyField>> Fields,
    IReadOnlyList<ChoiceCount<int>> Readiness,
    IReadOnlyList<ChoiceCount<string>> Regions,
    IReadOnlyList<ChoiceCount<LicenceKind>> Licences,
    IReadOnlyList<ChoiceCount<PaymentModel>> Payments,
    IReadOnlyList<ChoiceCount<TrialLength>> Trials,
    IReadOnlyList<ChoiceCount<RightStatus>> Rights,
    IReadOnlyList<ChoiceCount<OfferCover>> Covers);
