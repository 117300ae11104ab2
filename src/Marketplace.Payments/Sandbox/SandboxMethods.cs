using Marketplace.Domain;

namespace Marketplace.Payments.Sandbox;

/// <summary>
/// The table of everything that the sandbox can be told to do. No money moves anywhere; every method says so by its name.
/// </summary>
public static class SandboxMethods
{
    public static IReadOnlyList<SandboxMethodDescription> All { get; } =
    [
        new("sandbox:ok", "sandbox:ok", new(
            "模拟支付：全额即时到账。",
            "Simulated: all of it moves at once.")),
        new("sandbox:delay-{1–365}d", "sandbox:delay-3d", new(
            "模拟支付：处理中，若干天后全额到账。",
            "Simulated: processing, and all of it moves after that many days.")),
        new("sandbox:partial-{1–99}", "sandbox:partial-40", new(
            "模拟支付：仅按百分比到账一部分，余额不再到账。",
            "Simulated: that percentage moves at once, and the rest never.")),
        new("sandbox:decline", "sandbox:decline", new(
            "模拟支付：立即被拒，分文未动。",
            "Simulated: declined at once, nothing moves.")),
        new("sandbox:decline-{1–365}d", "sandbox:decline-3d", new(
            "模拟支付：处理中，若干天后被拒，分文未动。",
            "Simulated: processing, and declined after that many days; nothing moves.")),
        new("sandbox:decline-once", "sandbox:decline-once", new(
            "模拟支付：首次扣款被拒，一天后自动重试并全额到账。",
            "Simulated: the first try is declined; tried again by itself a day later, all of it moves.")),
        new("sandbox:silent", "sandbox:silent", new(
            "模拟支付：全额即时到账，但应答丢失，须查询才知结果。",
            "Simulated: all of it moves at once, but the answer gets lost; only a look-up tells.")),
        new("sandbox:lost", "sandbox:lost", new(
            "模拟支付：首次请求在途中丢失，须以同一支付编号重发，随后全额到账。",
            "Simulated: the first request gets lost on its way; sent again under the same id, all of it moves.")),
    ];
}

/// <param name="Pattern">How the method is written; a range in braces stands for a whole number.</param>
/// <param name="Example">A method that can be used as it stands.</param>
public sealed record SandboxMethodDescription(string Pattern, string Example, BilingualText Description);
