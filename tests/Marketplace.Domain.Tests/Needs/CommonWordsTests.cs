using CsCheck;
using Marketplace.Domain.Needs;

namespace Marketplace.Domain.Tests.Needs;

public sealed class CommonWordsTests
{
    private static readonly Gen<string[]> Texts = Gen.String[Gen.Char["固态电池解质 ab12，。"], 0, 20].Array[1, 3];

    [Theory]
    [InlineData("固态电池", "全固态电池包", 3, "固态电池")]
    [InlineData("固态锂电池", "固态电池", 2, "固态 电池")]
    [InlineData("Zinc-iron FLOW battery", "flow cell of zinc", 2, "flow zinc")]
    [InlineData("电", "电", 0, "")] // one character alone is no word
    [InlineData("技术研究", "技术研究", 0, "")] // said of everything, and what is between them is no word
    [InlineData("物理电源技术", "物理电源技术", 3, "物理电源")]
    [InlineData("the system", "the system", 0, "")]
    [InlineData("ＢＣＩ芯片", "bci 芯片", 2, "bci 芯片")] // full width
    [InlineData("", "电池", 0, "")]
    public void Words_in_common_are_found_and_shown_whole(string asked, string told, int count, string shown)
    {
        var common = CommonWords.Of([asked], [told]);

        Assert.Equal(count, common.Count);
        Assert.Equal(shown.Split(' ', StringSplitOptions.RemoveEmptyEntries), common.Shown);
    }

    [Fact]
    public void Both_sides_count_alike_and_in_any_order() => Gen.Select(Texts, Texts).Sample((one, other) =>
    {
        Assert.Equal(CommonWords.Of(one, other).Count, CommonWords.Of(other, one).Count);
        Assert.Equal(CommonWords.Of(one, other).Shown, CommonWords.Of([.. one.Reverse()], [.. other.Reverse()]).Shown);
    });

    [Fact]
    public void What_is_asked_of_an_index_is_bounded_and_finds_what_is_common() => Gen.Select(Texts, Texts).Sample((one, other) =>
    {
        Assert.InRange(CommonWords.ToAskFor(one, 5).Count, 0, 5);
        var told = Words.Tokens(other);
        var found = CommonWords.ToAskFor(one, int.MaxValue).Count(word => Words.Asked(word).All(part => part.IsIn(told)));
        Assert.True(found >= CommonWords.Of(one, other).Count);
    });
}
