using System.Text.Json;

namespace Marketplace.Domain.Tests;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("CNY", 2)]
    [InlineData("USD", 2)]
    [InlineData("EUR", 2)]
    [InlineData("HKD", 2)]
    [InlineData("MGA", 2)] // five iraimbilanja make an ariary, yet ISO 4217 says 2
    [InlineData("HUF", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("ISK", 0)]
    [InlineData("UGX", 0)]
    [InlineData("VND", 0)]
    [InlineData("CLP", 0)]
    [InlineData("XOF", 0)]
    [InlineData("UYI", 0)]
    [InlineData("BHD", 3)]
    [InlineData("IQD", 3)]
    [InlineData("JOD", 3)]
    [InlineData("KWD", 3)]
    [InlineData("LYD", 3)]
    [InlineData("OMR", 3)]
    [InlineData("TND", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    public void The_exponent_is_that_of_ISO_4217(string code, int exponent) =>
        Assert.Equal(exponent, Currency.Parse(code).Value.Exponent);

    [Fact]
    public void The_table_has_each_of_the_165_codes_that_have_a_minor_unit_once()
    {
        Assert.Equal(165, Currency.Codes.Count);
        Assert.All(Currency.Codes, code => Assert.Equal(code, Currency.Parse(code).Value.Code));
    }

    [Theory]
    [InlineData(" cny ")]
    [InlineData("Cny")]
    [InlineData("ＣＮＹ")]
    public void A_code_may_be_typed_in_any_case_and_width(string typed) => Assert.Equal(Currency.Cny, Currency.Parse(typed).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RMB")]
    [InlineData("CN Y")]
    [InlineData("¥")]
    [InlineData("XAU")] // gold has no minor unit
    [InlineData("HRK")] // historic
    [InlineData("BGN")] // historic since the lev became the euro
    [InlineData("XXX")]
    public void What_is_no_current_currency_is_refused_by_name(string? typed)
    {
        var refusal = Currency.Parse(typed, "price.currency").Refusal;

        Assert.Equal(("currency-unknown", "price.currency"), (refusal?.Code, refusal?.Field));
        Assert.Contains($"“{typed}”", refusal!.Zh, StringComparison.Ordinal);
        Assert.Contains($"\"{typed}\"", refusal.En, StringComparison.Ordinal);
    }

    [Fact]
    public void In_JSON_it_is_its_code()
    {
        Assert.Equal("\"CNY\"", JsonSerializer.Serialize(Currency.Cny));
        Assert.Equal(Currency.Cny, JsonSerializer.Deserialize<Currency>("\"CNY\""));
        Assert.Equal("""{"JPY":1}""", JsonSerializer.Serialize(new Dictionary<Currency, int> { [Currency.Parse("JPY").Value] = 1 }));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Currency>("\"RMB\""));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Currency>("156"));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Currency>("null"));
    }

    [Fact]
    public void A_currency_that_was_never_set_is_a_bug_and_not_a_currency()
    {
        Assert.Throws<InvalidOperationException>(() => default(Currency).Code);
        Assert.Throws<InvalidOperationException>(() => default(Currency).Exponent);
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(Currency)));
    }
}
