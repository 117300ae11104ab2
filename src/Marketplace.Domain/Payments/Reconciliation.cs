namespace Marketplace.Domain.Payments;

/// <summary>What was found when the ledger was held against a provider's or the bank's own account of our money, on one day.</summary>
/// <param name="Found">The latest of the day; null: not looked yet.</param>
public sealed record Reconciliation(ProviderReconciled? Found)
{
    public static readonly Reconciliation None = new((ProviderReconciled?)null);
}

public abstract record ReconciliationCommand;

public sealed record RecordReconciliation(ProviderReconciled Found) : ReconciliationCommand;

public abstract record ReconciliationEvent;

/// <param name="Day">Local.</param>
/// <param name="Differences">All of them, at most <see cref="MostDifferences"/>.</param>
/// <param name="DifferenceCount">How many there are.</param>
public sealed record ProviderReconciled(
    string Provider, DateOnly Day, IReadOnlyList<ReconciledCurrency> Currencies, IReadOnlyList<ReconciliationDifference> Differences, int DifferenceCount, DateTimeOffset AtUtc)
    : ReconciliationEvent
{
    /// <summary>More are counted and not kept: somebody has to look at the first of them anyway.</summary>
    public const int MostDifferences = 1_000;

    /// <summary>What follows the slash in the stream's name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => KeyOf(Provider, Day);

    /// <summary>Whether the differences explain, to the last minor unit, why the sides are not the same.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWhole => DifferenceCount != Differences.Count
        ? DifferenceCount > Differences.Count && Differences.Count == MostDifferences
        : Currencies.All(c => Sum(c.Currency, balances: false) == c.LedgerMinor - c.LinesMinor && (c.BalanceMinor is not { } said || Sum(c.Currency, balances: true) == c.LinesMinor + c.ToBankMinor - said))
            && Differences.All(d => Currencies.Any(c => c.Currency == d.Currency));

    public static string KeyOf(string provider, DateOnly day) => FormattableString.Invariant($"{provider}:{day:yyyy-MM-dd}");

    private long Sum(Currency currency, bool balances) =>
        Differences.Where(d => d.Currency == currency && d.Kind == DifferenceKind.Balance == balances).Sum(d => checked(d.LedgerMinor - d.ProviderMinor));
}

/// <summary>The sides in one currency, minor units.</summary>
/// <param name="LedgerMinor">What the agreements say is there.</param>
/// <param name="LinesMinor">What the provider's account shows, less what has gone to the bank and what people have explained.</param>
/// <param name="ToBankMinor">The rest of its account: gone to the bank (negative), or explained.</param>
/// <param name="BalanceMinor">What it says is there now; null when it did not answer, or says no such thing.</param>
/// <param name="InFlightMinor">Ordered and not concluded: in (positive) less out.</param>
public sealed record ReconciledCurrency(Currency Currency, long LedgerMinor, long LinesMinor, long ToBankMinor, long? BalanceMinor, long InFlightMinor);

/// <summary>One thing that the two sides tell differently.</summary>
/// <param name="Agreement">Whose money it is; null when nobody knows.</param>
/// <param name="Intent">Of which payment; null: of a receipt, or of a line that names none.</param>
/// <param name="Line">The line on the provider's account, when it is of one.</param>
/// <param name="LedgerMinor">What the ledger says; of <see cref="DifferenceKind.Balance"/> the sum of the lines.</param>
/// <param name="ProviderMinor">What the provider says.</param>
/// <param name="Since">The first day on which just this was found.</param>
public sealed record ReconciliationDifference(
    DifferenceKind Kind, Currency Currency, AgreementId? Agreement, PaymentIntentId? Intent, string? Line, long LedgerMinor, long ProviderMinor, DateOnly Since)
{
    /// <summary>Whether it is the same one, found again.</summary>
    public bool IsSame(ReconciliationDifference other) => this with { Since = other.Since } == other;
}

public enum DifferenceKind
{
    /// <summary>The payment is not concluded here, and has moved there.</summary>
    InFlight,

    /// <summary>It has moved here, and no line shows it.</summary>
    NotAtProvider,

    /// <summary>A line shows it, and it has not moved here.</summary>
    NotInLedger,

    /// <summary>Both have it, with other amounts.</summary>
    AmountDiffers,

    /// <summary>A line that names no payment of ours.</summary>
    OfNoPayment,

    /// <summary>The lines do not sum to the balance that it says.</summary>
    Balance,
}

public sealed class ReconciliationRules : IAggregate<Reconciliation, ReconciliationCommand, ReconciliationEvent>
{
    private ReconciliationRules() { }

    public static Reconciliation Initial => Reconciliation.None;

    /// <summary>Asked again on the same day, only what is found otherwise is told.</summary>
    public static Result<IReadOnlyList<ReconciliationEvent>> Decide(Reconciliation state, ReconciliationCommand command, CommandContext context) => command switch
    {
        _ when context.Actor.Role != ActorRole.System => Refusal.NotFound(),
        RecordReconciliation { Found: var found } when !found.IsWhole => throw new InvalidOperationException($"The reconciliation {found.Key} does not name all differences"),
        RecordReconciliation { Found: var found } when state.Found is { } before && IsSame(before, found) => Result<IReadOnlyList<ReconciliationEvent>>.Of([]),
        RecordReconciliation { Found: var found } => Result<IReadOnlyList<ReconciliationEvent>>.Of([found]),
        _ => throw new InvalidOperationException($"No rule decides {command.GetType().Name}"),
    };

    public static Reconciliation Apply(Reconciliation state, ReconciliationEvent happened) => happened switch
    {
        ProviderReconciled e => new Reconciliation(e),
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    private static bool IsSame(ProviderReconciled before, ProviderReconciled found) =>
        before.DifferenceCount == found.DifferenceCount && before.Currencies.SequenceEqual(found.Currencies) && before.Differences.SequenceEqual(found.Differences);
}
