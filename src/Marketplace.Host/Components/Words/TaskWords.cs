using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What waits for a party, and where it is done.</summary>
public static class TaskWords
{
    public static string Of(Reader r, OpenTask task) => task.Kind switch
    {
        OpenTaskKind.AnswerApplication => r.T("答复试用申请", "Answer an application for a trial"),
        OpenTaskKind.AnswerTerms => r.T($"答复第 {task.Number} 版条款", $"Answer version {task.Number} of the terms"),
        OpenTaskKind.Sign => r.T("签署协议", "Sign the agreement"),
        OpenTaskKind.SignAmendment => r.T($"签署第 {task.Number} 号补充协议", $"Sign amendment {task.Number}"),
        OpenTaskKind.File => r.T("办理协议备案", "File the agreement"),
        OpenTaskKind.Deliver => r.T("交付成果", "Deliver the result"),
        OpenTaskKind.AcceptDelivery => r.T("验收交付（到期无异议视为接受）", "Accept the delivery (silence accepts it)"),
        OpenTaskKind.AnswerExtension => r.T($"答复延期 {task.Number} 个月的申请", $"Answer the wish to extend the trial by {r.Months(task.Number ?? 0)}"),
        OpenTaskKind.Decide => r.T("决定转化、延期或退回", "Decide: convert, extend or return"),
        OpenTaskKind.AnswerSignOff => r.T("确认试用结果或提出异议（不答复视为确认）", "Confirm the result of the trial or object (silence confirms it)"),
        OpenTaskKind.AnswerClaim => r.T(
            $"答复条款 {PaymentTrigger.ClauseOf(task.Number ?? 0)} 的主张（不答复视为确认）", $"Answer the claim about clause {PaymentTrigger.ClauseOf(task.Number ?? 0)} (silence confirms it)"),
        OpenTaskKind.ReportSales => r.T($"提交第 {task.Number} 期销售报告（零销售也须报告）", $"Report the sales of period {task.Number}, nothing sold included"),
        OpenTaskKind.LookAtReport => r.T($"第 {task.Number} 期销售报告值得核查", $"The sales report of period {task.Number} deserves a second look"),
        OpenTaskKind.Pay => r.T($"支付第 {task.Number} 笔{Amount(r, task)}", $"Pay sum {task.Number}{Amount(r, task)}"),
        OpenTaskKind.RecordFapiao => r.T($"登记第 {task.Number} 笔的发票{Amount(r, task)}", $"Record fapiao for sum {task.Number}{Amount(r, task)}"),
        OpenTaskKind.AnswerHardship => r.T($"答复第 {task.Number} 笔的困难还款计划", $"Answer the hardship plan for sum {task.Number}"),
        OpenTaskKind.AnswerObjection => r.T($"答复完成人对收益分配的第 {task.Number} 号异议", $"Answer objection {task.Number} of an inventor to the distribution"),
        OpenTaskKind.Distribute => r.T($"分配已到账收益{Amount(r, task)}", $"Distribute what has been received{Amount(r, task)}"),
        OpenTaskKind.PayInventors => r.T($"向完成人付款{Amount(r, task)}", $"Pay the inventors{Amount(r, task)}"),
        OpenTaskKind.PayBroker => r.T($"向技术经理人付款{Amount(r, task)}", $"Pay the broker{Amount(r, task)}"),
        OpenTaskKind.OrderPayout => r.T($"提取本单位收益{Amount(r, task)}", $"Have your own share paid out{Amount(r, task)}"),
        OpenTaskKind.PayGuaranteeClaim => r.T($"就第 {task.Number} 笔履行担保{Amount(r, task)}", $"Pay under the guarantee for sum {task.Number}{Amount(r, task)}"),
    };

    /// <summary>The page on which it is done, or that says how.</summary>
    public static string Where(AgreementId id, OpenTask task)
    {
        var agreement = $"/agreements/{id}";
        return task.Kind switch
        {
            OpenTaskKind.AnswerApplication or OpenTaskKind.AnswerTerms => $"{agreement}/negotiation",
            OpenTaskKind.Sign => $"{agreement}/sign",
            OpenTaskKind.File or OpenTaskKind.Deliver or OpenTaskKind.AcceptDelivery => $"{agreement}/delivery",
            OpenTaskKind.Decide => $"{agreement}/decide",
            OpenTaskKind.AnswerSignOff or OpenTaskKind.AnswerExtension => $"{agreement}/trial",
            OpenTaskKind.ReportSales or OpenTaskKind.LookAtReport => $"{agreement}/reports",
            OpenTaskKind.Pay => $"{agreement}/pay?obligation={task.Number}",
            OpenTaskKind.RecordFapiao => $"{agreement}/obligations/{task.Number}/fapiao",
            OpenTaskKind.PayGuaranteeClaim => $"{agreement}#sum-{task.Number}",
            OpenTaskKind.Distribute or OpenTaskKind.PayInventors or OpenTaskKind.PayBroker or OpenTaskKind.OrderPayout => $"{agreement}/income",
            OpenTaskKind.AnswerHardship => $"{agreement}/matters#hardship",
            OpenTaskKind.SignAmendment => $"{agreement}/matters#amendments",
            OpenTaskKind.AnswerClaim => $"{agreement}/matters#events",
            OpenTaskKind.AnswerObjection => $"{agreement}/matters#objections",
        };
    }

    private static string Amount(Reader r, OpenTask task) => task.Amount is { } amount ? r.T($"：{r.Money(amount)}", $": {r.Money(amount)}") : "";
}
