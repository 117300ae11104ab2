using System.Text.Json.Serialization;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Orleans;

namespace Marketplace.Payments.Sandbox;

/// <summary>The sandbox's own id of a payment; nobody can take it for one of a real provider.</summary>
[JsonConverter(typeof(IdJsonConverter<SandboxPaymentId>))]
public readonly record struct SandboxPaymentId(string Value) : IId<SandboxPaymentId>
{
    public static string Prefix => "sbx_";
    public static SandboxPaymentId Wrap(string value) => new(value);
    public override string ToString() => Value;

    /// <summary>The id follows from the key, so that a simulation replays to the letter.</summary>
    public static SandboxPaymentId For(PaymentIntentId intent) => DerivedId.From<SandboxPaymentId>(intent.Value, "sandbox");
}

/// <summary>One payment as the sandbox knows it. Until an order arrived, it has never heard of it.</summary>
/// <param name="LostARequest">A request for it got lost on its way.</param>
/// <param name="Declines">Tries that were declined and are tried again.</param>
/// <param name="DecidesAtUtc">When it moves, is declined or is tried again; null once it has ended.</param>
/// <param name="EndedOn">The day, in Tianjin, on which it moved or was declined for good.</param>
[GenerateSerializer, Immutable]
public sealed record SandboxPayment(
    [property: Id(0)] SandboxOrder? Order,
    [property: Id(1)] bool LostARequest,
    [property: Id(2)] int Declines,
    [property: Id(3)] DateTimeOffset? DecidesAtUtc,
    [property: Id(4)] long MovedMinor,
    [property: Id(5)] DateOnly? EndedOn)
{
    public static readonly SandboxPayment NeverHeardOf = new(null, false, 0, null, 0, null);
}

/// <summary>What the sandbox was asked to move. A repetition must ask for the same.</summary>
[GenerateSerializer, Immutable]
public sealed record SandboxOrder(
    [property: Id(0)] PaymentIntentId Intent, [property: Id(1)] IntentKind Kind, [property: Id(2)] Money Amount, [property: Id(3)] string Method);

/// <summary>What can be asked of the sandbox.</summary>
[GenerateSerializer, Immutable]
public abstract record SandboxCommand;

/// <summary>Takes an order, once; a repetition changes nothing.</summary>
[GenerateSerializer, Immutable]
public sealed record TakeOrder([property: Id(0)] SandboxOrder Order) : SandboxCommand;

/// <summary>No money is to move any more; what has moved has moved.</summary>
[GenerateSerializer, Immutable]
public sealed record CancelOrder : SandboxCommand;

/// <summary>Does what time has made due.</summary>
[GenerateSerializer, Immutable]
public sealed record DecidePayment : SandboxCommand;

/// <summary>
/// What has happened at the sandbox, in the stream <c>sandbox/pin_…</c> of the intent that it was asked under. Type names and members are
/// wire names: invariants compare what moved here with what the agreement recorded.
/// </summary>
public abstract record SandboxEvent;

/// <summary>Nobody but this record knows: the sandbox behaves as if it had never heard of the order.</summary>
public sealed record SandboxRequestLost(DateTimeOffset AtUtc) : SandboxEvent;

/// <param name="Kind">A collection moves money to the marketplace, payouts and refunds away from it.</param>
public sealed record SandboxPaymentAccepted(
    SandboxPaymentId Payment, PaymentIntentId Intent, IntentKind Kind, Money Amount, string Method, DateTimeOffset AtUtc, DateTimeOffset DecidesAtUtc)
    : SandboxEvent;

public sealed record SandboxTryDeclined(DateTimeOffset AtUtc, DateTimeOffset TriesAgainAtUtc) : SandboxEvent;

/// <summary>The end of a payment: this much moved, at this instant, and no more will.</summary>
public sealed record SandboxMoneyMoved(Money Moved, DateTimeOffset AtUtc) : SandboxEvent;

/// <summary>The end of a payment of which nothing moved.</summary>
public sealed record SandboxPaymentDeclined(DateTimeOffset AtUtc) : SandboxEvent;

/// <summary>The end of a payment that was not wanted any more.</summary>
public sealed record SandboxPaymentCancelled(DateTimeOffset AtUtc) : SandboxEvent;
