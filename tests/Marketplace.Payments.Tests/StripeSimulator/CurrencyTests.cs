using System.Net;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Each currency in Stripe's own minor units.</summary>
public sealed class CurrencyTests : SimulatedStripe
{
    [Theory]
    [InlineData("usd", 12_345)]
    [InlineData("cny", 12_345)]
    [InlineData("jpy", 12_345)] // whole yen
    [InlineData("isk", 12_300)] // hundredths of a crown that has none
    [InlineData("ugx", 12_300)]
    [InlineData("kwd", 12_340)] // thousandths, the last of them 0
    public async Task An_amount_in_the_units_of_its_currency_is_paid(string currency, long amountMinor)
    {
        Assert.Equal(amountMinor, (await Pay(Paying(amountMinor, currency))).AmountReceived);
        Assert.Equal(amountMinor, Simulator.Books.Pending(currency) + Simulator.Books.Fees(currency));
    }

    [Theory]
    [InlineData("isk", 12_345, "invalid_charge_amount")]
    [InlineData("ugx", 12_345, "invalid_charge_amount")]
    [InlineData("kwd", 12_345, "invalid_charge_amount")]
    [InlineData("usd", 49, "amount_too_small")]
    [InlineData("hkd", 399, "amount_too_small")]
    [InlineData("cny", 100_000_000, "amount_too_large")]
    [InlineData("jpy", 0, "parameter_invalid_integer")]
    public async Task An_amount_that_the_currency_does_not_know_is_refused(string currency, long amountMinor, string code) =>
        Assert.Equal((code, "amount"), (await Refused(HttpStatusCode.BadRequest, () => Pay(Paying(amountMinor, currency))) is var e ? (e.StripeError.Code, e.StripeError.Param) : default));

    [Fact]
    public async Task A_currency_that_nobody_counts_in_is_refused() => await Refused(HttpStatusCode.BadRequest, () => Pay(Paying(1_000, "xyz")));
}
