using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Sums of all agreements, of one moment.</summary>
public sealed class SettlementTotals
{
    public const string Balance = "balance";
    public const string Planned = "planned";
    public const string Invoiced = "invoiced";
    public const string Moved = "moved";

    /// <summary>As checks read it; the columns are those of <see cref="SettlementTotalRow"/>.</summary>
    internal static readonly TableSchema Table = new("settlement_totals", 4,
    [
        new("currency", ColumnType.Text), new("measure", ColumnType.Text), new("code", ColumnType.Text), new("slot", ColumnType.Int32), new("amount_minor", ColumnType.Int64),
    ]);

    private static readonly ReadTable Balances = ReadTable.Of(typeof(AccountBalanceRow));
    private static readonly ReadTable Obligations = ReadTable.Of(typeof(ObligationRow));
    private static readonly ReadTable Intents = ReadTable.Of(typeof(PaymentIntentRow));

    private readonly Dictionary<(string Currency, string Measure, string Code), long> sums = [];

    /// <summary>Accounts with a movement, by currency and account.</summary>
    public IReadOnlyList<AccountTotal> Accounts =>
    [
        .. sums.Where(s => s.Key.Measure == Balance).Select(s => new AccountTotal(s.Key.Code, s.Key.Currency, s.Value))
            .OrderBy(a => a.Currency, StringComparer.Ordinal).ThenBy(a => a.Account, StringComparer.Ordinal),
    ];

    /// <summary>In which anything was ever due or moved, by code.</summary>
    public IReadOnlyList<string> Currencies => [.. sums.Keys.Select(k => k.Currency).Distinct().Order(StringComparer.Ordinal)];

    public static async Task<SettlementTotals> Read(MarketplaceReads database, CancellationToken cancel)
    {
        var totals = new SettlementTotals();
        foreach (var row in await database.SettlementTotals.ToListAsync(cancel))
        {
            totals.Add(row.Currency, row.Measure, row.Code, row.AmountMinor);
        }

        return totals;
    }

    /// <param name="account">Without a detail.</param>
    /// <returns>Minor units, debit positive.</returns>
    public long BalanceOf(string account, string currency) => sums.GetValueOrDefault((currency, Balance, account));

    /// <summary>What payments of a kind have moved, in minor units.</summary>
    public long MovedBy(IntentKind kind, string currency) => sums.GetValueOrDefault((currency, Moved, kind.ToString()));

    /// <summary>What has arisen and is not invoiced, in minor units.</summary>
    public long PlannedIn(string currency) => sums.GetValueOrDefault((currency, Planned, ""));

    /// <summary>Principal, interest and costs that were put on the books, in minor units.</summary>
    public long InvoicedIn(string currency) => sums.GetValueOrDefault((currency, Invoiced, ""));

    /// <summary>Counts a stored row in, by the rules that the triggers have; rows of other tables count for nothing.</summary>
    /// <param name="values">As <see cref="IAuditView.ReadRows"/> has them; what is not of its column's type is a finding of its own, and counts for nothing.</param>
    internal void Count(TableSchema table, IReadOnlyList<object?> values)
    {
        if (table.Name == Balances.Schema.Name)
        {
            Add(Text(Balances, nameof(AccountBalanceRow.Currency)), Balance, Text(Balances, nameof(AccountBalanceRow.Account)).Split(':')[0], Minor(Balances, nameof(AccountBalanceRow.BalanceMinor)));
        }
        else if (table.Name == Obligations.Schema.Name)
        {
            var currency = Text(Obligations, nameof(ObligationRow.Currency));
            Add(currency, Planned, "", Text(Obligations, nameof(ObligationRow.Status)) == nameof(ObligationStatus.Planned) ? Minor(Obligations, nameof(ObligationRow.OutstandingMinor)) : 0);
            Add(currency, Invoiced, "", values[Obligations.PlaceOf(nameof(ObligationRow.WasInvoiced))] is true
                ? Minor(Obligations, nameof(ObligationRow.AmountMinor)) + Minor(Obligations, nameof(ObligationRow.InterestMinor)) + Minor(Obligations, nameof(ObligationRow.CostsMinor))
                : 0);
        }
        else if (table.Name == Intents.Schema.Name)
        {
            Add(Text(Intents, nameof(PaymentIntentRow.Currency)), Moved, Text(Intents, nameof(PaymentIntentRow.Kind)), Minor(Intents, nameof(PaymentIntentRow.MovedMinor)));
        }

        string Text(ReadTable of, string property) => values[of.PlaceOf(property)] as string ?? "";
        long Minor(ReadTable of, string property) => values[of.PlaceOf(property)] as long? ?? 0;
    }

    /// <param name="values">A row of <see cref="Table"/>.</param>
    internal void Add(IReadOnlyList<object?> values) => Add((string)values[0]!, (string)values[1]!, (string)values[2]!, (long)values[4]!);

    /// <summary>What differs between two of them, in words.</summary>
    internal IEnumerable<string> DifferencesTo(SettlementTotals says) =>
        from key in sums.Keys.Union(says.sums.Keys)
        let stored = sums.GetValueOrDefault(key)
        let expected = says.sums.GetValueOrDefault(key)
        where stored != expected
        orderby key
        select FormattableString.Invariant($"the total {key.Measure} {key.Code} {key.Currency} is {stored}, the rows say {expected}");

    private void Add(string currency, string measure, string code, long minor)
    {
        if (minor != 0 || sums.ContainsKey((currency, measure, code)))
        {
            sums[(currency, measure, code)] = checked(sums.GetValueOrDefault((currency, measure, code)) + minor);
        }
    }
}
