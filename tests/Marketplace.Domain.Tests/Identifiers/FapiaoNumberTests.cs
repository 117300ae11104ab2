using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class FapiaoNumberTests
{
    private static readonly Gen<string> Digital = Gen.Select(Gen.Int[21, 99], Gen.Int[0, 9].Array[18], (year, rest) => $"{year}{string.Concat(rest)}");

    private static readonly Gen<string> Older = Gen.Select(
        Gen.Int[0, 1], Gen.OneOf(Gen.Int[0, 9].Array[9], Gen.Int[0, 9].Array[11]), Gen.Int[0, 9].Array[8], (first, code, number) => $"{first}{string.Concat(code)}-{string.Concat(number)}");

    [Theory]
    [InlineData("26122000000012345678", "26122000000012345678", 2026)]
    [InlineData(" 2612 2000 0000 1234 5678 ", "26122000000012345678", 2026)]
    [InlineData("２４４４２０００００００１２３４５６７８", "24442000000012345678", 2024)]
    [InlineData("012001900111-12345678", "012001900111-12345678", null)] // ordinary electronic VAT fapiao: 11 at the end of the code
    [InlineData("012001900113 - 12345678", "012001900113-12345678", null)] // special electronic VAT fapiao: 13
    [InlineData("144031909110-12345678", "144031909110-12345678", null)] // of the block chain in Shenzhen
    [InlineData("1200194130–12345678", "1200194130-12345678", null)] // a dash for a hyphen
    public void It_is_normalised_and_says_its_year(string typed, string expected, int? year)
    {
        var number = FapiaoNumber.Parse(typed, "number").Value;
        Assert.Equal((expected, year), (number.Value, number.Year));
    }

    [Theory]
    [InlineData(null, "fapiao-number-length")]
    [InlineData("2612200000001234567", "fapiao-number-length")]
    [InlineData("261220000000123456789", "fapiao-number-length")]
    [InlineData("12345678", "fapiao-number-length")] // its code is missing
    [InlineData("01200190011-12345678", "fapiao-number-length")]
    [InlineData("012001900111-1234567", "fapiao-number-length")]
    [InlineData("-12345678", "fapiao-number-length")]
    [InlineData("2612200000001234567X", "fapiao-number-character")]
    [InlineData("012001900111-1234-678", "fapiao-number-character")]
    [InlineData("26122000000٠12345678", "fapiao-number-character")] // a digit of another script
    [InlineData("01200190011112345678", "fapiao-number-year")] // code and number run together
    [InlineData("20122000000012345678", "fapiao-number-year")]
    public void What_is_none_is_refused(string? typed, string code)
    {
        var refusal = FapiaoNumber.Parse(typed, "number").Refusal;
        Assert.Equal((code, "number"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_number_of_either_form_is_its_own_canonical_text() =>
        Gen.OneOf(Digital, Older).Sample(text => Assert.Equal(text, FapiaoNumber.Parse(text, "number").Value.Value));

    [Fact]
    public void An_older_one_run_together_is_never_taken_for_a_digital_one() =>
        Older.Where(o => o.Length == 21).Sample(text => Assert.True(FapiaoNumber.Parse(text.Replace("-", "", StringComparison.Ordinal), "number").IsRefused));
}
