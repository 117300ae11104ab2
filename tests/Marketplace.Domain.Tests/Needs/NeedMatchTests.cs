using CsCheck;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;

namespace Marketplace.Domain.Tests.Needs;

public sealed class NeedMatchTests
{
    private static readonly Gen<BilingualText> Text = Gen.Select(Gen.String[Gen.Char["固态电池解质的 ，"], 0, 12], Gen.String[Gen.Char["solid tae"], 0, 12], (zh, en) => new BilingualText(zh, en));
    private static readonly Gen<Money> Sum = Gen.Select(Gen.Long[1, 1_000], Gen.Bool, (minor, isCny) => new Money(minor, isCny ? Currency.Cny : Currency.Parse("EUR", "currency").Value));
    private static readonly Gen<IReadOnlyList<PaymentModel>> Models = Gen.Enum<PaymentModel>().HashSet[0, 4].Select(set => (IReadOnlyList<PaymentModel>)[.. set]);
    private static readonly Gen<MatchedOffer> Offer = Gen.Select(Models.Where(m => m.Count > 0), Gen.Int[1, 24], (models, months) => new MatchedOffer(models, months));

    private static readonly Gen<NeedContent> Needs = Gen.Select(
        Text, Text, Gen.Enum<TechnologyField>().HashSet[1, 3], Gen.Int[1, 9].Nullable(), Sum.Nullable(), Models, Gen.Int[1, 24].Nullable(),
        (title, problem, fields, readiness, budget, payments, trial) => new NeedContent(title, problem, [.. fields], readiness, budget, payments, trial, "12", new DateOnly(2027, 1, 1), false));

    private static readonly Gen<MatchedResult> Results = Gen.Select(
        Text, Text, Gen.Enum<TechnologyField>(), Gen.Int[1, 9].Nullable(), Gen.Bool.Select(isTianjin => isTianjin ? "12" : "31"), Sum.Nullable(), Offer.List[0, 3],
        (title, summary, field, readiness, region, price, offers) => new MatchedResult(title, summary, field, readiness, region, price, offers));

    [Fact]
    public void Every_respect_is_told_of_with_its_numbers()
    {
        var match = NeedMatch.Of(Asked(), Found());

        Assert.Equal(
            [
                new(MatchPart.Field, true, 30), new(MatchPart.Words, true, 18), new(MatchPart.Readiness, true, 15), new(MatchPart.Budget, true, 10), new(MatchPart.Payment, true, 10),
                new(MatchPart.Trial, true, 10), new(MatchPart.Region, true, 5), new MatchReason(MatchPart.Offer, true, 10),
            ],
            match.Reasons.Select(r => new MatchReason(r.Part, r.Fits, r.Points)));
        Assert.Equal(108, match.Score);
        Assert.Equal(["solid", "固态电池", "电解质"], match.Reasons[1].Words!);
        Assert.Equal((6, 5), (match.Reasons[2].Has, match.Reasons[2].Asked));
        Assert.Equal([PaymentModel.RunningRoyalty], match.Reasons[4].Payments!);
        Assert.True(match.IsGood);
    }

    [Fact]
    public void What_falls_short_is_told_of_too()
    {
        var match = NeedMatch.Of(
            Asked(),
            Found() with { Readiness = 4, Price = new Money(600_000_00, Currency.Cny), Field = TechnologyField.Blockchain, Region = "31", Offers = [new([PaymentModel.BuyOut], 3)] });

        Assert.Equal([false, true, false, false, false, false, false, true], match.Reasons.Select(r => r.Fits));
        Assert.Equal(-5, match.Reasons.Single(r => r.Part == MatchPart.Readiness).Points);
        Assert.False(match.IsGood);
    }

    [Fact]
    public void A_field_alone_is_related_but_no_news()
    {
        var match = NeedMatch.Of(Asked(), Found() with { Title = new("水处理膜", "Membrane"), Summary = BilingualText.Empty });

        Assert.True(match is { IsRelated: true, IsGood: false, Score: >= NeedMatch.GoodScore });
        Assert.False(NeedMatch.Of(Asked(), Found() with { Title = new("水处理膜", "Membrane"), Summary = BilingualText.Empty, Field = TechnologyField.Blockchain }).IsRelated);
    }

    [Fact]
    public void What_fits_is_news_before_it_is_offered() => Assert.True(NeedMatch.Of(
        Asked() with { MinReadiness = null, Budget = null, Payments = [], TrialMonths = null, Region = null }, Found() with { Offers = [] }).IsGood);

    [Fact]
    public void Points_of_the_reasons_add_up_to_the_score() => Gen.Select(Needs, Results).Sample((need, result) =>
    {
        var match = NeedMatch.Of(need, result);
        Assert.Equal(match.Reasons.Sum(r => r.Points), match.Score);
        Assert.Distinct(match.Reasons.Select(r => r.Part));
        Assert.Equal(match.Reasons.OrderBy(r => r.Part), match.Reasons);
    });

    [Fact]
    public void The_order_in_which_things_are_said_does_not_matter() => Gen.Select(Needs, Results).Sample((need, result) => Assert.Equal(
        NeedMatch.Of(need, result).Score,
        NeedMatch.Of(
            need with { Fields = [.. need.Fields.Reverse()], Payments = [.. need.Payments.Reverse()], Title = need.Problem, Problem = need.Title },
            result with { Offers = [.. result.Offers.Reverse()], Title = result.Summary, Summary = result.Title }).Score));

    [Fact]
    public void A_better_result_never_scores_lower() => Gen.Select(Needs, Results, Gen.Int[1, 9], Gen.Long[1, 1_000], Offer, Text).Sample((need, result, level, less, offer, more) =>
    {
        var score = NeedMatch.Of(need, result).Score;
        Assert.True(NeedMatch.Of(need, result with { Readiness = Math.Max(level, result.Readiness ?? 0) }).Score >= score, "riper");
        Assert.True(result.Price is not { } price || NeedMatch.Of(need, result with { Price = price with { AmountMinor = Math.Max(1, price.AmountMinor - less) } }).Score >= score, "cheaper");
        Assert.True(NeedMatch.Of(need, result with { Offers = [.. result.Offers, offer] }).Score >= score, "one more offer");
        Assert.True(NeedMatch.Of(need, result with { Summary = new($"{result.Summary.Zh}。{more.Zh}", $"{result.Summary.En}. {more.En}") }).Score >= score, "more words");
        Assert.True(NeedMatch.Of(need, result with { Field = need.Fields[0] }).Score >= score, "the same field");
    });

    [Fact]
    public void Asking_for_less_never_scores_lower() => Gen.Select(Needs.Where(n => n.MinReadiness > 1), Results, Gen.Long[1, 1_000]).Sample((need, result, more) =>
    {
        var score = NeedMatch.Of(need, result).Score;
        Assert.True(NeedMatch.Of(need with { MinReadiness = need.MinReadiness - 1 }, result).Score >= score, "less ripe will do");
        Assert.True(need.Budget is not { } budget || NeedMatch.Of(need with { Budget = budget with { AmountMinor = budget.AmountMinor + more } }, result).Score >= score, "a larger budget");
    });

    private static NeedContent Asked() => new(
        new("固态电池电解质", "Solid-state"), new("", ""), [TechnologyField.NewEnergy, TechnologyField.NewMaterials], 5, new Money(500_000_00, Currency.Cny),
        [PaymentModel.RunningRoyalty, PaymentModel.Milestone], 6, "12", new DateOnly(2027, 1, 1), IsNamed: false);

    private static MatchedResult Found() => new(
        new("固态电池用的电解质薄膜", "A solid electrolyte"), new("室温导电。", ""), TechnologyField.NewEnergy, 6, "12", new Money(300_000_00, Currency.Cny),
        [new([PaymentModel.RunningRoyalty, PaymentModel.MinimumAnnualRoyalty], 12), new([PaymentModel.BuyOut], 3)]);
}
