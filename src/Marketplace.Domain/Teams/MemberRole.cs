namespace Marketplace.Domain.Teams;

/// <summary>What a person is in a team; somebody may be several things.</summary>
public enum MemberRole
{
    /// <summary>负责人: everything, and the team itself.</summary>
    Owner,

    /// <summary>商务: negotiates and runs trials.</summary>
    Negotiator,

    /// <summary>签字人: binds the organisation.</summary>
    Signatory,

    /// <summary>财务: reports, invoices, pays.</summary>
    Finance,

    /// <summary>只读.</summary>
    Viewer,

    /// <summary>完成人, of a laboratory: sees their own share of income and may object. By the name that stands in the splits.</summary>
    Inventor,

    /// <summary>管理员, of the marketplace itself: everything but approving, and its team.</summary>
    Administrator,

    /// <summary>审批人, of the marketplace itself: verifies, approves, decides.</summary>
    Approver,

    /// <summary>审计, of the marketplace itself: sees everything, changes nothing.</summary>
    Auditor,
}

public static class MemberRoles
{
    /// <summary>What each role is trusted with.</summary>
    public static Duty Duties(this MemberRole role) => role switch
    {
        MemberRole.Owner => Duty.Read | Duty.Negotiate | Duty.Sign | Duty.Finance | Duty.Lead,
        MemberRole.Negotiator => Duty.Read | Duty.Negotiate,
        MemberRole.Signatory => Duty.Read | Duty.Sign,
        MemberRole.Finance => Duty.Read | Duty.Finance,
        MemberRole.Viewer => Duty.Read,
        MemberRole.Inventor => Duty.Inventor,
        MemberRole.Administrator => Duty.Read | Duty.Negotiate | Duty.Sign | Duty.Finance | Duty.Lead | Duty.Operate,
        MemberRole.Approver => Duty.Read | Duty.Approve,
        MemberRole.Auditor => Duty.Read,
    };

    /// <summary>What somebody who is all of these is trusted with.</summary>
    public static Duty Duties(this IEnumerable<MemberRole> roles) => roles.Aggregate(Duty.None, (all, role) => all | role.Duties());

    /// <summary>Roles of the marketplace's own team are no roles of an organisation's, and the other way round.</summary>
    public static bool IsOfPlatform(this MemberRole role) => role is MemberRole.Administrator or MemberRole.Approver or MemberRole.Auditor;
}
