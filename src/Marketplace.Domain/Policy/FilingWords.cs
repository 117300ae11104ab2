using System.Globalization;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Policy;

/// <summary>One line of a form: what it is called, and what is written there, in both languages.</summary>
/// <param name="Key">Path in the pack.</param>
public sealed record FilingField(string Key, BilingualText Label, BilingualText Value);

/// <summary>The pack as forms have it, for people who copy it by hand.</summary>
public static class FilingWords
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static BilingualText Of(TechnologyContractKind kind) => kind switch
    {
        TechnologyContractKind.Transfer => new("技术转让", "Technology transfer"),
        TechnologyContractKind.Licence => new("技术许可", "Technology licence"),
    };

    public static BilingualText Of(PaymentMode mode) => mode switch
    {
        PaymentMode.LumpSum => new("一次总付", "One sum"),
        PaymentMode.Instalments => new("分期支付", "Instalments"),
        PaymentMode.Royalty => new("提成支付", "Royalty"),
        PaymentMode.RoyaltyWithEntryFee => new("提成附加入门费", "Royalty with an entry fee"),
    };

    public static BilingualText Of(FilingStatus status) => status switch
    {
        FilingStatus.NotSigned => new("尚未签署", "not signed yet"),
        FilingStatus.Open => new("在期限内，尚未备案", "not filed, in time"),
        FilingStatus.Filed => new("已按期备案", "filed in time"),
        FilingStatus.FiledLate => new("已逾期备案", "filed late"),
        FilingStatus.Missed => new("已逾期，尚未备案", "not filed, too late"),
    };

    public static BilingualText Of(LicenceKind licence) => licence switch
    {
        LicenceKind.NonExclusive => new("普通许可", "non-exclusive"),
        LicenceKind.Sole => new("排他许可", "sole"),
        LicenceKind.Exclusive => new("独占许可", "exclusive"),
        LicenceKind.Assignment => new("转让（付清后过户）", "assignment once paid"),
    };

    public static IReadOnlyList<FilingField> FieldsOf(FilingPack pack) =>
    [
        new("contractName", new("合同名称", "Contract"), pack.ContractName),
        new("contractNumber", new("合同编号", "Contract number"), Same(pack.ContractNumber)),
        new("kind", new("技术合同类型", "Kind of technology contract"), Of(pack.Kind)),
        new("licence", new("许可方式", "Kind of licence"), Of(pack.Licence)),
        .. Party("seller", new("卖方（让与方、许可方）", "Seller"), pack.Seller),
        .. Party("buyer", new("买方（受让方、被许可方）", "Buyer"), pack.Buyer),
        new("result.title", new("成果名称", "Result"), pack.Result.Title),
        new("result.field", new("技术领域", "Field of technology"), TechnologyFields.NameOf(pack.Result.Field)),
        new("result.industry", new("国民经济行业", "Industry, GB/T 4754"), Same(pack.Result.Industry.Value)),
        .. pack.Result.Rights.Select((right, i) => new FilingField(
            $"result.rights[{i}]", new($"知识产权 {i + 1}", $"Right {i + 1}"), Beside(IntellectualProperty.NameOf(right.Kind), right.Number))),
        new("effectiveOn", new("生效日期", "In effect on"), Date(pack.EffectiveOn)),
        new("documentHash", new("所签文件哈希（SHA-256）", "Hash of the document, SHA-256"), Same(pack.DocumentHash)),
        new("amounts.contractSum", new("合同成交总额", "Contract sum"), Of(pack.Amounts.ContractSum)),
        new("amounts.tradingVolume", new("技术交易额", "Technology trading volume"), Of(pack.Amounts.TradingVolume)),
        new("amounts.arisenSoFar", new("至今实际发生", "Arisen so far"), Of(pack.Amounts.ArisenSoFar)),
        .. pack.Amounts.Lines.Select((line, i) => new FilingField(
            $"amounts.lines[{i}]", new($"第 {line.Clause} 条", $"Clause {line.Clause}"), Beside(line.How, line.Amount))),
        new("paymentMode", new("支付方式", "Mode of payment"), Of(pack.PaymentMode)),
        new("fieldOfUse", new("使用领域", "Field of use"), Same(pack.FieldOfUse)),
        new("territory", new("地域", "Territory"), Same(pack.Territory)),
        new("trialMonths", new("试用期（月）", "Trial, months"), Same(Number(pack.TrialMonths))),
        new("commercialMonths", new("许可期（月，自转化之日起）", "Licence, months from conversion"), Same(Number(pack.CommercialMonths))),
        new("licenceEndsOn", new("许可终止日", "Licence ends on"), Date(pack.LicenceEndsOn)),
        new("deadline.dueOn", new("备案期限（生效后 15 个工作日）", "To be filed by, 15 working days"), Date(pack.Deadline.DueOn)),
        new("deadline.status", new("备案状态", "Filing"), Of(pack.Deadline.Status)),
        new("deadline.filedOn", new("备案日期", "Filed on"), Date(pack.Deadline.FiledOn)),
        new("deadline.filingNumber", new("备案号", "Filing number"), Same(pack.Deadline.FilingNumber)),
        .. pack.Missing.Select(missing => new FilingField($"missing: {missing.Field}", new("缺少", "Missing"), missing.What)),
    ];

    private static FilingField[] Party(string key, BilingualText label, FilingParty party) =>
    [
        new($"{key}.name", label, party.Name),
        new($"{key}.uscc", new($"{label.Zh}统一社会信用代码", $"{label.En}, unified social credit code"), Same(party.Uscc)),
    ];

    private static BilingualText Of(Money money) => new(money.Format(Chinese), money.Format(English));

    private static BilingualText Beside(BilingualText words, Money? amount) =>
        amount is { } money ? new($"{Of(money).Zh}：{words.Zh}", $"{Of(money).En}: {words.En}") : words;

    private static BilingualText Beside(BilingualText words, string? number) => number is null ? words : new($"{words.Zh} {number}", $"{words.En} {number}");

    private static BilingualText Same(string? text) => text is null ? BilingualText.Empty : new(text, text);

    private static BilingualText Date(DateOnly? date) => Same(date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
