using System.Globalization;
using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.Resources;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.State;

/// <summary>Everything that the simulated Stripe knows. Whoever reads or changes it holds its lock.</summary>
internal sealed class World
{
    private readonly TimeProvider time;
    private readonly Dictionary<string, Ledger> ledgers = [];
    private readonly PriorityQueue<Action, long> timers = new();
    private readonly Dictionary<string, IStore> stores;
    private long counter;
    private long? timerAt;

    public World(TimeProvider time, StripeOptions options)
    {
        this.time = time;
        Options = options;
        stores = new()
        {
            ["cus"] = Customers, ["pm"] = PaymentMethods, ["seti"] = SetupIntents, ["pi"] = PaymentIntents, ["ch"] = Charges, ["py"] = Charges, ["cs"] = Sessions,
            ["re"] = Refunds, ["du"] = Disputes, ["in"] = Invoices, ["ii"] = InvoiceItems, ["inpay"] = InvoicePayments, ["tr"] = Transfers, ["trr"] = Reversals, ["po"] = Payouts,
            ["acct"] = Accounts, ["evt"] = Events,
        };
        Accounts.Add(new Account { Id = options.Account, Created = Now, IsPlatform = true, Country = options.Country, DefaultCurrency = options.DefaultCurrency, DetailsSubmitted = true });
    }

    public Lock Gate { get; } = new();

    public StripeOptions Options { get; }

    public Store<Customer> Customers { get; } = new("customer");

    public Store<PaymentMethod> PaymentMethods { get; } = new("PaymentMethod");

    public Store<SetupIntent> SetupIntents { get; } = new("setupintent");

    public Store<PaymentIntent> PaymentIntents { get; } = new("payment_intent");

    public Store<Charge> Charges { get; } = new("charge");

    public Store<CheckoutSession> Sessions { get; } = new("checkout.session");

    public Store<Refund> Refunds { get; } = new("refund");

    public Store<Dispute> Disputes { get; } = new("dispute");

    public Store<Invoice> Invoices { get; } = new("invoice");

    public Store<InvoiceItem> InvoiceItems { get; } = new("invoiceitem");

    public Store<InvoicePayment> InvoicePayments { get; } = new("invoice payment");

    public Store<Transfer> Transfers { get; } = new("transfer");

    public Store<TransferReversal> Reversals { get; } = new("transfer reversal");

    public Store<Payout> Payouts { get; } = new("payout");

    public Store<Account> Accounts { get; } = new("account");

    public Store<StripeEvent> Events { get; } = new("event");

    /// <summary>The platform's own.</summary>
    public Ledger Platform => LedgerOf(Options.Account);

    /// <summary>The request that is being worked off; none where a person or time acts.</summary>
    public Call? Current { get; set; }

    /// <summary>Hears of every event.</summary>
    public Action<StripeEvent>? Recorded { get; set; }

    /// <summary>Seconds since 1970: of the clock, or of the timer that goes off.</summary>
    public long Now => timerAt ?? time.GetUtcNow().ToUnixTimeSeconds();

    public DateTimeOffset NowUtc => DateTimeOffset.FromUnixTimeSeconds(Now);

    public Ledger LedgerOf(string account)
    {
        if (!ledgers.TryGetValue(account, out var ledger))
        {
            ledgers[account] = ledger = new Ledger();
        }

        return ledger;
    }

    public string NewId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{++counter:D14}Sim");

    /// <summary>Does something at its time, which is noticed when somebody next looks.</summary>
    public void At(long second, Action happens) => timers.Enqueue(happens, second);

    /// <summary>Lets happen what was due, each at its own second.</summary>
    public void CatchUp()
    {
        var now = Now;
        while (timers.TryPeek(out var happens, out var second) && second <= now)
        {
            timers.Dequeue();
            timerAt = second;
            happens();
            timerAt = null;
        }

        foreach (var ledger in ledgers.Values)
        {
            ledger.Mature(now);
        }
    }

    /// <summary>Any resource, for an expansion.</summary>
    public StripeObject? Find(string id)
    {
        if (id.StartsWith("txn_", StringComparison.Ordinal))
        {
            return ledgers.Values.Select(l => l.Transactions.Find(id)).FirstOrDefault(t => t is not null);
        }

        var prefix = id.IndexOf('_');
        return prefix > 0 && stores.TryGetValue(id[..prefix], out var store) ? store.Find(id) : null;
    }

    public BalanceTransaction Move(string account, string type, long amount, string currency, string? source, long fee = 0, long? availableOn = null, string? description = null) =>
        LedgerOf(account).Record(
            new BalanceTransaction
            {
                Id = NewId("txn"), Created = Now, Type = type, Amount = amount, Fee = fee, Currency = currency, Source = source,
                AvailableOn = availableOn ?? Now, Description = description,
            },
            Now);

    /// <summary>Records that something changed, with the object as it is now.</summary>
    public void Emit(string type, StripeObject changed, JsonObject? previous = null, string? account = null)
    {
        var snapshot = changed.ToJson();
        AnswerCheck.Object(snapshot);
        var happened = Events.Add(new StripeEvent
        {
            Id = NewId("evt"), Created = Now, Type = type, Account = account, Data = new StripeEvent.Change(snapshot, previous),
            Request = new StripeEvent.Cause(Current?.RequestId, Current?.IdempotencyKey),
        });
        Recorded?.Invoke(happened);
    }
}
