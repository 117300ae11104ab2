using System.Collections.Immutable;

namespace Marketplace.Domain.Payments;

/// <summary>How one organisation is known to one payment provider. Names only: what can be paid with them stays with the provider.</summary>
/// <param name="Customer">The provider's id of it as somebody who pays; null: it has none.</param>
/// <param name="Payee">The provider's id of it as somebody who is paid; null: it has none.</param>
/// <param name="MayBePaid">The provider has all that it needs to pay it.</param>
public sealed record PaymentProfile(string? Customer, string? Payee, bool MayBePaid)
{
    public static readonly PaymentProfile None = new(null, null, false);

    /// <summary>Ways to pay that it has left with the provider, by method: <c>saved:pm_…</c>.</summary>
    public ImmutableSortedDictionary<string, string> Saved { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

public abstract record PaymentProfileCommand;

public sealed record NameCustomer(string Customer) : PaymentProfileCommand;

/// <param name="Label">As people know it, e.g. <c>visa •••• 4242</c>.</param>
public sealed record SaveMethod(string Method, string Label) : PaymentProfileCommand;

public sealed record ForgetMethod(string Method) : PaymentProfileCommand;

public sealed record NamePayee(string Payee, bool MayBePaid) : PaymentProfileCommand;

public abstract record PaymentProfileEvent;

public sealed record CustomerNamed(string Customer, DateTimeOffset AtUtc) : PaymentProfileEvent;

public sealed record MethodSaved(string Method, string Label, DateTimeOffset AtUtc) : PaymentProfileEvent;

public sealed record MethodForgotten(string Method, DateTimeOffset AtUtc) : PaymentProfileEvent;

public sealed record PayeeNamed(string Payee, bool MayBePaid, DateTimeOffset AtUtc) : PaymentProfileEvent;

/// <summary>What is said again changes nothing. A name stays: another one for the same organisation is refused.</summary>
public sealed class PaymentProfileRules : IAggregate<PaymentProfile, PaymentProfileCommand, PaymentProfileEvent>
{
    private PaymentProfileRules() { }

    public static PaymentProfile Initial => PaymentProfile.None;

    public static Result<IReadOnlyList<PaymentProfileEvent>> Decide(PaymentProfile state, PaymentProfileCommand command, CommandContext context)
    {
        if (context.Actor.Role != ActorRole.System)
        {
            return Refusal.NotFound();
        }

        var now = context.NowUtc;
        return command switch
        {
            NameCustomer c => state.Customer switch
            {
                null => Told(new CustomerNamed(c.Customer, now)),
                var known when known == c.Customer => Told(),
                _ => Refusal.State("customer-named", "该机构在支付渠道已有客户编号。", "This organisation has another customer id with the provider already."),
            },
            NamePayee c when state.Payee is { } known && known != c.Payee =>
                Refusal.State("payee-named", "该机构在支付渠道已有收款账户。", "This organisation has another account with the provider already."),
            NamePayee c => state.Payee == c.Payee && state.MayBePaid == c.MayBePaid ? Told() : Told(new PayeeNamed(c.Payee, c.MayBePaid, now)),
            SaveMethod c => state.Saved.GetValueOrDefault(c.Method) == c.Label ? Told() : Told(new MethodSaved(c.Method, c.Label, now)),
            ForgetMethod c => state.Saved.ContainsKey(c.Method) ? Told(new MethodForgotten(c.Method, now)) : Told(),
            _ => throw new InvalidOperationException($"No rule decides {command.GetType().Name}"),
        };
    }

    public static PaymentProfile Apply(PaymentProfile state, PaymentProfileEvent happened) => happened switch
    {
        CustomerNamed e => state with { Customer = e.Customer },
        PayeeNamed e => state with { Payee = e.Payee, MayBePaid = e.MayBePaid },
        MethodSaved e => state with { Saved = state.Saved.SetItem(e.Method, e.Label) },
        MethodForgotten e => state with { Saved = state.Saved.Remove(e.Method) },
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    private static Result<IReadOnlyList<PaymentProfileEvent>> Told(params PaymentProfileEvent[] events) => Result<IReadOnlyList<PaymentProfileEvent>>.Of(events);
}
