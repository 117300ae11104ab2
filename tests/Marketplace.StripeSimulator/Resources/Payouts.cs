using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>Money that goes to the account's own bank.</summary>
internal sealed class Payout : DatedObject
{
    public override string Object => "payout";

    public required long Amount { get; init; }

    public required long ArrivalDate { get; init; }

    public required string Currency { get; init; }

    public bool Automatic => true;

    public string? BalanceTransaction { get; internal set; }

    public string? Description => "STRIPE PAYOUT";

    public string? Destination => "ba_simulator";

    public string? FailureBalanceTransaction { get; internal set; }

    public string? FailureCode { get; internal set; }

    public string? FailureMessage { get; internal set; }

    public Dictionary<string, string> Metadata { get; } = [];

    public string Method => "standard";

    public string ReconciliationStatus => "completed";

    public string SourceType => "card";

    public string Status { get; internal set; } = "in_transit";

    public string Type => "bank_account";

    public bool Livemode => false;

    internal required string Owner { get; init; }
}

internal sealed class PayoutEndpoints(World world) : IEndpoints
{
    private const long TransitSeconds = 2 * 24 * 60 * 60;

    public IEnumerable<Route> Routes =>
    [
        new("GET /v1/payouts/{}", call => Own(call)(world.Payouts.Get(call.Id)) ? world.Payouts.Get(call.Id) : throw StripeError.NoSuch("payout", call.Id, "id")),
        new("GET /v1/payouts", List),
    ];

    /// <summary>Sends all that is available of a currency to the bank, as the automatic schedule does every day.</summary>
    /// <returns>Null where nothing is available.</returns>
    public Payout? PayOut(string account, string currency)
    {
        var ledger = world.LedgerOf(account);
        ledger.Mature(world.Now);
        var amount = ledger.Available(currency);
        if (amount <= 0)
        {
            return null;
        }

        var payout = world.Payouts.Add(new Payout
        {
            Id = world.NewId("po"), Created = world.Now, Amount = amount, Currency = currency, ArrivalDate = world.Now + TransitSeconds, Owner = account,
        });
        foreach (var moved in ledger.Transactions.All.Where(t => t.Payout is null && t.Currency == currency && t.Status == "available"))
        {
            moved.Payout = payout.Id;
        }

        var left = world.Move(account, "payout", -amount, currency, payout.Id);
        left.Payout = payout.Id;
        payout.BalanceTransaction = left.Id;
        world.Emit("payout.created", payout, account: Connected(account));
        return payout;
    }

    public void Settle(Payout payout)
    {
        payout.Status = "paid";
        world.Emit("payout.paid", payout, account: Connected(payout.Owner));
    }

    /// <summary>The bank sends it back.</summary>
    public void Fail(Payout payout)
    {
        payout.Status = "failed";
        payout.FailureCode = "account_closed";
        payout.FailureMessage = "The bank account has been closed";
        payout.FailureBalanceTransaction = world.Move(payout.Owner, "payout_failure", payout.Amount, payout.Currency, payout.Id).Id;
        world.Emit("payout.failed", payout, account: Connected(payout.Owner));
    }

    private JsonObject List(Call call)
    {
        var asked = call.Parameters;
        var (status, own, arrives) = (asked.Text("status"), Own(call), asked.Range("arrival_date"));
        return world.Payouts.Page(call, p => own(p) && arrives(p.ArrivalDate) && (status is null || p.Status == status));
    }

    private Func<Payout, bool> Own(Call call) => p => p.Owner == (call.Account ?? world.Options.Account);

    private string? Connected(string account) => account == world.Options.Account ? null : account;
}
