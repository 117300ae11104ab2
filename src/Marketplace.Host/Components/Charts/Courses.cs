using Marketplace.Application.Agreements;
using Marketplace.Domain.Agreements;
using Marketplace.Host.Components.Agreements;

namespace Marketplace.Host.Components.Charts;

/// <summary>What charts draw of agreements and trials, from what their pages are told anyway.</summary>
public static class Courses
{
    /// <summary>Sums that have come together by their due dates, minor units: principal, interest and costs, without what was waived.</summary>
    /// <returns>By day, from nothing; empty when nothing was ever owed.</returns>
    public static IReadOnlyList<(DateOnly Day, long Value)> Due(Agreement a)
    {
        var sums = a.Obligations
            .Select(o => (o.DueOn, Minor: o.OutstandingMinor + o.Principal.AllocatedMinor + o.Interest.AllocatedMinor + o.Costs.AllocatedMinor))
            .Where(o => o.Minor > 0);
        return SoFar(sums, a.Obligations.Count == 0 ? null : a.Obligations.Min(o => o.DueOn));
    }

    /// <summary>Money that has arrived in the agreement's currency less what was taken back, minor units, by the days on which it came and went.</summary>
    /// <param name="story">Of this agreement, oldest first.</param>
    public static IReadOnlyList<(DateOnly Day, long Value)> Received(Agreement a, IReadOnlyList<ToldEvent> story)
    {
        var moves = story
            .Select<ToldEvent, (DateOnly Day, long Minor)>(t => t.Happened switch
            {
                ReceiptRecorded e when e.Amount.Currency == a.Terms.Currency => (e.ReceivedOn, e.Amount.AmountMinor),
                ReceiptTakenBack e when e.Amount.Currency == a.Terms.Currency => (e.On, -e.Amount.AmountMinor),
                _ => default,
            })
            .Where(m => m.Minor != 0)
            .ToList();
        return SoFar(moves, moves.Count == 0 ? null : moves.Min(m => m.Day));
    }

    /// <summary>How many criteria the latest measurements did not meet, day by day, from the first day of a trial until today or its end.</summary>
    /// <returns>Empty while the trial has not begun, or when it has nothing to show.</returns>
    public static IReadOnlyList<(DateOnly Day, long Value)> CriteriaLeft(TrialView trial, DateOnly today)
    {
        if (trial is not { StartedOn: { } first, EndsOn: { } last, Criteria.Count: > 0 })
        {
            return [];
        }

        var measured = trial.Log.Where(e => e is { Criterion: not null, RetractedFor: null }).ToList();
        var until = today < first ? first : today < last ? today : last;
        return
        [
            .. measured.Select(e => e.OccurredOn < first ? first : e.OccurredOn).Append(first).Append(until).Where(day => day <= until).Distinct().Order()
                .Select(day => (day, (long)trial.Criteria.Index().Count(c => !IsMet(c.Index, c.Item.Criterion, day)))),
        ];

        bool IsMet(int criterion, Domain.Licensing.AcceptanceCriterion bound, DateOnly day) =>
            measured.Where(e => e.Criterion == criterion && e.OccurredOn <= day).MaxBy(e => (e.OccurredOn, e.Number)) is { Value: { } value } && bound.IsMetBy(value);
    }

    private static List<(DateOnly Day, long Value)> SoFar(IEnumerable<(DateOnly Day, long Minor)> moves, DateOnly? from)
    {
        var course = new List<(DateOnly Day, long Value)>();
        if (from is not { } first)
        {
            return course;
        }

        var soFar = 0L;
        course.Add((first, 0));
        foreach (var day in moves.GroupBy(m => m.Day).OrderBy(g => g.Key))
        {
            soFar = checked(soFar + day.Sum(m => m.Minor));
            course.Add((day.Key, soFar));
        }

        return course;
    }
}
