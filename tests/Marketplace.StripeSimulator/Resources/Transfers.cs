using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class Transfer : DatedObject
{
    public override string Object => "transfer";

    public required long Amount { get; init; }

    public long AmountReversed { get; internal set; }

    public required string BalanceTransaction { get; init; }

    public required string Currency { get; init; }

    public string? Description { get; init; }

    public required string Destination { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public bool Reversed => AmountReversed == Amount;

    public string? SourceTransaction { get; init; }

    public string SourceType => "card";

    public string? TransferGroup { get; init; }

    public bool Livemode => false;

    public JsonObject Reversals => StripeList.Of($"/v1/transfers/{Id}/reversals", Undone);

    internal List<TransferReversal> Undone { get; } = [];
}

internal sealed class TransferReversal : DatedObject
{
    public override string Object => "transfer_reversal";

    public required long Amount { get; init; }

    public required string BalanceTransaction { get; init; }

    public required string Currency { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public required string Transfer { get; init; }

    public string? SourceRefund => null;

    public string? DestinationPaymentRefund => null;
}

internal sealed class TransferEndpoints(World world) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/transfers", Create),
        new("GET /v1/transfers/{}", call => world.Transfers.Get(call.Id)),
        new("GET /v1/transfers", List),
        new("POST /v1/transfers/{}/reversals", call => Reverse(world.Transfers.Get(call.Id), call)),
        new("GET /v1/transfers/{}/reversals", call => world.Reversals.Page(call, r => r.Transfer == world.Transfers.Get(call.Id).Id)),
        new("GET /v1/transfers/{}/reversals/{}", call => world.Reversals.Get(call.Ids[1])),
    ];

    private Transfer Create(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "source_type");
        var currency = Currencies.Check(asked.Need("currency"));
        var amount = Currencies.CheckAmount(asked.Number("amount") ?? throw StripeError.Missing("amount"), currency);
        var destination = world.Accounts.Get(asked.Need("destination"), "destination");
        if (!destination.TakesTransfers)
        {
            throw StripeError.Invalid(
                "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
                "destination", "insufficient_capabilities_for_transfer");
        }

        var source = asked.Text("source_transaction") is { } id ? world.Charges.Get(id, "source_transaction") : null;
        if (call.Fault is Fault.BalanceInsufficient || (source is null && world.Platform.Available(currency) < amount))
        {
            throw StripeError.Invalid(
                "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.",
                code: "balance_insufficient");
        }

        if (source is not null)
        {
            Check(source, amount, currency);
            source.Transferred += amount;
        }

        var transferId = world.NewId("tr");
        var availableOn = source?.Moved!.AvailableOn is { } on && on > world.Now ? on : world.Now;
        var moved = world.Move(world.Options.Account, "transfer", -amount, currency, transferId, availableOn: availableOn, description: asked.Text("description"));
        world.Move(destination.Id, "payment", amount, currency, transferId, availableOn: availableOn);
        var transfer = world.Transfers.Add(new Transfer
        {
            Id = transferId, Created = world.Now, Amount = amount, Currency = currency, Destination = destination.Id, BalanceTransaction = moved.Id,
            Description = asked.Text("description"), Metadata = asked.Metadata(), SourceTransaction = source?.Id, TransferGroup = asked.Text("transfer_group") ?? source?.TransferGroup,
        });
        world.Emit("transfer.created", transfer);
        return transfer;
    }

    private static void Check(Charge source, long amount, string currency)
    {
        if (source.Status != "succeeded" || source.Currency != currency)
        {
            throw StripeError.Invalid($"The currency of source_transaction's balance transaction ({source.Currency}) must be the same as the transfer currency ({currency})", "source_transaction");
        }

        if (source.Transferred + amount > source.Amount)
        {
            throw StripeError.Invalid(
                $"The transfers created using {source.Id} as a source_transaction exceed its amount ({source.Amount}): {source.Transferred} was transferred already.", "amount");
        }
    }

    private TransferReversal Reverse(Transfer transfer, Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "refund_application_fee");
        var left = transfer.Amount - transfer.AmountReversed;
        if (left == 0)
        {
            throw StripeError.Invalid($"Transfer {transfer.Id} is already fully reversed.", "amount");
        }

        var amount = Currencies.CheckAmount(asked.Number("amount") ?? left, transfer.Currency);
        if (amount > left)
        {
            throw StripeError.Invalid($"Reversal amount ({amount}) is greater than unreversed amount of the transfer ({left})", "amount");
        }

        var destination = world.LedgerOf(transfer.Destination);
        var there = destination.Available(transfer.Currency) + destination.Pending(transfer.Currency);
        if (call.Fault is Fault.BalanceInsufficient || (there < amount && !world.Options.ConnectedAccountsMayOwe))
        {
            throw StripeError.Invalid(
                $"Insufficient funds in the connected account {transfer.Destination} to reverse this transfer.", "amount", "balance_insufficient");
        }

        var id = world.NewId("trr");
        var moved = world.Move(world.Options.Account, "transfer_refund", amount, transfer.Currency, id);
        world.Move(transfer.Destination, "payment_refund", -amount, transfer.Currency, id);
        var reversal = world.Reversals.Add(new TransferReversal
        {
            Id = id, Created = world.Now, Amount = amount, Currency = transfer.Currency, BalanceTransaction = moved.Id, Metadata = asked.Metadata(), Transfer = transfer.Id,
        });
        transfer.AmountReversed += amount;
        transfer.Undone.Insert(0, reversal);
        if (transfer.SourceTransaction is { } source)
        {
            world.Charges.Get(source).Transferred -= amount;
        }

        world.Emit("transfer.reversed", transfer);
        return reversal;
    }

    private JsonObject List(Call call)
    {
        var (group, destination) = (call.Parameters.Text("transfer_group"), call.Parameters.Text("destination"));
        return world.Transfers.Page(call, t => (group is null || t.TransferGroup == group) && (destination is null || t.Destination == destination));
    }
}
