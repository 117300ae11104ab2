using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Lines of sales and their totals. Amounts worked out by hand.</summary>
public sealed class SalesSheetTests
{
    private static readonly AgreementTerms Terms = Deals.Terms(new RunningRoyalty(50_000));
    private static readonly string[] Header = ["产品", "客户国家/地区", "数量", "单价", "销售额", "币种", "扣除：退货", "扣除：运费"];

    [Fact]
    public void Totals_are_the_sums_of_the_lines()
    {
        // 10 × 99.90 = 999.00; 2.5 × 400.10 = 1 000.25; 1 234 567.89 told alone. Returns 5.00 + 0.30, freight 12.00.
        var reading = Read(
            Header,
            ["泵", "中国", "10", "99.90", "999", "CNY", "5", ""],
            ["", "", "", "", "", "", "", ""],
            ["阀", "DE", "2.5", "400.1", "1,000.25", "cny", "", "12.00"],
            ["电机", "日本", "", "", "１,234,567.89", "CNY", "0.30", ""]);
        var totals = reading.Totals!;
        Assert.Empty(reading.Faults);
        Assert.Equal((3, 12.5m, Deals.Yuan(1_236_567_14), Deals.Yuan(1_236_549_84), 0L), (totals.Rows, totals.Quantity, totals.Gross, totals.Net, totals.Units));
        Assert.Equal([new SalesDeduction("退货", 5_30), new SalesDeduction("运费", 12_00)], totals.Deductions);
    }

    [Fact]
    public void Columns_are_found_by_name_in_either_language_and_any_order()
    {
        var reading = Read(
            [" gross ", "CURRENCY", "Deduction:Returns", "Unit  price", "product", "Customer country", "quantity"],
            ["12", "CNY", "2", "4", "pump", "CN", "3"]);
        Assert.Equal((Deals.Yuan(12_00), Deals.Yuan(10_00)), (reading.Totals!.Gross, reading.Totals.Net));
        Assert.Equal("Returns", Assert.Single(reading.Totals.Deductions).Kind);
    }

    [Theory]
    [InlineData("数量", "-1", "number-negative")]
    [InlineData("数量", "1.00001", "decimals-too-many")]
    [InlineData("数量", "1000000001", "number-too-large")]
    [InlineData("单价", "1.005", "decimals-too-many")]
    [InlineData("单价", "一百", "number-malformed")]
    [InlineData("销售额", "", "cell-missing")]
    [InlineData("销售额", "1,23", "number-malformed")]
    [InlineData("销售额", "1.2.3", "number-malformed")]
    [InlineData("销售额", "1e3", "number-malformed")]
    [InlineData("销售额", "￥100", "number-malformed")]
    [InlineData("销售额", "1000000000000.01", "number-too-large")]
    [InlineData("销售额", "98", "gross-differs")] // 7 × 14.01 = 98.07
    [InlineData("币种", "USD", "currency-differs")]
    [InlineData("币种", "", "currency-differs")]
    [InlineData("产品", " ", "cell-missing")]
    [InlineData("产品", "=HYPERLINK(\"x\")", "cell-looks-like-formula")]
    [InlineData("客户国家/地区", "+86", "cell-looks-like-formula")]
    [InlineData("客户国家/地区", "＝1", "cell-looks-like-formula")]
    [InlineData("产品", "@SUM(A1)", "cell-looks-like-formula")]
    [InlineData("扣除：退货", "-5", "number-negative")]
    public void What_is_wrong_with_a_cell_is_told_with_its_place(string column, string value, string code)
    {
        string[] cells = ["泵", "中国", "7", "14.01", "98.07", "CNY", "1", "1"];
        cells[Array.IndexOf(Header, column)] = value;
        var reading = Read(Header, ["阀", "中国", "", "", "5", "CNY", "", ""], cells);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal((3, column, value, code), (fault.Row, fault.Column.Replace(':', '：'), fault.Value, fault.Code));
        Assert.Null(reading.Totals);
    }

    [Fact]
    public void Half_a_fen_of_a_product_goes_to_the_even_neighbour()
    {
        // 0.5 × 0.05 = 0.025 → 0.02; 0.5 × 0.07 = 0.035 → 0.04
        Assert.Empty(Read(Header, ["泵", "中国", "0.5", "0.05", "0.02", "CNY", "", ""], ["泵", "中国", "0.5", "0.07", "0.04", "CNY", "", ""]).Faults);
        Assert.Equal(2, Read(Header, ["泵", "中国", "0.5", "0.05", "0.03", "CNY", "", ""], ["泵", "中国", "0.5", "0.07", "0.03", "CNY", "", ""]).FaultCount);
    }

    [Fact]
    public void Unknown_missing_and_doubled_columns_are_told_together_and_nothing_else_is()
    {
        var reading = Read(["产品", "备注", "product", "扣除:退货", "扣除：退货", "数量", "单价", "销售额"], ["泵", "x", "", "", "", "", "", "y"]);
        Assert.Equal(["column-unknown", "column-twice", "column-twice", "column-missing", "column-missing"], reading.Faults.Select(f => f.Code));
        Assert.All(reading.Faults, f => Assert.Equal(1, f.Row));
        Assert.Equal("B", reading.Faults[0].Column);
    }

    [Fact]
    public void A_hundred_faults_are_told_and_all_are_counted()
    {
        var reading = Read([Header, .. Enumerable.Repeat<string[]>(["泵", "中国", "", "", "x", "CNY", "", ""], 150)]);
        Assert.Equal((100, 150, 150), (reading.Faults.Count, reading.FaultCount, reading.Rows));
    }

    [Fact]
    public void An_empty_table_and_a_cell_without_a_column_are_faults()
    {
        Assert.Equal("sheet-empty", Assert.Single(Read(Header).Faults).Code);
        Assert.Equal(6, Read([["", ""]]).FaultCount);
        Assert.NotEmpty(SalesSheet.Read(new SheetTable([]), Terms).Faults);
        Assert.Equal(("cell-outside-columns", "I"), Read(Header, ["泵", "中国", "", "", "5", "CNY", "", "", "多"]).Faults.Select(f => (f.Code, f.Column)).Single());
    }

    [Fact]
    public void Where_a_clause_counts_units_each_line_says_how_many()
    {
        var counting = Deals.Terms(new UnitRoyalty("件", 5));
        Assert.Equal(7, Read(counting, Header, ["泵", "中国", "7", "", "5", "CNY", "", ""]).Totals!.Units);
        Assert.Equal("quantity-not-whole", Assert.Single(Read(counting, Header, ["泵", "中国", "7.5", "", "5", "CNY", "", ""]).Faults).Code);
        Assert.Equal("cell-missing", Assert.Single(Read(counting, Header, ["泵", "中国", "", "", "5", "CNY", "", ""]).Faults).Code);
    }

    [Fact]
    public void A_currency_without_decimals_takes_none_and_one_with_three_takes_three()
    {
        Assert.Equal("decimals-too-many", Assert.Single(Read(Terms with { Currency = Currency.Parse("JPY").Value }, Header, ["泵", "日本", "", "", "5.1", "JPY", "", ""]).Faults).Code);
        Assert.Equal(5_001, Read(Terms with { Currency = Currency.Parse("BHD").Value }, Header, ["泵", "巴林", "", "", "5.001", "BHD", "", ""]).Totals!.Gross.AmountMinor);
    }

    [Fact]
    public void Deductions_of_all_lines_together_do_not_exceed_their_sales()
    {
        Assert.Equal(Deals.Yuan(0), Read(Header, ["泵", "中国", "", "", "5", "CNY", "7", ""], ["泵", "中国", "", "", "5", "CNY", "2", "1"]).Totals!.Net);
        Assert.Equal("deductions-exceed-sales", Assert.Single(Read(Header, ["泵", "中国", "", "", "5", "CNY", "7", ""], ["泵", "中国", "", "", "5", "CNY", "2", "1.01"]).Faults).Code);
    }

    [Fact]
    public void A_formula_without_a_number_is_a_fault()
    {
        var cells = new[] { "泵", "中国", "", "", "5", "CNY", "", "" }.Select(t => new SheetCell(t)).ToArray();
        cells[4] = new SheetCell("#DIV/0!", IsResultOfFormula: true);
        Assert.Equal("cell-formula", Assert.Single(SalesSheet.Read(new SheetTable([Row(1, Header), new SheetRow(2, cells)]), Terms).Faults).Code);
    }

    [Fact]
    public void The_order_of_lines_and_columns_changes_no_total() =>
        Gen.Select(Gen.Select(Gen.Long[2_000, 1_000_000], Gen.Long[0, 1_000], Gen.Long[0, 1_000]).Array[1, 30], Gen.Shuffle(Enumerable.Range(0, Header.Length).ToArray()), Gen.Int[0, 29]).Sample((lines, places, turn) =>
        {
            string[][] rows = [.. lines.Select(l => new[] { "泵", "中国", "", "", Yuan(l.Item1), "CNY", Yuan(l.Item2), Yuan(l.Item3) })];
            string[] Placed(string[] row) => [.. places.Select(p => row[p])];
            var straight = Read([Header, .. rows]).Totals!;
            var turned = Read([Placed(Header), .. rows.Skip(turn % rows.Length).Concat(rows.Take(turn % rows.Length)).Select(Placed)]).Totals!;

            Assert.Equal(lines.Sum(l => l.Item1), straight.Gross.AmountMinor);
            Assert.Equal(straight.Gross.AmountMinor - lines.Sum(l => l.Item2 + l.Item3), straight.Net.AmountMinor);
            Assert.Equal((straight.Gross, straight.Net, straight.Rows), (turned.Gross, turned.Net, turned.Rows));
            Assert.Equal(straight.Deductions.OrderBy(d => d.Kind, StringComparer.Ordinal), turned.Deductions.OrderBy(d => d.Kind, StringComparer.Ordinal));
        }, iter: 200);

    [Fact]
    public void The_template_is_a_header_that_is_understood()
    {
        Assert.Equal(Header, SalesSheet.Header(["退货", "运费"], inEnglish: false));
        foreach (var inEnglish in new[] { true, false })
        {
            Assert.Equal("sheet-empty", Assert.Single(Read([.. SalesSheet.Header(["退货"], inEnglish)]).Faults).Code);
        }
    }

    private static string Yuan(long fen) => $"{fen / 100}.{fen % 100:00}";

    private static SalesSheetReading Read(params string[][] rows) => Read(Terms, rows);

    private static SalesSheetReading Read(AgreementTerms terms, params string[][] rows) =>
        SalesSheet.Read(new SheetTable([.. rows.Select((cells, i) => Row(i + 1, cells))]), terms);

    private static SheetRow Row(int number, string[] cells) => new(number, [.. cells.Select(c => new SheetCell(c))]);
}
