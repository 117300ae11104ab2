namespace Marketplace.Domain.Agreements;

/// <summary>
/// Money that is to move outside: committed before anything is sent, with the key under which it is sent once and only once.
/// </summary>
/// <param name="Id">Also the idempotency key towards the provider.</param>
/// <param name="Payee">For payouts: <c>lab</c> or <c>inventor:N</c>; for refunds <c>company</c>; for collections null.</param>
/// <param name="Obligation">For collections: the obligation that asked for it.</param>
/// <param name="Receipt">For refunds: the receipt whose unapplied part goes back.</param>
/// <param name="ExternalId">The provider's own id, once known.</param>
/// <param name="MovedMinor">What really moved.</param>
public sealed record PaymentIntent(
    PaymentIntentId Id,
    IntentKind Kind,
    Money Amount,
    string Provider,
    string Method,
    string? Payee,
    int? Obligation,
    int? Receipt,
    IntentStatus Status,
    string? ExternalId,
    long MovedMinor,
    DateTimeOffset RequestedAtUtc,
    DateTimeOffset NextLookUtc)
{
    public bool IsOpen => Status is IntentStatus.Requested or IntentStatus.Processing or IntentStatus.Unknown;
}

public enum IntentKind
{
    Collection,
    Payout,
    Refund,
}

public enum IntentStatus
{
    /// <summary>Committed; the provider may or may not have heard of it.</summary>
    Requested,

    /// <summary>The provider has it and has not decided.</summary>
    Processing,

    /// <summary>The provider did not answer: look it up, never send it under another key.</summary>
    Unknown,

    Succeeded,

    /// <summary>Ended after a part of the money moved.</summary>
    PartlySucceeded,

    Failed,
}
