using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace Marketplace.Domain.Tests;

public sealed class MoneyTests
{
    private static readonly Currency Jpy = Currency.Parse("JPY").Value;
    private static readonly Gen<Currency> AnyCurrency = Gen.OneOf(Currency.Codes.Order().Select(code => Currency.Parse(code).Value).ToArray());
    private static readonly Gen<Money> AnyMoney = Gen.Select(Gen.Long, AnyCurrency, (amountMinor, currency) => new Money(amountMinor, currency));

    [Theory]
    [InlineData(123456, "CNY", "1234.56 CNY")]
    [InlineData(1, "CNY", "0.01 CNY")]
    [InlineData(-5, "CNY", "-0.05 CNY")]
    [InlineData(0, "CNY", "0.00 CNY")]
    [InlineData(1234, "JPY", "1234 JPY")]
    [InlineData(1, "ISK", "1 ISK")]
    [InlineData(100, "UGX", "100 UGX")]
    [InlineData(1234, "KWD", "1.234 KWD")]
    [InlineData(-1, "KWD", "-0.001 KWD")]
    [InlineData(1, "UYW", "0.0001 UYW")]
    [InlineData(long.MaxValue, "CNY", "92233720368547758.07 CNY")]
    [InlineData(long.MinValue, "CLF", "-922337203685477.5808 CLF")]
    public void It_is_written_with_the_digits_of_its_currency(long amountMinor, string currency, string expected) =>
        Assert.Equal(expected, new Money(amountMinor, Currency.Parse(currency).Value).ToString());

    [Fact]
    public void What_is_written_can_be_read_back_exactly() => AnyMoney.Sample(money =>
    {
        var parts = money.ToString().Split(' ');
        var minor = decimal.Parse(parts[0], CultureInfo.InvariantCulture) * (decimal)Math.Pow(10, money.Currency.Exponent);
        Assert.Equal(money, new Money((long)minor, Currency.Parse(parts[1]).Value));
    });

    [Fact]
    public void Programs_read_the_same_text_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("-1234.56 CNY", new Money(-123456, Currency.Cny).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("zh-CN", "CNY", 123456789, "1,234,567.89 元")]
    [InlineData("zh-CN", "JPY", 1234567, "1,234,567 JPY")]
    [InlineData("en-US", "CNY", 123456789, "CNY 1,234,567.89")]
    [InlineData("en-US", "CNY", -5, "CNY -0.05")]
    [InlineData("en-US", "KWD", 1234567, "KWD 1,234.567")]
    [InlineData("de-DE", "CNY", 123456789, "CNY 1.234.567,89")]
    public void People_read_it_in_their_form(string culture, string currency, long amountMinor, string expected) =>
        Assert.Equal(expected, new Money(amountMinor, Currency.Parse(currency).Value).Format(new CultureInfo(culture)));

    [Fact]
    public void Sums_are_exact_or_throw() => Gen.Select(Gen.Long, Gen.Long).Sample((left, right) =>
    {
        ExactOrThrows((Int128)left + right, () => Cny(left) + Cny(right));
        ExactOrThrows((Int128)left - right, () => Cny(left) - Cny(right));
        ExactOrThrows(-(Int128)left, () => -Cny(left));
    });

    [Theory]
    [InlineData(10_001, 500_000, 5_000)] // 5 000.5 to the even
    [InlineData(10_003, 500_000, 5_002)]
    [InlineData(-10_001, 500_000, -5_000)]
    [InlineData(10_000, -50_000, -500)]
    [InlineData(100, 1_000_000, 100)]
    [InlineData(100, 0, 0)]
    [InlineData(1, 2_500_000, 2)]
    public void A_rate_is_applied_in_parts_per_million_and_rounded_once(long amountMinor, long ratePpm, long expected) =>
        Assert.Equal(Cny(expected), Cny(amountMinor).Times(ratePpm));

    [Fact]
    public void What_does_not_fit_throws()
    {
        Assert.Throws<OverflowException>(() => Cny(long.MaxValue) + Cny(1));
        Assert.Throws<OverflowException>(() => Cny(long.MinValue) - Cny(1));
        Assert.Throws<OverflowException>(() => -Cny(long.MinValue));
        Assert.Throws<OverflowException>(() => Cny(long.MaxValue).Times(1_000_001));
    }

    [Fact]
    public void Currencies_never_mix()
    {
        var yen = new Money(1, Jpy);

        Assert.Throws<InvalidOperationException>(() => Cny(1) + yen);
        Assert.Throws<InvalidOperationException>(() => Cny(1) - yen);
        Assert.Throws<InvalidOperationException>(() => Cny(1) < yen);
        Assert.Throws<InvalidOperationException>(() => Cny(1).CompareTo(yen));
        Assert.Throws<InvalidOperationException>(() => Money.Max(Cny(1), yen));
        Assert.NotEqual(Money.Zero(Currency.Cny), Money.Zero(Jpy));
    }

    [Fact]
    public void Sums_of_one_currency_are_ordered_by_amount() => Gen.Select(Gen.Long, Gen.Long).Sample((left, right) =>
    {
        Assert.Equal(left < right, Cny(left) < Cny(right));
        Assert.Equal(left >= right, Cny(left) >= Cny(right));
        Assert.Equal(Cny(Math.Min(left, right)), Money.Min(Cny(left), Cny(right)));
        Assert.Equal(Cny(Math.Max(left, right)), Money.Max(Cny(left), Cny(right)));
    });

    [Fact]
    public void Zero_is_neither_positive_nor_nothing()
    {
        Assert.True(Money.Zero(Jpy).IsZero);
        Assert.False(Money.Zero(Jpy).IsPositive);
        Assert.Equal(Jpy, Money.Zero(Jpy).Currency);
        Assert.False(Cny(-1).IsPositive);
    }

    [Fact]
    public void JSON_keeps_every_amount() => AnyMoney.Sample(money =>
        Assert.Equal(money, JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money))));

    [Fact]
    public void JSON_names_amount_and_currency()
    {
        Assert.Equal("""{"amountMinor":123456,"currency":"CNY"}""", JsonSerializer.Serialize(Cny(123456)));
        Assert.Equal(Cny(5), JsonSerializer.Deserialize<Money>("""{ "currency": "CNY", "amountMinor": 5 }"""));
    }

    [Theory]
    [InlineData("""{"amountMinor":1,"currency":"RMB"}""")]
    [InlineData("""{"amountMinor":1,"currency":null}""")]
    [InlineData("""{"amountMinor":1,"currency":2}""")]
    [InlineData("""{"amountMinor":1.5,"currency":"CNY"}""")]
    [InlineData("""{"amountMinor":"1","currency":"CNY"}""")]
    [InlineData("""{"amountMinor":null,"currency":"CNY"}""")]
    [InlineData("""{"amountMinor":9223372036854775808,"currency":"CNY"}""")]
    [InlineData("""{"amountMinor":1}""")]
    [InlineData("""{"currency":"CNY"}""")]
    [InlineData("""{"amountMinor":1,"amountMinor":2,"currency":"CNY"}""")]
    [InlineData("""{"amountMinor":1,"currency":"CNY","note":"x"}""")]
    [InlineData("""{"amountMinor":1,"currency":"CNY" """)]
    [InlineData("{}")]
    [InlineData("1")]
    [InlineData("null")]
    public void JSON_that_is_not_exactly_money_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Money>(json));

    private static Money Cny(long amountMinor) => new(amountMinor, Currency.Cny);

    private static void ExactOrThrows(Int128 exact, Func<Money> sum)
    {
        if (exact < long.MinValue || exact > long.MaxValue)
        {
            Assert.Throws<OverflowException>(() => sum());
        }
        else
        {
            Assert.Equal((long)exact, sum().AmountMinor);
        }
    }
}
