using System.Text;
using CsCheck;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Documents.Tests.Sheets;

/// <summary>Files as people make them, and as nobody should.</summary>
public sealed class SalesSheetReaderTests
{
    private static readonly SalesSheetReader Reader = new();
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    [Theory]
    [InlineData("产品,销售额\r\n泵,1\r\n")]
    [InlineData("产品,销售额\n泵,1")]
    [InlineData("产品;销售额\n泵;1")]
    [InlineData("产品\t销售额\n泵\t1")]
    [InlineData("\"产品\",\"销售额\"\n\"泵\",\"1\"")]
    [InlineData("产品,销售额\n\n,\n泵,1\n")]
    public void Text_is_read_however_it_is_separated_and_ended(string text)
    {
        foreach (var bytes in new[] { Utf8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Utf8.GetBytes(text)], Gb18030.GetBytes(text) })
        {
            var rows = Reader.Read(bytes).Value.Rows;
            Assert.Equal(["产品 销售额", "泵 1"], rows.Select(Text));
            Assert.Equal(1, rows[0].Number);
        }
    }

    [Fact]
    public void Quoted_fields_keep_line_breaks_separators_and_quotation_marks()
    {
        var rows = Reader.Read(Utf8.GetBytes("产品,说明\n\"泵,\n\"\"大\"\"\",\"x;y\"\n阀,\n")).Value.Rows;
        Assert.Equal("泵,\n\"大\"", rows[1].Cells[0].Text);
        Assert.Equal(("x;y", 3), (rows[1].Cells[1].Text, rows.Count));
        Assert.Equal([1, 2, 3], rows.Select(r => r.Number));
    }

    [Theory]
    [InlineData("a,b\nx\0,1", "sheet-encoding")] // a NUL byte
    [InlineData("a,b\nx\"y,1", "sheet-not-readable")] // a quotation mark inside a field
    public void Text_that_is_none_is_refused(string text, string code) => Assert.Equal(code, Reader.Read(Utf8.GetBytes(text)).Refusal?.Code);

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 })] // UTF-16
    [InlineData(new byte[] { 0x61, 0x2C, 0xFF, 0xFF })] // neither UTF-8 nor GB18030
    public void Bytes_of_another_encoding_are_refused(byte[] bytes) => Assert.Equal("sheet-encoding", Reader.Read(bytes).Refusal?.Code);

    [Fact]
    public void Too_many_rows_and_columns_are_refused()
    {
        Assert.Equal("sheet-rows-too-many", Reader.Read(Utf8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n", 20_001)))).Refusal?.Code);
        Assert.Equal(20_001, Reader.Read(Utf8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n", 20_000)))).Value.Rows.Count);
        Assert.Equal("sheet-columns-too-many", Reader.Read(Utf8.GetBytes(string.Join(',', Enumerable.Range(1, 41)))).Refusal?.Code);
        Assert.Equal("sheet-columns-too-many", Reader.Read(Workbook.Of("<row r=\"1\"><c r=\"AO1\"><v>1</v></c></row>")).Refusal?.Code);
        Assert.Equal("sheet-rows-too-many", Reader.Read(Workbook.Of(string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 20_002)))).Refusal?.Code);
    }

    [Fact]
    public void A_workbook_is_read_by_its_first_sheet_with_its_own_row_numbers()
    {
        var rows = Reader.Read(Workbook.Of(
            """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><r><t>销售</t></r><rPh sb="0" eb="1"><t>xiao</t></rPh><r><t>额</t></r></is></c></row>
            <row r="5"><c r="A5" t="s"><v>1</v></c><c r="B5" s="3"/><c r="C5"><v>1234.5600000000001</v></c></row>
            <row r="7"><c r="C7"><v>1.5E+3</v></c></row>
            """,
            ["产品", " 泵 "])).Value.Rows;
        Assert.Equal([2, 5, 7], rows.Select(r => r.Number));
        Assert.Equal(["产品  销售额", " 泵   1234.56", "  1500"], rows.Select(Text));
    }

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("0.10000000000000001", "0.1")]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1234567.8899999999", "1234567.89")]
    [InlineData("999999999999.98999", "999999999999.99")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("-5", "-5")]
    [InlineData("1E-7", "0.0000001")]
    [InlineData("1E+300", "1E+300")] // no sum of anybody; refused as a number later
    [InlineData("NaN", "NaN")]
    public void Numbers_of_a_workbook_are_the_decimals_that_were_typed(string stored, string typed) =>
        Assert.Equal(typed, Reader.Read(Workbook.Of($"<row><c><v>{stored}</v></c></row>")).Value.Rows[0].Cells[0].Text);

    [Theory]
    [InlineData("<c><f>A1*2</f><v>12</v></c>", "12", false)]
    [InlineData("<c><f>A1*2</f></c>", "", true)]
    [InlineData("<c t=\"str\"><f>A1</f><v>12</v></c>", "12", true)]
    [InlineData("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "#DIV/0!", true)]
    [InlineData("<c t=\"b\"><f>TRUE()</f><v>1</v></c>", "1", true)]
    public void A_formula_counts_only_by_a_number_that_it_has_given(string cell, string text, bool isResultOfFormula) =>
        Assert.Equal(new SheetCell(text, isResultOfFormula), Reader.Read(Workbook.Of($"<row>{cell}</row>")).Value.Rows[0].Cells[0]);

    [Fact]
    public void An_entity_is_never_expanded()
    {
        var bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
        Assert.Equal("sheet-not-readable", Reader.Read(Workbook.Of("<row><c t=\"inlineStr\"><is><t>&b;&c;</t></is></c></row>", head: bomb)).Refusal?.Code);
    }

    [Fact]
    public void A_bomb_stops_at_fifty_megabytes()
    {
        // 60 MB of spaces shrink to some 60 kB.
        var bomb = Workbook.Of($"<row><c><v>1</v></c></row>{new string(' ', 60 * 1024 * 1024)}");
        Assert.True(bomb.Length < 1_000_000);
        Assert.Equal("sheet-too-large", Reader.Read(bomb).Refusal?.Code);
    }

    [Theory]
    [InlineData("<row r=\"2\"/><row r=\"1\"/>")]
    [InlineData("<row r=\"99999999999\"/>")]
    [InlineData("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>")]
    [InlineData("<row><c t=\"s\"><v>5</v></c></row>")]
    [InlineData("<row><c t=\"s\"><v>-1</v></c></row>")]
    [InlineData("<row><c r=\"ZZZZ1\"><v>1</v></c></row>")]
    [InlineData("<row><c>")]
    public void A_broken_sheet_is_refused(string rows) => Assert.Equal("sheet-not-readable", Reader.Read(Workbook.Of(rows)).Refusal?.Code);

    [Fact]
    public void An_archive_without_a_workbook_is_refused()
    {
        Assert.Equal("sheet-not-readable", Reader.Read(Workbook.Zip(("readme.txt", "hello"))).Refusal?.Code);
        Assert.Equal("sheet-not-readable", Reader.Read("PK\u0003\u0004"u8.ToArray()).Refusal?.Code);
        Assert.Equal("sheet-not-readable", Reader.Read(Workbook.Of("<row/>")[..300]).Refusal?.Code);
    }

    [Fact]
    public void No_bytes_throw() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        _ = Reader.Read(bytes);
        _ = Reader.Read((byte[])[.. "PK\u0003\u0004"u8, .. bytes]);
    }, iter: 3_000);

    [Fact]
    public void No_byte_of_a_workbook_that_is_changed_throws()
    {
        var workbook = Workbook.Of("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12.5</v></c></row>", ["产品"]);
        Gen.Select(Gen.Int[0, workbook.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var broken = workbook.ToArray();
            foreach (var (place, value) in changes)
            {
                broken[place] = value;
            }

            _ = Reader.Read(broken);
        }, iter: 3_000);
    }

    private static string Text(SheetRow row) => string.Join(' ', row.Cells.Select(c => c.Text));
}
