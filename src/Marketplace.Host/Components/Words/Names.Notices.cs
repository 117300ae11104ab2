using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Domain;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(NoticeTopic topic) => topic switch
    {
        NoticeTopic.Negotiation => new("申请与协商", "Applications and terms"),
        NoticeTopic.Signatures => new("签署与生效", "Signatures"),
        NoticeTopic.Trial => new("交付与试用", "Delivery and trial"),
        NoticeTopic.Money => new("款项", "Money"),
        NoticeTopic.Reports => new("销售报告与付款条件", "Sales reports and payment events"),
        NoticeTopic.Disputes => new("争议与催收", "Disputes and enforcement"),
        NoticeTopic.Results => new("成果与公示", "Results and public notices"),
        NoticeTopic.Needs => new("技术需求与推荐", "Needs and suggestions"),
        NoticeTopic.Searches => new("保存的搜索", "Saved searches"),
        NoticeTopic.Organisation => new("机构与成员", "Organisation and members"),
        NoticeTopic.Operation => new("平台运营", "Running the marketplace"),
    };

    public static BilingualText Of(NoticeMail mail) => mail switch
    {
        NoticeMail.None => new("不发邮件", "No mail"),
        NoticeMail.AtOnce => new("立即发送", "At once"),
        NoticeMail.Daily => new("每日汇总（8:00）", "Daily digest (8:00)"),
        NoticeMail.Weekly => new("每周汇总（周一 8:00）", "Weekly digest (Monday 8:00)"),
    };

    public static BilingualText Of(OutgoingMailKind kind) => kind switch
    {
        OutgoingMailKind.Account => new("帐号邮件", "Of an account"),
        OutgoingMailKind.Notice => new("通知", "Notice"),
        OutgoingMailKind.Digest => new("汇总", "Digest"),
    };

    public static BilingualText Of(OutgoingMailStatus status) => status switch
    {
        OutgoingMailStatus.Waiting => new("待发送", "Waiting"),
        OutgoingMailStatus.HandingOver => new("发送中", "Being handed over"),
        OutgoingMailStatus.Sent => new("已发送", "Sent"),
        OutgoingMailStatus.GivenUp => new("已放弃", "Given up"),
        OutgoingMailStatus.Unknown => new("结果未知", "Outcome unknown"),
    };
}
