using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class BalanceEndpoints(World world) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("GET /v1/balance", call => Balance(world.LedgerOf(call.Account ?? world.Options.Account))),
        new("GET /v1/balance_transactions", List),
        new("GET /v1/balance_transactions/{}", call => LedgerOf(call).Transactions.Get(call.Id)),
    ];

    private JsonObject Balance(Ledger ledger) => new()
    {
        ["object"] = "balance",
        ["available"] = Amounts(ledger, ledger.Available),
        ["livemode"] = false,
        ["pending"] = Amounts(ledger, ledger.Pending),
    };

    private JsonArray Amounts(Ledger ledger, Func<string, long> sum) =>
    [
        .. ledger.Currencies.DefaultIfEmpty(world.Options.DefaultCurrency)
            .Select(c => new JsonObject { ["amount"] = sum(c), ["currency"] = c, ["source_types"] = new JsonObject { ["card"] = sum(c) } }),
    ];

    private JsonObject List(Call call)
    {
        var asked = call.Parameters;
        var (type, source, currency, payout) = (asked.Text("type"), asked.Text("source"), asked.Text("currency"), asked.Text("payout"));
        return LedgerOf(call).Transactions.Page(call, t =>
            (type is null || t.Type == type) && (source is null || t.Source == source) && (currency is null || t.Currency == currency) && (payout is null || t.Payout == payout));
    }

    private Ledger LedgerOf(Call call) => world.LedgerOf(call.Account ?? world.Options.Account);
}
