using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(OrganisationKind kind) => kind switch
    {
        OrganisationKind.Lab => new("高校院所、新型研发机构", "Laboratory"),
        OrganisationKind.Company => new("企业", "Company"),
        OrganisationKind.Guarantor => new("担保、保险、银行机构", "Guarantor"),
        OrganisationKind.Broker => new("技术经理人机构", "Broker"),
    };

    public static BilingualText Of(OrganisationStatus status) => status switch
    {
        OrganisationStatus.Absent => new("未注册", "Not registered"),
        OrganisationStatus.Registered => new("待核验", "To be verified"),
        OrganisationStatus.Verified => new("已核验", "Verified"),
        OrganisationStatus.Rejected => new("已驳回", "Rejected"),
        OrganisationStatus.Suspended => new("已暂停", "Suspended"),
    };

    public static BilingualText Of(MemberRole role) => role switch
    {
        MemberRole.Owner => new("负责人", "Owner"),
        MemberRole.Negotiator => new("商务", "Negotiator"),
        MemberRole.Signatory => new("签字人", "Signatory"),
        MemberRole.Finance => new("财务", "Finance"),
        MemberRole.Viewer => new("只读成员", "Viewer"),
        MemberRole.Inventor => new("完成人", "Inventor"),
        MemberRole.Administrator => new("管理员", "Administrator"),
        MemberRole.Approver => new("审批人", "Approver"),
        MemberRole.Auditor => new("审计员", "Auditor"),
    };

    /// <summary>What somebody in this role may do, in a few words.</summary>
    public static BilingualText MayDo(MemberRole role) => role switch
    {
        MemberRole.Owner => new("全部事项，并管理成员", "everything, and leads the team"),
        MemberRole.Negotiator => new("发布、洽谈、试用", "lists, negotiates, runs trials"),
        MemberRole.Signatory => new("签署合同、转化、减免", "signs, converts, waives"),
        MemberRole.Finance => new("申报、开票、收付款", "reports, invoices, pays"),
        MemberRole.Viewer => new("只查看", "looks only"),
        MemberRole.Inventor => new("只查看本人的收益份额，可提出异议", "sees their own share of income only, and may object"),
        MemberRole.Administrator => new("日常运营与成员，不含审批", "runs the marketplace and leads its team, without approvals"),
        MemberRole.Approver => new("核验、批准、裁定、结账", "verifies, approves, decides, closes months"),
        MemberRole.Auditor => new("查看全部，不作变更", "sees everything, changes nothing"),
    };
}
