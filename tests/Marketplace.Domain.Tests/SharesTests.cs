using CsCheck;

namespace Marketplace.Domain.Tests;

public sealed class SharesTests
{
    /// <summary>1 to 12 positive weights that total exactly one million: cuts between 0 and 1 000 000.</summary>
    private static readonly Gen<long[]> Weights = Gen.Long[1, 999_999].HashSet[0, 11].Select(cuts =>
    {
        long[] edges = [0, .. cuts.Order(), 1_000_000];
        return edges.Skip(1).Zip(edges, (upper, lower) => upper - lower).ToArray();
    });

    [Theory]
    [InlineData(100, new long[] { 333_333, 333_333, 333_334 }, new long[] { 33, 33, 34 })]
    [InlineData(1, new long[] { 500_000, 500_000 }, new long[] { 0, 1 })]
    [InlineData(3, new long[] { 500_000, 500_000 }, new long[] { 2, 1 })]
    [InlineData(2, new long[] { 300_000, 300_000, 300_000, 100_000 }, new long[] { 1, 1, 0, 0 })]
    [InlineData(0, new long[] { 999_999, 1 }, new long[] { 0, 0 })]
    [InlineData(long.MaxValue, new long[] { 1_000_000 }, new long[] { long.MaxValue })]
    public void Each_part_is_rounded_and_the_last_takes_the_rest(long totalMinor, long[] weightsPpm, long[] parts) =>
        Assert.Equal(parts, Shares.Split(totalMinor, weightsPpm));

    [Fact]
    public void Parts_sum_to_the_whole_and_none_is_negative() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, long.MaxValue]), Weights).Sample((totalMinor, weightsPpm) =>
        {
            var parts = Shares.Split(totalMinor, weightsPpm);

            Assert.Equal(weightsPpm.Length, parts.Count);
            Assert.All(parts, part => Assert.True(part >= 0));
            Assert.Equal(totalMinor, parts.Aggregate(Int128.Zero, (sum, part) => sum + part));
        });

    [Fact]
    public void Every_part_but_the_last_is_within_half_a_minor_unit_unless_nothing_is_left() =>
        Gen.Select(Gen.Long[0, 10_000_000_000], Weights).Sample((totalMinor, weightsPpm) =>
        {
            var parts = Shares.Split(totalMinor, weightsPpm);
            var leftMinor = totalMinor;
            for (var i = 0; i < parts.Count - 1; i++)
            {
                var exact = (decimal)totalMinor * weightsPpm[i] / 1_000_000;
                leftMinor -= parts[i];
                Assert.True(Math.Abs(parts[i] - exact) <= 0.5m || (leftMinor == 0 && parts[i] < exact));
            }
        });

    public static TheoryData<long[], string> NotWhole => new()
    {
        { [], "shares" },
        { [999_999], "shares" },
        { [500_000, 500_001], "shares" },
        { [1_000_000, 0], "shares[1]" },
        { [-1, 1_000_001], "shares[0]" },
        { [long.MaxValue, long.MaxValue, 1_000_002], "shares" }, // wraps around to one million in 64 bits
    };

    [Theory]
    [MemberData(nameof(NotWhole))]
    public void Weights_that_are_not_the_whole_are_refused_and_never_split(long[] weightsPpm, string field)
    {
        var refusal = Shares.Check(weightsPpm, "shares");

        Assert.Equal(("shares-not-whole", field), (refusal?.Code, refusal?.Field));
        Assert.Throws<ArgumentException>(() => Shares.Split(100, weightsPpm));
    }

    [Fact]
    public void Whole_weights_are_not_refused() => Weights.Sample(weightsPpm => Shares.Check(weightsPpm, "shares") is null);

    [Fact]
    public void A_negative_total_cannot_be_split() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(-1, [1_000_000]));
}
