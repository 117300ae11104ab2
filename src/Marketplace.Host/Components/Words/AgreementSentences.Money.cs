using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

public static partial class AgreementSentences
{
    private static string? Moved(Reader r, AgreementEvent happened) => happened switch
    {
        FapiaoRecorded e => r.T(
            $"{By(r, e.By)}登记第 {e.Obligation} 笔的发票 {e.Number}：{r.Date(e.IssuedOn)} 开具，价税合计 {r.Money(e.Total)}，其中税额 {r.Money(e.Tax)}，文件哈希 {Short(e.File.Sha256)}。",
            $"{By(r, e.By)} recorded fapiao {e.Number} for sum {e.Obligation}: issued {r.Date(e.IssuedOn)}, {r.Money(e.Total)} with tax, of it tax {r.Money(e.Tax)}, hash of the file {Short(e.File.Sha256)}."),
        RedFapiaoRecorded e => r.T(
            $"{By(r, e.By)}登记红字发票 {e.Number}，冲销第 {e.Blue} 条登记：{r.Date(e.IssuedOn)} 开具，{r.Money(e.Total)}，其中税额 {r.Money(e.Tax)}，文件哈希 {Short(e.File.Sha256)}。",
            $"{By(r, e.By)} recorded red fapiao {e.Number}, which takes back fapiao record {e.Blue}: issued {r.Date(e.IssuedOn)}, {r.Money(e.Total)}, of it tax {r.Money(e.Tax)}, hash of the file {Short(e.File.Sha256)}."),
        FapiaoRecordWithdrawn e => With(
            r, r.T($"{By(r, e.By)}撤销发票 {e.Number} 的登记", $"{By(r, e.By)} withdrew the record of fapiao {e.Number}"), e.Reason),
        ReceiptRecorded e => r.T(
            $"收到款项 {r.Money(e.Amount)}（{r.Date(e.ReceivedOn)} 到账，来源 {e.Source}，凭证 {e.Reference}）。",
            $"{r.Money(e.Amount)} arrived (on {r.Date(e.ReceivedOn)}, from {e.Source}, reference {e.Reference})."),
        ReceiptAllocated { Broker: { } broker } e => r.T(
            $"收款 {e.Receipt} 抵充：{Lines(r, e.Lines, e.Net.Currency)}；平台服务费 {r.Money(e.Fee)}，技术经理人分成 {r.Money(broker)}，院所净收入 {r.Money(e.Net)}。",
            $"Receipt {e.Receipt} pays {Lines(r, e.Lines, e.Net.Currency)}; platform fee {r.Money(e.Fee)}, share of the broker {r.Money(broker)}, net income of the laboratory {r.Money(e.Net)}."),
        ReceiptAllocated e => r.T(
            $"收款 {e.Receipt} 抵充：{Lines(r, e.Lines, e.Net.Currency)}；平台服务费 {r.Money(e.Fee)}，院所净收入 {r.Money(e.Net)}。",
            $"Receipt {e.Receipt} pays {Lines(r, e.Lines, e.Net.Currency)}; platform fee {r.Money(e.Fee)}, net income of the laboratory {r.Money(e.Net)}."),
        AmendmentProposed e => With(r, r.T(
            $"{Who(r, e.By)}提出第 {e.Number} 号变更：自第 {e.Change.FromPeriod} 期起{Changed(r, e.Change)}",
            $"{Who(r, e.By)} proposed amendment {e.Number}: from period {e.Change.FromPeriod} on {Changed(r, e.Change)}"), e.Note),
        AmendmentSigned e => r.T(
            $"{Who(r, e.By)}签署第 {e.Number} 号变更（签署人 {e.Signatory}，文件哈希 {Short(e.DocumentHash)}）。",
            $"{Who(r, e.By)} signed amendment {e.Number} (by {e.Signatory}, hash of the document {Short(e.DocumentHash)})."),
        AmendmentTookEffect e => r.T($"第 {e.Number} 号变更生效；已计费的各期不变。", $"Amendment {e.Number} took effect; what was billed before stays."),
        AmendmentWithdrawn e => With(r, r.T($"{Who(r, e.By)}撤回第 {e.Number} 号变更", $"{Who(r, e.By)} withdrew amendment {e.Number}"), e.Reason),
        GuaranteeClaimed e => r.T(
            $"就第 {e.Number} 笔请求担保人代偿 {r.Money(e.Amount)}，应于 {r.Date(e.PayBy)} 前支付。",
            $"The guarantor is asked to pay {r.Money(e.Amount)} for sum {e.Number}, by {r.Date(e.PayBy)}."),
        GuaranteePaid e => r.T(
            $"担保人已代偿 {r.Money(e.Amount)}（请求 {e.Claim}，收款 {e.Receipt}），并取得对企业的追偿权。",
            $"The guarantor paid {r.Money(e.Amount)} (claim {e.Claim}, receipt {e.Receipt}) and has the claim against the company for it."),
        RecourseRecorded e => r.T(
            $"企业已向担保人偿还 {r.Money(e.Amount)}（请求 {e.Claim}，凭证 {e.Reference}）。",
            $"The company paid {r.Money(e.Amount)} back to the guarantor (claim {e.Claim}, reference {e.Reference})."),
        IncomeDistributed e => r.T(
            $"收款 {e.Receipt} 的净收入 {r.Money(e.Net)} 已分配：院所 {r.Money(e.Lab)}，完成人 {Inventors(r, e)}。",
            $"The net income of {r.Money(e.Net)} from receipt {e.Receipt} was divided: laboratory {r.Money(e.Lab)}, inventors {Inventors(r, e)}."),
        InventorSplitChanged e => r.T(
            $"完成人分配比例变更：净收入的 {r.Percent(e.Split.PoolPpm)} 归 {string.Join("、", e.Split.Inventors.Select(i => $"{i.Name} {r.Percent(i.SharePpm)}"))}。",
            $"The inventors' split changed: {r.Percent(e.Split.PoolPpm)} of net income to {string.Join(", ", e.Split.Inventors.Select(i => $"{i.Name} {r.Percent(i.SharePpm)}"))}."),
        DistributionObjected e => With(
            r,
            e.Receipt is { } receipt
                ? r.T($"第 {e.Inventor} 位完成人对收款 {receipt} 的分配提出异议（{e.Number}）", $"Inventor {e.Inventor} objected to the distribution of receipt {receipt} (objection {e.Number})")
                : r.T($"第 {e.Inventor} 位完成人对分配比例提出异议（{e.Number}）", $"Inventor {e.Inventor} objected to the split (objection {e.Number})"),
            e.Reason),
        DistributionObjectionAnswered e => With(
            r,
            e.IsUpheld
                ? r.T($"分配异议 {e.Number} 成立", $"Objection {e.Number} to the distribution was upheld")
                : r.T($"分配异议 {e.Number} 不成立", $"Objection {e.Number} to the distribution was not upheld"),
            e.Reason),
        CollectionAuthorised e => r.T($"企业授权到期代扣（{e.Provider}，{e.Method}）。", $"The company authorised collection at the due date ({e.Provider}, {e.Method})."),
        PaymentRequested { Tax: { } tax } e => r.T(
            $"{PayeeWords.Movement(r, e.Kind, e.Payee, e.Obligation)} {r.Money(e.Amount)} 已指令，另代扣税款 {r.Money(tax.AmountMinor, e.Amount.Currency)}（{e.Provider}，{e.Method}）。",
            $"{PayeeWords.Movement(r, e.Kind, e.Payee, e.Obligation)} of {r.Money(e.Amount)} was ordered, besides {r.Money(tax.AmountMinor, e.Amount.Currency)} of tax to withhold ({e.Provider}, {e.Method})."),
        PaymentRequested e => r.T(
            $"{PayeeWords.Movement(r, e.Kind, e.Payee, e.Obligation, e.Bundle)} {r.Money(e.Amount)} 已指令（{e.Provider}，{e.Method}）。",
            $"{PayeeWords.Movement(r, e.Kind, e.Payee, e.Obligation, e.Bundle)} of {r.Money(e.Amount)} was ordered ({e.Provider}, {e.Method})."),
        PaymentPending e => r.T(
            $"支付指令 {e.Intent}：{r.T(Names.Of(e.Status))}，{r.Instant(e.NextLookUtc)} 再查。", $"Payment {e.Intent}: {r.T(Names.Of(e.Status)).ToLowerInvariant()}; looked at again on {r.Instant(e.NextLookUtc)}."),
        PaymentConcluded e => With(
            r,
            r.T(
                $"{r.T(Names.Of(e.Kind))} {r.Money(e.Requested)}：{r.T(Names.Of(e.Status))}，实际划转 {r.Money(e.Moved)}",
                $"{r.T(Names.Of(e.Kind))} of {r.Money(e.Requested)}: {r.T(Names.Of(e.Status)).ToLowerInvariant()}, {r.Money(e.Moved)} moved"),
            e.Reason),
        TaxWithheld { Tax.AmountMinor: < 0 } e => r.T(
            $"付款追回，退还代扣税款 {r.Money(e.Tax with { AmountMinor = -e.Tax.AmountMinor })}。", $"Of a payout that came back, {r.Money(e.Tax with { AmountMinor = -e.Tax.AmountMinor })} of withheld tax was given back."),
        TaxWithheld e => r.T($"按 {r.Percent(e.RatePpm)} 代扣税款 {r.Money(e.Tax)}。", $"Tax of {r.Money(e.Tax)} was withheld at {r.Percent(e.RatePpm)}."),
        TaxRemitted e => r.T($"代扣税款 {r.Money(e.Amount)} 已缴纳（{e.Reference}）。", $"Withheld tax of {r.Money(e.Amount)} was remitted ({e.Reference})."),
        PaymentWithdrawn e => With(r, r.T($"支付 {e.Intent} 已撤回", $"Payment {e.Intent} was withdrawn"), e.Reason),
        ProviderFeeCharged e => r.T($"支付渠道 {e.Provider} 收取手续费 {r.Money(e.Fee)}。", $"The provider {e.Provider} kept a fee of {r.Money(e.Fee)}."),
        AllocationReversed e => r.T(
            $"收款 {e.Receipt} 的冲抵撤销：{Lines(r, e.Lines, e.Net.Currency)}。", $"What receipt {e.Receipt} had paid was reversed: {Lines(r, e.Lines, e.Net.Currency)}."),
        ReceiptHeld e => With(
            r, r.T($"收款 {e.Receipt} 中 {r.Money(e.Amount)} 被付款人拒付，资金冻结（{e.Reference}）", $"{r.Money(e.Amount)} of receipt {e.Receipt} is held in a chargeback ({e.Reference})"), e.Reason),
        ReceiptReleased e => r.T($"拒付争议胜诉，{r.Money(e.Amount)} 已退回。", $"The chargeback was won: {r.Money(e.Amount)} is back."),
        ReceiptTakenBack e => With(
            r, r.T($"收款 {e.Receipt} 中 {r.Money(e.Amount)} 被收回（{e.Reference}）", $"{r.Money(e.Amount)} of receipt {e.Receipt} was taken back ({e.Reference})"), e.Reason),
        AgreementReopened => r.T("协议重新开启，款项恢复应付。", "The agreement was reopened: sums are owed again."),
        CollectionMandateEnded e => With(r, r.T("代扣授权终止", "The permission to collect ended"), e.Reason),
        PaymentMovedLate e => r.T(
            $"此前视为失败的支付 {e.Intent} 实际划转了 {r.Money(e.Moved)}，已据实入账。", $"Payment {e.Intent}, given up before, moved {r.Money(e.Moved)} after all; the books follow."),
        _ => null,
    };

    private static string Changed(Reader r, AmendmentChange change) => string.Join(r.T("、", ", "),
    [
        .. change.Ended.Select(clause => r.T($"终止条款 {PaymentTrigger.ClauseOf(clause)}", $"clause {PaymentTrigger.ClauseOf(clause)} ends")),
        .. change.Added.Select(p => r.T($"新增{Names.Of(p.Model).Zh}", $"a new clause holds: {Names.Of(p.Model).En.ToLowerInvariant()}")),
    ]);

    /// <summary>Per obligation and component, summed up.</summary>
    private static string Lines(Reader r, IReadOnlyList<AllocationLine> lines, Currency currency) => string.Join(r.T("；", "; "), lines.GroupBy(l => l.Obligation).Select(sum =>
        r.T($"第 {sum.Key} 笔", $"sum {sum.Key}: ") + string.Join(r.T("、", ", "), sum.Select(l => $"{r.T(Names.Of(l.Component))} {r.Money(l.AmountMinor, currency)}"))));

    private static string Inventors(Reader r, IncomeDistributed e) => e.InventorsMinor.Count == 0
        ? r.T("无", "none")
        : string.Join(r.T("、", ", "), e.InventorsMinor.Zip(e.Split.Inventors, (amountMinor, i) => $"{i.Name} {r.Money(amountMinor, e.Net.Currency)}"));
}
