using System.Numerics;
using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class UsccTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly Gen<string> First17 = Gen.Int[0, 30].Array[17].Select(digits => string.Concat(digits.Select(digit => Alphabet[digit])));

    /// <summary>The standard's congruence: Σ vᵢ 3^(i−1) plus the check value is 0 modulo 31.</summary>
    private static readonly Gen<string> Valid = First17.Select(first => first + Alphabet.Single(check => Congruent(first + check)));

    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("  9135 0100 M000 100Y 43 ")]
    [InlineData("91350100m000100y43")]
    [InlineData("９１３５０１００Ｍ０００１００Ｙ４３")]
    [InlineData("91350100M000\u3000100Y43\u00A0")]
    public void It_is_normalised(string typed) => Assert.Equal("91350100M000100Y43", Uscc.Parse(typed, "uscc").Value.Value);

    [Fact]
    public void It_agrees_with_the_congruence_of_the_standard() => First17.Sample(first =>
        Assert.All(Alphabet, check => Assert.Equal(Congruent(first + check), !Uscc.Parse(first + check, "uscc").IsRefused)));

    [Fact]
    public void A_sum_that_31_divides_has_the_check_digit_0()
    {
        // Eighteen zeros: sum 0, and 31 - 0 = 31 is no position of the alphabet.
        Assert.Equal(new string('0', 18), Uscc.Parse(new string('0', 18), "uscc").Value.Value);
        Assert.Equal('0', Uscc.Parse("Y1" + new string('0', 15) + Alphabet.Single(c => Congruent("Y1" + new string('0', 15) + c)), "uscc").Value.Value[2]);
    }

    [Fact]
    public void Every_single_wrong_character_is_caught() => Valid.Sample(
        code =>
        {
            for (var i = 0; i < code.Length; i++)
            {
                foreach (var wrong in Alphabet.Where(c => c != code[i]))
                {
                    Assert.Equal("uscc-check-digit", Uscc.Parse(Put(code, i, wrong), "uscc").Refusal?.Code);
                }
            }
        },
        iter: 30);

    [Fact]
    public void Two_neighbours_that_changed_places_are_caught() => Valid.Sample(code =>
    {
        for (var i = 0; i < 16; i++)
        {
            var swapped = Put(Put(code, i, code[i + 1]), i + 1, code[i]);
            Assert.Equal(swapped != code, Uscc.Parse(swapped, "uscc").IsRefused);
        }
    });

    [Theory]
    [InlineData('I')]
    [InlineData('O')]
    [InlineData('S')]
    [InlineData('V')]
    [InlineData('Z')]
    [InlineData('-')]
    [InlineData('中')]
    public void A_character_that_no_code_has_is_named_with_its_position(char wrong)
    {
        for (var i = 0; i < 18; i++)
        {
            var refusal = Uscc.Parse(Put("91350100M000100Y43", i, wrong), "buyer.uscc").Refusal;

            Assert.Equal(("uscc-character", "buyer.uscc"), (refusal?.Code, refusal?.Field));
            Assert.Contains($"第 {i + 1} 位是“{wrong}”", refusal!.Zh, StringComparison.Ordinal);
            Assert.Contains($"Position {i + 1} ", refusal.En, StringComparison.Ordinal);
            Assert.Contains($"is \"{wrong}\"", refusal.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_check_digit_names_what_was_expected_and_found()
    {
        var refusal = Uscc.Parse("91350100M000100Y44", "uscc").Refusal;

        Assert.Equal("uscc-check-digit", refusal?.Code);
        Assert.Contains("第 18 位（校验码）应为“3”，实为“4”", refusal!.Zh, StringComparison.Ordinal);
        Assert.Contains("position 18, must be \"3\" but is \"4\"", refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("   ", 0)]
    [InlineData("91350100M000100Y4", 17)]
    [InlineData("91350100M000100Y430", 19)]
    public void Another_length_is_named(string? typed, int length)
    {
        var refusal = Uscc.Parse(typed, "uscc").Refusal;

        Assert.Equal("uscc-length", refusal?.Code);
        Assert.Contains($"实为 {length} 位", refusal!.Zh, StringComparison.Ordinal);
        Assert.EndsWith($"has {length}.", refusal.En, StringComparison.Ordinal);
    }

    private static bool Congruent(string code) =>
        code.Select((c, i) => Alphabet.IndexOf(c) * (i < 17 ? BigInteger.Pow(3, i) : 1)).Aggregate(BigInteger.Add) % 31 == 0;

    private static string Put(string text, int index, char character) => text[..index] + character + text[(index + 1)..];
}
