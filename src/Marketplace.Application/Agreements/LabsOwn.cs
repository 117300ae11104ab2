using System.Text.Json.Nodes;
using Marketplace.Application.Json;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Agreements;

/// <summary>How a lab shares its income, and what it is paid, is its own affair: left out of what others read. What a broker has of it is the broker's as well.</summary>
internal static class LabsOwn
{
    private static readonly string[] Accounts =
        [ChartOfAccounts.LabUndistributed, ChartOfAccounts.LabPayable, ChartOfAccounts.InventorPayable(0).Split(':')[0], ChartOfAccounts.BrokerPayable, ChartOfAccounts.InTransit, ChartOfAccounts.ProviderFee, ChartOfAccounts.TaxPayable, ChartOfAccounts.BankOther];

    private static readonly string[] Events =
        ["income-distributed", "inventor-split-changed", "distribution-objected", "distribution-objection-answered", "provider-fee-charged", "tax-withheld", "tax-remitted"];

    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["trial-applied"] = ["inventors"],
        ["allocation-reversed"] = ["fee", "broker", "net", "undistributed", "lab", "inventorsMinor"],
    };

    /// <param name="reader">Somebody who may see the agreement, and not all that is the lab's.</param>
    public static Agreement LeftOut(Agreement a, ActorRole reader) => a with
    {
        Inventors = InventorSplit.None,
        SplitVersion = 1,
        Objections = [],
        IncomeMinor = a.IncomeMinor.Clear(),
        Intents = a.Intents.RemoveAll(i => i.Kind is IntentKind.Payout or IntentKind.Recovery && !IsReaders(i.Payee, reader)),
        Balances = a.Balances.RemoveRange(a.Balances.Keys.Where(key => IsLabsOwn(Agreement.AccountOf(key).Account, reader))),
        Receipts = [.. a.Receipts.Select(r => r with { NetUndistributedMinor = 0, SplitVersion = null, FeeMinor = 0, BrokerMinor = reader == ActorRole.Broker ? r.BrokerMinor : 0, LabMinor = 0, InventorsMinor = [] })],
    };

    /// <summary>Events about distribution and payouts go; of the others, the postings to the lab's own accounts and the inventors go.</summary>
    public static IReadOnlyList<TimelineEntry> LeftOut(IReadOnlyList<TimelineEntry> timeline, ActorRole reader)
    {
        var payouts = timeline
            .Where(e => e.Type == "payment-requested" && e.Body.GetProperty("kind").GetString() is "payout" or "recovery" && !IsReaders(Text(e, "payee"), reader))
            .Select(e => e.Body.GetProperty("intent").GetString())
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. timeline
                .Where(e => !IsLabsEvent(e, reader) && !IsAbout(e, payouts))
                .Select(e => e with
                {
                    Body = Members.TryGetValue(e.Type, out var members) ? Without(e, members) : e.Body,
                    Postings = [.. e.Postings.Where(p => !IsLabsOwn(p.Account, reader))],
                }),
        ];
    }

    private static bool IsLabsEvent(TimelineEntry entry, ActorRole reader) =>
        Events.Contains(entry.Type, StringComparer.Ordinal) && !(reader == ActorRole.Broker && Text(entry, "account") == ChartOfAccounts.BrokerPayable);

    private static bool IsAbout(TimelineEntry entry, HashSet<string?> intents) =>
        entry.Body.TryGetProperty("intent", out var intent) && intents.Contains(intent.GetString());

    private static bool IsLabsOwn(string account, ActorRole reader) =>
        Accounts.Contains(account.Split(':')[0], StringComparer.Ordinal) && !(reader == ActorRole.Broker && account == ChartOfAccounts.BrokerPayable);

    private static bool IsReaders(string? payee, ActorRole reader) => reader == ActorRole.Broker && payee == PaymentIntent.Broker;

    private static string? Text(TimelineEntry entry, string member) => entry.Body.TryGetProperty(member, out var text) ? text.GetString() : null;

    private static System.Text.Json.JsonElement Without(TimelineEntry entry, string[] members)
    {
        var body = JsonNode.Parse(entry.Body.GetRawText())!.AsObject();
        foreach (var member in members)
        {
            body.Remove(member);
        }

        return System.Text.Json.JsonElement.Parse(body.ToJsonString(CanonicalJson.Options));
    }
}
