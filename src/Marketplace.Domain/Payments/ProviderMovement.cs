using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Payments;

/// <summary>One line of a provider's own account of our balance with it. It does not change once it is there.</summary>
/// <param name="Line">Null before it was seen.</param>
public sealed record ProviderMovement(MovementSeen? Line)
{
    public static readonly ProviderMovement None = new((MovementSeen?)null);
}

public abstract record ProviderMovementCommand;

public sealed record SeeMovement(MovementSeen Line) : ProviderMovementCommand;

public abstract record ProviderMovementEvent;

/// <param name="Movement">The provider's id of the line.</param>
/// <param name="Type">In the provider's words, e.g. <c>charge</c>.</param>
/// <param name="Source">The provider's id of what moved.</param>
/// <param name="Intent">Ours, when the provider says that it was asked under one.</param>
/// <param name="Net">What the balance changed by: amount less fee; negative when it fell.</param>
/// <param name="ToBank">It goes to our bank account, or came from there.</param>
public sealed record MovementSeen(
    string Provider, string Movement, string Type, string? Source, AgreementId? Agreement, PaymentIntentId? Intent, Money Net, Money Fee, bool ToBank, DateTimeOffset CreatedAtUtc)
    : ProviderMovementEvent;

public sealed class ProviderMovementRules : IAggregate<ProviderMovement, ProviderMovementCommand, ProviderMovementEvent>
{
    private static readonly Refusal Changed = Refusal.State(
        "movement-changed", "支付渠道对同一笔余额变动给出了不同的内容，须由管理员核实。", "The provider says something else of a movement than before: a person must look into it.");

    private ProviderMovementRules() { }

    public static ProviderMovement Initial => ProviderMovement.None;

    public static Result<IReadOnlyList<ProviderMovementEvent>> Decide(ProviderMovement state, ProviderMovementCommand command, CommandContext context) =>
        context.Actor.Role != ActorRole.System ? Refusal.NotFound() : command switch
        {
            SeeMovement c when state.Line is null => Result<IReadOnlyList<ProviderMovementEvent>>.Of([c.Line]),
            SeeMovement c when state.Line == c.Line => Result<IReadOnlyList<ProviderMovementEvent>>.Of([]),
            SeeMovement => Changed,
            _ => throw new InvalidOperationException($"No rule decides {command.GetType().Name}"),
        };

    public static ProviderMovement Apply(ProviderMovement state, ProviderMovementEvent happened) => happened switch
    {
        MovementSeen e => new ProviderMovement(e),
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    /// <summary>
    /// The provider's balance as it says, against what agreements say of it: what is left on <c>cash:stripe</c> over all streams is what one
    /// of the two does not know yet. What goes to the bank stands against the bank's statement.
    /// </summary>
    public static IEnumerable<Entry> EntriesFor(ProviderMovementEvent happened) => happened switch
    {
        MovementSeen e => Entry.Of(
            e.Net.Currency, Entry.Debit(ChartOfAccounts.AtProvider(e.Provider), e.Net.AmountMinor), Entry.Credit(ChartOfAccounts.CashAt(e.ToBank ? "bank" : e.Provider), e.Net.AmountMinor)),
        _ => [],
    };
}
