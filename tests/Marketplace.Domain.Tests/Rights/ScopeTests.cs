using CsCheck;
using Marketplace.Domain.Rights;

namespace Marketplace.Domain.Tests.Rights;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("中国大陆", "中国大陆", Overlap.Certain)]
    [InlineData("中国大陆 (mainland China)", "中国大陆", Overlap.Certain)]
    [InlineData("中国", "天津市", Overlap.Certain)]
    [InlineData("天津市", "中国大陆", Overlap.Certain)]
    [InlineData("全球", "月球", Overlap.Certain)]
    [InlineData("World-wide", "Tianjin", Overlap.Certain)]
    [InlineData("天津市滨海新区", "天津市", Overlap.Certain)]
    [InlineData("天津市滨海新区", "天津市和平区", Overlap.Possible)] // two parts of one city: the table does not know them
    [InlineData("天津市", "北京市", Overlap.None)]
    [InlineData("天津市、河北省", "河北省；山东省", Overlap.Certain)]
    [InlineData("天津市、河北省", "山东省/河南省", Overlap.None)]
    [InlineData("中国大陆", "香港", Overlap.None)]
    [InlineData("中国", "香港", Overlap.Certain)]
    [InlineData("中国大陆", "日本", Overlap.None)]
    [InlineData("China", "japan", Overlap.None)]
    [InlineData("EU", "Germany", Overlap.Certain)]
    [InlineData("德国", "法国", Overlap.None)]
    [InlineData("USA", "中国大陆", Overlap.None)]
    [InlineData("东北地区", "辽宁省", Overlap.Possible)]
    [InlineData("Russia", "中国", Overlap.Possible)] // not in the table under this name
    [InlineData("（）", "()", Overlap.Possible)]
    [InlineData("中国北方", "广东省", Overlap.Possible)] // lies in the whole, but who knows in which part
    [InlineData("中国北方", "日本", Overlap.None)]
    [InlineData("中国大陆地区", "天津市", Overlap.Certain)]
    [InlineData("中国大陆（不含天津）", "天津市", Overlap.Possible)]
    [InlineData("worldwide except China", "中国", Overlap.Possible)]
    [InlineData("黑龙江吉林", "辽宁省", Overlap.Possible)] // two names in one word
    [InlineData("Indiana", "USA", Overlap.Possible)]
    [InlineData("广西壮族自治区", "广西", Overlap.Certain)]
    public void Territories(string one, string other, Overlap expected)
    {
        Assert.Equal(expected, Scope.OfTerritories(one, other));
        Assert.Equal(expected, Scope.OfTerritories(other, one));
    }

    [Theory]
    [InlineData("工业仿真", "工业仿真", Overlap.Certain)]
    [InlineData("工业仿真", "工业 仿真软件", Overlap.Certain)] // one contains the other
    [InlineData("医疗器械", "水处理", Overlap.Possible)] // other words, but who knows
    [InlineData("全部领域", "水处理", Overlap.Certain)]
    [InlineData("All fields", "水处理", Overlap.Certain)]
    [InlineData("医疗器械、水处理", "水处理", Overlap.Certain)]
    [InlineData("Water Treatment", "water treatment", Overlap.Certain)]
    [InlineData("ＡＢＣ材料", "ABC材料", Overlap.Certain)] // full width
    public void Fields(string one, string other, Overlap expected)
    {
        Assert.Equal(expected, Scope.OfFields(one, other));
        Assert.Equal(expected, Scope.OfFields(other, one));
    }

    [Fact]
    public void Any_words_are_compared_alike_both_ways_and_with_themselves_overlap() =>
        Gen.Select(Gen.String[Gen.OneOf(Gen.Char, Gen.Char["中国天津市北京、,;()（） EUusa"]), 1, 30], Gen.String[Gen.Char, 1, 30]).Sample((one, other) =>
        {
            Assert.Equal(Scope.OfFields(one, other), Scope.OfFields(other, one));
            Assert.Equal(Scope.OfTerritories(one, other), Scope.OfTerritories(other, one));
            Assert.NotEqual(Overlap.None, Scope.OfTerritories(one, one));
            Assert.NotEqual(Overlap.None, Scope.OfFields(one, other));
        });
}
