using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class Refund : DatedObject
{
    public override string Object => "refund";

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Charge { get; init; }

    public required string? PaymentIntent { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public string? Reason { get; init; }

    public string? BalanceTransaction { get; internal set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureBalanceTransaction { get; internal set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureReason { get; internal set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PendingReason => Status == "pending" ? "processing" : null;

    public string Status { get; internal set; } = "succeeded";
}

internal sealed class RefundEndpoints(World world) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/refunds", Create),
        new("GET /v1/refunds/{}", call => world.Refunds.Get(call.Id)),
        new("GET /v1/refunds", List),
    ];

    /// <summary>By the API or by a person in the Dashboard. Stripe keeps its fee.</summary>
    /// <param name="amountMinor">All that is left, where none is given.</param>
    public Refund Refund(Charge charge, long? amountMinor, string? reason, Dictionary<string, string> metadata)
    {
        if (charge.Status != "succeeded")
        {
            throw StripeError.Invalid($"Charge {charge.Id} has not been paid and cannot be refunded.", "charge", "charge_not_refundable");
        }

        if (charge.Disputed && world.Disputes.All.Any(d => d.Charge == charge.Id && d.Status != "won" && d.Amount == charge.Amount))
        {
            throw StripeError.Invalid($"Charge {charge.Id} has been charged back; cannot issue a refund.", "charge", "charge_disputed");
        }

        var left = charge.Amount - charge.AmountRefunded;
        if (left == 0)
        {
            throw StripeError.Invalid($"Charge {charge.Id} has already been refunded.", "charge", "charge_already_refunded");
        }

        var amount = Currencies.CheckAmount(amountMinor ?? left, charge.Currency);
        if (amount > left)
        {
            throw StripeError.Invalid($"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", "amount");
        }

        var id = world.NewId("re");
        var moved = world.Move(world.Options.Account, charge.PaymentMethodDetails.ContainsKey("card") ? "refund" : "payment_refund", -amount, charge.Currency, id);
        var refund = world.Refunds.Add(new Refund
        {
            Id = id, Created = world.Now, Amount = amount, Currency = charge.Currency, Charge = charge.Id, PaymentIntent = charge.PaymentIntent,
            Metadata = metadata, Reason = reason, BalanceTransaction = moved.Id, Status = charge.Behaviour.RefundsAre == "pending" ? "pending" : "succeeded",
        });
        charge.AmountRefunded += amount;
        world.Emit("refund.created", refund);
        world.Emit("charge.refunded", charge);
        if (charge.Behaviour.RefundsAre == "failed")
        {
            Fail(refund);
        }

        return refund;
    }

    public void Settle(Refund refund)
    {
        refund.Status = "succeeded";
        world.Emit("refund.updated", refund);
        world.Emit("charge.refund.updated", refund);
    }

    /// <summary>The customer's bank sends it back: the money is in the balance again, and is still owed.</summary>
    public void Fail(Refund refund)
    {
        var charge = world.Charges.Get(refund.Charge);
        charge.AmountRefunded -= refund.Amount;
        refund.Status = "failed";
        refund.FailureReason = "expired_or_canceled_card";
        refund.FailureBalanceTransaction = world.Move(world.Options.Account, "refund_failure", refund.Amount, refund.Currency, refund.Id).Id;
        world.Emit("refund.failed", refund);
        world.Emit("refund.updated", refund);
        world.Emit("charge.refund.updated", refund);
    }

    private Refund Create(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "reverse_transfer", "refund_application_fee", "origin", "customer", "instructions_email");
        if (asked.Has("charge") == asked.Has("payment_intent"))
        {
            throw asked.Has("charge")
                ? StripeError.Invalid("You may only specify one of these parameters: charge, payment_intent.")
                : StripeError.Invalid("One of the following params should be provided for this request: payment_intent or charge.", code: "parameter_missing");
        }

        var charge = asked.Text("charge") is { } id ? world.Charges.Get(id, "charge") : ChargeOf(world.PaymentIntents.Get(asked.Need("payment_intent"), "payment_intent"));
        return call.Fault is Fault.BalanceInsufficient
            ? throw StripeError.Invalid("Insufficient funds in your Stripe balance to refund this amount.", "amount", "balance_insufficient")
            : Refund(charge, asked.Number("amount"), asked.Text("reason"), asked.Metadata());
    }

    private Charge ChargeOf(PaymentIntent intent) => intent.Status == "succeeded"
        ? world.Charges.Get(intent.LatestCharge!)
        : throw StripeError.Invalid($"This PaymentIntent ({intent.Id}) does not have a successful charge to refund.", "payment_intent", "charge_not_refundable");

    private JsonObject List(Call call)
    {
        var (charge, intent) = (call.Parameters.Text("charge"), call.Parameters.Text("payment_intent"));
        return world.Refunds.Page(call, r => (charge is null || r.Charge == charge) && (intent is null || r.PaymentIntent == intent));
    }
}
