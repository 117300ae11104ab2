namespace Marketplace.Domain.Tests.Identifiers;

public sealed class ClassificationTests
{
    [Theory]
    [InlineData("A61B 5/00", "A61B 5/00")]
    [InlineData("a61b5/00", "A61B 5/00")]
    [InlineData(" A61B  5 / 00 ", "A61B 5/00")]
    [InlineData("Ａ６１Ｂ　５／００", "A61B 5/00")]
    [InlineData("A61B 0005/00", "A61B 5/00")]
    [InlineData("H04L 67/1097", "H04L 67/1097")]
    [InlineData("G16H 9999/123456", "G16H 9999/123456")]
    public void IPC_is_normalised(string typed, string expected) => Assert.Equal(expected, IpcSymbol.Parse(typed, "ipc").Value.Value);

    [Theory]
    [InlineData("Y02E 10/50", "Y02E 10/50")]
    [InlineData("g06t2207/30004", "G06T 2207/30004")]
    [InlineData("A61B 5/0002", "A61B 5/0002")]
    public void CPC_has_section_Y_and_long_groups(string typed, string expected) => Assert.Equal(expected, CpcSymbol.Parse(typed, "cpc").Value.Value);

    [Theory]
    [InlineData("Y02E 10/50", 1, 'Y')]
    [InlineData("I61B 5/00", 1, 'I')]
    [InlineData("AO1B 5/00", 2, 'O')]
    [InlineData("A6lB 5/00", 3, 'L')]
    [InlineData("A611 5/00", 4, '1')]
    [InlineData("A61B X/00", 5, 'X')]
    [InlineData("A61B 0/00", 6, '/')]
    [InlineData("A61B 5.00", 6, '.')]
    [InlineData("A61B 12345/00", 9, '5')]
    [InlineData("A61B 5/O0", 7, 'O')]
    [InlineData("A61B 5/0O", 8, 'O')]
    [InlineData("A61B 5/00A", 9, 'A')]
    [InlineData("A61B 5/1234567", 13, '7')]
    public void A_wrong_character_of_an_IPC_symbol_is_named_with_its_position(string typed, int position, char wrong)
    {
        var refusal = IpcSymbol.Parse(typed, "ipc[0]").Refusal;

        Assert.Equal(("ipc-character", "ipc[0]"), (refusal?.Code, refusal?.Field));
        Assert.Contains($"第 {position} 位是“{wrong}”", refusal!.Zh, StringComparison.Ordinal);
        Assert.StartsWith($"Position {position} ", refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("A", 2)]
    [InlineData("A6", 3)]
    [InlineData("A61", 4)]
    [InlineData("A61B", 5)]
    [InlineData("A61B 5", 6)]
    [InlineData("A61B 5/", 7)]
    [InlineData("A61B 5/0", 8)]
    public void A_symbol_that_ends_early_says_what_is_missing(string? typed, int position)
    {
        var refusal = CpcSymbol.Parse(typed, "cpc").Refusal;

        Assert.Equal("cpc-length", refusal?.Code);
        Assert.Contains($"第 {position} 位应为", refusal!.Zh, StringComparison.Ordinal);
        Assert.Contains($"position {position} must be", refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C39", "C39")]
    [InlineData("c392", "C392")]
    [InlineData(" C 3921 ", "C3921")]
    [InlineData("M7310", "M7310")]
    [InlineData("A01", "A01")]
    [InlineData("T97", "T97")]
    public void An_industry_code_is_normalised(string typed, string expected) => Assert.Equal(expected, IndustryCode.Parse(typed, "industry").Value.Value);

    [Theory]
    [InlineData(null, "industry-length", "0")]
    [InlineData("C3", "industry-length", "2")]
    [InlineData("C39210", "industry-length", "6")]
    [InlineData("U39", "industry-character", "Position 1 ")]
    [InlineData("3921", "industry-character", "Position 1 ")]
    [InlineData("C3O2", "industry-character", "Position 3 ")]
    [InlineData("C12", "industry-division", "section C has 13 to 43")]
    [InlineData("C44", "industry-division", "section C has 13 to 43")]
    [InlineData("A00", "industry-division", "section A has 01 to 05")]
    [InlineData("T98", "industry-division", "section T has 97 to 97")]
    public void What_is_no_industry_code_says_why(string? typed, string code, string sentence)
    {
        var refusal = IndustryCode.Parse(typed, "industry").Refusal;

        Assert.Equal(code, refusal?.Code);
        Assert.Contains(sentence, refusal!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_the_97_divisions_belongs_to_exactly_one_section()
    {
        var accepted = "ABCDEFGHIJKLMNOPQRST".SelectMany(section => Enumerable.Range(0, 100).Select(division => $"{section}{division:D2}"))
            .Where(code => !IndustryCode.Parse(code, "industry").IsRefused)
            .Select(code => int.Parse(code[1..]));

        Assert.Equal(Enumerable.Range(1, 97), accepted);
    }

    [Theory]
    [InlineData("TRL 6 (GB/T 22900)", 6, ReadinessScale.GbT22900)]
    [InlineData("trl6 gb/t22900-2022", 6, ReadinessScale.GbT22900)]
    [InlineData("GB/T 37264 TRL 9", 9, ReadinessScale.GbT37264)]
    [InlineData("GB/T 37264-2018: 1", 1, ReadinessScale.GbT37264)]
    [InlineData("ＴＲＬ　３（ＧＢ／Ｔ　３７２６４）", 3, ReadinessScale.GbT37264)]
    public void A_readiness_level_keeps_its_scale(string typed, int level, ReadinessScale scale)
    {
        var readiness = TechnologyReadiness.Parse(typed, "readiness").Value;

        Assert.Equal((level, scale), (readiness.Level, readiness.Scale));
        Assert.Equal(readiness, TechnologyReadiness.Parse(readiness.Value, "readiness").Value);
        Assert.Equal(readiness, TechnologyReadiness.Of(level, scale, "readiness").Value);
    }

    [Theory]
    [InlineData(null, "readiness-format")]
    [InlineData("6", "readiness-format")] // a level without its scale
    [InlineData("TRL 6", "readiness-format")]
    [InlineData("GB/T 22900", "readiness-format")]
    [InlineData("GB/T 22900 6", "readiness-format")] // without a separator, 229006 could be another standard
    [InlineData("TRL 6 (ISO 16290)", "readiness-format")]
    [InlineData("TRL 0 (GB/T 22900)", "readiness-level")]
    [InlineData("TRL 10 (GB/T 22900)", "readiness-level")]
    public void A_level_without_scale_or_off_the_scale_is_refused(string? typed, string code) =>
        Assert.Equal(code, TechnologyReadiness.Parse(typed, "readiness").Refusal?.Code);
}
