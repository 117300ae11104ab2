namespace Marketplace.Domain;

/// <summary>Who can be paid out of an agreement's income.</summary>
public enum PayeeKind
{
    Lab,
    Broker,
    Inventor,
}

/// <summary>Tax that the platform must keep of what it pays out, and remit for the payee.</summary>
/// <param name="From">The first day of payouts that it holds for.</param>
/// <param name="RatePpm">Of the whole payout, in parts per million; 0 ends it.</param>
public sealed record WithholdingRate(PayeeKind Payee, DateOnly From, long RatePpm);

/// <summary>
/// The rates at which tax is withheld. None are shipped: who withholds what is for the administrators and their tax office to say (a
/// laboratory usually withholds for its own inventors). Immutable; later rates are appended as data.
/// </summary>
public sealed class WithholdingRates
{
    private readonly WithholdingRate[] rates;

    private WithholdingRates(WithholdingRate[] rates) => this.rates = rates;

    public static WithholdingRates None { get; } = new([]);

    /// <summary>Every change, as it was appended.</summary>
    public IReadOnlyList<WithholdingRate> Rates => rates;

    /// <summary>The rate of payouts on this day, parts per million; 0 when nothing is withheld.</summary>
    public long RatePpmOn(PayeeKind payee, DateOnly date) => rates.LastOrDefault(r => r.Payee == payee && r.From <= date)?.RatePpm ?? 0;

    /// <summary>These rates and a later one. Refuses <c>payee-unknown</c>, <c>withholding-date-not-later</c> and <c>withholding-rate-range</c>.</summary>
    public Result<WithholdingRates> Append(WithholdingRate rate)
    {
        if (!Enum.IsDefined(rate.Payee))
        {
            return Refusal.Invalid("payee-unknown", "没有这类收款人。", "There is no such kind of payee.", "payee");
        }

        if (rates.LastOrDefault(r => r.Payee == rate.Payee) is { } last && rate.From <= last.From)
        {
            return Refusal.Invalid(
                "withholding-date-not-later",
                $"生效日须晚于已公布的 {last.From:O}，实为 {rate.From:O}。",
                $"The first day must be after {last.From:O}, that of the rate before, but is {rate.From:O}.",
                "from");
        }

        if (rate.RatePpm is < 0 or >= Money.WholePpm)
        {
            return Refusal.Invalid(
                "withholding-rate-range",
                $"扣缴率须不小于 0 且小于 1000000（百万分比），实为 {rate.RatePpm}。",
                $"The rate must be 0 or more and less than 1000000 parts per million, but is {rate.RatePpm}.",
                "ratePpm");
        }

        return new WithholdingRates([.. rates, rate]);
    }
}
