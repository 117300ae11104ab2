using CsCheck;
using Marketplace.Domain.Credit;

namespace Marketplace.Domain.Tests.Credit;

public sealed class InnovationIndexTests
{
    private static readonly InnovationIndex Index = InnovationIndex.Current;
    private static readonly GrowthStage[] Stages = Enum.GetValues<GrowthStage>();

    private static readonly Gen<(GrowthStage Stage, long[] Figures)> Companies = Gen.Select(
        Gen.Enum<GrowthStage>(),
        // Mostly of a company's size: over the whole range nearly every figure would be above its upper bound.
        Gen.OneOf(Gen.Long[-100, 100], Gen.Long[-1_000_000, 1_000_000], Gen.Long[-100_000_000_000_000, 100_000_000_000_000]).Array[18],
        (stage, figures) => (stage, figures.Select((figure, i) => Math.Clamp(figure, Index.Indicators[i].Lowest, Index.Indicators[i].Highest)).ToArray()));

    // A start-up; bounds and weights of version 1, money in fen.
    [Theory]
    [InlineData("rdSpendingMinor", 0, 0)]
    [InlineData("rdSpendingMinor", 50_000_000, 250)] // CNY 500 000 of CNY 2 000 000: a quarter of 1000
    [InlineData("rdSpendingMinor", 200_000_000, 1_000)]
    [InlineData("rdSpendingMinor", 900_000_000, 1_000)] // above the upper bound nothing is added
    [InlineData("rdSpendingMinor", 100_000, 0)] // 0.5 points go to the even neighbour 0
    [InlineData("rdSpendingMinor", 300_000, 2)] // 1.5 points go to 2
    [InlineData("rdSpendingToRevenuePpm", 50_000, 0)] // the lower bound itself
    [InlineData("rdSpendingToRevenuePpm", 200_000, 400)] // (200 000 − 50 000) × 1200 ÷ 450 000
    [InlineData("rdStaffSharePpm", 350_000, 500)] // the middle of 10 % and 60 %
    [InlineData("inventionPatentApplications", 3, 540)] // 3 ÷ 5 of 900
    [InlineData("rdSpendingGrowthPpm", -1_000_000, 0)] // it shrank: below the lower bound nothing is taken away
    [InlineData("netMarginPpm", -500_000, 0)]
    [InlineData("netMarginPpm", 0, 167)] // 500 000 × 200 ÷ 600 000 = 166.67
    [InlineData("ventureCapitalMinor", 123_000_000, 172)] // 1.23 of 5 million: 172.2
    public void Points_run_in_a_line_between_the_bounds(string indicator, long figure, int points) =>
        Assert.Equal(points, Assessed(GrowthStage.StartUp, WithOnly(indicator, figure)).Parts.Single(p => p.Indicator == indicator).Points);

    [Theory]
    [InlineData(GrowthStage.StartUp, 1_710)] // 500 + 500 + 360 + 100; and without a loss 166.67 for the margin, 83.33 for the return on assets
    [InlineData(GrowthStage.Growth, 843)] // 50 ÷ 1950 of 1000 = 25.64, 250 ÷ 300 of 800 = 666.67, 2 ÷ 10 of 700 = 140, 20 ÷ 1000 of 500 = 10
    [InlineData(GrowthStage.Mature, 649)] // below the lower bound 0, above the upper one 600, 2 ÷ 30 of 700 = 46.67, 20 ÷ 5000 of 500 = 2
    public void The_same_company_counts_differently_in_each_stage(GrowthStage stage, int points)
    {
        var figures = Zero();
        figures["rdSpendingMinor"] = 100_000_000; // CNY 1 000 000
        figures["rdSpendingGrowthPpm"] = 250_000; // 25 %
        figures["inventionPatentApplications"] = 2;
        figures["technologyContractsMinor"] = 20_000_000; // CNY 200 000

        Assert.Equal(points, Assessed(stage, figures).Points);
    }

    [Fact]
    public void A_company_that_reaches_every_upper_bound_has_all_points_in_every_stage() =>
        Assert.All(Stages, stage => Assert.Equal(10_000, Assessed(stage, Index.Indicators.ToDictionary(i => i.Key, i => i.Highest)).Points));

    [Fact]
    public void A_company_below_every_lower_bound_has_none() =>
        Assert.All(Stages, stage => Assert.Equal(0, Assessed(stage, Index.Indicators.ToDictionary(i => i.Key, i => i.Lowest)).Points));

    [Fact]
    public void Weights_of_each_stage_sum_to_ten_thousand_and_there_are_eighteen_indicators_in_three_classes()
    {
        Assert.All(Stages, stage => Assert.Equal(10_000, Assessed(stage, Zero()).Parts.Sum(p => p.MostPoints)));
        Assert.Equal(18, Index.Indicators.Count);
        Assert.Equal([7, 6, 5], Index.Indicators.CountBy(i => i.Class).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Fact]
    public void An_assessment_says_by_which_version_it_was_counted_and_that_version_counts_the_same_again() => Companies.Sample(company =>
    {
        var assessment = Assessed(company.Stage, Figures(company.Figures));
        var again = InnovationIndex.Version(assessment.WeightsVersion).Assess(company.Stage, Figures(company.Figures)).Value;

        Assert.Equal((assessment.Points, assessment.Stage), (again.Points, again.Stage));
        Assert.Equal(assessment.Parts, again.Parts);
    });

    [Fact]
    public void Points_are_the_sum_of_the_parts_and_no_part_exceeds_its_weight() => Companies.Sample(company =>
    {
        var assessment = Assessed(company.Stage, Figures(company.Figures));

        Assert.Equal(assessment.Points, assessment.Parts.Sum(p => p.Points));
        Assert.InRange(assessment.Points, 0, 10_000);
        Assert.All(assessment.Parts, p => Assert.InRange(p.Points, 0, p.MostPoints));
    });

    [Fact]
    public void More_of_anything_never_costs_points() => Gen.Select(Companies, Gen.Int[0, 17], Gen.Long[0, 1_000_000_000_000]).Sample((company, place, more) =>
    {
        var better = company.Figures.ToArray();
        better[place] = Math.Min(better[place] + more, Index.Indicators[place].Highest);

        Assert.True(Assessed(company.Stage, Figures(better)).Points >= Assessed(company.Stage, Figures(company.Figures)).Points);
    });

    [Fact]
    public void A_missing_figure_is_named()
    {
        var figures = Zero();
        figures.Remove("graduatesHired");

        var refusal = Index.Assess(GrowthStage.Growth, figures).Refusal;

        Assert.Equal(("figure-missing", "figures.graduatesHired"), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData("rdSpendingMinor", -1)]
    [InlineData("rdStaffSharePpm", 1_000_001)] // more R&D staff than staff
    [InlineData("netMarginPpm", 1_000_001)] // more profit than revenue
    [InlineData("revenueGrowthPpm", -1_000_001)] // it cannot shrink by more than all
    [InlineData("revenueMinor", 100_000_000_000_001)]
    [InlineData("provincialAwards", long.MaxValue)]
    [InlineData("returnOnNetAssetsPpm", long.MinValue)]
    public void An_absurd_figure_is_refused(string indicator, long figure)
    {
        var figures = Zero();
        figures[indicator] = figure;

        var refusal = Index.Assess(GrowthStage.StartUp, figures).Refusal;

        Assert.Equal(("figure-absurd", $"figures.{indicator}"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void An_unknown_indicator_is_refused_before_anything_is_counted()
    {
        var figures = Zero();
        figures["RDSpendingMinor"] = 1;

        Assert.Equal("indicator-unknown", Index.Assess(GrowthStage.StartUp, figures).Refusal?.Code);
    }

    [Fact]
    public void Nothing_at_all_and_a_stage_that_does_not_exist_are_refused()
    {
        Assert.Equal("figures-missing", Index.Assess(GrowthStage.StartUp, null).Refusal?.Code);
        Assert.Equal("growth-stage-unknown", Index.Assess((GrowthStage)9, Zero()).Refusal?.Code);
    }

    [Theory]
    [InlineData(null, 300_000_000)] // CNY 3 000 000.00 for a company that was never assessed
    [InlineData(0, 300_000_000)]
    [InlineData(3_999, 300_000_000)]
    [InlineData(4_000, 800_000_000)]
    [InlineData(5_500, 1_500_000_000)]
    [InlineData(6_999, 1_500_000_000)]
    [InlineData(7_000, 3_000_000_000)]
    [InlineData(8_499, 3_000_000_000)]
    [InlineData(8_500, 5_000_000_000)]
    [InlineData(10_000, 5_000_000_000)]
    public void Points_give_the_exposure_limit(int? points, long limitMinor) => Assert.Equal(limitMinor, Index.ExposureLimitMinor(points));

    [Fact]
    public void More_points_never_lower_the_limit() => Assert.All(
        Enumerable.Range(1, 10_000), points => Assert.True(Index.ExposureLimitMinor(points) >= Index.ExposureLimitMinor(points - 1)));

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void Points_outside_the_scale_are_a_bug(int points) => Assert.Throws<ArgumentOutOfRangeException>(() => Index.ExposureLimitMinor(points));

    [Fact]
    public void A_version_that_never_was_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(() => InnovationIndex.Version(0));

    private static InnovationAssessment Assessed(GrowthStage stage, IReadOnlyDictionary<string, long> figures) => Index.Assess(stage, figures).Value;

    private static Dictionary<string, long> Zero() => Index.Indicators.ToDictionary(i => i.Key, _ => 0L);

    private static Dictionary<string, long> Figures(long[] figures) => Index.Indicators.Zip(figures).ToDictionary(f => f.First.Key, f => f.Second);

    private static Dictionary<string, long> WithOnly(string indicator, long figure)
    {
        var figures = Index.Indicators.ToDictionary(i => i.Key, i => i.Lowest);
        figures[indicator] = figure;
        return figures;
    }
}
