using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using CsCheck;
using DocumentFormat.OpenXml.Spreadsheet;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;

namespace Marketplace.Documents.Tests.Sheets;

/// <summary>Whatever is written is read back by another program as it was, acts as nothing, and goes out while it is still being read.</summary>
public sealed partial class WrittenSheetTests
{
    private static readonly Currency[] Currencies = [.. new[] { "CNY", "JPY", "BHD", "CLF" }.Select(c => Currency.Parse(c).Value)];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String, Any("=1+1", "+8", "-8", "@SUM(A1)", "\t=1", " =1", "＝1", "\"", "a,b", "a\r\nb", "中文，，", "'", "=\"x\""), Gen.Select(Any("=", "+", "-", "@", "", " "), Gen.String, (a, b) => a + b));

    private static readonly Gen<(WorkbookCell Cell, object? Value)> Cells = Gen.OneOf(
        Texts.Select(t => (WorkbookCell.Of(t), (object?)t)),
        Gen.Select(Gen.Long, Any(Currencies), (minor, currency) => (WorkbookCell.Of(minor, currency), (object?)new Money(minor, currency))),
        Gen.Date[new DateTime(1901, 1, 1), new DateTime(2999, 1, 1)].Select(d => (WorkbookCell.Of(DateOnly.FromDateTime(d)), (object?)DateOnly.FromDateTime(d))),
        Gen.Long[-2_208_988_800_000_000 + 100, 30_000_000_000_000_000].Select(us => (WorkbookCell.Of(At(us)), (object?)At(us))),
        Gen.Int.Select(n => (WorkbookCell.Number(n), (object?)(long)n)),
        Gen.Const((WorkbookCell.Blank, (object?)null)));

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static DateTimeOffset At(long microseconds) => LocalTime.At(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));

    [Fact]
    public void A_csv_is_read_back_as_it_was_and_no_text_in_it_is_a_formula() => Cells.Array[1, 6].Array[1, 5].Sample(rows =>
    {
        var read = SheetFiles.ReadCsv(SheetFiles.Csv(new WorkbookSheet("a", [], [.. rows.Select(IReadOnlyList<WorkbookCell> (r) => [.. r.Select(c => c.Cell)])])).GetAwaiter().GetResult());
        Assert.Equal(rows.Length, read.Length);
        foreach (var (was, cell) in rows.Zip(read).SelectMany(r => r.First.Zip(r.Second)))
        {
            switch (was.Value)
            {
                case string text:
                    Assert.Equal(WellFormed(text), cell.StartsWith('\'') && !text.StartsWith('\'') ? cell[1..] : cell);
                    Assert.DoesNotMatch(Formula(), cell);
                    break;
                case Money money:
                    Assert.Equal(money.AmountMinor, Minor(cell, money.Currency));
                    break;
                case DateOnly day:
                    Assert.Equal(day, DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture));
                    break;
                case DateTimeOffset instant:
                    Assert.Equal(instant, DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture));
                    Assert.EndsWith("+08:00", cell, StringComparison.Ordinal);
                    break;
                case long number:
                    Assert.Equal(number, long.Parse(cell, CultureInfo.InvariantCulture));
                    break;
                default:
                    Assert.Empty(cell);
                    break;
            }
        }
    });

    [Fact]
    public void A_workbook_is_read_back_as_it_was_and_has_no_formula() => Cells.Array[1, 6].Array[1, 5].Sample(rows =>
    {
        var read = Assert.Single(SheetFiles.ReadXlsx(SheetFiles.Xlsx(new WorkbookSheet("a", ["h"], [.. rows.Select(IReadOnlyList<WorkbookCell> (r) => [.. r.Select(c => c.Cell)])])).GetAwaiter().GetResult())).Rows;
        foreach (var (was, cell) in rows.Zip(read.Skip(1)).SelectMany(r => r.First.Zip(r.Second)))
        {
            Assert.Null(cell.CellFormula);
            switch (was.Value)
            {
                case Money money:
                    Assert.Equal(money.ToDecimal(), cell.CellValue!.Text); // the digits themselves: no program has turned them into a fraction
                    break;
                case DateOnly day:
                    Assert.Equal(day.ToDateTime(TimeOnly.MinValue), DateTime.FromOADate(double.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture)));
                    break;
                case DateTimeOffset instant:
                    Assert.Equal(0, (instant.DateTime - new DateTime(1899, 12, 30)).TotalDays - double.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture), 6);
                    break;
                case long number:
                    Assert.Equal(number, long.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture));
                    break;
                case string { Length: > 0 } text:
                    Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
                    Assert.Equal(Shown(text), Shown(cell.InnerText));
                    break;
                default:
                    Assert.Empty(cell.InnerText);
                    break;
            }
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_rows_arrive_before_the_last_are_read(bool isWorkbook)
    {
        var to = new Watched();
        var before = new List<long>();
        async IAsyncEnumerable<IReadOnlyList<IReadOnlyList<WorkbookCell>>> Pages()
        {
            for (var page = 0; page < 50; page++)
            {
                before.Add(to.Bytes);
                await Task.Yield();
                yield return [.. Enumerable.Range(0, 100).Select(IReadOnlyList<WorkbookCell> (i) => [WorkbookCell.Of(Guid.NewGuid().ToString()), WorkbookCell.Number(i)])];
            }
        }

        var sheet = new WorkbookSheet("a", ["id", "n"], Pages());
        await (isWorkbook ? XlsxWorkbook.Write(to, [sheet]) : CsvSheet.Write(to, sheet));
        Assert.All(before.Skip(1).Zip(before.Skip(2)), pair => Assert.True(pair.Second > pair.First, $"nothing arrived between two pages at {pair.First} bytes"));
        Assert.False(to.WasBlocked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_breaks_off_does_not_look_whole(bool isWorkbook)
    {
        static async IAsyncEnumerable<IReadOnlyList<IReadOnlyList<WorkbookCell>>> Pages()
        {
            yield return [[WorkbookCell.Of("first")]];
            await Task.Yield();
            throw new InvalidOperationException("refused in the middle");
        }

        var to = new MemoryStream();
        var sheet = new WorkbookSheet("a", ["x"], Pages());
        await Assert.ThrowsAsync<InvalidOperationException>(() => isWorkbook ? XlsxWorkbook.Write(to, [sheet]) : CsvSheet.Write(to, sheet));
        Assert.True(to.Length > 0);
        if (isWorkbook)
        {
            Assert.Throws<InvalidDataException>(() => new ZipArchive(to));
        }
    }

    [Fact]
    public async Task More_rows_than_a_sheet_can_hold_go_on_in_further_ones()
    {
        using var bytes = new MemoryStream();
        await XlsxWorkbook.Write(
            bytes, [new WorkbookSheet("应付款项", ["n"], [.. Enumerable.Range(1, 9).Select(IReadOnlyList<WorkbookCell> (i) => [WorkbookCell.Number(i)])]), new WorkbookSheet("b", ["n"], [])], mostRows: 4);
        var read = SheetFiles.ReadXlsx(bytes.ToArray());
        Assert.Equal(["应付款项", "应付款项 2", "应付款项 3", "b"], read.Select(s => s.Name));
        Assert.Equal(["n,1,2,3", "n,4,5,6", "n,7,8,9", "n"], read.Select(s => string.Join(',', s.Rows.Select(r => r[0].InnerText))));
    }

    private static long Minor(string text, Currency currency)
    {
        Assert.Matches(@"^-?\d+(\.\d+)?$", text);
        Assert.Equal(currency.Exponent, text.Contains('.') ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0);
        return long.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    /// <summary>Halves of surrogate pairs cannot be written in UTF-8.</summary>
    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Without what XML cannot hold, or says in another way.</summary>
    private static string Shown(string text) => new([.. text.Where(c => c is >= ' ' and < '\uD800')]);

    [GeneratedRegex(@"^\s*[=+\-@＝＋－＠]")]
    private static partial Regex Formula();

    /// <summary>Counts what arrives, and whether somebody wrote so that a sender would be blocked.</summary>
    private sealed class Watched : Application.OutwardStream
    {
        public long Bytes { get; private set; }

        public bool WasBlocked { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => WasBlocked = true;

        public override void Flush() => WasBlocked = true;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Bytes += buffer.Length;
            return ValueTask.CompletedTask;
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
