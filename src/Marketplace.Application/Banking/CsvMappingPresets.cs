using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>
/// Where an administrator begins: exports of corporate online banking of five banks as they are commonly seen. Layouts differ between channels and
/// years, so a preset is checked against a file of the account's own before it is kept; a column that is not there refuses the file by its name.
/// </summary>
public static class CsvMappingPresets
{
    private const char Comma = ',';

    private static readonly string[] Totals = ["合计", "总计", "本页", "共", "笔数", "借方", "贷方"];

    public static IReadOnlyList<string> Banks { get; } = ["ICBC", "CCB", "BOC", "ABC", "CMB"];

    /// <param name="bank">One of <see cref="Banks"/>.</param>
    /// <param name="account">Own account, taken where the export has no column of it.</param>
    /// <param name="currency">ISO 4217, taken where the export has no column of it.</param>
    public static CsvMapping Of(string bank, string account, string currency) => bank switch
    {
        "ICBC" => new CsvMapping(
            "工商银行企业网银明细", CsvEncoding.Gb18030, Comma, null,
            new CsvMoment("交易时间", "yyyy-MM-dd HH:mm:ss"), null, CsvAmount.InTwo("贷方发生额", "借方发生额"), "余额",
            new CsvParty("对方单位名称", "对方账号"), ["摘要", "用途", "个性化信息"],
            null, // 凭证号 is not unique, often 0
            "本方账号", null, null, currency, Totals),
        "CCB" => new CsvMapping(
            "建设银行企业网银明细", CsvEncoding.Gb18030, Comma, null,
            new CsvMoment("记账日期", "yyyyMMdd"), null, CsvAmount.InTwo("贷方发生额（收入）", "借方发生额（支取）"), "余额",
            new CsvParty("对方户名", "对方账号"), ["摘要", "备注"], "账户明细编号-交易流水号", "账号", null, "币种", null, Totals),
        "BOC" => new CsvMapping(
            "中国银行企业网银明细", CsvEncoding.Gb18030, Comma, null,
            new CsvMoment("交易日期[ Transaction Date ]", "yyyyMMdd"), new CsvMoment("交易时间[ Transaction time ]", "HH:mm:ss"),
            CsvAmount.Signed("交易金额[ Trade Amount ]"), "交易后余额[ After-transaction balance ]",
            new CsvParty("付款人名称[ Payer's Name ]", "付款人账号[ Debit Account No. ]", "收款人名称[ Payee's Name ]", "收款人账号[ Payee's Account Number ]"),
            ["用途[ Purpose ]", "交易附言[ Remark ]", "备注[ Remarks ]"], "交易流水号[ Transaction reference number ]",
            null, account, "交易货币[ Trade Currency ]", null, Totals),
        "ABC" => new CsvMapping(
            "农业银行企业网银明细", CsvEncoding.Gb18030, Comma, null,
            new CsvMoment("交易时间", "yyyy-MM-dd HH:mm:ss"), null, CsvAmount.InTwo("收入金额", "支出金额"), "账户余额",
            new CsvParty("对方户名", "对方账号"), ["交易用途", "摘要"], null, null, account, null, currency, Totals),
        "CMB" => new CsvMapping(
            "招商银行企业网银明细", CsvEncoding.Gb18030, Comma, null,
            new CsvMoment("交易日", "yyyyMMdd"), new CsvMoment("交易时间", "HH:mm:ss"), CsvAmount.InTwo("贷方金额", "借方金额"), "余额",
            new CsvParty("收(付)方名称", "收(付)方账号"), ["摘要", "用途", "业务摘要"], "流水号", null, account, null, currency, Totals),
        _ => throw new ArgumentOutOfRangeException(nameof(bank), bank, "No such preset."),
    };
}
