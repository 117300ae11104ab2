using Marketplace.Application.Payments;
using Marketplace.Domain;

namespace Marketplace.Payments.Stripe;

/// <summary>The names under which things at Stripe say what of ours they are: whoever lost an answer finds them by it.</summary>
internal static class StripeMark
{
    public const string Intent = "intent";
    public const string Agreement = "agreement";
    public const string Organisation = "organisation";

    public static Dictionary<string, string> Of(PaymentOrder order) => new() { [Intent] = order.Intent.Value, [Agreement] = order.Agreement.Value };

    public static bool IsOf(IDictionary<string, string>? metadata, PaymentOrder order) =>
        metadata is not null && metadata.TryGetValue(Intent, out var intent) && intent == order.Intent.Value;

    /// <summary>Null when it is not ours.</summary>
    public static (AgreementId Agreement, PaymentIntentId Intent)? Read(IDictionary<string, string>? metadata) =>
        metadata is not null && metadata.TryGetValue(Agreement, out var a) && metadata.TryGetValue(Intent, out var i)
        && Id.TryParse<AgreementId>(a, out var agreement) && Id.TryParse<PaymentIntentId>(i, out var intent)
            ? (agreement, intent)
            : null;

    public static OrganisationId? ReadOrganisation(IDictionary<string, string>? metadata) =>
        metadata is not null && metadata.TryGetValue(Organisation, out var text) && Id.TryParse<OrganisationId>(text, out var organisation) ? organisation : null;
}
