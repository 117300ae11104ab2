using CsCheck;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Payments.Stripe;

namespace Marketplace.Payments.Tests.Stripe;

public sealed class StripeAmountTests
{
    [Theory]
    [InlineData("CNY", 12_345, 12_345L)]
    [InlineData("JPY", 12_345, 12_345L)]
    [InlineData("ISK", 12_345, 1_234_500L)] // written with two decimals that must be zeros
    [InlineData("UGX", 12_345, 1_234_500L)]
    [InlineData("KWD", 12_340, 12_340L)]
    [InlineData("KWD", 12_345, null)] // takes no third decimal but zero
    [InlineData("MGA", 12_300, 123L)] // Stripe knows no part of an ariary
    [InlineData("MGA", 12_345, null)]
    public void F30_Sums_are_written_as_Stripe_writes_them(string code, long amountMinor, long? stripes) =>
        Assert.Equal(stripes, StripeAmount.Of(new Money(amountMinor, Currency.Parse(code).Value)));

    [Fact]
    public void F30_Every_sum_that_Stripe_can_move_comes_back_as_it_went() =>
        Gen.Select(Gen.Int[0, Currency.Codes.Count - 1].Select(i => Currency.Codes.Order(StringComparer.Ordinal).ElementAt(i)), Gen.Long[-10_000_000_000, 10_000_000_000]).Sample((code, amountMinor) =>
        {
            var money = new Money(amountMinor, Currency.Parse(code).Value);
            if (StripeAmount.Of(money) is { } stripes)
            {
                Assert.Equal(money, StripeAmount.Back(stripes, StripeAmount.CodeOf(money.Currency)));
            }
        });

    [Theory]
    [InlineData(150, "isk")] // half a króna
    [InlineData(1, "xyz")]
    public void What_is_no_sum_of_ours_is_never_guessed(long amount, string code) => Assert.Throws<InvalidOperationException>(() => StripeAmount.Back(amount, code));

    [Fact]
    public void F29_A_sum_beyond_all_bounds_overflows_loudly() =>
        Assert.Throws<OverflowException>(() => StripeAmount.Of(new Money(long.MaxValue, Currency.Parse("ISK").Value)));

    [Theory]
    [InlineData("", "whsec_1", null)]
    [InlineData("pk_test_1", "whsec_1", null)]
    [InlineData("sk_test_1", "", null)]
    [InlineData("sk_test_1", "secret", null)]
    [InlineData("sk_test_1", "whsec_1", "https://api.stripe.example")]
    [InlineData("sk_test_1", "whsec_1", "http://192.0.2.1")]
    [InlineData("sk_test_1", "whsec_1", "http://localhost.example")]
    public void Settings_that_cannot_be_used_are_refused_without_being_shown(string key, string secret, string? api)
    {
        var refused = Assert.Throws<PaymentSettingsException>(() =>
            StripeSettings.Of(key, secret.Length == 0 ? [] : [secret], api is null ? null : new Uri(api), null, new Uri("http://localhost:5080")));
        Assert.DoesNotContain(key.Length == 0 ? "sk_" + "test" : key, refused.Message + refused.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:12111")]
    [InlineData("http://localhost:12111")]
    [InlineData("http://[::1]:12111")]
    public void Another_Stripe_may_stand_on_this_machine(string api) =>
        Assert.Equal(new Uri(api), StripeSettings.Of("sk_test_1", ["whsec_1"], new Uri(api), null, new Uri("http://localhost:5080")).ApiBase);

    [Fact]
    public void Settings_show_no_secret() => Assert.DoesNotContain(
        "sk_live_secret", StripeSettings.Of("sk_live_secret", ["whsec_1"], null, null, new Uri("http://localhost:5080")).ToString(), StringComparison.Ordinal);
}
