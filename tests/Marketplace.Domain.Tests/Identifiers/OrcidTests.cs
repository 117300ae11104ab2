using System.Numerics;
using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class OrcidTests
{
    private static readonly Gen<string> First15 = Gen.Int[0, 9].Array[15].Select(string.Concat);
    private static readonly Gen<string> Valid = First15.Select(first => first + "0123456789X".Single(check => Congruent(first + check)));

    [Theory]
    [InlineData("0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("0000000218250097", "0000-0002-1825-0097")]
    [InlineData(" 0000 0002 1825 0097 ", "0000-0002-1825-0097")]
    [InlineData("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("0000–0002–1825–0097", "0000-0002-1825-0097")]
    [InlineData("００００－０００２－１８２５－００９７", "0000-0002-1825-0097")]
    [InlineData("0000-0002-1694-233x", "0000-0002-1694-233X")]
    public void It_is_normalised(string typed, string expected) => Assert.Equal(expected, Orcid.Parse(typed, "orcid").Value.Value);

    [Fact]
    public void It_agrees_with_the_congruence_of_ISO_7064() => First15.Sample(first =>
        Assert.All("0123456789X", check => Assert.Equal(Congruent(first + check), !Orcid.Parse(first + check, "orcid").IsRefused)));

    [Fact]
    public void Every_single_wrong_digit_is_caught() => Valid.Sample(
        orcid =>
        {
            for (var i = 0; i < orcid.Length; i++)
            {
                foreach (var wrong in (i == 15 ? "0123456789X" : "0123456789").Where(c => c != orcid[i]))
                {
                    Assert.Equal("orcid-check-digit", Orcid.Parse(Put(orcid, i, wrong), "orcid").Refusal?.Code);
                }
            }
        },
        iter: 100);

    [Fact]
    public void A_letter_is_named_with_its_position()
    {
        for (var i = 0; i < 15; i++)
        {
            var refusal = Orcid.Parse(Put("0000000218250097", i, 'X'), "orcid").Refusal; // X is a check digit only

            Assert.Equal("orcid-character", refusal?.Code);
            Assert.Contains($"第 {i + 1} 位是“X”", refusal!.Zh, StringComparison.Ordinal);
            Assert.StartsWith($"Position {i + 1} ", refusal.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_check_digit_names_what_was_expected_and_found()
    {
        var refusal = Orcid.Parse("0000-0002-1694-2337", "orcid").Refusal;

        Assert.Equal("orcid-check-digit", refusal?.Code);
        Assert.Contains("第 16 位（校验码）应为“X”，实为“7”", refusal!.Zh, StringComparison.Ordinal);
        Assert.Contains("position 16, must be \"X\" but is \"7\"", refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0000-0002-1825-009")]
    [InlineData("0000-0002-1825-00977")]
    [InlineData("https://example.org/0000-0002-1825-0097")]
    public void Another_length_is_refused(string? typed) => Assert.Equal("orcid-length", Orcid.Parse(typed, "orcid").Refusal?.Code);

    /// <summary>ISO/IEC 7064 MOD 11-2: Σ aᵢ 2^(16−i) is 1 modulo 11.</summary>
    private static bool Congruent(string digits) =>
        digits.Select((c, i) => (c == 'X' ? 10 : c - '0') * BigInteger.Pow(2, 15 - i)).Aggregate(BigInteger.Add) % 11 == 1;

    private static string Put(string text, int index, char character) => text[..index] + character + text[(index + 1)..];
}
