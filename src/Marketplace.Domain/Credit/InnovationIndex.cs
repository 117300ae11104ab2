using System.Collections.Frozen;
using System.Globalization;

namespace Marketplace.Domain.Credit;

/// <summary>How far a company has come; each stage has its own weights and bounds.</summary>
public enum GrowthStage
{
    /// <summary>初创期.</summary>
    StartUp,

    /// <summary>成长期.</summary>
    Growth,

    /// <summary>稳定期.</summary>
    Mature,
}

public enum IndicatorClass
{
    /// <summary>技术创新.</summary>
    Innovation,

    /// <summary>成长经营.</summary>
    Growth,

    /// <summary>辅助.</summary>
    Auxiliary,
}

/// <summary>One figure that a company is assessed by.</summary>
/// <param name="Key">Its name in requests, unit last: <c>rdSpendingMinor</c> (CNY minor units), <c>rdStaffSharePpm</c>; a count has no unit.</param>
/// <param name="Lowest">A figure below is a slip of the pen.</param>
/// <param name="Highest">A figure above is one too.</param>
public sealed record Indicator(string Key, IndicatorClass Class, BilingualText Name, long Lowest, long Highest);

/// <param name="Points">0 … <paramref name="MostPoints"/>.</param>
/// <param name="MostPoints">Weight of the indicator in this stage.</param>
public sealed record InnovationPart(string Indicator, IndicatorClass Class, BilingualText Name, long Figure, int Points, int MostPoints);

/// <param name="WeightsVersion">Number of the <see cref="InnovationIndex"/> that counted: the same figures count the same for ever.</param>
/// <param name="Points">0 … 10 000, the sum of the parts.</param>
public sealed record InnovationAssessment(int WeightsVersion, GrowthStage Stage, int Points, IReadOnlyList<InnovationPart> Parts);

/// <summary>
/// Innovation points (企业创新积分): 18 indicators in three classes, weighted by the growth stage of the company, and what a company with so
/// many points may hold deferred at once. Classes and indicators follow the national guideline of 2024 (“创新积分制”工作指引); weights, bounds and
/// limits are the zone's. All of it is versioned data beside this file; a version, once used, is never changed, a new one is added below it:
/// <list type="bullet">
/// <item><c>innovation-indicators.csv</c>: names of the indicators, and the figures between which they are believable.</item>
/// <item><c>innovation-weights.csv</c>: weight per stage (sum 10 000). Points run in a line from 0 at the lower bound to the weight at the upper.</item>
/// <item><c>exposure-limits.csv</c>: from so many points on, so much in CNY minor units. From 0 is also what holds without an assessment.</item>
/// </list>
/// </summary>
public sealed class InnovationIndex
{
    /// <summary>What the weights of a stage sum to.</summary>
    public const int MostPoints = 10_000;

    private const int IndicatorCount = 18;

    private static readonly FrozenDictionary<int, InnovationIndex> Versions = Read(
        PublishedTable.Rows("innovation-indicators.csv", "version,indicator,class,zh,en,lowest,highest"),
        PublishedTable.Rows("innovation-weights.csv", "version,stage,indicator,weight,lower,upper"),
        PublishedTable.Rows("exposure-limits.csv", "version,from_points,limit_minor"));

    private readonly FrozenDictionary<(GrowthStage, string), Scale> scales;
    private readonly Step[] steps;

    private InnovationIndex(int number, Indicator[] indicators, FrozenDictionary<(GrowthStage, string), Scale> scales, Step[] steps) =>
        (Number, Indicators, this.scales, this.steps) = (number, indicators, scales, steps);

    private sealed record Scale(int Weight, long Lower, long Upper)
    {
        public int PointsOf(long figure) =>
            (int)Rounding.HalfEven(((Int128)Math.Clamp(figure, Lower, Upper) - Lower) * Weight, (Int128)Upper - Lower);
    }

    private sealed record Step(int FromPoints, long LimitMinor);

    /// <summary>The newest version.</summary>
    public static InnovationIndex Current { get; } = Versions[Versions.Keys.Max()];

    public int Number { get; }

    /// <summary>In the order in which a form asks for them.</summary>
    public IReadOnlyList<Indicator> Indicators { get; }

    /// <exception cref="ArgumentOutOfRangeException">There never was such a version.</exception>
    public static InnovationIndex Version(int number) => Versions.GetValueOrDefault(number)
        ?? throw new ArgumentOutOfRangeException(nameof(number), number, "There is no such version of the innovation index.");

    /// <summary>Refuses <c>growth-stage-unknown</c>, <c>figures-missing</c>, <c>indicator-unknown</c>, <c>figure-missing</c> and <c>figure-absurd</c>.</summary>
    /// <param name="figures">Every indicator's key with its figure of the last full year; what a company does not have is 0.</param>
    public Result<InnovationAssessment> Assess(GrowthStage stage, IReadOnlyDictionary<string, long>? figures)
    {
        if (Check(stage, figures) is { } refusal)
        {
            return refusal;
        }

        InnovationPart[] parts = [.. Indicators.Select(i => Part(i, scales[(stage, i.Key)], figures![i.Key]))];
        return new InnovationAssessment(Number, stage, parts.Sum(p => p.Points), parts);
    }

    /// <summary>What a company may hold deferred at once, CNY minor units; never less for more points.</summary>
    /// <param name="points">Of its assessment; null: it has none.</param>
    public long ExposureLimitMinor(int? points)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points ?? 0, nameof(points));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points ?? 0, MostPoints, nameof(points));
        return steps.Last(s => s.FromPoints <= (points ?? 0)).LimitMinor;
    }

    private static InnovationPart Part(Indicator indicator, Scale scale, long figure) =>
        new(indicator.Key, indicator.Class, indicator.Name, figure, scale.PointsOf(figure), scale.Weight);

    private Refusal? Check(GrowthStage stage, IReadOnlyDictionary<string, long>? figures)
    {
        if (!Enum.IsDefined(stage))
        {
            return Refusal.Invalid(
                "growth-stage-unknown", "发展阶段应为初创期、成长期或稳定期。", "The growth stage is StartUp, Growth or Mature.", "stage");
        }

        if (figures is null)
        {
            return Refusal.Invalid("figures-missing", "请填写各项指标。", "There are no figures.", "figures");
        }

        if (figures.Keys.Except(Indicators.Select(i => i.Key)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            return Refusal.Invalid(
                "indicator-unknown",
                $"没有“{InputText.Shown(unknown)}”这项指标。",
                $"There is no indicator \"{InputText.Shown(unknown)}\".",
                $"figures.{InputText.Shown(unknown)}");
        }

        return Indicators.Select(i => figures.TryGetValue(i.Key, out var figure) ? Believable(i, figure) : Missing(i)).FirstOrDefault(r => r is not null);
    }

    private static Refusal Missing(Indicator indicator) => Refusal.Invalid(
        "figure-missing", $"请填写“{indicator.Name.Zh}”，没有时填 0。", $"The figure for {indicator.Name.En} is missing; write 0 for none.", $"figures.{indicator.Key}");

    private static Refusal? Believable(Indicator indicator, long figure) => figure >= indicator.Lowest && figure <= indicator.Highest
        ? null
        : Refusal.Invalid(
            "figure-absurd",
            $"“{indicator.Name.Zh}”应在 {indicator.Lowest} 与 {indicator.Highest} 之间，实为 {figure}。",
            $"The figure for {indicator.Name.En} lies between {indicator.Lowest} and {indicator.Highest}, but is {figure}.",
            $"figures.{indicator.Key}");

    /// <exception cref="InvalidDataException">The tables contradict themselves.</exception>
    private static FrozenDictionary<int, InnovationIndex> Read(
        IReadOnlyList<string[]> indicators, IReadOnlyList<string[]> weights, IReadOnlyList<string[]> limits) =>
        indicators.GroupBy(row => row[0]).Select(version => Checked(
            (int)Whole(version.Key),
            [.. version.Select(row => new Indicator(
                row[1], Enum.Parse<IndicatorClass>(row[2]), new BilingualText(row[3], row[4]), Whole(row[5]), Whole(row[6])))],
            weights.Where(row => row[0] == version.Key).ToFrozenDictionary(
                row => (Enum.Parse<GrowthStage>(row[1]), row[2]), row => new Scale((int)Whole(row[3]), Whole(row[4]), Whole(row[5]))),
            [.. limits.Where(row => row[0] == version.Key).Select(row => new Step((int)Whole(row[1]), Whole(row[2])))]))
        .ToFrozenDictionary(index => index.Number);

    private static InnovationIndex Checked(int number, Indicator[] indicators, FrozenDictionary<(GrowthStage, string), Scale> scales, Step[] steps)
    {
        void Must(bool holds, string what)
        {
            if (!holds)
            {
                throw new InvalidDataException($"Version {number} of the innovation index: {what}.");
            }
        }

        Must(indicators.Select(i => i.Key).Distinct().Count() == IndicatorCount && indicators.Length == IndicatorCount, $"not {IndicatorCount} indicators");
        Must(scales.Count == Enum.GetValues<GrowthStage>().Length * IndicatorCount, "a weight is missing or belongs to no indicator");
        foreach (var stage in Enum.GetValues<GrowthStage>())
        {
            Must(indicators.All(i => scales.ContainsKey((stage, i.Key))), $"a weight of {stage} is missing");
            Must(indicators.Sum(i => scales[(stage, i.Key)].Weight) == MostPoints, $"the weights of {stage} do not sum to {MostPoints}");
            Must(
                indicators.All(i => scales[(stage, i.Key)] is { Weight: > 0 } s && i.Lowest <= s.Lower && s.Lower < s.Upper && s.Upper <= i.Highest),
                $"a bound or weight of {stage} is out of order");
        }

        Must(steps is [{ FromPoints: 0 }, ..], "no limit from 0 points");
        Must(steps.Zip(steps.Skip(1)).All(pair => pair.First.FromPoints < pair.Second.FromPoints && pair.First.LimitMinor < pair.Second.LimitMinor), "limits do not rise");
        return new InnovationIndex(number, indicators, scales, steps);
    }

    private static long Whole(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
