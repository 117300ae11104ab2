using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What happened to an agreement, one sentence for each event. A test walks all event types, so that none is without words.</summary>
public static partial class AgreementSentences
{
    /// <exception cref="ArgumentOutOfRangeException">An event type that nobody has found words for.</exception>
    public static string Of(Reader r, AgreementEvent happened) =>
        Negotiation(r, happened) ?? Trial(r, happened) ?? Owed(r, happened) ?? Enforcement(r, happened) ?? Use(r, happened) ?? Moved(r, happened)
        ?? throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "No words for this event");

    private static string? Negotiation(Reader r, AgreementEvent happened) => happened switch
    {
        TrialApplied e => With(r, r.T("企业申请试用", "The company applied for a trial"), e.Purpose),
        ApplicationAccepted => r.T("院所方受理申请，开始协商条款。", "The laboratory took up the application; the terms are negotiated."),
        ApplicationDeclined e => With(r, r.T("院所方谢绝申请", "The laboratory declined the application"), e.Reason),
        ApplicationWithdrawn e => With(r, r.T($"{Who(r, e.By)}撤回申请", $"{Who(r, e.By)} withdrew"), e.Reason),
        TermsProposed e => With(
            r,
            r.T(
                $"{Who(r, e.By)}提出第 {e.Version} 版条款{(e.ValidUntil is { } zh ? $"，{r.Date(zh)} 前有效" : "")}",
                $"{Who(r, e.By)} proposed version {e.Version} of the terms{(e.ValidUntil is { } en ? $", valid until {r.Date(en)}" : "")}"),
            e.Note),
        ProposalWithdrawn e => r.T($"{Who(r, e.By)}撤回第 {e.Version} 版条款，前一版恢复。", $"{Who(r, e.By)} took back version {e.Version} of the terms; the one before stands again."),
        ProposalLapsed e => r.T($"第 {e.Version} 版条款逾期未获接受，已失效。", $"Version {e.Version} of the terms was not accepted in time and lapsed."),
        TermStanceTaken { Stance: Stance.Accepted } e => With(
            r, r.T($"{Who(r, e.By)}同意第 {e.Version} 版的“{Term(e.Path).Zh}”", $"{Who(r, e.By)} agrees with one term of version {e.Version}: {Term(e.Path).En}"), e.Note),
        TermStanceTaken e => With(
            r, r.T($"{Who(r, e.By)}对第 {e.Version} 版的“{Term(e.Path).Zh}”有异议", $"{Who(r, e.By)} does not agree with one term of version {e.Version}: {Term(e.Path).En}"), e.Note),
        NegotiationLapsed => r.T("协商长期没有进展，已自行终止。", "Neither party had moved for long, and the negotiation lapsed."),
        TermsAccepted e => r.T($"{Who(r, e.By)}同意第 {e.Version} 版条款。", $"{Who(r, e.By)} accepted version {e.Version} of the terms."),
        TermsAgreed e => r.T(
            $"双方就第 {e.Version} 版条款达成一致，待签署文件的哈希为 {Short(e.DocumentHash)}。",
            $"Both agreed on version {e.Version}; the document to sign has the hash {Short(e.DocumentHash)}."),
        AgreementSigned e => r.T(
            $"{Who(r, e.By)}签署（签署人 {e.Signatory}，文件哈希 {Short(e.DocumentHash)}）。",
            $"{Who(r, e.By)} signed (by {e.Signatory}, hash of the document {Short(e.DocumentHash)})."),
        AgreementTookEffect e => r.T(
            $"协议自 {r.Date(e.On)} 起生效，须在 {r.Date(e.FilingDueOn)} 前备案。",
            $"The agreement took effect on {r.Date(e.On)}; it has to be filed by {r.Date(e.FilingDueOn)}."),
        FilingDeadlineMissed e => r.T($"备案期限 {r.Date(e.DueOn)} 已过，尚未备案。", $"The filing deadline of {r.Date(e.DueOn)} passed without a filing."),
        AgreementFiled e => r.T($"协议已备案，备案号 {e.FilingNumber}。", $"The agreement was filed under number {e.FilingNumber}."),
        _ => null,
    };

    private static string? Trial(Reader r, AgreementEvent happened) => happened switch
    {
        ResultDelivered e => With(
            r,
            r.T($"院所方交付成果，企业应在 {r.Date(e.AcceptanceDueOn)} 前验收，逾期视为接受", $"The laboratory delivered; silence until {r.Date(e.AcceptanceDueOn)} counts as acceptance"),
            e.Note),
        DeliveryAccepted { Deemed: true } e => r.T(
            $"企业未提出异议，视为接受交付；试用至 {r.Date(e.TrialEndsOn)}。", $"The company said nothing, so the delivery counts as accepted; the trial runs until {r.Date(e.TrialEndsOn)}."),
        DeliveryAccepted e => r.T($"企业接受交付，试用至 {r.Date(e.TrialEndsOn)}。", $"The company accepted the delivery; the trial runs until {r.Date(e.TrialEndsOn)}."),
        TrialEndNoticed e => r.T($"通知企业：试用还剩 {e.DaysBefore} 天，请决定。", $"The company was told that {r.Days(e.DaysBefore)} of trial are left to decide."),
        ExtensionRequested e => With(r, r.T($"企业申请延长试用 {e.Months} 个月", $"The company asked for {r.Months(e.Months)} more of trial"), e.Reason),
        ExtensionDeclined e => With(r, r.T("院所方不同意延长试用", "The laboratory declined to extend the trial"), e.Reason),
        TrialExtended e => r.T($"试用延长 {e.Months} 个月，至 {r.Date(e.TrialEndsOn)}。", $"The trial was extended by {r.Months(e.Months)}, until {r.Date(e.TrialEndsOn)}."),
        TrialEndMoved e => r.T(
            $"节假日安排公布后，试用截止日顺延至 {r.Date(e.TrialEndsOn)}。", $"The holidays became known, and the end of the trial moved to {r.Date(e.TrialEndsOn)}."),
        TrialLapsed => r.T("试用期满未转化，试用权终止。", "The trial ended without conversion, and the right to use with it."),
        ResultReturned e => r.T(
            $"企业退回成果，不收费。停用声明：{e.StopUseStatement} 销毁证明：{e.DestructionCertificate}",
            $"The company returned the result at no charge. Stop of use: {e.StopUseStatement} Destruction: {e.DestructionCertificate}") + TrialWords.Files(r, e.Evidence),
        TrialEntryRecorded { Kind: TrialEntryKind.Measurement, Criterion: { } criterion, Value: { } value } e => With(
            r,
            r.T(
                $"{Who(r, e.By)}记录试用测量（第 {e.Number} 条）：第 {criterion + 1} 项指标 {r.Number(value)}",
                $"{Who(r, e.By)} recorded a measurement (entry {e.Number}): criterion {criterion + 1} at {r.Number(value)}"),
            e.Text) + TrialWords.Files(r, e.Evidence),
        TrialEntryRecorded e => With(
            r, r.T($"{Who(r, e.By)}写下试用{Names.Of(e.Kind).Zh}（第 {e.Number} 条）", $"{Who(r, e.By)} wrote down (entry {e.Number}), {Names.Of(e.Kind).En.ToLowerInvariant()}"), e.Text)
            + TrialWords.Files(r, e.Evidence),
        TrialEntryRetracted e => With(r, r.T($"{Who(r, e.By)}作废第 {e.Number} 条试用记录", $"{Who(r, e.By)} retracted entry {e.Number} of the trial"), e.Reason),
        SignOffRequested e => r.T(
            $"{Who(r, e.By)}请对方确认试用结果：{e.Results.Count} 项指标中 {e.Results.Count(c => c.IsMet)} 项达标；{r.Date(e.AnswerDueOn)} 前不答复视为确认。",
            $"{Who(r, e.By)} asked to confirm the result of the trial: {e.Results.Count(c => c.IsMet)} of {e.Results.Count} criteria are met; silence until {r.Date(e.AnswerDueOn)} confirms it."),
        SignOffConfirmed { Deemed: true } => r.T("对方未答复，试用结果视为确认。", "Nobody objected, so the result of the trial counts as confirmed."),
        SignOffConfirmed e => r.T($"{Who(r, e.By)}确认试用结果。", $"{Who(r, e.By)} confirmed the result of the trial."),
        SignOffObjected e => With(r, r.T($"{Who(r, e.By)}对试用结果有异议", $"{Who(r, e.By)} objected to the result of the trial"), e.Reason),
        LicenceConverted { ByTrigger: { } trigger } => r.T(
            $"条款 {PaymentTrigger.ClauseOf(trigger)} 的付款条件获确认，转为商业许可。", $"The event of clause {PaymentTrigger.ClauseOf(trigger)} was confirmed, which made it a commercial licence."),
        LicenceConverted => r.T("企业选择转为商业许可。", "The company chose the commercial licence."),
        _ => null,
    };

    private static string? Owed(Reader r, AgreementEvent happened) => happened switch
    {
        ObligationArose e => r.T(
            $"产生第 {e.Number} 笔应付款：{r.T(Names.Of(e.Kind))} {r.Money(e.Amount)}，{r.Date(e.DueOn)} 到期（条款 {e.Why.Clause}）。",
            $"Sum {e.Number} arose: {r.T(Names.Of(e.Kind)).ToLowerInvariant()} of {r.Money(e.Amount)}, due {r.Date(e.DueOn)} (clause {e.Why.Clause})."),
        ObligationRescheduled e => r.T($"第 {e.Number} 笔的到期日改为 {r.Date(e.DueOn)}。", $"Sum {e.Number} is now due {r.Date(e.DueOn)}."),
        ObligationInvoiced e => r.T($"第 {e.Number} 笔开票 {r.Money(e.Amount)}，账单号 {e.Invoice}。", $"Sum {e.Number} was invoiced: {r.Money(e.Amount)}, invoice {e.Invoice}."),
        ObligationBecameOverdue e => r.T(
            $"第 {e.Number} 笔逾期，{r.Date(e.DueOn)} 之后按日计息。", $"Sum {e.Number} is overdue; interest runs by day after {r.Date(e.DueOn)}."),
        InterestCharged { Amount.AmountMinor: < 0 } e => r.T(
            $"第 {e.Number} 笔冲回多计的利息 {r.Money(-e.Amount)}（计至 {r.Date(e.Through)}）。", $"Interest of {r.Money(-e.Amount)} on sum {e.Number} was taken back (counted through {r.Date(e.Through)})."),
        InterestCharged e => r.T(
            $"第 {e.Number} 笔计收逾期利息 {r.Money(e.Amount)}（计至 {r.Date(e.Through)}）。", $"Late interest of {r.Money(e.Amount)} on sum {e.Number}, through {r.Date(e.Through)}."),
        EnforcementCostCharged e => With(
            r, r.T($"第 {e.Number} 笔计收实现债权费用 {r.Money(e.Amount)}", $"Enforcement costs of {r.Money(e.Amount)} were charged on sum {e.Number}"), e.Reason),
        ObligationCorrected e => r.T(
            $"报告更正后，第 {e.Number} 笔减少 {r.Money(e.Amount)}。", $"After a corrected report, sum {e.Number} is {r.Money(e.Amount)} less."),
        ObligationSettledInKind e => With(
            r, r.T($"第 {e.Number} 笔中的 {r.Money(e.Amount)} 已以股权清偿", $"{r.Money(e.Amount)} of sum {e.Number} was settled in equity"), e.Evidence),
        ObligationWaived e => With(
            r,
            r.T(
                $"第 {e.Number} 笔免除：{Split(r, e.Costs, e.Interest, e.Principal)}",
                $"Of sum {e.Number} was waived: {Split(r, e.Costs, e.Interest, e.Principal)}"),
            e.Reason),
        _ => null,
    };

    private static string? Enforcement(Reader r, AgreementEvent happened) => happened switch
    {
        EnforcementStepTaken e => r.T(
            $"第 {e.Number} 笔：{r.T(Names.Of(e.Step))}。", $"Sum {e.Number}: {r.T(Names.Of(e.Step))}."),
        EnforcementStepProposed e => r.T(
            $"第 {e.Number} 笔：{r.T(Names.Of(e.Step))}待管理员批准。", $"Sum {e.Number}: {r.T(Names.Of(e.Step))} waits for an administrator's approval."),
        EnforcementStepApproved e => r.T(
            $"第 {e.Number} 笔：{e.By} 批准{r.T(Names.Of(e.Step))}。", $"Sum {e.Number}: {e.By} approved: {r.T(Names.Of(e.Step))}."),
        EnforcementStepDropped e => r.T(
            $"第 {e.Number} 笔：不再需要{r.T(Names.Of(e.Step))}。", $"Sum {e.Number}: {r.T(Names.Of(e.Step))} is no longer needed."),
        CureStarted e => r.T($"发出违约通知，补救期至 {r.Date(e.CureEndsOn)}。", $"Breach was noticed; it can be cured until {r.Date(e.CureEndsOn)}."),
        CureExtended e => r.T(
            $"因争议暂停 {e.Days} 天，补救期延至 {r.Date(e.CureEndsOn)}。", $"The cure period stood still for {r.Days(e.Days)} of dispute and now ends on {r.Date(e.CureEndsOn)}."),
        AgreementBreached => r.T("补救期满仍未付清，构成违约。", "The cure period ended unpaid: the agreement is breached."),
        DefaultRemedied => r.T("逾期款项已全部付清，恢复正常。", "Nothing is overdue any more; the default is remedied."),
        AgreementTerminated e => r.T(
            $"协议终止，批准人：{string.Join("、", e.ApprovedBy)}。", $"The agreement was terminated, approved by {string.Join(" and ", e.ApprovedBy)}."),
        DemandRepeated e => r.T(
            $"第 {e.Number} 笔再次催告，诉讼时效（原至 {r.Date(e.LimitationEndedOn)}）重新计算。",
            $"Sum {e.Number} was demanded again; its limitation, which would have ended on {r.Date(e.LimitationEndedOn)}, begins anew."),
        HardshipRequested e => With(
            r,
            r.T(
                $"企业请求第 {e.Number} 笔分 {e.Parts.Count} 期偿还，最后一期 {r.Date(e.Parts[^1].DueOn)}{(e.WaiveInterest ? "，并免除已计利息" : "")}",
                $"The company asks to pay sum {e.Number} in {e.Parts.Count} parts, the last on {r.Date(e.Parts[^1].DueOn)}{(e.WaiveInterest ? ", and to waive the interest so far" : "")}"),
            e.Reason),
        HardshipConsented => r.T("院所方同意困难还款方案，待管理员批准。", "The laboratory consents to the hardship plan; an administrator has yet to approve it."),
        HardshipDeclined { By: Party.Lab } e => With(r, r.T("院所方不同意困难还款方案", "The laboratory declined the hardship plan"), e.Reason),
        HardshipDeclined e => With(r, r.T("管理员未批准困难还款方案", "An administrator did not approve the hardship plan"), e.Reason),
        HardshipGranted e => r.T(
            $"{e.ApprovedBy} 批准困难还款方案：第 {e.Number} 笔的 {r.Money(e.Principal)} 改按第 {e.ScheduleVersion} 版付款计划偿还{(e.InterestWaived.IsPositive ? $"，免除利息 {r.Money(e.InterestWaived)}" : "")}。",
            $"{e.ApprovedBy} approved the hardship plan: {r.Money(e.Principal)} of sum {e.Number} are paid by version {e.ScheduleVersion} of the schedule{(e.InterestWaived.IsPositive ? $", and interest of {r.Money(e.InterestWaived)} is waived" : "")}."),
        DisputeOpened e => With(
            r, r.T($"{Who(r, e.By)}对第 {Numbers(e.Contested.Keys)} 笔提出争议", $"{Who(r, e.By)} disputed sum {Numbers(e.Contested.Keys)}"), e.Reason),
        DisputeDecided e => With(
            r,
            e.Reduced.Count == 0
                ? r.T($"争议 {e.Dispute} 已裁定：款项照付", $"Dispute {e.Dispute} was decided: all of it is owed")
                : r.T(
                    $"争议 {e.Dispute} 已裁定：{string.Join("、", e.Reduced.Select(x => $"第 {x.Key} 笔减少 {r.Money(x.Value, e.Currency)}"))}",
                    $"Dispute {e.Dispute} was decided: {string.Join(", ", e.Reduced.Select(x => $"sum {x.Key} less {r.Money(x.Value, e.Currency)}"))}"),
            e.Reason),
        AgreementSettled => r.T("款项全部结清。", "Everything that was owed is settled."),
        AgreementClosed => r.T("协议关闭。", "The agreement was closed."),
        _ => null,
    };

    private static string? Use(Reader r, AgreementEvent happened) => happened switch
    {
        SalesReported { Gross.AmountMinor: 0, Others: null } e => Affirmed(
            r,
            r.T(
                $"企业报告第 {e.Period} 期（{r.Date(e.From)} 至 {r.Date(e.To.AddDays(-1))}）没有销售，提成 {r.Money(e.EarnedRoyalty)}",
                $"The company reported that period {e.Period} ({r.Date(e.From)} to {r.Date(e.To.AddDays(-1))}) had no sales; royalty {r.Money(e.EarnedRoyalty)}"),
            e.Affirmation, e.Sheet),
        SalesReported e => Affirmed(
            r,
            r.T(
                $"企业报告第 {e.Period} 期销售（{r.Date(e.From)} 至 {r.Date(e.To.AddDays(-1))}）：毛额 {r.Money(e.Gross)}，净额 {r.Money(e.Net)}，提成 {r.Money(e.EarnedRoyalty)}",
                $"The company reported the sales of period {e.Period} ({r.Date(e.From)} to {r.Date(e.To.AddDays(-1))}): gross {r.Money(e.Gross)}, net {r.Money(e.Net)}, royalty {r.Money(e.EarnedRoyalty)}"),
            e.Affirmation, e.Sheet),
        SalesAssessed e => With(
            r,
            r.T(
                $"未收到第 {e.Period} 期销售报告，估定净额 {r.Money(e.Net)}，企业可以更正。依据",
                $"No sales report of period {e.Period} came; its net sales are estimated at {r.Money(e.Net)}, until the company corrects them. Basis"),
            e.Basis),
        SalesCorrected e => With(
            r,
            Affirmed(
                r,
                r.T(
                    $"企业更正第 {e.Period} 期报告：毛额 {r.Money(e.Gross)}，净额 {r.Money(e.Net)}",
                    $"The company corrected its report of period {e.Period}: gross {r.Money(e.Gross)}, net {r.Money(e.Net)}"),
                e.Affirmation, null) + r.T("更正原因", " Reason"),
            e.Reason),
        SalesEvidenceRecorded e => r.T(
            $"{(e.By == Party.None ? "管理员" : Who(r, e.By))}登记第 {e.Period} 期的销售发票 {e.Invoice}：{r.Date(e.IssuedOn)} 开具，{r.Money(e.Amount)}，文件哈希 {Short(e.FileHash)}。",
            $"{(e.By == Party.None ? "An administrator" : Who(r, e.By))} recorded invoice {e.Invoice} on sales of period {e.Period}: issued {r.Date(e.IssuedOn)}, {r.Money(e.Amount)}, hash of the file {Short(e.FileHash)}."),
        SalesForecast e => r.T(
            $"企业预测自第 {e.FromPeriod} 期起每月净销售额 {r.Money(e.MonthlyNet)}。", $"The company forecast net sales of {r.Money(e.MonthlyNet)} a month, from period {e.FromPeriod}."),
        BuyOutElected e => r.T(
            $"企业以 {r.Money(e.Price)} 买断，第 {e.LastPeriod} 期之后不再提成。", $"The company bought itself out for {r.Money(e.Price)}; nothing is owed for periods after number {e.LastPeriod}."),
        SalesReportReminded e => r.T(
            $"第 {e.Period} 期销售报告应于 {r.Date(e.DueOn)} 提交：{r.T(Names.Of(e.Reminder))}。", $"The sales report of period {e.Period} was due {r.Date(e.DueOn)}: {r.T(Names.Of(e.Reminder))}."),
        TriggerClaimed { By: Party.None } e => r.T(
            $"管理方依据平台数据主张条款 {PaymentTrigger.ClauseOf(e.Trigger)} 的付款条件已于 {r.Date(e.OccurredOn)} 成就，{r.Date(e.ContestUntil)} 前可提出异议。证据：{e.Evidence}",
            $"By the platform's data an administrator claimed that the event of clause {PaymentTrigger.ClauseOf(e.Trigger)} happened on {r.Date(e.OccurredOn)}; it can be contested until {r.Date(e.ContestUntil)}. Evidence: {e.Evidence}"),
        ExpertAppointed e => r.T(
            $"{(e.By == Party.None ? "管理方" : Who(r, e.By))}指定专家 {e.Name}（{e.Institution}）就条款 {PaymentTrigger.ClauseOf(e.Trigger)} 出具意见。",
            $"{(e.By == Party.None ? "An administrator" : Who(r, e.By))} named an expert for clause {PaymentTrigger.ClauseOf(e.Trigger)}: {e.Name}, {e.Institution}."),
        ExpertOpinionRecorded e => r.T(
            $"专家{(e.Supports ? "支持" : "不支持")}条款 {PaymentTrigger.ClauseOf(e.Trigger)} 的主张（文件哈希 {Short(e.FileHash)}）：{e.Opinion}",
            $"The expert {(e.Supports ? "supports" : "does not support")} the claim about clause {PaymentTrigger.ClauseOf(e.Trigger)} (hash of the opinion {Short(e.FileHash)}): {e.Opinion}"),
        ServiceProven e => r.T(
            $"第 {e.Number} 笔的催告已于 {r.Date(e.ServedOn)} 送达（{e.Method}，凭证 {e.Reference}，文件哈希 {Short(e.FileHash)}）。",
            $"The demand for sum {e.Number} arrived on {r.Date(e.ServedOn)} ({e.Method}, reference {e.Reference}, hash of the proof {Short(e.FileHash)})."),
        TriggerClaimed e => r.T(
            $"{Who(r, e.By)}主张条款 {PaymentTrigger.ClauseOf(e.Trigger)} 的付款条件已于 {r.Date(e.OccurredOn)} 成就，{r.Date(e.ContestUntil)} 前可提出异议。证据：{e.Evidence}",
            $"{Who(r, e.By)} claimed that the event of clause {PaymentTrigger.ClauseOf(e.Trigger)} happened on {r.Date(e.OccurredOn)}; it can be contested until {r.Date(e.ContestUntil)}. Evidence: {e.Evidence}"),
        TriggerContested e => With(
            r, r.T($"{Who(r, e.By)}对条款 {PaymentTrigger.ClauseOf(e.Trigger)} 的主张提出异议", $"{Who(r, e.By)} contested the claim about clause {PaymentTrigger.ClauseOf(e.Trigger)}"), e.Reason),
        TriggerConfirmed e => With(
            r,
            r.T(
                $"条款 {PaymentTrigger.ClauseOf(e.Trigger)} 的付款条件获确认（发生于 {r.Date(e.OccurredOn)}）",
                $"The event of clause {PaymentTrigger.ClauseOf(e.Trigger)} is confirmed (it happened on {r.Date(e.OccurredOn)})"),
            e.Basis),
        TriggerRejected e => With(
            r, r.T($"条款 {PaymentTrigger.ClauseOf(e.Trigger)} 的主张未获支持", $"The claim about clause {PaymentTrigger.ClauseOf(e.Trigger)} was rejected"), e.Reason),
        _ => null,
    };

    private static string Who(Reader r, Party party) => r.T(Names.Of(party));

    /// <summary>A party, or an administrator.</summary>
    private static string By(Reader r, Party party) => party == Party.None ? r.T("管理员", "An administrator") : Who(r, party);

    /// <summary>A sentence, with what somebody added in their own words.</summary>
    private static string With(Reader r, string sentence, string? words) => string.IsNullOrWhiteSpace(words)
        ? r.T($"{sentence}。", $"{sentence}.")
        : r.T($"{sentence}：{words}", $"{sentence}: {words}");

    private static BilingualText Term(string path) => TermWords.Label(path, null, []);

    /// <summary>A sentence about a report, with who stands by it and which file its totals come from.</summary>
    private static string Affirmed(Reader r, string sentence, SalesAffirmation? affirmation, SalesSheetFile? sheet)
    {
        var from = sheet is null ? "" : r.T(
            $"，取自文件 {sheet.Name}（{r.Rows(sheet.Rows)}，哈希 {Short(sheet.Sha256)}）", $", from the file {sheet.Name} ({r.Rows(sheet.Rows)}, hash {Short(sheet.Sha256)})");
        var by = affirmation is null ? "" : r.T(
            $"{affirmation.Name}（{affirmation.Position}）确认报告完整、真实。", $" {affirmation.Name} ({affirmation.Position}) affirmed that it is complete and true.");
        return r.T($"{sentence}{from}。{by}", $"{sentence}{from}.{by}");
    }

    private static string Short(string hash) => hash.Length > 12 ? $"{hash[..12]}…" : hash;

    private static string Numbers(IEnumerable<int> numbers) => string.Join(", ", numbers);

    private static string Split(Reader r, Money costs, Money interest, Money principal) => string.Join(r.T("、", ", "),
        new (ObligationComponent Component, Money Amount)[] { (ObligationComponent.Principal, principal), (ObligationComponent.Interest, interest), (ObligationComponent.Costs, costs) }
            .Where(part => !part.Amount.IsZero)
            .Select(part => $"{r.T(Names.Of(part.Component))} {r.Money(part.Amount)}"));
}
