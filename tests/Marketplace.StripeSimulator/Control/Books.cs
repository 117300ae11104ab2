using Marketplace.StripeSimulation.State;

namespace Marketplace.StripeSimulation;

/// <summary>What moved for one value of a metadata key, in minor units. Refunds and disputes are those of charges that carry it.</summary>
/// <param name="Charges">How many charges succeeded.</param>
/// <param name="Refunded">Without refunds that failed.</param>
/// <param name="Disputed">Without disputes that were won.</param>
/// <param name="Transferred">Less what was reversed.</param>
public sealed record Moved(int Charges, long Captured, long Refunded, long Disputed, int Transfers, long Transferred);

/// <summary>The simulator's books, for a test to compare its own with.</summary>
public sealed class Books
{
    private readonly World world;

    internal Books(World world) => this.world = world;

    public long Available(string currency, string? account = null) => Read(() => LedgerOf(account).Available(currency));

    public long Pending(string currency, string? account = null) => Read(() => LedgerOf(account).Pending(currency));

    /// <summary>Fees that Stripe kept of the platform's money.</summary>
    public long Fees(string currency) => Read(() => world.Platform.Transactions.All.Where(t => t.Currency == currency).Sum(t => t.Fee));

    /// <summary>Every value of a metadata key, and what moved for it.</summary>
    public IReadOnlyDictionary<string, Moved> By(string metadataKey) => Read(() =>
    {
        var charges = world.Charges.All.Where(c => c.Status == "succeeded" && Marks(c).ContainsKey(metadataKey)).ToLookup(c => Marks(c)[metadataKey]);
        var transfers = world.Transfers.All.Where(t => t.Metadata.ContainsKey(metadataKey)).ToLookup(t => t.Metadata[metadataKey]);
        var disputed = world.Disputes.All.Where(d => d.Status != "won").ToLookup(d => d.Charge, d => d.Amount);
        return charges.Select(c => c.Key).Union(transfers.Select(t => t.Key)).ToDictionary(
            value => value,
            value => new Moved(
                charges[value].Count(), charges[value].Sum(c => c.AmountCaptured), charges[value].Sum(c => c.AmountRefunded), charges[value].Sum(c => disputed[c.Id].Sum()),
                transfers[value].Count(), transfers[value].Sum(t => t.Amount - t.AmountReversed)));
    });

    /// <summary>What moved for one value; nothing, where nobody heard of it.</summary>
    public Moved Of(string metadataKey, string value) => By(metadataKey).GetValueOrDefault(value, new Moved(0, 0, 0, 0, 0, 0));

    /// <summary>Charges that succeeded, by PaymentIntent. More than one is a bug of the simulator.</summary>
    public IReadOnlyDictionary<string, int> ChargesPerPaymentIntent() => Read(() =>
        world.PaymentIntents.All.GroupJoin(
            world.Charges.All.Where(c => c.Status == "succeeded"), i => i.Id, c => c.PaymentIntent, (i, c) => (i.Id, Charges: c.Count())).ToDictionary(i => i.Id, i => i.Charges));

    /// <summary>How many PaymentIntents carry a value of a metadata key: more than one is a payment that was made again.</summary>
    public IReadOnlyDictionary<string, int> PaymentIntentsBy(string metadataKey) => Read(() =>
        world.PaymentIntents.All.Select(i => i.OwnersMetadata ?? i.Metadata).Where(m => m.ContainsKey(metadataKey)).CountBy(m => m[metadataKey]).ToDictionary());

    /// <summary>How many invoices carry a value of a metadata key, by their status.</summary>
    public IReadOnlyDictionary<string, int> InvoicesOf(string metadataKey, string value) => Read(() =>
        world.Invoices.All.Where(i => i.Metadata.GetValueOrDefault(metadataKey) == value).CountBy(i => i.Status!).ToDictionary());

    /// <summary>What the lines of an invoice say.</summary>
    public IReadOnlyList<(string? Description, long AmountMinor)> LinesOf(string invoice) => Read(() => world.Invoices.Get(invoice).Items.Select(i => (i.Description, i.Amount)).ToList());

    /// <summary>Rules that the books must keep, as sentences about those that are broken.</summary>
    public IReadOnlyList<string> Broken() => Read<IReadOnlyList<string>>(() =>
    [
        .. world.Charges.All.Where(c => c.AmountRefunded < 0 || c.AmountRefunded > c.Amount).Select(c => $"{c.Id} of {c.Amount} is refunded by {c.AmountRefunded}"),
        .. world.Charges.All.Where(c => c.Status == "succeeded").GroupBy(c => c.PaymentIntent).Where(g => g.Count() > 1).Select(g => $"{g.Key} has {g.Count()} charges"),
        .. world.Transfers.All.Where(t => t.AmountReversed > t.Amount).Select(t => $"{t.Id} of {t.Amount} is reversed by {t.AmountReversed}"),
        .. world.Accounts.All.SelectMany(a => world.LedgerOf(a.Id).Currencies.Select(c => (a.Id, Currency: c)))
            .Where(a => world.LedgerOf(a.Id).Available(a.Currency) + world.LedgerOf(a.Id).Pending(a.Currency)
                != world.LedgerOf(a.Id).Transactions.All.Where(t => t.Currency == a.Currency).Sum(t => t.Net))
            .Select(a => $"The balance of {a.Id} in {a.Currency} is not the sum of its transactions"),
    ]);

    /// <summary>What is written on a charge, or on the invoice that it pays.</summary>
    private IReadOnlyDictionary<string, string> Marks(Resources.Charge charge) =>
        charge.PaymentIntent is { } paid && world.PaymentIntents.Get(paid).OwnersMetadata is { } ofInvoice ? ofInvoice : charge.Metadata;

    private Ledger LedgerOf(string? account) => world.LedgerOf(account ?? world.Options.Account);

    private T Read<T>(Func<T> read)
    {
        lock (world.Gate)
        {
            world.CatchUp();
            return read();
        }
    }
}
