namespace Marketplace.Domain.Banking;

/// <summary>Payments for a bank in one file: first it is said which are to go, then each goes in or does not, then the file is fixed for good.</summary>
/// <param name="Asked">Which are to go.</param>
/// <param name="Orders">Which went, once it is sealed.</param>
public sealed record PaymentBatch(
    PaymentBatchStatus Status, BankAccountId From, BankAccount? Payer, DateOnly ExecuteOn, DateTimeOffset? OpenedAtUtc, IReadOnlyList<PaymentIntentId> Asked,
    IReadOnlyList<BankTransferOrder> Orders)
{
    /// <summary>What the file is written from: the same whenever it is asked for.</summary>
    public BankTransferBatch FileOf(PaymentBatchId id) =>
        new(id.Value.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant(), OpenedAtUtc!.Value, Payer!, Orders);
}

public enum PaymentBatchStatus
{
    None,
    Open,
    Sealed,
}

public abstract record PaymentBatchCommand;

public sealed record OpenPaymentBatch(BankAccountId From, BankAccount Payer, DateOnly ExecuteOn, IReadOnlyList<PaymentIntentId> Payments) : PaymentBatchCommand;

public sealed record SealPaymentBatch(IReadOnlyList<BankTransferOrder> Orders) : PaymentBatchCommand;

public abstract record PaymentBatchEvent;

public sealed record PaymentBatchOpened(BankAccountId From, BankAccount Payer, DateOnly ExecuteOn, IReadOnlyList<PaymentIntentId> Payments, DateTimeOffset AtUtc) : PaymentBatchEvent;

public sealed record PaymentBatchSealed(IReadOnlyList<BankTransferOrder> Orders) : PaymentBatchEvent;

public sealed class PaymentBatchRules : IAggregate<PaymentBatch, PaymentBatchCommand, PaymentBatchEvent>
{
    private PaymentBatchRules() { }

    public static PaymentBatch Initial { get; } = new(PaymentBatchStatus.None, default, null, default, null, [], []);

    public static Result<IReadOnlyList<PaymentBatchEvent>> Decide(PaymentBatch state, PaymentBatchCommand command, CommandContext context) =>
        Authority.AdministratorOnly(context.Actor) is { } forbidden ? forbidden : command switch
        {
            OpenPaymentBatch c => Open(state, c, context),
            SealPaymentBatch c => Result<IReadOnlyList<PaymentBatchEvent>>.Of(state.Status == PaymentBatchStatus.Open ? [new PaymentBatchSealed(c.Orders)] : []),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static PaymentBatch Apply(PaymentBatch state, PaymentBatchEvent happened) => happened switch
    {
        PaymentBatchOpened e => new PaymentBatch(PaymentBatchStatus.Open, e.From, e.Payer, e.ExecuteOn, e.AtUtc, e.Payments, []),
        PaymentBatchSealed e => state with { Status = PaymentBatchStatus.Sealed, Orders = e.Orders },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<PaymentBatchEvent>> Open(PaymentBatch state, OpenPaymentBatch c, CommandContext context) =>
        state.Status != PaymentBatchStatus.None ? Refusal.State("payment-batch-open", "该批次已建立。", "This batch is there already.")
        : c.ExecuteOn < context.Today ? Refusal.Invalid("dates-out-of-order", "付款日不能早于今天。", "The bank cannot pay before today.", "executeOn")
        : c.Payments.Count is 0 or > BankTransferBatch.MaxOrders ? Refusal.Invalid(
            "payments-count", $"须有 1–{BankTransferBatch.MaxOrders} 笔已复核的付款。", $"There must be 1 to {BankTransferBatch.MaxOrders} payments that are approved.", "payments")
        : Result<IReadOnlyList<PaymentBatchEvent>>.Of([new PaymentBatchOpened(c.From, c.Payer, c.ExecuteOn, c.Payments, context.NowUtc)]);
}
