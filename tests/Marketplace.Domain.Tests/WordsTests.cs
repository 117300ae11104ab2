using System.Text;
using CsCheck;

namespace Marketplace.Domain.Tests;

public sealed class WordsTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String, Gen.String[Gen.Char["电池液流锌铁 aB1é，。\"*()\ud83d\ude00ー한カ"], 0, 30]);

    [Theory]
    [InlineData("电池", "电池 池")]
    [InlineData("锌铁液流电池", "锌铁 铁液 液流 流电 电池 池")]
    [InlineData("池", "池")]
    [InlineData("Zinc-iron FLOW battery", "zinc iron flow battery")]
    [InlineData("ＴＲＬ　７级", "trl 7 级")] // full width
    [InlineData("5G通信", "5g 通信 信")]
    [InlineData("脑机接口BCI芯片", "脑机 机接 接口 口 bci 芯片 片")]
    [InlineData("カタカナとひらがな", "カタ タカ カナ ナと とひ ひら らが がな な")]
    [InlineData("한국어", "한국 국어 어")]
    [InlineData("𠮷野家", "𠮷野 野家 家")] // outside of the first plane
    [InlineData("e\u0301tude", "étude")]
    [InlineData("\ud83d\ude00 \"*\" AND(", "and")]
    [InlineData("\ud800电", "电")] // half a pair
    [InlineData("", "")]
    public void Text_becomes_words_and_neighbours(string text, string tokens) => Assert.Equal(tokens, Words.Tokens(text));

    [Theory]
    [InlineData("液流", "锌铁液流电池", true)]
    [InlineData("液电", "锌铁液流电池", false)]
    [InlineData("池", "锌铁液流电池", true)] // one character is the beginning of a pair, or the last alone
    [InlineData("流电", "flow", false)]
    [InlineData("flo", "Flow battery", true)] // three letters may go on
    [InlineData("fl", "Flow battery", false)]
    [InlineData("low", "Flow battery", false)]
    [InlineData("电池 flow", "flow 电池", true)]
    public void A_word_that_is_asked_for_is_in_the_tokens_of_what_has_it(string asked, string text, bool isIn) =>
        Assert.Equal(isIn, Words.Asked(asked).All(word => word.IsIn(Words.Tokens(text))));

    [Fact]
    public void Tokens_are_letters_and_digits_only() => AnyText.Sample(text =>
        Assert.All(Words.Tokens(text).EnumerateRunes(), rune => Assert.True(rune.Value == ' ' || Rune.IsLetterOrDigit(rune) || IsMark(rune))));

    [Fact]
    public void Case_and_width_mean_nothing() => AnyText.Sample(text =>
        Assert.Equal(Words.Tokens(text), Words.Tokens(string.Concat(text.Select(c => c is >= '!' and <= '~' ? (char)(c + 0xFEE0) : c)).ToUpperInvariant().ToLowerInvariant())));

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
