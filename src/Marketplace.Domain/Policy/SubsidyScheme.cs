using System.Globalization;

namespace Marketplace.Domain.Policy;

/// <summary>What the zone pays from a year on.</summary>
/// <param name="FromYear">The first local year to which it applies.</param>
/// <param name="RatePpm">Of what an owner actually received in the year.</param>
/// <param name="CapMinor">Most that one owner gets for a year, CNY minor units.</param>
public sealed record SubsidyRate(int FromYear, long RatePpm, long CapMinor);

/// <summary>The reward of one owner for one year, with the sum, the rate and the cap that it comes from.</summary>
/// <param name="AtRate">What the rate gives.</param>
/// <param name="Amount">The same, but never more than the cap.</param>
public sealed record Subsidy(int Year, Money Received, long RatePpm, Money AtRate, Money Cap, Money Amount, BilingualText Why);

/// <summary>
/// The zone rewards the owner of a result by what was actually received for it: a rate of the year's receipts, at most CNY 500 000.00 a year
/// and owner. Rates are data (<c>subsidy-rates.csv</c>); a year keeps the rate that it had.
/// </summary>
public static class SubsidyScheme
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>By year.</summary>
    public static IReadOnlyList<SubsidyRate> Rates { get; } = Read(PublishedTable.Rows("subsidy-rates.csv", "from_year,rate_ppm,cap_minor"));

    /// <summary>Refuses, with <c>subsidy-year</c>, years before the scheme began and years to come.</summary>
    public static Result<SubsidyRate> RateOf(int year, int thisYear) => year < Rates[0].FromYear || year > thisYear
        ? Refusal.Invalid(
            "subsidy-year",
            $"年度应在 {Rates[0].FromYear} 与 {thisYear} 之间，实为 {year}。",
            $"The year lies between {Rates[0].FromYear} and {thisYear}, but is {year}.",
            "year")
        : Rates.Last(r => r.FromYear <= year);

    /// <param name="receivedMinor">All that the owner received in the year, CNY minor units, ≥ 0.</param>
    public static Subsidy Of(SubsidyRate rate, int year, long receivedMinor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(receivedMinor);
        var (received, cap) = (new Money(receivedMinor, Currency.Cny), new Money(rate.CapMinor, Currency.Cny));
        var atRate = received.Times(rate.RatePpm);
        var amount = Money.Min(atRate, cap);
        var percent = ((decimal)rate.RatePpm / 10_000).ToString("0.####", CultureInfo.InvariantCulture);
        return new Subsidy(year, received, rate.RatePpm, atRate, cap, amount, new BilingualText(
            $"{year} 年实际收到 {received.Format(Chinese)} × {percent}% = {atRate.Format(Chinese)}；每个权利人每年最多 {cap.Format(Chinese)}，奖励 {amount.Format(Chinese)}。",
            $"Received in {year}: {received.Format(English)} × {percent}% = {atRate.Format(English)}; at most {cap.Format(English)} a year and owner, so {amount.Format(English)}."));
    }

    private static SubsidyRate[] Read(IReadOnlyList<string[]> rows)
    {
        SubsidyRate[] rates =
        [
            .. rows.Select(row => new SubsidyRate(
                int.Parse(row[0], CultureInfo.InvariantCulture), long.Parse(row[1], CultureInfo.InvariantCulture), long.Parse(row[2], CultureInfo.InvariantCulture))),
        ];
        return rates.Length > 0 && rates.All(r => r is { RatePpm: > 0 and <= Money.WholePpm, CapMinor: > 0 }) && rates.Zip(rates.Skip(1)).All(r => r.First.FromYear < r.Second.FromYear)
            ? rates
            : throw new InvalidDataException("The rates of the subsidy are not in order.");
    }
}
