using Marketplace.Domain.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(AgreementState state) => new(AgreementWords.Zh(state), Capitalised(AgreementWords.En(state)));

    public static BilingualText Of(Party party) => party switch
    {
        Party.Lab => new("院所方", "The laboratory"),
        Party.Company => new("企业", "The company"),
        Party.Both => new("双方", "Both parties"),
        Party.Third => new("第三方", "The third party"),
        Party.None => new("无人", "Nobody"),
    };

    public static BilingualText Of(ObligationKind kind) => kind switch
    {
        ObligationKind.LumpSum => new("一次性费用", "Lump sum"),
        ObligationKind.Instalment => new("分期款", "Instalment"),
        ObligationKind.Milestone => new("里程碑款", "Milestone payment"),
        ObligationKind.Royalty => new("提成", "Royalty"),
        ObligationKind.MinimumRoyalty => new("最低提成补足", "Top-up to the minimum royalty"),
        ObligationKind.ConditionalSum => new("附条件款", "Conditional sum"),
        ObligationKind.EntryFee => new("入门费", "Entry fee"),
        ObligationKind.BuyOut => new("买断价款", "Buy-out price"),
        ObligationKind.HardshipPart => new("困难还款方案分期", "Part of a hardship plan"),
        ObligationKind.Equity => new("股权转换款", "Sum to be settled in equity"),
    };

    public static BilingualText Of(ObligationStatus status) => status switch
    {
        ObligationStatus.Planned => new("未到期", "Not due yet"),
        ObligationStatus.Due => new("应付", "Due"),
        ObligationStatus.Overdue => new("逾期", "Overdue"),
        ObligationStatus.Paid => new("已付清", "Paid"),
        ObligationStatus.Waived => new("已免除", "Waived"),
    };

    public static BilingualText Of(EnforcementStep step) => step switch
    {
        EnforcementStep.FirstReminder => new("首次提醒", "first reminder"),
        EnforcementStep.SecondReminder => new("再次提醒", "second reminder"),
        EnforcementStep.Due => new("到期开票并收款", "invoice and collection"),
        EnforcementStep.Overdue => new("逾期计息", "late interest begins"),
        EnforcementStep.Demand => new("正式催告", "formal demand"),
        EnforcementStep.Hold => new("暂缓受理新申请", "new applications held"),
        EnforcementStep.Mediation => new("提请调解", "mediation offered"),
        EnforcementStep.BreachNotice => new("违约通知", "breach notice"),
        EnforcementStep.GuaranteeClaim => new("向担保方索赔", "guarantee claim"),
        EnforcementStep.Suspension => new("中止许可", "licence suspended"),
        EnforcementStep.CreditRecord => new("信用记录", "credit record"),
        EnforcementStep.Termination => new("终止协议", "termination"),
    };

    public static BilingualText Of(IntentKind kind) => kind switch
    {
        IntentKind.Collection => new("代扣收款", "Collection"),
        IntentKind.Payout => new("付款", "Payout"),
        IntentKind.Refund => new("退款", "Refund"),
        IntentKind.Recovery => new("追回", "Recovery"),
    };

    public static BilingualText Of(IntentStatus status) => status switch
    {
        IntentStatus.Requested => new("已指令", "Ordered"),
        IntentStatus.Processing => new("处理中", "Being processed"),
        IntentStatus.Unknown => new("结果未知", "Outcome unknown"),
        IntentStatus.Succeeded => new("成功", "Succeeded"),
        IntentStatus.PartlySucceeded => new("部分成功", "Partly succeeded"),
        IntentStatus.Failed => new("失败", "Failed"),
    };

    public static BilingualText Of(TrialEntryKind kind) => kind switch
    {
        TrialEntryKind.Measurement => new("测量", "Measurement"),
        TrialEntryKind.Note => new("情况说明", "Note"),
        TrialEntryKind.Issue => new("问题", "Issue"),
    };

    public static BilingualText Of(SignOffStatus status) => status switch
    {
        SignOffStatus.Requested => new("待对方答复", "Waiting for an answer"),
        SignOffStatus.Confirmed => new("双方已确认", "Confirmed by both"),
        SignOffStatus.Deemed => new("未答复，视为确认", "Confirmed by silence"),
        SignOffStatus.Objected => new("有异议", "Objected to"),
    };

    public static BilingualText Of(SalesReportReminder reminder) => reminder switch
    {
        SalesReportReminder.Missing => new("提醒企业补报", "the company was reminded"),
        SalesReportReminder.Demanded => new("正式催报", "the report was formally demanded"),
    };

    public static BilingualText Of(ObligationComponent component) => component switch
    {
        ObligationComponent.Costs => new("费用", "costs"),
        ObligationComponent.Interest => new("利息", "interest"),
        ObligationComponent.Principal => new("本金", "principal"),
    };

    public static BilingualText Of(RiskReasonKind reason) => reason switch
    {
        RiskReasonKind.BelowInvoices => new("低于发票", "below invoices"),
        RiskReasonKind.NoneAfterSales => new("突然没有销售", "none after sales"),
        RiskReasonKind.Fell => new("大幅下降", "fell by more than half"),
        RiskReasonKind.ShortOfStep => new("恰好未达门槛", "short of a step"),
        RiskReasonKind.BelowForecast => new("远低于自身预测", "far below its own forecast"),
        RiskReasonKind.BelowPeers => new("远低于同领域", "far below its field"),
        RiskReasonKind.HighDeductions => new("扣除偏高", "high deductions"),
        RiskReasonKind.CorrectedDown => new("曾向下更正", "corrected downward"),
        RiskReasonKind.LateReports => new("迟交或未交", "late or missing"),
        RiskReasonKind.RoundNumbers => new("多为整数", "round numbers"),
    };

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
