using System.Text.Json;
using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class IdentifierJsonTests
{
    [Fact]
    public void Each_identifier_is_a_plain_string()
    {
        RoundTrips<Uscc>("91350100M000100Y43");
        RoundTrips<PatentApplicationNumber>("201310699744.2");
        RoundTrips<Orcid>("0000-0002-1825-0097");
        RoundTrips<IpcSymbol>("A61B 5/00");
        RoundTrips<CpcSymbol>("Y02E 10/50");
        RoundTrips<IndustryCode>("C3921");
        RoundTrips<TechnologyReadiness>("TRL 6 (GB/T 22900)");
        RoundTrips<FapiaoNumber>("26122000000012345678");
        RoundTrips<FapiaoNumber>("012001900111-12345678");
        RoundTrips<RemittanceReference>(RemittanceReference.Of(DerivedId.From<AgreementId>("one"), 1).Value);
    }

    [Fact]
    public void What_is_typed_differently_is_normalised_on_the_way_in() =>
        Assert.Equal("91350100M000100Y43", JsonSerializer.Deserialize<Uscc>("\" 91350100m000100y43\"").Value);

    [Theory]
    [InlineData("\"91350100M000100Y44\"")]
    [InlineData("\"\"")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_is_no_code_is_a_JSON_error(string json) => Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Uscc>(json));

    [Fact]
    public void An_optional_code_may_be_null() => Assert.Null(JsonSerializer.Deserialize<Uscc?>("null"));

    [Fact]
    public void A_code_can_be_the_key_of_a_table()
    {
        var table = new Dictionary<Orcid, long> { [Orcid.Parse("0000-0002-1825-0097", "orcid").Value] = 500_000 };

        Assert.Equal(table, JsonSerializer.Deserialize<Dictionary<Orcid, long>>(JsonSerializer.Serialize(table)));
    }

    [Fact]
    public void A_code_that_was_never_set_is_not_written()
    {
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(Uscc)));
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(TechnologyReadiness)));
    }

    [Fact]
    public void No_text_whatever_makes_a_parser_throw_or_a_refusal_unwritable() => Gen.OneOf(Gen.String, Gen.Char.Array[16, 18].Select(c => new string(c)), AlmostValid).Sample(text =>
    {
        Refusal?[] refusals =
        [
            Uscc.Parse(text, "f").Refusal, PatentApplicationNumber.Parse(text, "f").Refusal, Orcid.Parse(text, "f").Refusal, IpcSymbol.Parse(text, "f").Refusal,
            CpcSymbol.Parse(text, "f").Refusal, IndustryCode.Parse(text, "f").Refusal, TechnologyReadiness.Parse(text, "f").Refusal, Currency.Parse(text).Refusal,
            FapiaoNumber.Parse(text, "f").Refusal,
        ];

        foreach (var refusal in refusals.OfType<Refusal>())
        {
            Assert.Equal(refusal, JsonSerializer.Deserialize<Refusal>(JsonSerializer.Serialize(refusal)));
            Assert.True(refusal.Zh.Length < 300 && refusal.En.Length < 300, "A sentence must not repeat a whole page of input.");
        }
    });

    private static Gen<string> AlmostValid => Gen.Select(
        Gen.OneOf("91350100M000100Y43", "201310699744.2", "0000-0002-1825-0097", "A61B 5/00", "C3921", "TRL 6 (GB/T 22900)", "CNY", "26122000000012345678"),
        Gen.Int[0, 20],
        Gen.Char,
        (text, index, character) => text.Insert(Math.Min(index, text.Length), character.ToString()));

    private static void RoundTrips<T>(string text) where T : struct, IIdentifier<T>
    {
        var value = JsonSerializer.Deserialize<T>($"\"{text}\"");

        Assert.Equal(text, value.Value);
        Assert.Equal(text, value.ToString());
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(value, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
