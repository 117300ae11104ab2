using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class PatentApplicationNumberTests
{
    private static readonly Gen<string> LongBody = Gen.Select(Gen.Int[2003, 2099], Gen.OneOf('1', '2', '3', '8', '9'), Gen.Int[0, 9_999_999], (year, kind, serial) => $"{year}{kind}{serial:D7}");
    private static readonly Gen<string> ShortBody = Gen.Select(Gen.OneOf(Gen.Int[85, 99], Gen.Int[0, 3]), Gen.OneOf('1', '2', '3', '8', '9'), Gen.Int[0, 99_999], (year, kind, serial) => $"{year:D2}{kind}{serial:D5}");
    private static readonly Gen<string> Valid = Gen.OneOf(LongBody, ShortBody).Select(body => body + Check(body));

    [Theory]
    [InlineData("201310699744.2", "201310699744.2")]
    [InlineData("CN201310699744.2", "201310699744.2")]
    [InlineData("ZL 2013 1 0699744.2", "201310699744.2")]
    [InlineData("zl2013106997442", "201310699744.2")]
    [InlineData("2013106997442", "201310699744.2")]
    [InlineData("ＺＬ２０１３１０６９９７４４．２", "201310699744.2")]
    [InlineData("90101673.X", "90101673.X")]
    [InlineData("CN 90101673x", "90101673.X")]
    public void It_is_normalised(string typed, string expected) =>
        Assert.Equal(expected, PatentApplicationNumber.Parse(typed, "patent").Value.Value);

    [Theory]
    [InlineData("201310699744.2", 2013, PatentKind.Invention)]
    [InlineData("90101673.X", 1990, PatentKind.Invention)]
    public void It_tells_year_and_kind(string number, int year, PatentKind kind)
    {
        var patent = PatentApplicationNumber.Parse(number, "patent").Value;

        Assert.Equal((year, kind), (patent.FilingYear, patent.Kind));
    }

    [Fact]
    public void Every_number_with_the_check_digit_of_the_standard_is_accepted() => Valid.Sample(number =>
        Assert.Equal($"{number[..^1]}.{number[^1]}", PatentApplicationNumber.Parse(number, "patent").Value.Value));

    [Fact]
    public void Every_single_wrong_digit_is_caught() => Valid.Sample(
        number =>
        {
            for (var i = 0; i < number.Length; i++)
            {
                foreach (var wrong in (i == number.Length - 1 ? "0123456789X" : "0123456789").Where(c => c != number[i]))
                {
                    Assert.True(PatentApplicationNumber.Parse(Put(number, i, wrong), "patent").IsRefused);
                }
            }
        },
        iter: 200);

    [Fact]
    public void A_letter_is_named_with_its_position()
    {
        for (var i = 0; i < 13; i++)
        {
            var refusal = PatentApplicationNumber.Parse(Put("2013106997442", i, 'O'), "patents[0]").Refusal;

            Assert.Equal(("patent-number-character", "patents[0]"), (refusal?.Code, refusal?.Field));
            Assert.Contains($"第 {i + 1} 位是“O”", refusal!.Zh, StringComparison.Ordinal);
            Assert.StartsWith($"Position {i + 1} ", refusal.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_check_digit_names_what_was_expected_and_found()
    {
        var refusal = PatentApplicationNumber.Parse("ZL201310699744.X", "patent").Refusal;

        Assert.Equal("patent-number-check-digit", refusal?.Code);
        Assert.Contains("第 13 位（校验码）应为“2”，实为“X”", refusal!.Zh, StringComparison.Ordinal);
        Assert.Contains("position 13, must be \"2\" but is \"X\"", refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "patent-number-length")]
    [InlineData("201310699744", "patent-number-length")] // the check digit was left out
    [InlineData("CN201310699744.22", "patent-number-length")]
    [InlineData("201370699744.2", "patent-number-character")] // kind 7
    [InlineData("20131069974.42", "patent-number-length")] // a dot elsewhere is a character like any other
    [InlineData("190210699744.2", "patent-number-year")]
    [InlineData("84101673.X", "patent-number-year")]
    [InlineData("04101673.X", "patent-number-year")] // five-digit serial numbers ended in 2003
    public void What_is_no_number_is_refused(string? typed, string code) =>
        Assert.Equal(code, PatentApplicationNumber.Parse(typed, "patent").Refusal?.Code);

    private static char Check(string body)
    {
        int[] weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        return "0123456789X"[body.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11];
    }

    private static string Put(string text, int index, char character) => text[..index] + character + text[(index + 1)..];
}
