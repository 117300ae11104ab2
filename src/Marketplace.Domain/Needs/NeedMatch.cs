using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Needs;

/// <summary>What of a listed result is held beside a need.</summary>
/// <param name="Readiness">Level 1 to 9, whatever its scale; null: not said.</param>
/// <param name="Region">First two digits of GB/T 2260.</param>
/// <param name="Price">As proposed in the public notice; null: none.</param>
/// <param name="Offers">That may be applied for today.</param>
public sealed record MatchedResult(
    BilingualText Title, BilingualText Summary, TechnologyField Field, int? Readiness, string Region, Money? Price, IReadOnlyList<MatchedOffer> Offers);

public sealed record MatchedOffer(IReadOnlyList<PaymentModel> Payments, int TrialMonths);

/// <summary>What a reason looks at.</summary>
public enum MatchPart
{
    Field,
    Words,
    Readiness,
    Budget,
    Payment,
    Trial,
    Region,
    Offer,
}

/// <summary>Why a result fits a need, or does not, in one respect. What the sentence needs is there, the rest is null.</summary>
/// <param name="Fits">False: it falls short; null: it cannot be told, since the result or the offer does not say.</param>
/// <param name="Points">Its part of the score; negative where it falls short.</param>
public sealed record MatchReason(MatchPart Part, bool? Fits, int Points)
{
    public TechnologyField? Field { get; init; }

    /// <summary>In common, as the need has them.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Level or months that the result has.</summary>
    public int? Has { get; init; }

    /// <summary>Level or months that are asked for.</summary>
    public int? Asked { get; init; }

    public Money? Price { get; init; }

    public Money? Budget { get; init; }

    public IReadOnlyList<PaymentModel>? Payments { get; init; }

    /// <summary>Province.</summary>
    public string? Region { get; init; }
}

/// <summary>
/// How well a result fits a need, in whole points, and why. Pure: nothing but need and result is looked at, so that both sides are told the same.
/// Field 30; words in common 3 each pair of characters or word, 30 at most; readiness 15; price within the budget 10; a way to pay 10;
/// length of the trial 10; province 5; an offer that can be applied for 10.
/// What falls short takes points away, so much that a better result never scores lower; a readiness that is not stated counts as none.
/// </summary>
/// <param name="Score">Sum of the reasons' points.</param>
/// <param name="Reasons">In the order of <see cref="MatchPart"/>.</param>
public sealed record NeedMatch(int Score, IReadOnlyList<MatchReason> Reasons)
{
    public const int FieldPoints = 30;
    public const int PointsOfWord = 3;
    public const int MostWordPoints = 30;
    public const int ReadinessPoints = 15;
    public const int PointsOfLevelShort = 5;
    public const int BudgetPoints = 10;
    public const int PaymentPoints = 10;
    public const int TrialPoints = 10;
    public const int ShortPoints = 5;
    public const int RegionPoints = 5;
    public const int OfferPoints = 2 * ShortPoints; // an offer that suits in nothing is not worse than none

    /// <summary>From here on people are told of it without asking. An offer does not count for this: what has just been listed cannot have one yet.</summary>
    public const int GoodScore = 45;

    /// <summary>Words that are shown; all of them count.</summary>
    private const int MostWordsShown = 8;

    /// <summary>Something says that the two have to do with each other; else the rest means nothing.</summary>
    public bool IsRelated => Reasons.Any(r => r is { Part: MatchPart.Field or MatchPart.Words, Fits: true });

    /// <summary>Worth telling of unasked: a whole field of technology is no reason yet, some word has to be common too.</summary>
    public bool IsGood => Reasons.Where(r => r.Part != MatchPart.Offer).Sum(r => r.Points) >= GoodScore && Reasons.Any(r => r is { Part: MatchPart.Words, Fits: true });

    public static NeedMatch Of(NeedContent need, MatchedResult result)
    {
        MatchReason[] reasons =
        [
            .. new[]
            {
                OfField(need, result), OfWords(need, result), OfReadiness(need, result), OfBudget(need, result), OfPayment(need, result), OfTrial(need, result), OfRegion(need, result),
                result.Offers.Count > 0 ? new MatchReason(MatchPart.Offer, true, OfferPoints) : new MatchReason(MatchPart.Offer, null, 0),
            }.OfType<MatchReason>(),
        ];
        return new NeedMatch(reasons.Sum(r => r.Points), reasons);
    }

    private static MatchReason OfField(NeedContent need, MatchedResult result) => need.Fields.Contains(result.Field)
        ? new(MatchPart.Field, true, FieldPoints) { Field = result.Field }
        : new(MatchPart.Field, false, 0) { Field = result.Field };

    private static MatchReason? OfWords(NeedContent need, MatchedResult result)
    {
        var (words, count) = CommonWords.Of([need.Title.Zh, need.Title.En, need.Problem.Zh, need.Problem.En], [result.Title.Zh, result.Title.En, result.Summary.Zh, result.Summary.En]);
        return count == 0 ? null : new(MatchPart.Words, true, Math.Min(MostWordPoints, count * PointsOfWord)) { Words = [.. words.Take(MostWordsShown)] };
    }

    private static MatchReason? OfReadiness(NeedContent need, MatchedResult result) => (need.MinReadiness, result.Readiness) switch
    {
        (null, _) => null,
        ({ } asked, null) => new(MatchPart.Readiness, null, -PointsOfLevelShort * asked) { Asked = asked }, // as a level below all there are: one that is stated is never worse
        ({ } asked, { } has) when has >= asked => new(MatchPart.Readiness, true, ReadinessPoints) { Asked = asked, Has = has },
        ({ } asked, { } has) => new(MatchPart.Readiness, false, -PointsOfLevelShort * (asked - has)) { Asked = asked, Has = has },
    };

    /// <summary>Prices of another currency are not compared: no rate of exchange is anybody's promise.</summary>
    private static MatchReason? OfBudget(NeedContent need, MatchedResult result) => (need.Budget, result.Price) switch
    {
        (null, _) => null,
        ({ } budget, { } price) when price.Currency == budget.Currency => price <= budget
            ? new(MatchPart.Budget, true, BudgetPoints) { Budget = budget, Price = price }
            : new(MatchPart.Budget, false, -BudgetPoints) { Budget = budget, Price = price },
        ({ } budget, var price) => new(MatchPart.Budget, null, 0) { Budget = budget, Price = price },
    };

    private static MatchReason? OfPayment(NeedContent need, MatchedResult result)
    {
        if (need.Payments.Count == 0 || result.Offers.Count == 0)
        {
            return null;
        }

        PaymentModel[] suiting = [.. result.Offers.SelectMany(o => o.Payments).Distinct().Where(need.Payments.Contains).Order()];
        return suiting.Length > 0
            ? new(MatchPart.Payment, true, PaymentPoints) { Payments = suiting }
            : new(MatchPart.Payment, false, -ShortPoints) { Payments = [.. result.Offers.SelectMany(o => o.Payments).Distinct().Order()] };
    }

    private static MatchReason? OfTrial(NeedContent need, MatchedResult result)
    {
        if (need.TrialMonths is not { } asked || result.Offers.Count == 0)
        {
            return null;
        }

        var longest = result.Offers.Max(o => o.TrialMonths);
        return longest >= asked
            ? new(MatchPart.Trial, true, TrialPoints) { Asked = asked, Has = longest }
            : new(MatchPart.Trial, false, -ShortPoints) { Asked = asked, Has = longest };
    }

    private static MatchReason? OfRegion(NeedContent need, MatchedResult result) => need.Region is not { } wanted ? null
        : result.Region == wanted ? new(MatchPart.Region, true, RegionPoints) { Region = wanted }
        : new(MatchPart.Region, false, 0) { Region = result.Region };
}
