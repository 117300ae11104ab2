using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>Refusals of the door itself, before any rule is asked.</summary>
public static class Refusals
{
    public static readonly Refusal SignInRequired = new(
        RefusalKind.Anonymous, "sign-in-required", "请先登录。", "Sign in first.");

    public static readonly Refusal RoleNotAllowed = Refusal.Forbidden(
        "role-not-allowed", "您的角色不能执行此操作。", "Your role may not do this.");

    public static readonly Refusal ProofRequired = Refusal.Forbidden(
        "proof-required", "此操作须在 5 分钟内验证过身份，请先验证。", "This needs a proof of who you are within the last 5 minutes; give it first.");

    /// <summary>One of the organisation has to be asked who is trusted with one of these.</summary>
    public static Refusal DutyMissing(Duty needed)
    {
        BilingualText[] names = [.. Enum.GetValues<Duty>().Where(d => d != Duty.All && (needed & d) != 0).Select(NameOf)];
        return Refusal.Forbidden(
            "duty-missing",
            $"您的角色不能执行此操作，需要具有“{string.Join("”或“", names.Select(n => n.Zh))}”权限的成员。",
            $"Your role may not do this; ask a member who may {string.Join(" or ", names.Select(n => n.En))}.");
    }

    private static BilingualText NameOf(Duty duty) => duty switch
    {
        Duty.Read => new("查看", "look at it"),
        Duty.Negotiate => new("商务", "negotiate"),
        Duty.Sign => new("签字", "sign"),
        Duty.Finance => new("财务", "see to money"),
        Duty.Lead => new("团队管理", "lead the team"),
        Duty.Operate => new("平台运营", "run the marketplace"),
        Duty.Approve => new("审批", "approve"),
        Duty.Self => new("本人", "act for themselves"),
        Duty.Inventor => new("完成人", "see their share as an inventor"),
        Duty.None or Duty.All => throw new ArgumentOutOfRangeException(nameof(duty), duty, "No single duty"),
        _ => throw new ArgumentOutOfRangeException(nameof(duty), duty, "No single duty"),
    };

    public static readonly Refusal CommandIdMissing = Refusal.Invalid(
        "command-id-missing", "请提供由客户端生成的命令编号（UUID）。", "Send a command id (UUID) made by the client.", "commandId");

    public static readonly Refusal CommandIdReused = Refusal.State(
        "command-id-reused", "该命令编号已用于另一请求，请换用新的编号。", "This command id was used for another request; make a new one.");

    public static readonly Refusal Contended = Refusal.State(
        "contended", "该对象正被他人频繁修改，未写入任何内容，请稍后重试。", "Others keep changing this; nothing was written, try again.");
}
