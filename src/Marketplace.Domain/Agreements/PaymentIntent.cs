namespace Marketplace.Domain.Agreements;

/// <summary>
/// Money that is to move outside: committed before anything is sent, with the key under which it is sent once and only once.
/// </summary>
/// <param name="Id">Also the idempotency key towards the provider.</param>
/// <param name="Payee">For payouts: <c>lab</c>, <c>broker</c> or <c>inventor:N</c>, and for recoveries from whom; for refunds <c>company</c> or <c>guarantor</c>; for collections null.</param>
/// <param name="Obligation">For collections: the obligation that it pays; null when it pays several.</param>
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
    /// <summary>The <see cref="Payee"/> that is the broker.</summary>
    public const string Broker = "broker";

    /// <summary>For collections that pay several obligations: their numbers.</summary>
    public IReadOnlyList<int>? Bundle { get; init; }

    /// <summary>What of the amount is for each of the bundle, in minor units and in its order.</summary>
    public IReadOnlyList<long>? BundleMinor { get; init; }

    /// <summary>For recoveries: the payout that is to come back.</summary>
    public PaymentIntentId? Of { get; init; }

    /// <summary>The provider is to be asked to move nothing.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>What the provider has kept for it.</summary>
    public long FeeMinor { get; init; }

    /// <summary>For payouts: what is withheld besides the amount when all of it moves.</summary>
    public Withholding? Tax { get; init; }

    /// <summary>What was withheld of it so far; of a recovery negative.</summary>
    public long TaxWithheldMinor { get; init; }

    /// <summary>Tax that belongs to so much of the amount.</summary>
    public long TaxOnMinor(long movedMinor) => Tax is null ? 0 : Rounding.HalfEven((Int128)Tax.AmountMinor * movedMinor, Amount.AmountMinor);

    /// <summary>Why not all of it moved, in the provider's own words; null: it did, or the provider has not said why.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a collection is for this obligation.</summary>
    public bool Pays(int obligation) => Kind == IntentKind.Collection && (Obligation == obligation || Bundle?.Contains(obligation) == true);

    public bool IsOpen => Status is IntentStatus.Requested or IntentStatus.Processing or IntentStatus.Unknown;
}

/// <param name="AmountMinor">In the payment's currency.</param>
/// <param name="RatePpm">Of amount and tax together.</param>
public sealed record Withholding(long AmountMinor, long RatePpm);

public enum IntentKind
{
    Collection,
    Payout,
    Refund,

    /// <summary>A payout comes back, since it was not owed after all.</summary>
    Recovery,
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
