namespace Marketplace.Domain.Agreements;

/// <summary>Names of stages for people.</summary>
public static class AgreementWords
{
    public static string Zh(Stage stage) => Both(stage).Zh;

    public static string En(Stage stage) => Both(stage).En;

    public static string Zh(AgreementState state) => state == AgreementState.Disputed ? "争议中" : Zh((Stage)state);

    public static string En(AgreementState state) => state == AgreementState.Disputed ? "disputed" : En((Stage)state);

    private static (string Zh, string En) Both(Stage stage) => stage switch
    {
        Stage.None => ("不存在", "not there"),
        Stage.Applied => ("已申请", "applied for"),
        Stage.Declined => ("已谢绝", "declined"),
        Stage.Withdrawn => ("已撤回", "withdrawn"),
        Stage.Negotiating => ("协商中", "being negotiated"),
        Stage.Agreed => ("条款已定，待签署", "agreed, waiting for signatures"),
        Stage.Signed => ("已签署", "signed"),
        Stage.Filed => ("已备案", "filed"),
        Stage.Delivered => ("已交付，待验收", "delivered, waiting for acceptance"),
        Stage.InTrial => ("试用中", "in trial"),
        Stage.Extended => ("试用已延期", "in extended trial"),
        Stage.DecisionDue => ("待决定", "waiting for the company's decision"),
        Stage.Converted => ("已转化", "converted"),
        Stage.Returned => ("已退回", "returned"),
        Stage.Expired => ("试用已失效", "expired"),
        Stage.Overdue => ("逾期", "overdue"),
        Stage.Cure => ("补救期", "in its cure period"),
        Stage.Breached => ("违约", "breached"),
        Stage.Terminated => ("已终止", "terminated"),
        Stage.Settled => ("已结清", "settled"),
        Stage.Closed => ("已关闭", "closed"),
    };
}
