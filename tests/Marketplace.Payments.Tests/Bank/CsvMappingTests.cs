using System.Text.Json;
using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Tests.Bank;

public sealed class CsvMappingTests
{
    private static readonly CsvMapping Good = CsvMappingPresets.Of("BOC", "4559", "CNY");

    public static TheoryData<string> Banks() => [.. CsvMappingPresets.Banks];

    [Theory]
    [MemberData(nameof(Banks))]
    public void Every_preset_is_in_order_and_can_be_kept(string bank)
    {
        var preset = CsvMappingPresets.Of(bank, "4559", "CNY");
        Assert.Null(preset.Check());
        var kept = JsonSerializer.Serialize(preset);
        Assert.Equal(kept, JsonSerializer.Serialize(JsonSerializer.Deserialize<CsvMapping>(kept)));
    }

    [Fact]
    public void There_is_no_preset_of_an_unknown_bank() => Assert.Throws<ArgumentOutOfRangeException>(() => CsvMappingPresets.Of("XYZ", "1", "CNY"));

    public static TheoryData<string, CsvMapping> Nonsense() => new()
    {
        { "name", Good with { Name = " " } },
        { "encoding", Good with { Encoding = (CsvEncoding)7 } },
        { "delimiter", Good with { Delimiter = '"' } },
        { "headerLine", Good with { HeaderLine = 0 } },
        { "headerLine", Good with { HeaderLine = 101 } },
        { "date.column", Good with { Date = new CsvMoment("", "yyyy-MM-dd") } },
        { "date.column", Good with { Date = new CsvMoment(" 日期", "yyyy-MM-dd") } },
        { "date.format", Good with { Date = new CsvMoment("日期", "yyyy-MM") } },
        { "date.format", Good with { Date = new CsvMoment("日期", "yyyy-mm-dd") } },
        { "date.format", Good with { Date = new CsvMoment("日期", "HH:mm") } },
        { "date.format", Good with { Date = new CsvMoment("日期", "d") } },
        { "date.format", Good with { Date = new CsvMoment("日期", "") } },
        { "date.format", Good with { Date = new CsvMoment("日期", "'yyyy'") } },
        { "time.format", Good with { Time = new CsvMoment("时间", "yyyy-MM-dd HH:mm") } },
        { "time.format", Good with { Time = new CsvMoment("时间", "mm:ss") } },
        { "amount", Good with { Amount = new CsvAmount("收入", null, null, null, [], []) } },
        { "amount", Good with { Amount = new CsvAmount("收入", "收入", null, null, [], []) } },
        { "amount", Good with { Amount = new CsvAmount("收入", "支出", "金额", null, [], []) } },
        { "amount.direction", Good with { Amount = new CsvAmount(null, null, "金额", "借贷", [], []) } },
        { "amount.direction", Good with { Amount = new CsvAmount(null, null, "金额", "借贷", ["贷"], ["贷"]) } },
        { "amount.direction", Good with { Amount = new CsvAmount(null, null, "金额", null, ["贷"], ["借"]) } },
        { "balance", Good with { Balance = "" } },
        { "counterparty.name", Good with { Counterparty = new CsvParty("a\t", null) } },
        { "remittance[1]", Good with { Remittance = ["摘要", ""] } },
        { "remittance", Good with { Remittance = [.. Enumerable.Repeat("摘要", 31)] } },
        { "ignoredDates", Good with { IgnoredDates = [""] } },
        { "ignoredDates", Good with { IgnoredDates = ["2026"] } },
        { "thousandsSeparator", Good with { ThousandsSeparator = '.' } },
        { "thousandsSeparator", Good with { DecimalSeparator = '_' } },
        { "account", Good with { FixedAccount = null } },
        { "account", Good with { Account = "账号" } },
        { "fixedAccount", Good with { FixedAccount = " \t" } },
        { "currency", Good with { Currency = null } },
        { "currency", Good with { FixedCurrency = "CNY" } },
        { "fixedCurrency", Good with { Currency = null, FixedCurrency = "XXX" } },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_is_refused_with_its_field(string field, CsvMapping mapping) => Assert.Equal(field, mapping.Check()?.Field);

    [Theory]
    [InlineData(" a\t", "a")]
    [InlineData("\uFEFF a b\u3000", "a b")]
    [InlineData("=\"0012\"", "0012")]
    [InlineData("'0012", "0012")]
    [InlineData("=\"", "=\"")]
    [InlineData("", "")]
    public void What_banks_put_around_a_cell_is_taken_off(string cell, string text) => Assert.Equal(text, CsvText.Clean(cell));
}
