using System.Globalization;
using CsCheck;
using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;
using static Marketplace.Payments.Tests.Bank.Statements;

namespace Marketplace.Payments.Tests.Bank;

public sealed class CsvStatementReaderTests
{
    private const string Head = "账号,日期,收入,支出,余额,对方,摘要";

    private static readonly CsvMapping Plain = new(
        "plain", CsvEncoding.Utf8, ',', null, new CsvMoment("日期", "yyyy-MM-dd"), null, CsvAmount.InTwo("收入", "支出"), "余额",
        new CsvParty("对方", null), ["摘要"], null, "账号", null, null, "CNY", ["合计"]);

    [Fact]
    public async Task An_export_of_ICBC_is_read()
    {
        const string File = """
            [HISTORYDETAIL]
            凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息
            0,	4000021109200001234	,	6222020200001111	,2026-01-05 09:30:01,贷,0.00,"120,000.00",102100000000,转账,许可费,上海甲公司,"150,000.00",
            0,	4000021109200001234	,,2026-01-05 17:00:00,借,25.50,0.00,,手续费,,,"149,974.50",

            合计,,,,,25.50,"120,000.00",,,,,,
            """;
        var mapping = CsvMappingPresets.Of("ICBC", "", "CNY");
        var file = Gb18030.GetBytes(File);
        Assert.Equal(["4000021109200001234  01-05..01-05 30000.00 CNY +120000.00 CNY -25.50 CNY = 149974.50 CNY (2, 0 skipped)"], (await Check(file, mapping)).Value.Statements.Select(Text));
        Assert.Equal(["3 01-05 +120000.00 CNY 上海甲公司 6222020200001111 '转账 许可费'", "4 01-05 -25.50 CNY '手续费'"], (await Read(file, mapping)).Select(Text));
        Assert.Equal(new TimeOnly(9, 30, 1), (await Read(file, mapping))[0].Entry.BookedAt);
    }

    [Fact]
    public async Task An_export_of_CCB_is_read_newest_first_with_numbers_kept_as_text()
    {
        const string File = """
            账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号,企业流水号
            ="31050161",某公司,20260106 10:00:00,100.00,0,900.00,人民币,乙公司,="9001",建行,20260106,付款,,2-N0002,
            ="31050161",某公司,20260105 10:00:00,,"1,000.00","1,000.00",人民币,甲公司,="9002",建行,20260105,收款,合同 7,1-N0001,
            """;
        var mapping = CsvMappingPresets.Of("CCB", "", "");
        var file = Gb18030.GetBytes(File);
        Assert.Equal(["31050161  01-05..01-06 0.00 CNY +1000.00 CNY -100.00 CNY = 900.00 CNY (2, 0 skipped)"], (await Check(file, mapping)).Value.Statements.Select(Text));
        Assert.Equal(["2 01-06 -100.00 CNY 2-N0002 乙公司 9001 '付款'", "3 01-05 +1000.00 CNY 1-N0001 甲公司 9002 '收款 合同 7'"], (await Read(file, mapping)).Select(Text));
    }

    [Fact]
    public async Task An_export_of_BOC_is_read_with_its_two_parties_and_two_currencies()
    {
        const string File = """
            查询账号[ Inquirer account number ],455900001
            交易类型[ Transaction Type ],付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],交易时间[ Transaction time ],交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],用途[ Purpose ],交易附言[ Remark ],备注[ Remarks ]
            来账,111,甲公司,455900001,我方,20260105,09:30:01,CNY,500.00,500.00,880001,,许可费,
            往账,455900001,我方,222,乙公司,20260106,10:00:00,CNY,-20.00,480.00,880002,服务费,,
            来账,333,Acme K.K.,455900001,我方,20260106,11:00:00,日元,1500.00,1500.00,880003,,,
            """;
        var mapping = CsvMappingPresets.Of("BOC", "4559 00001", "");
        var file = Gb18030.GetBytes(File);
        Assert.Equal(
            ["455900001  01-05..01-06 0.00 CNY +500.00 CNY -20.00 CNY = 480.00 CNY (2, 0 skipped)", "455900001  01-06..01-06 0 JPY +1500 JPY -0 JPY = 1500 JPY (1, 0 skipped)"],
            (await Check(file, mapping)).Value.Statements.Select(Text));
        Assert.Equal(
            ["3 01-05 +500.00 CNY 880001 甲公司 111 '许可费'", "4 01-06 -20.00 CNY 880002 乙公司 222 '服务费'", "5 01-06 +1500 JPY 880003 Acme K.K. 333"],
            (await Read(file, mapping)).Select(Text));
    }

    [Fact]
    public async Task A_direction_beside_the_amount_says_which_way_it_went()
    {
        var mapping = Plain with { Amount = new CsvAmount(null, null, "金额", "借贷", ["贷"], ["借"]), Balance = null };
        const string File = "账号,日期,金额,借贷,对方,摘要\n1,2026-01-05,5.00,贷,,\n1,2026-01-05,6.00,借,,\n1,2026-01-05,-7.00,借,,\n1,2026-01-05,-8.00,贷,,";
        Assert.Equal(["2 01-05 +5.00 CNY", "3 01-05 -6.00 CNY", "4 01-05 -7.00 CNY", "5 01-05 -8.00 CNY"], (await Read(File, mapping)).Select(Text));
        Assert.Null((await Check(File, mapping)).Value.Statements[0].Opening);
        Assert.Equal("statement-direction-unknown 2", await RefusalOf(File.Replace("5.00,贷", "5.00,收"), mapping));
    }

    [Fact]
    public async Task Newest_first_or_oldest_first_the_keys_are_the_same() =>
        await Gen.Select(Gen.Int[0, 2], Gen.Int[-2, 2].Where(a => a != 0), Gen.Bool).Array[1, 30].SampleAsync(async moves =>
        {
            var (balance, rows) = (100, new List<string>());
            foreach (var (_, amount, isNamed) in moves.OrderBy(m => m.Item1))
            {
                balance += amount;
                var day = 5 + rows.Count / 10;
                rows.Add($"1,2026-01-{day:D2},{(amount > 0 ? amount : "")},{(amount < 0 ? -amount : "")},{balance},{(isNamed ? "甲" : "")},");
            }

            foreach (var mapping in new[] { Plain, Plain with { Balance = null } })
            {
                var oldestFirst = await Read($"{Head}\n{string.Join('\n', rows)}", mapping);
                var newestFirst = await Read($"{Head}\n{string.Join('\n', rows.AsEnumerable().Reverse())}", mapping);
                Assert.Equal(rows.Count, oldestFirst.Select(l => l.Key).Distinct().Count());
                Assert.Equal(oldestFirst.Select(l => l.Key.Value).Order(StringComparer.Ordinal), newestFirst.Select(l => l.Key.Value).Order(StringComparer.Ordinal));
            }
        }, iter: 300);

    [Theory]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n1,2026-01-06,,2.00,3.00,,\n1,2026-01-07,1.00,,4.00,,", "read")]
    [InlineData("1,2026-01-07,1.00,,4.00,,\n1,2026-01-06,,2.00,3.00,,\n1,2026-01-05,5.00,,5.00,,", "read")]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n1,2026-01-06,,2.00,3.00,,\n1,2026-01-07,1.00,,4.01,,", "statement-does-not-add-up 4")]
    [InlineData("1,2026-01-07,1.00,,4.00,,\n1,2026-01-06,,2.00,3.00,,\n1,2026-01-05,5.00,,5.50,,", "statement-does-not-add-up 4")]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n2,2026-01-06,,2.00,3.00,,\n1,2026-01-07,1.00,,6.00,,\n2,2026-01-07,1.00,,4.00,,", "read")] // two accounts
    [InlineData("1,2026-01-05,5.00,,5.00,,\n1,2026-01-06,,,5.00,,\n1,2026-01-07,1.00,,6.00,,", "read")] // a line that moves nothing
    [InlineData("1,2026-01-05,5.00,,,,", "statement-balance-missing 2")]
    public async Task The_running_balance_is_held_against_the_lines(string rows, string refusal) => Assert.Equal(refusal, await RefusalOf($"{Head}\n{rows}", Plain));

    [Theory]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n合计：,,,,,,\n1,2026-01-06,5.00,,10.00,,", "statement-line-after-totals 4")]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n合计,,5.00,,,,", "read")]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n,合计 1 笔,5.00,,,,\n\n", "read")]
    [InlineData("1,2026/01/05,5.00,,5.00,,", "statement-date-malformed 2")]
    [InlineData("1,2026-02-30,5.00,,5.00,,", "statement-date-malformed 2")]
    [InlineData("1,2026-01-05,5.001,,5.00,,", "statement-amount-not-representable 2")]
    [InlineData("1,2026-01-05,5元,,5.00,,", "statement-amount-malformed 2")]
    [InlineData("1,2026-01-05,5.00,5.00,5.00,,", "statement-direction-unknown 2")]
    [InlineData("1,2026-01-05,5.00,,5.00", "statement-columns-too-few 2")]
    [InlineData(",2026-01-05,5.00,,5.00,,", "statement-account-missing 2")]
    [InlineData("1,2026-01-05,5.00,,5.00,,a\"b", "statement-not-readable 2")]
    [InlineData("1,2026-01-05,5.00,,5.00,,\n1,2026-01-05,5.00,,10.00,,\"ab", "statement-not-readable 3")]
    [InlineData("1,2026-01-05,5.00,,5.00,,\"a\nb\"", "statement-not-readable 2")]
    [InlineData("1,2026-01-05,5.00,,5.00,,a\0b", "statement-encoding 1")]
    [InlineData("", "statement-empty 1")]
    public async Task A_line_that_means_nothing_is_refused(string rows, string refusal) => Assert.Equal(refusal, await RefusalOf($"{Head}\n{rows}", Plain));

    [Fact]
    public async Task Columns_that_are_missing_are_named_with_those_that_are_there()
    {
        var refusal = (await Check("账号,日期,收入,余额,对方户名\n", Plain)).Refusal!;
        Assert.Equal(("statement-columns-missing", 1), (refusal.Code, refusal.Rows![0].Row));
        Assert.Equal("第 1 行：缺少列：支出、对方、摘要；此行的列为：账号、日期、收入、余额、对方户名。", refusal.Zh);
        Assert.Equal("Line 1: These columns are missing: 支出, 对方, 摘要; this line has: 账号, 日期, 收入, 余额, 对方户名.", refusal.En);
        Assert.Equal("statement-column-twice 1", await RefusalOf($"{Head},日期\n", Plain));
        Assert.Equal("statement-columns-missing 2", await RefusalOf($"x\n账号,日期\n{Head.Replace("余额", "结余")[..2]}\n", Plain));
        Assert.Equal("statement-columns-missing 2", await RefusalOf($"{Head}\nx\n", Plain with { HeaderLine = 2 }));
        Assert.Equal("read", await RefusalOf($"x\n{Head}\n1,2026-01-05,5.00,,5.00,,", Plain with { HeaderLine = 2 }));
    }

    [Fact]
    public async Task Another_encoding_than_was_told_is_refused()
    {
        const string File = $"{Head}\n1,2026-01-05,5.00,,5.00,甲,";
        Assert.Equal("read", await RefusalOf([.. System.Text.Encoding.UTF8.Preamble, .. Bytes(File)], Plain));
        Assert.StartsWith("statement-encoding ", await RefusalOf(Gb18030.GetBytes(File), Plain));
        Assert.NotEqual("read", await RefusalOf(Bytes(File), Plain with { Encoding = CsvEncoding.Gb18030 }));
        Assert.Equal("statement-encoding 1", await RefusalOf(System.Text.Encoding.Unicode.GetBytes(File), Plain));
    }

    [Theory]
    [InlineData('.', ',', "1.234,50")]
    [InlineData(' ', ',', "1 234,50")]
    [InlineData('\'', '.', "1'234.50")]
    [InlineData(',', '.', "\"1,234.50\"")]
    public async Task Numbers_are_read_as_the_country_writes_them(char thousands, char decimals, string typed)
    {
        var mapping = Plain with { ThousandsSeparator = thousands, DecimalSeparator = decimals, Balance = null, Delimiter = decimals == ',' ? ';' : ',' };
        var file = decimals == ',' ? $"{Head.Replace(',', ';')}\n1;2026-01-05;{typed};;;;" : $"{Head}\n1,2026-01-05,{typed},,,,";
        Assert.Equal(123_450, Assert.Single(await Read(file, mapping)).Entry.Amount.AmountMinor);
    }

    [Theory]
    [InlineData(100_000, "\n")]
    [InlineData(100_000, ",")]
    [InlineData(5_000, "\n")]
    public async Task No_line_and_no_cell_is_endless(int length, string end) =>
        Assert.StartsWith("statement-text-too-long ", await RefusalOf($"{Head}\n1,2026-01-05,5.00,,5.00,,{new string('x', length)}{end}", Plain));

    [Fact]
    public async Task No_bytes_throw() => await Gen.Byte.Array[0, 300].SampleAsync(async bytes =>
    {
        _ = await Check(bytes, Plain);
        _ = await Check([.. Bytes($"{Head}\n"), .. bytes], Plain);
        _ = await Check([.. Gb18030.GetBytes($"{Head}\n"), .. bytes], Plain with { Encoding = CsvEncoding.Gb18030 });
    }, iter: 2_000);

    [Fact]
    public async Task No_change_to_a_file_throws()
    {
        var file = Bytes($"{Head}\n1,2026-01-05,5.00,,5.00,\"甲,公司\",x\n1,2026-01-06,,2.00,3.00,,\n合计,,,,,,");
        await Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].SampleAsync(async changes =>
        {
            var broken = file.ToArray();
            foreach (var (place, value) in changes)
            {
                broken[place] = value;
            }

            _ = await Check(broken, Plain);
        }, iter: 2_000);
    }

    [Fact]
    public async Task A_mapping_that_is_nonsense_reads_nothing()
    {
        var refusal = (await Check($"{Head}\n", Plain with { Delimiter = 'x' })).Refusal!;
        Assert.Equal(("mapping-malformed", "mapping.delimiter"), (refusal.Code, refusal.Field));
    }
}
