using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>Refusals of the door itself, before any rule is asked.</summary>
public static class Refusals
{
    public static readonly Refusal SignInRequired = new(
        RefusalKind.Anonymous, "sign-in-required", "请先登录。", "Sign in first.");

    public static readonly Refusal RoleNotAllowed = Refusal.Forbidden(
        "role-not-allowed", "您的角色不能执行此操作。", "Your role may not do this.");

    public static readonly Refusal CommandIdMissing = Refusal.Invalid(
        "command-id-missing", "请提供由客户端生成的命令编号（UUID）。", "Send a command id (UUID) made by the client.", "commandId");

    public static readonly Refusal CommandIdReused = Refusal.State(
        "command-id-reused", "该命令编号已用于另一请求，请换用新的编号。", "This command id was used for another request; make a new one.");

    public static readonly Refusal Contended = Refusal.State(
        "contended", "该对象正被他人频繁修改，未写入任何内容，请稍后重试。", "Others keep changing this; nothing was written, try again.");
}
