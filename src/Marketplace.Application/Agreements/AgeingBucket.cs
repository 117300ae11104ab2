using Marketplace.Domain;

namespace Marketplace.Application.Agreements;

/// <summary>What is overdue by so many days.</summary>
/// <param name="FromDays">Inclusive.</param>
/// <param name="ToDays">Inclusive; null: and more.</param>
/// <param name="Obligations">How many sums.</param>
public sealed record AgeingBucket(int FromDays, int? ToDays, Money Open, int Obligations)
{
    private static readonly (int From, int? To)[] Bounds = [(1, 14), (15, 29), (30, 59), (60, 89), (90, null)];

    /// <summary>The first and the last due date of it, first null: since ever. A list of sums overdue that were due on these days adds up to it.</summary>
    public (DateOnly? DueFrom, DateOnly DueTo) DueDates(DateOnly today) => (ToDays is { } to ? today.AddDays(-to) : null, today.AddDays(-FromDays));

    /// <summary>All buckets, empty ones too.</summary>
    /// <param name="overdue">By due date, in this currency.</param>
    internal static IReadOnlyList<AgeingBucket> Of(IEnumerable<(DateOnly DueOn, long OpenMinor, int Count)> overdue, Currency currency, DateOnly today)
    {
        var late = overdue.Select(o => (Days: today.DayNumber - o.DueOn.DayNumber, o.OpenMinor, o.Count)).ToList();
        return
        [
            .. Bounds.Select(b => (b.From, b.To, Inside: late.Where(l => l.Days >= b.From && (b.To is null || l.Days <= b.To)).ToList()))
                .Select(b => new AgeingBucket(b.From, b.To, new Money(b.Inside.Sum(l => l.OpenMinor), currency), b.Inside.Sum(l => l.Count))),
        ];
    }
}
