using System.Numerics;
using CsCheck;

namespace Marketplace.Domain.Tests;

public sealed class RoundingTests
{
    private static readonly Gen<Int128> AnyInt128 = Gen.Select(Gen.ULong, Gen.ULong, (upper, lower) => (Int128)new UInt128(upper, lower));

    [Theory]
    [InlineData(5, 10, 0)]
    [InlineData(15, 10, 2)]
    [InlineData(25, 10, 2)]
    [InlineData(26, 10, 3)]
    [InlineData(-5, 10, 0)]
    [InlineData(-15, 10, -2)]
    [InlineData(-25, 10, -2)]
    [InlineData(-26, 10, -3)]
    [InlineData(1, 3, 0)]
    [InlineData(2, 3, 1)]
    [InlineData(-2, 3, -1)]
    [InlineData(0, 7, 0)]
    [InlineData(7, 1, 7)]
    public void An_exact_half_goes_to_the_even_neighbour(long numerator, long denominator, long expected) =>
        Assert.Equal(expected, Rounding.HalfEven(numerator, denominator));

    [Fact]
    public void It_rounds_as_decimal_does_where_decimal_is_exact() =>
        Gen.Select(Gen.Long, Gen.Int[0, 6]).Sample((numerator, digits) =>
        {
            var denominator = (long)Math.Pow(10, digits);
            Assert.Equal((long)Math.Round((decimal)numerator / denominator, MidpointRounding.ToEven), Rounding.HalfEven(numerator, denominator));
        });

    [Fact]
    public void It_is_the_nearest_whole_number_for_every_128_bit_fraction() =>
        Gen.Select(AnyInt128, AnyInt128.Where(x => x > 0)).Sample((numerator, denominator) =>
        {
            var expected = Nearest((BigInteger)numerator, (BigInteger)denominator);
            if (expected < long.MinValue || expected > long.MaxValue)
            {
                Assert.Throws<OverflowException>(() => Rounding.HalfEven(numerator, denominator));
            }
            else
            {
                Assert.Equal((long)expected, Rounding.HalfEven(numerator, denominator));
            }
        });

    [Fact]
    public void Halves_are_even_for_every_denominator() =>
        Gen.Select(Gen.Long, Gen.Long[1, long.MaxValue]).Sample((whole, half) =>
        {
            var exactHalf = ((Int128)whole * 2 + 1) * half; // (whole + 1/2) × 2 half
            if (whole < long.MaxValue)
            {
                Assert.Equal(long.IsEvenInteger(whole) ? whole : whole + 1, Rounding.HalfEven(exactHalf, (Int128)half * 2));
            }
        });

    [Fact]
    public void The_ends_of_the_range_are_reached_and_not_passed()
    {
        Assert.Equal(long.MaxValue, Rounding.HalfEven(long.MaxValue, 1));
        Assert.Equal(long.MinValue, Rounding.HalfEven(long.MinValue, 1));
        Assert.Equal(-1, Rounding.HalfEven(Int128.MinValue, Int128.MaxValue));
        Assert.Throws<OverflowException>(() => Rounding.HalfEven((Int128)long.MaxValue + 1, 1));
        Assert.Throws<OverflowException>(() => Rounding.HalfEven((Int128)long.MinValue - 1, 1));
        Assert.Throws<OverflowException>(() => Rounding.HalfEven((Int128)long.MaxValue * 2 + 1, 2)); // the half above the end is odd
        Assert.Throws<OverflowException>(() => Rounding.HalfEven(Int128.MinValue, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_denominator_is_positive(long denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.HalfEven(1, denominator));

    // floor(n/d + 1/2), less one where that was an exact half and came out odd: another way than the code's.
    private static BigInteger Nearest(BigInteger numerator, BigInteger denominator)
    {
        var (above, below) = (2 * numerator + denominator, 2 * denominator);
        var floor = BigInteger.DivRem(above, below, out var rest);
        if (rest.Sign < 0)
        {
            floor--;
        }

        return rest.IsZero && !floor.IsEven ? floor - 1 : floor;
    }
}
