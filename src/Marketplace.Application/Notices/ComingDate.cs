using Marketplace.Domain;

namespace Marketplace.Application.Notices;

/// <summary>What falls on a day that people are reminded of.</summary>
public enum ComingDateKind
{
    /// <summary>A sum is due.</summary>
    Payment,

    /// <summary>A report of sales is due.</summary>
    Report,

    /// <summary>The trial ends: convert, extend or return.</summary>
    TrialEnd,

    /// <summary>Last day to accept the terms.</summary>
    Terms,

    /// <summary>Signatures are waited for since that day.</summary>
    Signature,

    /// <summary>The commercial licence ends.</summary>
    LicenceEnd,
}

/// <summary>A date and how far it is off.</summary>
/// <param name="Number">Of the sum, period or version; null when it concerns the whole agreement.</param>
/// <param name="Offset">Days after it; negative: before.</param>
/// <param name="AmountMinor">Of a payment: what is open.</param>
public sealed record ComingDate(ComingDateKind Kind, int? Number, DateOnly On, int Offset, long? AmountMinor = null, string? Currency = null);

/// <summary>Days that are one of the distances away from a day on which dates are looked at.</summary>
/// <param name="From">The first.</param>
/// <param name="Until">The last.</param>
public readonly record struct DateSpan(int Offset, DateOnly From, DateOnly Until);

public static class ComingDates
{
    /// <summary>Local days before and after a date on which people are told of it.</summary>
    public static readonly IReadOnlyList<int> Offsets = [-30, -7, -1, 0, 3, 7];

    /// <summary>
    /// Which dates are to be told of today, if all days up to <paramref name="lookedAt"/> are done. Each date lies in one span at most: after a
    /// long sleep it is told of by the latest distance that was passed, not by each of them.
    /// </summary>
    /// <param name="lookedAt">The last day that is done; the first day ever is like the day after one.</param>
    public static IEnumerable<DateSpan> Spans(DateOnly? lookedAt, DateOnly today)
    {
        // Today is looked at again and again, since dates are set and moved during the day.
        var after = lookedAt is { } done && done < today ? done : today.AddDays(-1);
        for (var i = 0; i < Offsets.Count; i++)
        {
            var from = after.AddDays(1 - Offsets[i]);
            if (i + 1 < Offsets.Count && today.AddDays(1 - Offsets[i + 1]) is var notYetNext && notYetNext > from)
            {
                from = notYetNext;
            }

            var until = today.AddDays(-Offsets[i]);
            if (from <= until)
            {
                yield return new DateSpan(Offsets[i], from, until);
            }
        }
    }
}
