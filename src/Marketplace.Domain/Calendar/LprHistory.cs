using System.Globalization;

namespace Marketplace.Domain;

/// <summary>A one-year loan prime rate (一年期 LPR) of the National Interbank Funding Center.</summary>
/// <param name="Date">The day of publication, from which it holds.</param>
/// <param name="RatePpm">A year, in parts per million: 3.00 % is 30 000.</param>
public sealed record LprRate(DateOnly Date, long RatePpm);

/// <summary>The one-year LPR since its reform in August 2019. Immutable; later rates are appended as data.</summary>
public sealed class LprHistory
{
    private readonly LprRate[] rates;

    private LprHistory(LprRate[] rates) => this.rates = rates;

    /// <summary>The changes published up to May 2025, as shipped.</summary>
    public static LprHistory Published { get; } = Of([.. PublishedTable.Rows("lpr-1y.csv", "effective_date,rate_percent").Select(FromRow)]).Value;

    /// <summary>Every change, by date.</summary>
    public IReadOnlyList<LprRate> Rates => rates;

    /// <summary>Refuses as <see cref="Append"/> does, and an empty list.</summary>
    public static Result<LprHistory> Of(IReadOnlyList<LprRate> rates)
    {
        if (rates.Count == 0)
        {
            return Refusal.Invalid("lpr-empty", "没有任何 LPR。", "There are no rates.", "rates");
        }

        var history = new LprHistory([]);
        foreach (var (date, ratePpm) in rates)
        {
            var appended = history.Append(date, ratePpm);
            if (appended.IsRefused)
            {
                return appended;
            }

            history = appended.Value;
        }

        return history;
    }

    /// <summary>The rate last published on or before this day, in parts per million a year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No rate was published yet.</exception>
    public long RatePpmOn(DateOnly date)
    {
        var last = Array.FindLastIndex(rates, rate => rate.Date <= date);
        return last >= 0
            ? rates[last].RatePpm
            : throw new ArgumentOutOfRangeException(nameof(date), date, $"The first LPR was published on {rates[0].Date:O}.");
    }

    /// <summary>This history and one later rate. Refuses <c>lpr-date-not-later</c> and <c>lpr-rate-range</c>.</summary>
    /// <param name="date">After every date known.</param>
    /// <param name="ratePpm">More than 0, at most 1 000 000.</param>
    public Result<LprHistory> Append(DateOnly date, long ratePpm)
    {
        if (rates.Length > 0 && date <= rates[^1].Date)
        {
            return Refusal.Invalid(
                "lpr-date-not-later",
                $"日期须晚于已公布的 {rates[^1].Date:O}，实为 {date:O}。",
                $"The date must be after {rates[^1].Date:O}, the last one published, but is {date:O}.",
                "date");
        }

        if (ratePpm is <= 0 or > Money.WholePpm)
        {
            return Refusal.Invalid(
                "lpr-rate-range",
                $"利率须大于 0 且不超过 1000000（百万分比），实为 {ratePpm}。",
                $"The rate must be more than 0 and at most 1000000 parts per million, but is {ratePpm}.",
                "ratePpm");
        }

        return new LprHistory([.. rates, new LprRate(date, ratePpm)]);
    }

    private static LprRate FromRow(string[] row)
    {
        var ratePpm = decimal.Parse(row[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * (Money.WholePpm / 100);
        return decimal.IsInteger(ratePpm)
            ? new LprRate(PublishedTable.Date(row[0]), (long)ratePpm)
            : throw new InvalidDataException($"{row[1]} % is finer than a part per million.");
    }
}
