using System.Text.Json.Serialization;

namespace Marketplace.Domain;

public abstract record ReferenceCommand;

/// <summary>Appends a year's notice on public holidays, once the State Council has published it.</summary>
public sealed record AppendHolidays(IReadOnlyList<CalendarDay> Days) : ReferenceCommand;

/// <summary>Appends a one-year LPR once it is published.</summary>
/// <param name="RatePpm">Parts per million a year.</param>
public sealed record PublishLpr(DateOnly Date, long RatePpm) : ReferenceCommand;

/// <summary>From a day on, tax is withheld of payouts; or at another rate, or not any more.</summary>
public sealed record PublishWithholding(WithholdingRate Rate) : ReferenceCommand;

public abstract record ReferenceEvent;

public sealed record HolidaysAppended(IReadOnlyList<CalendarDay> Days) : ReferenceEvent;

public sealed record LprPublished(DateOnly Date, long RatePpm) : ReferenceEvent;

public sealed record WithholdingPublished(WithholdingRate Rate) : ReferenceEvent;

/// <summary>What administrators appended to the reference data that this version ships.</summary>
/// <param name="Notices">Each as it was appended, in order.</param>
public sealed record ReferenceState(IReadOnlyList<IReadOnlyList<CalendarDay>> Notices, IReadOnlyList<LprRate> Rates, IReadOnlyList<WithholdingRate> Withholdings)
{
    /// <summary>Shipped and appended together. Made anew by every state: never copy one with <c>with</c>.</summary>
    [JsonIgnore]
    public ReferenceData Data { get => field ??= ReferenceBook.Combine(this); }
}

/// <summary>The rule book of reference data: a calendar and histories of rates that only grow at their end.</summary>
public sealed class ReferenceBook : IAggregate<ReferenceState, ReferenceCommand, ReferenceEvent>
{
    private ReferenceBook() { }

    public static ReferenceState Initial { get; } = new([], [], []);

    public static Result<IReadOnlyList<ReferenceEvent>> Decide(ReferenceState state, ReferenceCommand command, CommandContext context)
    {
        switch (command)
        {
            case AppendHolidays(var days):
                var calendar = state.Data.Calendar.Append(days);
                return calendar.Refusal is { } noCalendar ? noCalendar : new ReferenceEvent[] { new HolidaysAppended(days) };
            case PublishLpr(var date, var ratePpm):
                var history = state.Data.Lpr.Append(date, ratePpm);
                return history.Refusal is { } noHistory ? noHistory : new ReferenceEvent[] { new LprPublished(date, ratePpm) };
            case PublishWithholding(var rate):
                var withholding = state.Data.Withholding.Append(rate);
                return withholding.Refusal is { } noWithholding ? noWithholding : new ReferenceEvent[] { new WithholdingPublished(rate) };
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command.");
        }
    }

    public static ReferenceState Apply(ReferenceState state, ReferenceEvent happened) => happened switch
    {
        HolidaysAppended(var days) => new([.. state.Notices, days], state.Rates, state.Withholdings),
        LprPublished(var date, var ratePpm) => new(state.Notices, [.. state.Rates, new LprRate(date, ratePpm)], state.Withholdings),
        WithholdingPublished(var rate) => new(state.Notices, state.Rates, [.. state.Withholdings, rate]),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event."),
    };

    // A later version may ship what was appended to an earlier one: then the shipped years and rates stand.
    internal static ReferenceData Combine(ReferenceState state)
    {
        var (calendar, lpr, withholding) = ReferenceData.Published;
        foreach (var notice in state.Notices)
        {
            CalendarDay[] news = [.. notice.Where(day => day.Date > calendar.KnownThrough)];
            if (news.Length > 0)
            {
                CalendarDay[] yearsEnd = [.. notice.Where(day => day.Date.Year == calendar.KnownThrough.Year && !calendar.Days.Any(known => known.Date == day.Date))];
                calendar = calendar.Append([.. yearsEnd, .. news]).Value;
            }
        }

        foreach (var rate in state.Rates.Where(rate => rate.Date > lpr.Rates[^1].Date))
        {
            lpr = lpr.Append(rate.Date, rate.RatePpm).Value;
        }

        foreach (var rate in state.Withholdings)
        {
            withholding = withholding.Append(rate).Value;
        }

        return new ReferenceData(calendar, lpr, withholding);
    }
}
