using Marketplace.Domain.Agreements;

namespace Marketplace.Domain.Banking;

/// <summary>Money that the platform has a bank pay, under the id of its intent.</summary>
/// <param name="Order">Null: nobody has ordered it.</param>
/// <param name="Approvals">Who approved it: two different administrators.</param>
/// <param name="Batch">The one file that it is in.</param>
/// <param name="Line">The booking that said what became of it.</param>
/// <param name="MovedOn">The day on which the bank booked it.</param>
/// <param name="Reason">Why nothing moved.</param>
public sealed record BankPayment(
    BankPaymentStatus Status, BankPaymentOrder? Order, IReadOnlyList<string> Approvals, PaymentBatchId? Batch, BankLineId? Line, DateOnly? MovedOn, string? Reason)
{
    public long MovedMinor => Status == BankPaymentStatus.Made ? Order!.Amount.AmountMinor : 0;
}

/// <param name="Payee">As the account was when it was ordered.</param>
public sealed record BankPaymentOrder(PaymentIntentId Payment, AgreementId Agreement, IntentKind Kind, Money Amount, PayoutAccountId Account, BankAccount Payee)
{
    public const int EndToEndIdLength = 29;

    /// <summary>What statements name it by: 29 characters, and no bank changes their case.</summary>
    public string EndToEndId => EndToEndIdOf(Payment);

    public static string EndToEndIdOf(PaymentIntentId payment) => payment.Value.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}

public enum BankPaymentStatus
{
    None,
    Ordered,

    /// <summary>By one administrator; another one has to.</summary>
    ApprovedOnce,

    Approved,

    /// <summary>In a file for the bank: what became of it, a statement says.</summary>
    Exported,

    Made,

    /// <summary>The bank could not pay it.</summary>
    Returned,

    Rejected,
    Cancelled,
}

public abstract record BankPaymentCommand;

public sealed record OrderBankPayment(BankPaymentOrder Order) : BankPaymentCommand;

public sealed record ApproveBankPayment : BankPaymentCommand;

public sealed record RejectBankPayment(string Reason) : BankPaymentCommand;

public sealed record CancelBankPayment : BankPaymentCommand;

/// <summary>It goes into this file, unless it is in another one.</summary>
public sealed record ExportBankPayment(PaymentBatchId Batch) : BankPaymentCommand;

/// <summary>A statement says that it left.</summary>
public sealed record RecordPaymentMade(BankLineId Line, Money Amount, DateOnly On) : BankPaymentCommand;

/// <summary>A statement says that it came back before it was said to have left.</summary>
public sealed record RecordPaymentReturned(BankLineId Line, Money Amount, DateOnly On) : BankPaymentCommand;

public abstract record BankPaymentEvent;

public sealed record BankPaymentOrdered(BankPaymentOrder Order, DateTimeOffset AtUtc) : BankPaymentEvent;

/// <param name="By">As <see cref="Actor"/> is recorded.</param>
public sealed record BankPaymentApproved(string By, DateTimeOffset AtUtc) : BankPaymentEvent;

public sealed record BankPaymentRejected(string Reason, DateTimeOffset AtUtc) : BankPaymentEvent;

public sealed record BankPaymentCancelled(DateTimeOffset AtUtc) : BankPaymentEvent;

public sealed record BankPaymentExported(PaymentBatchId Batch, DateTimeOffset AtUtc) : BankPaymentEvent;

public sealed record BankPaymentMade(BankLineId Line, DateOnly On) : BankPaymentEvent;

public sealed record BankPaymentReturned(BankLineId Line, DateOnly On) : BankPaymentEvent;

/// <summary>Nothing is sent to a bank that two different administrators have not approved, and nothing twice.</summary>
public sealed class BankPaymentRules : IAggregate<BankPayment, BankPaymentCommand, BankPaymentEvent>
{
    /// <summary>Another order came under the intent's id: a bug of the sender.</summary>
    public static readonly Refusal KeyReused = Refusal.State("bank-key-reused", "同一支付编号下已有另一笔不同的付款。", "Another payment was ordered under this intent id.");

    private BankPaymentRules() { }

    public static BankPayment Initial { get; } = new(BankPaymentStatus.None, null, [], null, null, null, null);

    public static Result<IReadOnlyList<BankPaymentEvent>> Decide(BankPayment state, BankPaymentCommand command, CommandContext context) =>
        Authority.AdministratorOnly(context.Actor) is { } forbidden ? forbidden
        : command is OrderBankPayment { Order: var order }
            ? state.Order is null ? BySystem(context) is { } stranger ? stranger : Told(new BankPaymentOrdered(order, context.NowUtc))
            : state.Order == order ? Nothing
            : KeyReused
        : state.Order is null ? Refusal.NotFound()
        : command switch
        {
            ApproveBankPayment => Approve(state, context),
            RejectBankPayment c => BilingualText.CheckRequired(c.Reason, "reason", OwnAccountRules.MaxReasonCharacters) is { } wordless ? wordless
                : IsBeforeExport(state) ? Told(new BankPaymentRejected(c.Reason, context.NowUtc)) : Unfit,
            CancelBankPayment => IsBeforeExport(state) ? Told(new BankPaymentCancelled(context.NowUtc)) : Nothing, // the answer says what became of it
            ExportBankPayment c => BySystem(context) is { } person ? person
                : state.Batch == c.Batch ? Nothing
                : state.Status == BankPaymentStatus.Approved ? Told(new BankPaymentExported(c.Batch, context.NowUtc))
                : Unfit,
            RecordPaymentMade c => Conclude(state, c.Line, c.Amount, new BankPaymentMade(c.Line, c.On), context),
            RecordPaymentReturned c => Conclude(state, c.Line, c.Amount, new BankPaymentReturned(c.Line, c.On), context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static BankPayment Apply(BankPayment state, BankPaymentEvent happened) => happened switch
    {
        BankPaymentOrdered e => state with { Status = BankPaymentStatus.Ordered, Order = e.Order },
        BankPaymentApproved e => state with
        {
            Status = state.Approvals.Count == 0 ? BankPaymentStatus.ApprovedOnce : BankPaymentStatus.Approved,
            Approvals = [.. state.Approvals, e.By],
        },
        BankPaymentRejected e => state with { Status = BankPaymentStatus.Rejected, Reason = e.Reason },
        BankPaymentCancelled => state with { Status = BankPaymentStatus.Cancelled, Reason = "cancelled before it was sent" },
        BankPaymentExported e => state with { Status = BankPaymentStatus.Exported, Batch = e.Batch },
        BankPaymentMade e => state with { Status = BankPaymentStatus.Made, Line = e.Line, MovedOn = e.On },
        BankPaymentReturned e => state with { Status = BankPaymentStatus.Returned, Line = e.Line, MovedOn = e.On, Reason = "the bank returned it" },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<BankPaymentEvent>> Approve(BankPayment state, CommandContext context)
    {
        var by = context.Actor.ToString();
        return context.Actor.Role != ActorRole.Administrator ? Refusal.Forbidden("person-needed", "这一步须由管理员本人决定。", "A person must decide this: an administrator.")
            : state.Status is not (BankPaymentStatus.Ordered or BankPaymentStatus.ApprovedOnce) ? Unfit
            : state.Approvals.Contains(by) ? Refusal.State("second-person-needed", "须由另一位管理员复核。", "Another administrator has to approve it.")
            : Told(new BankPaymentApproved(by, context.NowUtc));
    }

    /// <summary>A bank says only once what became of a payment; a second word is for a person.</summary>
    private static Result<IReadOnlyList<BankPaymentEvent>> Conclude(BankPayment state, BankLineId line, Money amount, BankPaymentEvent happened, CommandContext context) =>
        BySystem(context) is { } person ? person
        : state.Line == line ? Nothing
        : state.Status != BankPaymentStatus.Exported ? Unfit
        : amount != state.Order!.Amount ? Refusal.Invalid("payment-amount-differs", "金额与付款指令不符。", "It is of another sum than was ordered.", "amount")
        : Told(happened);

    private static bool IsBeforeExport(BankPayment state) => state.Status is BankPaymentStatus.Ordered or BankPaymentStatus.ApprovedOnce or BankPaymentStatus.Approved;

    private static Refusal? BySystem(CommandContext context) =>
        context.Actor.Role == ActorRole.System ? null : Refusal.Forbidden("system-only", "这一步由系统自动办理。", "Only the system does this.");

    private static Refusal Unfit => Refusal.State("bank-payment-state", "这笔付款目前不能这样做。", "This cannot be done with the payment as it is now.");

    private static Result<IReadOnlyList<BankPaymentEvent>> Nothing => Result<IReadOnlyList<BankPaymentEvent>>.Of([]);

    private static Result<IReadOnlyList<BankPaymentEvent>> Told(BankPaymentEvent happened) => Result<IReadOnlyList<BankPaymentEvent>>.Of([happened]);
}
