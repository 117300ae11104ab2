using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Payments;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(BankLineStatus status) => status switch
    {
        BankLineStatus.None => new("未登记", "Not recorded"),
        BankLineStatus.Recorded => new("待匹配", "Not looked at yet"),
        BankLineStatus.Proposed => new("待确认", "To be confirmed"),
        BankLineStatus.Parked => new("待人工处理", "Needs a person"),
        BankLineStatus.Assigned => new("正在入账", "Being posted"),
        BankLineStatus.Posted => new("已入账", "Posted"),
        BankLineStatus.Ignored => new("已忽略", "Ignored"),
        BankLineStatus.Other => new("其他业务", "Other business"),
    };

    public static BilingualText Of(ParkReason reason) => reason switch
    {
        ParkReason.NothingFits => new("看不出是谁的款项", "Nothing shows whose money it is"),
        ParkReason.ReferenceUnknown => new("付款附言码不属于任何合同", "Its reference is of no agreement"),
        ParkReason.ReversalOfNothing => new("冲正，但找不到原流水", "Takes back a booking that is not found"),
        ParkReason.ReversalAmbiguous => new("冲正，有多笔原流水相符", "Takes back one of several bookings"),
        ParkReason.PaymentDiffers => new("与所指的付款不符", "Differs from the payment that it names"),
        ParkReason.ReturnedAfterSuccess => new("付款成功后又被退回", "A payment came back after it had been made"),
        ParkReason.DebitUnknown => new("支出，但不是本平台的付款", "Money left, and not by a payment of ours"),
        ParkReason.Refused => new("合同或付款未接受", "The agreement or payment has refused it"),
    };

    public static BilingualText Of(BankLineUse use) => use switch
    {
        BankLineUse.Receipt => new("合同收款", "Receipt of an agreement"),
        BankLineUse.Reversal => new("冲回先前的收款", "An earlier receipt goes back"),
        BankLineUse.PaymentMade => new("本平台的付款已付出", "A payment of ours was made"),
        BankLineUse.PaymentReturned => new("本平台的付款被退回", "A payment of ours came back"),
    };

    public static BilingualText Of(MatchReason reason) => reason switch
    {
        MatchReason.NamedReference => new("附言提到该合同", "its reference names the agreement"),
        MatchReason.SameAmount => new("金额一致", "the same amount"),
        MatchReason.KnownAccount => new("该账户曾为该企业付款", "the company has paid from this account"),
        MatchReason.SameName => new("付款人名称一致", "the payer has the company’s name"),
        MatchReason.NearDueDate => new("临近到期日", "near the due date"),
    };

    public static BilingualText Of(StatementStatus status) => status switch
    {
        StatementStatus.None or StatementStatus.Uploading => new("上传中", "Being uploaded"),
        StatementStatus.Importing => new("导入中", "Being imported"),
        StatementStatus.Imported => new("已导入", "Imported"),
    };

    public static BilingualText Of(BankPaymentStatus status) => status switch
    {
        BankPaymentStatus.None => new("未登记", "Not ordered"),
        BankPaymentStatus.Ordered => new("待批准", "To be approved"),
        BankPaymentStatus.ApprovedOnce => new("待第二人复核", "To be approved by a second person"),
        BankPaymentStatus.Approved => new("已批准，待出文件", "Approved, not in a file yet"),
        BankPaymentStatus.Exported => new("已交银行", "With the bank"),
        BankPaymentStatus.Made => new("已付", "Made"),
        BankPaymentStatus.Returned => new("被银行退回", "Returned by the bank"),
        BankPaymentStatus.Rejected => new("已否决", "Rejected"),
        BankPaymentStatus.Cancelled => new("已撤销", "Cancelled"),
    };

    public static BilingualText Of(PayoutAccountStatus status) => status switch
    {
        PayoutAccountStatus.None => new("未登记", "Not registered"),
        PayoutAccountStatus.Registered => new("待核实", "To be verified"),
        PayoutAccountStatus.Verified => new("已核实", "Verified"),
        PayoutAccountStatus.Rejected => new("未通过", "Rejected"),
        PayoutAccountStatus.Closed => new("已关闭", "Closed"),
    };

    public static BilingualText Of(PaymentBatchStatus status) => status switch
    {
        PaymentBatchStatus.None or PaymentBatchStatus.Open => new("正在封存", "Being finished"),
        PaymentBatchStatus.Sealed => new("已封存", "Finished"),
    };

    public static BilingualText Of(NoticeStatus status) => status switch
    {
        NoticeStatus.Waiting => new("待处理", "Waiting"),
        NoticeStatus.WorkedOff => new("已处理", "Worked off"),
        NoticeStatus.Parked => new("已搁置，需人工查看", "Parked: a person must look"),
    };

    public static BilingualText Of(NoticeVia via) => via switch
    {
        NoticeVia.Webhook => new("渠道推送", "Sent by the provider"),
        NoticeVia.Sweep => new("核对时发现", "Found by looking"),
    };
}
