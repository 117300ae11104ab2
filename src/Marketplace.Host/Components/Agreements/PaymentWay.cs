using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Payments.Sandbox;

namespace Marketplace.Host.Components.Agreements;

/// <summary>A way in which money can move, as a form offers it. Whatever a form sends back, the door decides whether there is such a way.</summary>
public sealed record PaymentWay(string Provider, string Method, BilingualText Label)
{
    /// <summary>As the form sends it.</summary>
    public string Value => $"{Provider} {Method}";

    /// <summary>Null: that is none.</summary>
    public static (string Provider, string Method)? Read(string value) => value.Split(' ', 2) is [{ Length: > 0 } provider, { Length: > 0 } method] ? (provider, method) : null;

    /// <summary>Everything that the sandbox can pretend, where it may be used.</summary>
    public static IReadOnlyList<PaymentWay> Simulated(PaymentProviders providers) => providers.Find(SandboxRegistration.ProviderName).IsRefused
        ? []
        : [.. SandboxMethods.All.Select(m => new PaymentWay(SandboxRegistration.ProviderName, m.Example, m.Description))];

    /// <summary>Pages of providers on which somebody pays now.</summary>
    public static IReadOnlyList<PaymentWay> OnPages(PaymentProfileView? profile) =>
        [.. (profile?.Providers ?? []).SelectMany(p => p.PageWays.Select(w => new PaymentWay(p.Provider, w.Method, w.Label)))];

    /// <summary>What the company has left with providers.</summary>
    public static IReadOnlyList<PaymentWay> Saved(PaymentProfileView? profile) =>
        [.. (profile?.Providers ?? []).SelectMany(p => p.Saved.Select(s => new PaymentWay(p.Provider, s.Key, new($"已保存：{s.Value}（{p.Provider}）", $"Saved: {s.Value} ({p.Provider})"))))];
}
