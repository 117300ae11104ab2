using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class Charge : DatedObject
{
    public override string Object => "charge";

    public required long Amount { get; init; }

    public long AmountCaptured => Status == "succeeded" ? Amount : 0;

    public long AmountRefunded { get; internal set; }

    public required string Currency { get; init; }

    public required string? Customer { get; init; }

    public string? Description { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public required string? PaymentIntent { get; init; }

    public required string PaymentMethod { get; init; }

    public required JsonObject PaymentMethodDetails { get; init; }

    public required PaymentMethod.BillingAddress BillingDetails { get; init; }

    public string? BalanceTransaction { get; internal set; }

    public string? FailureBalanceTransaction { get; internal set; }

    public string? FailureCode { get; internal set; }

    public string? FailureMessage { get; internal set; }

    public JsonObject? Outcome { get; internal set; }

    public required string Status { get; set; }

    public bool Paid => Status == "succeeded";

    public bool Captured => Status != "failed";

    public bool Disputed { get; internal set; }

    public bool Refunded => AmountRefunded == Amount;

    public string? TransferGroup { get; init; }

    public string? ReceiptEmail { get; init; }

    public string? ReceiptUrl => Paid ? $"https://pay.stripe.com/receipts/{Id}" : null;

    public bool Livemode => false;

    internal required TestMethod Behaviour { get; init; }

    /// <summary>Its movement, also before the charge names it.</summary>
    internal BalanceTransaction? Moved { get; set; }

    /// <summary>Transferred by name of this charge and not reversed.</summary>
    internal long Transferred { get; set; }
}

internal sealed class ChargeEndpoints(World world) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("GET /v1/charges/{}", call => world.Charges.Get(call.Id)),
        new("GET /v1/charges", List),
    ];

    private JsonObject List(Call call)
    {
        var (intent, customer, group) = (call.Parameters.Text("payment_intent"), call.Parameters.Text("customer"), call.Parameters.Text("transfer_group"));
        return world.Charges.Page(call, c =>
            (intent is null || c.PaymentIntent == intent) && (customer is null || c.Customer == customer) && (group is null || c.TransferGroup == group));
    }
}
