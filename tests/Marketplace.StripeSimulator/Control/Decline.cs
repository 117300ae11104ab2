using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation;

/// <summary>Why a bank says no.</summary>
/// <param name="Code">card_declined, expired_card, authentication_required …</param>
/// <param name="DeclineCode">insufficient_funds, lost_card …</param>
public sealed record Decline(string Code, string DeclineCode)
{
    public static Decline Generic { get; } = new("card_declined", "generic_decline");

    public static Decline InsufficientFunds { get; } = new("card_declined", "insufficient_funds");

    public static Decline LostCard { get; } = new("card_declined", "lost_card");

    public static Decline ExpiredCard { get; } = new("expired_card", "expired_card");

    public static Decline ProcessingError { get; } = new("processing_error", "processing_error");

    public static Decline AuthenticationRequired { get; } = new("authentication_required", "authentication_required");

    public string Message => Code switch
    {
        "expired_card" => "Your card has expired.",
        "processing_error" => "An error occurred while processing your card. Try again in a little bit.",
        "authentication_required" => "Your card was declined. This transaction requires authentication.",
        _ when DeclineCode == "insufficient_funds" => "Your card has insufficient funds.",
        _ => "Your card was declined.",
    };

    internal StripeError ToError(JsonObject? details = null)
    {
        details ??= [];
        details["decline_code"] = DeclineCode;
        return new StripeError(402, "card_error", Message) { Code = Code, Details = details };
    }
}
