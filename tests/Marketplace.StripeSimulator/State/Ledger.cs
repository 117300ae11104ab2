namespace Marketplace.StripeSimulation.State;

/// <summary>One movement of an account's balance. <c>net = amount − fee</c>.</summary>
internal sealed class BalanceTransaction : DatedObject
{
    public override string Object => "balance_transaction";

    public required string Type { get; init; }

    public required long Amount { get; init; }

    public required long Fee { get; set; }

    public long Net => Amount - Fee;

    public required string Currency { get; init; }

    public required string? Source { get; init; }

    public required long AvailableOn { get; init; }

    public string Status { get; internal set; } = "pending";

    public string BalanceType => "payments";

    public string? Description { get; init; }

    public decimal? ExchangeRate => null;

    public IReadOnlyList<FeeDetail> FeeDetails => Fee == 0 ? [] : [new FeeDetail(Fee, Currency)];

    public string ReportingCategory => Type switch
    {
        "payment" => "charge",
        "payment_refund" => "refund",
        "payment_failure_refund" or "refund_failure" => "refund_failure",
        "adjustment" => "dispute",
        "transfer_refund" => "transfer_reversal",
        _ => Type,
    };

    /// <summary>The payout that took it to the bank.</summary>
    internal string? Payout { get; set; }

    public sealed record FeeDetail(long Amount, string Currency)
    {
        public string Type => "stripe_fee";

        public string? Application => null;

        public string Description => "Stripe processing fees";
    }
}

/// <summary>The balance of one account: the sum of its balance transactions, by currency.</summary>
internal sealed class Ledger
{
    private readonly PriorityQueue<BalanceTransaction, long> pending = new();
    private readonly SortedDictionary<string, (long Available, long Pending)> sums = [];

    public Store<BalanceTransaction> Transactions { get; } = new("balance transaction");

    public IEnumerable<string> Currencies => sums.Keys;

    public BalanceTransaction Record(BalanceTransaction moved, long now)
    {
        Transactions.Add(moved);
        pending.Enqueue(moved, moved.AvailableOn);
        var (available, waiting) = sums.GetValueOrDefault(moved.Currency);
        sums[moved.Currency] = (available, waiting + moved.Net);
        Mature(now);
        return moved;
    }

    public void Restate(BalanceTransaction moved, long fee)
    {
        var (available, waiting) = sums[moved.Currency];
        sums[moved.Currency] = moved.Status == "available" ? (available + moved.Fee - fee, waiting) : (available, waiting + moved.Fee - fee);
        moved.Fee = fee;
    }

    /// <summary>Time makes what is pending available.</summary>
    public void Mature(long now)
    {
        while (pending.TryPeek(out var moved, out var availableOn) && availableOn <= now)
        {
            pending.Dequeue();
            moved.Status = "available";
            var (available, waiting) = sums[moved.Currency];
            sums[moved.Currency] = (available + moved.Net, waiting - moved.Net);
        }
    }

    public long Available(string currency) => sums.GetValueOrDefault(currency).Available;

    public long Pending(string currency) => sums.GetValueOrDefault(currency).Pending;
}
