using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class Dispute : DatedObject
{
    public override string Object => "dispute";

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Charge { get; init; }

    public required string? PaymentIntent { get; init; }

    public required string Reason { get; init; }

    public string Status { get; internal set; } = "needs_response";

    public IReadOnlyList<JsonObject> BalanceTransactions { get; internal set; } = [];

    public IReadOnlyList<string> EnhancedEligibilityTypes => [];

    public JsonObject EvidenceDetails => new() { ["due_by"] = Created + (7 * 24 * 60 * 60), ["has_evidence"] = false, ["past_due"] = false, ["submission_count"] = 0 };

    public bool IsChargeRefundable => false;

    public bool Livemode => false;

    public Dictionary<string, string> Metadata { get; } = [];
}

internal sealed class DisputeEndpoints(World world) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("GET /v1/disputes/{}", call => world.Disputes.Get(call.Id)),
        new("GET /v1/disputes", List),
    ];

    /// <summary>The customer's bank takes the money back until the matter is decided, and Stripe takes a fee.</summary>
    public Dispute Open(Charge charge, long amountMinor, string reason)
    {
        if (charge.Status != "succeeded" || amountMinor > charge.Amount)
        {
            throw new InvalidOperationException($"{charge.Id} has no {amountMinor} {charge.Currency} that could be disputed.");
        }

        var dispute = world.Disputes.Add(new Dispute
        {
            Id = world.NewId("du"), Created = world.Now, Amount = amountMinor, Currency = charge.Currency, Charge = charge.Id, PaymentIntent = charge.PaymentIntent, Reason = reason,
        });
        charge.Disputed = true;
        Move(dispute, -amountMinor, world.Options.DisputeFeeMinor, $"Chargeback withdrawal for {charge.Id}");
        world.Emit("charge.dispute.created", dispute);
        world.Emit("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    /// <summary>Evidence was sent; the bank thinks.</summary>
    public void Respond(Dispute dispute)
    {
        dispute.Status = "under_review";
        world.Emit("charge.dispute.updated", dispute);
    }

    /// <param name="won">The money comes back, the fee does not.</param>
    public void Close(Dispute dispute, bool won)
    {
        if (dispute.Status is "won" or "lost")
        {
            throw new InvalidOperationException($"{dispute.Id} is {dispute.Status} already.");
        }

        dispute.Status = won ? "won" : "lost";
        if (won)
        {
            Move(dispute, dispute.Amount, 0, $"Chargeback reversal for {dispute.Charge}");
            world.Emit("charge.dispute.funds_reinstated", dispute);
        }

        world.Emit("charge.dispute.closed", dispute);
    }

    private void Move(Dispute dispute, long amount, long fee, string description) =>
        dispute.BalanceTransactions =
        [
            .. dispute.BalanceTransactions,
            world.Move(world.Options.Account, "adjustment", amount, dispute.Currency, dispute.Id, fee, description: description).ToJson(),
        ];

    private JsonObject List(Call call)
    {
        var (charge, intent) = (call.Parameters.Text("charge"), call.Parameters.Text("payment_intent"));
        return world.Disputes.Page(call, d => (charge is null || d.Charge == charge) && (intent is null || d.PaymentIntent == intent));
    }
}
