using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What an agreement still has before it.</summary>
public static class UpcomingSentences
{
    public static string Of(Reader r, UpcomingStep step) => step.Kind switch
    {
        UpcomingKind.FilingDue => r.T("协议备案截止", "The agreement has to be filed"),
        UpcomingKind.DeemedAcceptance => r.T("交付视为接受（如无异议）", "The delivery counts as accepted if nobody says anything"),
        UpcomingKind.TrialEnds => r.T("试用期满，须转化、延期或退回", "The trial ends: convert, extend or return"),
        UpcomingKind.ClaimConfirmedBySilence => r.T(
            $"条款 {PaymentTrigger.ClauseOf(step.Number ?? 0)} 的主张视为确认（如无异议）", $"The claim about clause {PaymentTrigger.ClauseOf(step.Number ?? 0)} is confirmed if nobody contests it"),
        UpcomingKind.PaymentDue => r.T($"第 {step.Number} 笔到期", $"Sum {step.Number} falls due") + Amount(r, step),
        UpcomingKind.EnforcementStep => r.T(
            $"第 {step.Number} 笔若仍未付清：{(step.Step is { } zh ? r.T(Names.Of(zh)) : "")}", $"If sum {step.Number} is still open: {(step.Step is { } en ? r.T(Names.Of(en)) : "")}"),
        UpcomingKind.CureEnds => r.T("补救期满", "The cure period ends"),
        UpcomingKind.LimitationEnds => r.T($"第 {step.Number} 笔诉讼时效届满，届前再次催告", $"The limitation of sum {step.Number} ends; it is demanded again before"),
        UpcomingKind.SalesReportDue => r.T($"第 {step.Number} 期销售报告截止", $"The sales report of period {step.Number} is due"),
        UpcomingKind.SignOffConfirmedBySilence => r.T("试用结果视为确认（如无异议）", "The result of the trial is confirmed if nobody objects"),
        UpcomingKind.ProposalLapses => r.T($"第 {step.Number} 版条款有效期的最后一天", $"Last day to accept version {step.Number} of the terms"),
        UpcomingKind.NegotiationLapses => r.T("双方若一直没有动作，协商到此终止", "The negotiation is over if neither party moves until then"),
        UpcomingKind.LicenceEnds => r.T("商业许可期满", "The commercial licence ends"),
    };

    private static string Amount(Reader r, UpcomingStep step) => step.Amount is { } amount ? r.T($"，{r.Money(amount)}", $", {r.Money(amount)}") : "";
}
