using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Marketplace.Application.Reconciliations;

/// <summary>
/// Holds what the ledger says is with a provider, or on our bank accounts, against the lines of their own account of it, agreement by
/// agreement and payment by payment, and names each difference. Moves nothing, and may be asked at any time.
/// </summary>
public sealed partial class ReconcileProviders(
    IGrainFactory grains, IEnumerable<IProviderBooks> books, IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock, ILogger<ReconcileProviders> log)
{
    /// <summary>A line of the other side's account, as far as it is to be found in the ledger's client money.</summary>
    private sealed class Line // with members, not a constructor: the database is asked about them
    {
        public string? Agreement { get; init; }

        public string? Intent { get; init; }

        public string Currency { get; init; } = "";

        public long Minor { get; init; }

        public string Id { get; init; } = "";
    }

    private sealed record Sum(string Currency, long Minor);

    /// <summary>By name: the bank, and every provider that keeps books.</summary>
    public IReadOnlyList<string> Names => [BankMatching.Source, .. books.Select(b => b.Name).Order(StringComparer.Ordinal)];

    /// <summary>Looks at all of them and records what is found.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        foreach (var provider in Names)
        {
            var found = await Find(provider, cancel);
            var id = DerivedId.Guid("reconciliation", found.Key, CanonicalJson.Write(found));
            if (await grains.GetGrain<IReconciliationGrain>(found.Key).Execute(CommandEnvelope.BySystem(id, new RecordReconciliation(found))) is Door.Refused { Refusal: var refusal })
            {
                throw new InvalidOperationException($"{found.Key} was refused: {refusal.Code}");
            }

            if (found.DifferenceCount > 0)
            {
                LogDifferences(provider, found.DifferenceCount, found.Differences.Count(d => d.Since < found.Day), found.Day);
            }
        }
    }

    /// <summary>What there is to say just now. Money that moves meanwhile may show as a difference: it is gone the next time.</summary>
    public async Task<ProviderReconciled> Find(string provider, CancellationToken cancel = default)
    {
        var now = clock.NowUtc;
        var today = LocalTime.DateOf(now);
        var said = await Balances(provider, cancel);
        await using var database = await reads.CreateDbContextAsync(cancel);
        var earlier = await Earlier(database, provider, today, cancel);
        var lines = provider == BankMatching.Source ? BankLines(database) : ProviderLines(database, provider);
        var currencies = await Currencies(database, provider, lines, said, cancel);

        var found = new List<ReconciliationDifference>();
        foreach (var agreement in await Differing(database, provider, lines).ToListAsync(cancel))
        {
            found.AddRange(await OfAgreement(database, provider, agreement, lines, today, cancel));
        }

        found.AddRange((await lines.Where(l => l.Agreement == null).OrderBy(l => l.Id).ToListAsync(cancel)).Select(l => new ReconciliationDifference(
            DifferenceKind.OfNoPayment, CurrencyOf(l.Currency), null, null, l.Id, 0, l.Minor, today)));
        found.AddRange(currencies.Where(c => c.BalanceMinor is { } balance && balance != c.LinesMinor + c.ToBankMinor).Select(c => new ReconciliationDifference(
            DifferenceKind.Balance, c.Currency, null, null, null, c.LinesMinor + c.ToBankMinor, c.BalanceMinor!.Value, today)));
        return new ProviderReconciled(
            provider, today, currencies,
            [.. found.Take(ProviderReconciled.MostDifferences).Select(d => earlier.FirstOrDefault(d.IsSame) is { } known ? d with { Since = known.Since } : d)], found.Count, now);
    }

    private async Task<IReadOnlyList<Money>?> Balances(string provider, CancellationToken cancel)
    {
        try
        {
            return books.FirstOrDefault(b => b.Name == provider) is { } known ? await known.Balances(cancel) : null;
        }
        catch (ProviderUnreachableException silence)
        {
            LogSilence(silence, provider); // the rest can be compared all the same
            return null;
        }
    }

    /// <summary>What was found on the last day before.</summary>
    private async Task<IReadOnlyList<ReconciliationDifference>> Earlier(MarketplaceReads database, string provider, DateOnly today, CancellationToken cancel)
    {
        var last = await database.Of<ReconciliationRow>().Where(r => r.Provider == provider && r.Day < today)
            .OrderByDescending(r => r.Day).Select(r => r.Reconciliation).FirstOrDefaultAsync(cancel);
        return last is null ? [] : (await grains.GetGrain<IReconciliationGrain>(last).State()).Found?.Differences ?? [];
    }

    private static IQueryable<Line> ProviderLines(MarketplaceReads database, string provider) =>
        database.Of<ProviderMovementRow>().Where(m => m.Provider == provider && !m.ToBank && m.Reason == null)
            .Select(m => new Line { Agreement = m.Agreement, Intent = m.Intent, Currency = m.Currency, Minor = m.NetMinor, Id = m.Movement });

    /// <summary>Bookings of agreements and of our payments, and those of which nobody has said yet what they are.</summary>
    private static IQueryable<Line> BankLines(MarketplaceReads database)
    {
        BankLineStatus[] apart = [BankLineStatus.Ignored, BankLineStatus.Other];
        return database.Of<BankLineRow>().Where(l => !apart.Contains(l.Status))
            .Select(l => new Line
            {
                Agreement = l.Status != BankLineStatus.Posted ? null
                    : l.Intent == null ? l.Agreement
                    : database.Of<PaymentIntentRow>().Where(i => i.Intent == l.Intent).Select(i => i.Agreement).FirstOrDefault(),
                Intent = l.Status == BankLineStatus.Posted ? l.Intent : null,
                Currency = l.Currency,
                Minor = l.IsCredit ? l.AmountMinor : -l.AmountMinor,
                Id = l.Line,
            });
    }

    /// <summary>Agreements whose client money there is not what the lines say; the database compares.</summary>
    private static IQueryable<string> Differing(MarketplaceReads database, string provider, IQueryable<Line> lines)
    {
        var cash = ChartOfAccounts.CashAt(provider);
        return database.Of<AccountBalanceRow>().Where(b => b.Account == cash).Select(b => new { b.Agreement, b.Currency, Minor = b.BalanceMinor })
            .Concat(lines.Where(l => l.Agreement != null).Select(l => new { Agreement = l.Agreement!, l.Currency, Minor = -l.Minor }))
            .GroupBy(side => new { side.Agreement, side.Currency })
            .Where(sides => sides.Sum(side => side.Minor) != 0)
            .Select(sides => sides.Key.Agreement)
            .Distinct()
            .OrderBy(agreement => agreement);
    }

    private static async Task<List<ReconciledCurrency>> Currencies(
        MarketplaceReads database, string provider, IQueryable<Line> lines, IReadOnlyList<Money>? said, CancellationToken cancel)
    {
        var cash = ChartOfAccounts.CashAt(provider);
        var ledger = await database.Of<AccountBalanceRow>().Where(b => b.Account == cash)
            .GroupBy(b => b.Currency).Select(g => new Sum(g.Key, g.Sum(b => b.BalanceMinor))).ToListAsync(cancel);
        var shown = await lines.GroupBy(l => l.Currency).Select(g => new Sum(g.Key, g.Sum(l => l.Minor))).ToListAsync(cancel);
        var apart = await database.Of<ProviderMovementRow>().Where(m => m.Provider == provider && (m.ToBank || m.Reason != null))
            .GroupBy(m => m.Currency).Select(g => new Sum(g.Key, g.Sum(m => m.NetMinor))).ToListAsync(cancel);
        var flying = await database.Of<PaymentIntentRow>().Where(i => i.Provider == provider && i.NextLookAtUtc != null)
            .GroupBy(i => i.Currency)
            .Select(g => new Sum(g.Key, g.Sum(i => i.Kind == IntentKind.Collection || i.Kind == IntentKind.Recovery ? i.AmountMinor : -i.AmountMinor)))
            .ToListAsync(cancel);
        long Of(List<Sum> sums, string code) => sums.Find(s => s.Currency == code)?.Minor ?? 0;
        return
        [
            .. new[] { ledger, shown, apart, flying }.SelectMany(s => s.Select(c => c.Currency)).Concat(said?.Select(m => m.Currency.Code) ?? [])
                .Distinct().Order(StringComparer.Ordinal)
                .Select(code => new ReconciledCurrency(
                    CurrencyOf(code), Of(ledger, code), Of(shown, code), Of(apart, code),
                    said is null ? null : said.Where(m => m.Currency.Code == code).Sum(m => m.AmountMinor), Of(flying, code))),
        ];
    }

    private async Task<IEnumerable<ReconciliationDifference>> OfAgreement(
        MarketplaceReads database, string provider, string id, IQueryable<Line> lines, DateOnly today, CancellationToken cancel)
    {
        var agreement = await grains.GetGrain<IAgreementGrain>(id).State();
        var shown = (await lines.Where(l => l.Agreement == id).ToListAsync(cancel)).ToLookup(l => (l.Intent, l.Currency), l => l.Minor);
        var told = agreement.Intents.Where(i => i.Provider == provider)
            .ToDictionary(i => (Intent: (string?)i.Id.Value, Currency: i.Amount.Currency.Code), i => agreement.AtProviderMinor(i));
        var cash = ChartOfAccounts.CashAt(provider);
        foreach (var (key, minor) in agreement.Balances.Where(b => Agreement.AccountOf(b.Key).Account == cash).Select(b => (Agreement.AccountOf(b.Key).CurrencyCode, b.Value)))
        {
            told[(null, key)] = minor - told.Where(t => t.Key.Intent is not null && t.Key.Currency == key).Sum(t => t.Value); // receipts of no payment
        }

        return told.Keys.Union(shown.Select(s => s.Key)).Select(key => (key.Intent, key.Currency, Ledger: told.GetValueOrDefault(key), Provider: shown[key].Sum()))
            .Where(side => side.Ledger != side.Provider)
            .Select(side => new ReconciliationDifference(
                KindOf(agreement, side.Intent, side.Ledger, side.Provider), CurrencyOf(side.Currency), AgreementId.Wrap(id),
                side.Intent is { } intent ? PaymentIntentId.Wrap(intent) : null, null, side.Ledger, side.Provider, today));
    }

    private static DifferenceKind KindOf(Agreement agreement, string? intent, long ledgerMinor, long providerMinor) =>
        intent is not null && agreement.Intents.Find(i => i.Id.Value == intent) is { IsOpen: true } ? DifferenceKind.InFlight
        : providerMinor == 0 ? DifferenceKind.NotAtProvider
        : ledgerMinor == 0 ? DifferenceKind.NotInLedger
        : DifferenceKind.AmountDiffers;

    private static Currency CurrencyOf(string code) => Currency.Parse(code).Value;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} and the ledger differ in {Count} things on {Day}, in {Lasting} of them since an earlier day.")]
    private partial void LogDifferences(string provider, int count, int lasting, DateOnly day);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} does not say its balance just now.")]
    private partial void LogSilence(Exception silence, string provider);
}
