using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Xunit;

namespace Marketplace.Documents.Tests.Sheets;

/// <summary>What is written is a valid workbook, holds exact numbers and real dates, and computes nothing.</summary>
public sealed class XlsxWorkbookTests
{
    private static readonly Currency Dinar = Currency.Parse("BHD").Value;
    private static readonly Currency Yen = Currency.Parse("JPY").Value;

    [Fact]
    public async Task What_is_written_is_read_back_by_our_own_reader()
    {
        var file = await SheetFiles.Xlsx(new WorkbookSheet("对账单", ["事项", "日期", "金额"],
        [
            [WorkbookCell.Of("到账"), WorkbookCell.Of(new DateOnly(2026, 11, 30)), WorkbookCell.Of(123_456_789, Currency.Cny)],
            [WorkbookCell.Of(" 退款\n第二行 "), WorkbookCell.Blank, WorkbookCell.Of(-5, Dinar)],
            [WorkbookCell.Of("yen"), WorkbookCell.Blank, WorkbookCell.Of(1_000, Yen)],
        ]));

        var table = new SalesSheetReader().Read(file).Value;
        Assert.Equal(
            [["事项", "日期", "金额"], ["到账", "46356", "1234567.89"], [" 退款\n第二行 ", "", "-0.005"], ["yen", "", "1000"]],
            table.Rows.Select(r => r.Cells.Select(c => c.Text)));
        Assert.Equal(new DateOnly(2026, 11, 30), DateOnly.FromDateTime(DateTime.FromOADate(46356)));
    }

    [Fact]
    public async Task It_is_valid_and_every_number_has_the_format_of_its_currency()
    {
        using var document = await Open(new WorkbookSheet("a", ["x"], [[WorkbookCell.Of(1, Currency.Cny), WorkbookCell.Of(1, Yen), WorkbookCell.Of(1, Dinar), WorkbookCell.Of(new DateOnly(2026, 1, 1)), WorkbookCell.Blank]]), new WorkbookSheet("b", [], []));
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var formats = Cells(document).Skip(1).Take(4).Select(c =>
        {
            var format = (CellFormat)styles.CellFormats!.ChildElements[(int)c.StyleIndex!.Value];
            return styles.NumberingFormats!.Elements<NumberingFormat>().Single(n => n.NumberFormatId! == format.NumberFormatId!).FormatCode!.Value;
        });
        Assert.Equal(["#,##0.00", "#,##0", "#,##0.000", "yyyy\\-mm\\-dd"], formats);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("=HYPERLINK(\"http://example.com\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1")]
    public async Task Text_stays_text(string typed)
    {
        using var document = await Open(new WorkbookSheet("a", [], [[WorkbookCell.Of(typed)]]));
        var cell = Assert.Single(Cells(document));
        Assert.Equal((CellValues.InlineString, typed), (cell.DataType!.Value, cell.InnerText));
        Assert.Null(cell.CellFormula);
    }

    [Fact]
    public async Task What_a_workbook_cannot_hold_does_not_break_it()
    {
        using var document = await Open(new WorkbookSheet("a", [], [[WorkbookCell.Of("a\u0001b\uD800c\U0001F600"), WorkbookCell.Of(new string('长', 40_000))]]));
        Assert.Equal(["a\uFFFDb\uFFFDc\U0001F600", new string('长', 32_766) + "…"], Cells(document).Select(c => c.InnerText));
    }

    [Theory]
    [InlineData(0, "CNY", "0.00")]
    [InlineData(-1, "CNY", "-0.01")]
    [InlineData(long.MinValue, "CNY", "-92233720368547758.08")]
    [InlineData(long.MaxValue, "JPY", "9223372036854775807")]
    [InlineData(12_345, "CLF", "1.2345")]
    public void Amounts_are_written_by_their_digits(long amountMinor, string currency, string plain) =>
        Assert.Equal(plain, WorkbookCell.Of(amountMinor, Currency.Parse(currency).Value).Plain);

    private static async Task<SpreadsheetDocument> Open(params WorkbookSheet[] sheets) => SpreadsheetDocument.Open(new MemoryStream(await SheetFiles.Xlsx(sheets)), isEditable: false);

    private static IEnumerable<Cell> Cells(SpreadsheetDocument document)
    {
        var workbook = document.WorkbookPart!;
        var first = workbook.Workbook!.Descendants<Sheet>().First();
        return ((WorksheetPart)workbook.GetPartById(first.Id!.Value!)).Worksheet!.Descendants<Cell>();
    }
}
