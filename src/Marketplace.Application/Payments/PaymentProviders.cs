using System.Collections.Frozen;
using Marketplace.Domain;

namespace Marketplace.Application.Payments;

/// <summary>The providers that this host was given. There may be none: then nothing can be collected or paid out by command.</summary>
public sealed class PaymentProviders(IEnumerable<IPaymentProvider> providers)
{
    private readonly FrozenDictionary<string, IPaymentProvider> byName = providers.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    private static readonly Refusal UnknownMethod = Refusal.Invalid("method-unknown", "该支付渠道没有这种支付方式。", "This payment provider has no such method.", "method");

    /// <summary>Refuses with <c>provider-unknown</c>.</summary>
    public Result<IPaymentProvider> Find(string? name) => byName.TryGetValue(name ?? "", out var provider)
        ? Result<IPaymentProvider>.Of(provider)
        : Refusal.Invalid("provider-unknown", "本平台未启用该支付渠道。", "No payment provider of this name is in use here.", "provider");

    /// <summary>Refuses with <c>provider-unknown</c> or <c>method-unknown</c>: what is not known here must not become a mandate or an intent.</summary>
    public Refusal? Check(string? provider, string? method)
    {
        var found = Find(provider);
        if (found.Refusal is { } unknown)
        {
            return unknown;
        }

        return method is not null && found.Value.Offers(method)
            ? null
            : UnknownMethod;
    }

    /// <summary>The same for a way in which a company is to pay; what is another's looks as if it did not exist.</summary>
    public async Task<Refusal?> Check(OrganisationId payer, string? provider, string? method) =>
        Check(provider, method) ?? (await Find(provider).Value.MayName(payer, method!) ? null : UnknownMethod);
}
