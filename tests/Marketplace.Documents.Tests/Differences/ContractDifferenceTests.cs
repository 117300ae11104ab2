using Markdig;
using Marketplace.Application.Licensing;
using Marketplace.Documents.Differences;
using Marketplace.Documents.Templates;
using Marketplace.Documents.Tests.Templates;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Tests.Differences;

/// <summary>What a reader is told was changed, and nothing that was not.</summary>
public sealed class ContractDifferenceTests
{
    private static readonly ContractTemplates Templates = new();
    private static readonly ContractDifference Difference = new();

    public static TheoryData<string, bool> Texts => [.. Templates.Newest.SelectMany(t => new[] { (t.Id, false), (t.Id, true) })];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Each_side_can_be_read_off_the_difference(string id, bool inEnglish)
    {
        var (before, after) = (Written(FillTests.Fill(id), inEnglish), Written(FillTests.Fill(id, ("cureDays", "47"), ("territory", "\"<ins>天津</ins> & *北京*\"")), inEnglish));
        var compared = Difference.Between(before, after);
        Assert.Equal(Plain(before), Side(compared, TextChange.Inserted));
        Assert.Equal(Plain(after), Side(compared, TextChange.Deleted));
        Assert.InRange(compared.Count(p => p.Change != TextChange.Same), 1, 12);
        Assert.Contains(compared.SelectMany(p => p.Words), w => w.Change == TextChange.Inserted && w.Text.Contains("<ins>", StringComparison.Ordinal));
        Assert.All(compared, p => Assert.Equal(p.Change == TextChange.Changed, p.Words.Count > 1 || p.Words[0].Change != p.Change));
    }

    [Fact]
    public void A_number_is_one_word_in_either_language()
    {
        var compared = Difference.Between(Contract("付款人民币1,000.00元，比例5%。\n\nPay CNY 1,000.00 at 5%."), Contract("付款人民币1,200.00元，比例4.5%。\n\nPay CNY 1,200.00 at 4.5%."));
        Assert.Equal(
            ["-1,000.00", "+1,200.00", "-5%", "+4.5%", "-1,000.00", "+1,200.00", "-5%", "+4.5%"],
            compared.SelectMany(p => p.Words).Where(w => w.Change != TextChange.Same).Select(w => (w.Change == TextChange.Deleted ? "-" : "+") + w.Text));
    }

    [Fact]
    public void A_paragraph_that_has_little_in_common_is_another_one() => Assert.Equal(
        [TextChange.Same, TextChange.Deleted, TextChange.Inserted],
        Difference.Between(Contract("甲方交付样品。\n\n乙方验收。"), Contract("甲方交付样品。\n\n本条删除后不再适用任何费用。")).Select(p => p.Change));

    [Fact]
    public void What_is_the_same_is_said_to_be() =>
        Assert.All(Difference.Between(Contract("甲。\n\n乙。"), Contract("甲。\n\n乙。")), p => Assert.Equal(TextChange.Same, p.Change));

    private static ContractDocument Written(AgreementTerms terms, bool inEnglish) => Templates.Write(terms, new ContractFacts(), inEnglish)!;

    private static ContractDocument Contract(string markdown) => new("", markdown, "");

    private static string Plain(ContractDocument contract) =>
        string.Join('\n', Markdown.ToPlainText(contract.Markdown).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Side(IReadOnlyList<ComparedParagraph> compared, TextChange without) => string.Join('\n', compared
        .Where(p => p.Change != without)
        .Select(p => string.Concat(p.Words.Where(w => w.Change != without).Select(w => w.Text))));
}
