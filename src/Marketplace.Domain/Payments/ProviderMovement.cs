using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Payments;

/// <summary>One line of a provider's own account of our balance with it. It does not change once it is there.</summary>
/// <param name="Line">Null before it was seen.</param>
/// <param name="Reason">Of no payment of ours: what a person says that it is. Null: nobody has said.</param>
public sealed record ProviderMovement(MovementSeen? Line, string? Reason)
{
    public static readonly ProviderMovement None = new(null, null);
}

public abstract record ProviderMovementCommand;

public sealed record SeeMovement(MovementSeen Line) : ProviderMovementCommand;

/// <summary>A person says what a line is that names no payment of ours: a fee of the provider, or something else of the platform's own.</summary>
public sealed record ExplainMovement(bool IsFee, string Reason) : ProviderMovementCommand;

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

/// <param name="Net">What the line had changed the balance by.</param>
public sealed record MovementExplained(string Provider, Money Net, bool IsFee, string Reason) : ProviderMovementEvent;

public sealed class ProviderMovementRules : IAggregate<ProviderMovement, ProviderMovementCommand, ProviderMovementEvent>
{
    private static readonly Refusal Changed = Refusal.State(
        "movement-changed", "支付渠道对同一笔余额变动给出了不同的内容，须由管理员核实。", "The provider says something else of a movement than before: a person must look into it.");

    private ProviderMovementRules() { }

    public static ProviderMovement Initial => ProviderMovement.None;

    public static Result<IReadOnlyList<ProviderMovementEvent>> Decide(ProviderMovement state, ProviderMovementCommand command, CommandContext context) =>
        context.Actor.Role != (command is ExplainMovement ? ActorRole.Administrator : ActorRole.System) ? Refusal.NotFound() : command switch
        {
            ExplainMovement c => Explain(state, c),
            SeeMovement c when state.Line is null => Result<IReadOnlyList<ProviderMovementEvent>>.Of([c.Line]),
            SeeMovement c when state.Line == c.Line => Result<IReadOnlyList<ProviderMovementEvent>>.Of([]),
            SeeMovement => Changed,
            _ => throw new InvalidOperationException($"No rule decides {command.GetType().Name}"),
        };

    public static ProviderMovement Apply(ProviderMovement state, ProviderMovementEvent happened) => happened switch
    {
        MovementSeen e => state with { Line = e },
        MovementExplained e => state with { Reason = e.Reason },
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    /// <summary>
    /// The provider's balance as it says, against what agreements say of it: what is left on <c>cash:stripe</c> over all streams is what one
    /// of the two does not know yet. What goes to the bank is of no agreement there, and so is the booking on the bank's statement: the two meet in <c>bank.other</c>.
    /// </summary>
    public static IEnumerable<Entry> EntriesFor(ProviderMovementEvent happened) => happened switch
    {
        MovementSeen e => Entry.Of(
            e.Net.Currency, Entry.Debit(ChartOfAccounts.AtProvider(e.Provider), e.Net.AmountMinor), Entry.Credit(e.ToBank ? ChartOfAccounts.BankOther : ChartOfAccounts.CashAt(e.Provider), e.Net.AmountMinor)),
        MovementExplained e => Entry.Of(
            e.Net.Currency, Entry.Debit(e.IsFee ? ChartOfAccounts.ProviderFee : ChartOfAccounts.BankOther, -e.Net.AmountMinor), Entry.Credit(ChartOfAccounts.CashAt(e.Provider), -e.Net.AmountMinor)),
        _ => [],
    };

    private static Result<IReadOnlyList<ProviderMovementEvent>> Explain(ProviderMovement state, ExplainMovement c) =>
        state.Line is not { } line ? Refusal.NotFound()
        : line.Agreement is not null || line.ToBank ? Refusal.State("movement-of-payment", "该笔余额变动属于某笔支付或提现，不能另作说明。", "This movement is of a payment, or goes to the bank: it explains itself.")
        : state.Reason is not null ? Refusal.State("movement-explained", "该笔余额变动已有说明。", "This movement has been explained already.")
        : string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > 500 ? Refusal.Invalid("text-missing", "请写明该笔变动是什么（500字以内）。", "Say what it is, in at most 500 characters.", "reason")
        : Result<IReadOnlyList<ProviderMovementEvent>>.Of([new MovementExplained(line.Provider, line.Net, c.IsFee, c.Reason.Trim())]);
}
