using System.Text.RegularExpressions;

namespace Marketplace.Architecture.Tests.Projects;

/// <summary>Whatever stands in a table can be taken away: a new table has a file, or is named here with the reason why it has none.</summary>
public sealed partial class TableTests
{
    private const string PartOfOne = "a part of one thing, whole on its page, which can be printed";

    /// <summary>How many tables of a file have no export, and why.</summary>
    private static readonly Dictionary<string, (int Tables, string Because)> Excepted = new()
    {
        ["TrialBalanceSheet.razor"] = (1, "has files of its own, with a summary"),
        ["PartyStatementSheet.razor"] = (1, "has files of its own, with a summary"),
        ["Exports.razor"] = (1, "a list of the files themselves"),
        ["Reconciliation.razor"] = (1, "balances of one provider by currency; what differs and all days have files"),
        ["Settlement.razor"] = (2, "figures that lead to tables with files, and work of the host"),
        ["Chart.razor"] = (1, "the numbers of a picture"),
        ["RecordPage.razor"] = (1, PartOfOne),
        ["SalesReports.razor"] = (1, PartOfOne),
        ["MoneyPage.razor"] = (3, "what can be done about single sums; all of it is in the file of the agreement's postings and payments"),
        ["TemplatePage.razor"] = (1, PartOfOne),
        ["PaymentSheetPage.razor"] = (1, PartOfOne),
        ["CsvMappingPage.razor"] = (1, "a preview of a file that the reader has"),
        ["BankStatementPage.razor"] = (1, PartOfOne),
        ["PayPage.razor"] = (1, "what is about to be sent, not what is kept"),
        ["TrialPage.razor"] = (1, PartOfOne),
        ["OfferQuote.razor"] = (1, "a rehearsal with the reader's own numbers, for which there is a command"),
        ["NegotiationPage.razor"] = (1, "differences of two versions of one contract"),
        ["TeamPage.razor"] = (2, "people: they are looked at, and not carried off"),
        ["Postings.razor"] = (1, "the legs of one event; the file of the agreement has all of them"),
        ["GuaranteesPage.razor"] = (2, "what one guarantor stands for, whole on its page"),
        ["IncomePage.razor"] = (1, "what can be paid out just now; the file of the agreement's postings has all of it"),
        ["CommissionList.razor"] = (1, "what one broker may expect; its statements have files"),
        ["MattersPage.razor"] = (1, PartOfOne),
        ["SignPage.razor"] = (1, PartOfOne),
        ["SharePage.razor"] = (1, PartOfOne),
        ["UnsentMailsPage.razor"] = (1, "letters to people: what became of them is looked at, and not carried off"),
        ["NoticeChoicesPage.razor"] = (1, "a form"),
        ["FileFaults.razor"] = (1, "what is wrong with a file that the reader has"),
    };

    private static readonly string Pages = Path.Combine(Repository.Root, "src", "Marketplace.Host", "Components");

    [Fact]
    public void Every_table_has_a_file_or_a_reason() => Assert.Empty(
        Repository.FilesUnder(Pages).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) && Path.GetFileName(f) != "ScrollTable.razor")
            .SelectMany(f => WithoutFile(Path.GetFileName(f), File.ReadAllText(f))));

    [Fact]
    public void Every_exception_is_still_needed() =>
        Assert.Empty(Excepted.Keys.Except(Repository.FilesUnder(Pages).Select(f => Path.GetFileName(f)!)));

    [Theory]
    [InlineData("Newcomer.razor", """<ScrollTable Label="a">""", 1)]
    [InlineData("Newcomer.razor", """<ScrollTable Export="new(Tables.A, asked)" Label="a">""", 0)]
    [InlineData("Newcomer.razor", """<table class="table">""", 1)]
    [InlineData("RecordPage.razor", """<ScrollTable Label="a"><ScrollTable Label="b">""", 1)]
    [InlineData("RecordPage.razor", "nothing any more", 1)]
    public void A_table_without_a_file_is_found(string file, string text, int found) => Assert.Equal(found, WithoutFile(file, text).Count());

    private static IEnumerable<string> WithoutFile(string file, string text)
    {
        var (tables, allowed) = (Table().Matches(text).Count(m => !m.Value.Contains(" Export=", StringComparison.Ordinal)), Excepted.GetValueOrDefault(file).Tables);
        return tables == allowed ? [] : [$"{file}: {tables} tables have no export, and {allowed} are excepted"];
    }

    [GeneratedRegex("<(ScrollTable|table)\\b[^\n]*?>")]
    private static partial Regex Table();
}
