using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Payments;

/// <summary>
/// Where the marketplace ends and somebody else's money machine begins. Called outside of every grain, after the intent was committed.
/// </summary>
/// <remarks>
/// Whoever implements it promises: one payment per intent, however often it is sent; a look-up that knows of every payment whose sending
/// was ever answered or may have been; an answer, or <see cref="ProviderUnreachableException"/>, never a guess.
/// </remarks>
public interface IPaymentProvider
{
    /// <summary>As it stands in mandates and intents, e.g. <c>sandbox</c>. Never changes.</summary>
    string Name { get; }

    /// <summary>Whether this is a way to pay that the provider knows. Asked where a mandate or a payout is commanded.</summary>
    bool Offers(string method);

    /// <summary>Whether a way to pay that it offers is this company's to name: what another has left with the provider is not.</summary>
    Task<bool> MayName(OrganisationId company, string method) => Task.FromResult(true);

    /// <summary>Has the money moved, under the intent's id as the key. Sending again returns the first payment as it now stands.</summary>
    /// <exception cref="ProviderUnreachableException">No answer: the provider may or may not have it.</exception>
    /// <exception cref="PaymentOrderRefusedException">It has another order under this key, or cannot read this one.</exception>
    Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default);

    /// <summary>What has become of an order; null when the provider never heard of it.</summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    /// <exception cref="PaymentOrderRefusedException">It has another order under this key.</exception>
    Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default);

    /// <summary>
    /// Has a collection that is not wanted any more move nothing, if that is still possible, and says what became of it: it may have moved.
    /// Null when the provider never heard of it.
    /// </summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default);
}

/// <summary>What a provider is told of an intent.</summary>
/// <param name="Intent">The key: one intent, one payment.</param>
/// <param name="Method">In the provider's own words; see <see cref="IPaymentProvider.Offers"/>.</param>
/// <param name="Payee">As in <see cref="PaymentIntent.Payee"/>: who is paid; null for a collection.</param>
/// <param name="ExternalId">The provider's own id of it, once it has said one.</param>
public sealed record PaymentOrder(
    PaymentIntentId Intent, AgreementId Agreement, IntentKind Kind, Money Amount, string Method, string? Payee, OrganisationId Lab, OrganisationId Company,
    DateTimeOffset RequestedAtUtc, string? ExternalId = null)
{
    /// <summary>Of a refund: the collection that goes back; of a recovery: the payout. Null when the same provider made none.</summary>
    public OriginalPayment? Original { get; init; }

    /// <summary>What a collection pays: numbers of obligations.</summary>
    public IReadOnlyList<int> Obligations { get; init; } = [];

    /// <summary>What of the amount is for each of them, in minor units; one sum where they are not told apart.</summary>
    public IReadOnlyList<long> PartsMinor { get; init; } = [];

    public static PaymentOrder Of(Agreement agreement, PaymentIntent intent)
    {
        var original = intent switch
        {
            { Kind: IntentKind.Recovery, Of: { } payout } => agreement.Intent(payout),
            { Kind: IntentKind.Refund, Receipt: { } receipt } when agreement.Receipts[receipt - 1] is var from && from.Source == intent.Provider
                && Id.TryParse<PaymentIntentId>(from.Reference.Split('#')[0], out var collection) => agreement.Intent(collection),
            _ => null,
        };
        return new PaymentOrder(
            intent.Id, agreement.Id, intent.Kind, intent.Amount, intent.Method, intent.Payee, agreement.Lab, agreement.Company, intent.RequestedAtUtc, intent.ExternalId)
        {
            Original = original is { ExternalId: { } external } ? new OriginalPayment(original.Id, external) : null,
            Obligations = intent.Bundle ?? (intent.Obligation is { } one ? [one] : []),
            PartsMinor = intent.BundleMinor ?? [intent.Amount.AmountMinor],
        };
    }
}

/// <param name="ExternalId">The provider's own id of it.</param>
public sealed record OriginalPayment(PaymentIntentId Intent, string ExternalId);

/// <summary>What a provider says of a payment.</summary>
/// <param name="Status">Processing, or how it ended.</param>
/// <param name="ExternalId">The provider's own id of it.</param>
/// <param name="MovedMinor">All that has moved so far, in minor units of the order's currency.</param>
/// <param name="NextLookUtc">While it is processing: when to look again, if the provider says it.</param>
/// <param name="Reason">Why not all of it moved, in the provider's own words.</param>
/// <param name="MovedOn">The day on which the money moved, if the provider says it.</param>
/// <param name="FeeMinor">What the provider has kept for it so far.</param>
public sealed record ProviderAnswer(
    IntentStatus Status, string ExternalId, long MovedMinor, DateTimeOffset? NextLookUtc = null, string? Reason = null, DateOnly? MovedOn = null,
    long FeeMinor = 0);

/// <summary>The provider did not answer, so nobody knows whether it has the order. Never a failed payment.</summary>
public sealed class ProviderUnreachableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The provider answered that this is no order for it. A bug or a wrong setting, so people must see it; never a failed payment.</summary>
public sealed class PaymentOrderRefusedException(Refusal refusal) : Exception($"{refusal.Code}: {refusal.En}")
{
    public Refusal Refusal { get; } = refusal;
}
