using System.Text.Json.Serialization;
using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Banking;

/// <summary>One booking on one of the platform's own accounts, and what became of it.</summary>
/// <param name="Statement">The first that brought it.</param>
/// <param name="Target">What it is, once that is decided.</param>
/// <param name="Receipt">Of a posted receipt: its number within the agreement.</param>
/// <param name="ByPerson">A person decided what it is, not its reference.</param>
/// <param name="Reason">Of a person who ignored it or called it other business.</param>
/// <param name="DueAtUtc">When the system has something to do with it; null: it has not.</param>
public sealed record BankLine(
    BankLineStatus Status, BankStatementId Statement, BankAccountId Account, StatementEntry? Entry, IReadOnlyList<MatchProposal> Proposals, ParkReason? Parked,
    BankLineTarget? Target, int? Receipt, bool ByPerson, string? Reason, DateTimeOffset? DueAtUtc)
{
    /// <summary>What it adds to the account: positive when it arrived.</summary>
    /// <exception cref="InvalidOperationException">Nothing is recorded.</exception>
    [JsonIgnore]
    public Money Moved => Entry is { } entry ? MovedBy(entry) : throw new InvalidOperationException("Nothing is recorded");

    public static Money MovedBy(StatementEntry entry) => entry.IsCredit ? entry.Amount : -entry.Amount;
}

public enum BankLineStatus
{
    None,

    /// <summary>Nobody has looked at it yet.</summary>
    Recorded,

    /// <summary>It looks like money for an agreement: a person says whether it is.</summary>
    Proposed,

    /// <summary>Only a person can say what it is.</summary>
    Parked,

    /// <summary>Decided; the agreement or payment is being told.</summary>
    Assigned,

    /// <summary>Decided and told.</summary>
    Posted,

    /// <summary>No movement of its own: the same booking came in another format.</summary>
    Ignored,

    /// <summary>It moved, and belongs to no agreement.</summary>
    Other,
}

public enum BankLineUse
{
    /// <summary>Money that an agreement has received.</summary>
    Receipt,

    /// <summary>An earlier receipt goes back.</summary>
    Reversal,

    /// <summary>A payment that we ordered was made.</summary>
    PaymentMade,

    /// <summary>A payment that we ordered came back.</summary>
    PaymentReturned,
}

/// <summary>What a line is.</summary>
/// <param name="Agreement">Of receipts and reversals.</param>
/// <param name="Of">Of a reversal: the earlier line.</param>
/// <param name="Payment">Of a payment made or returned.</param>
public sealed record BankLineTarget(BankLineUse Use, AgreementId? Agreement = null, BankLineId? Of = null, PaymentIntentId? Payment = null);

/// <summary>Why a line waits for a person.</summary>
public enum ParkReason
{
    /// <summary>Nothing shows whose money it is.</summary>
    NothingFits,

    /// <summary>Its reference is of no agreement.</summary>
    ReferenceUnknown,

    /// <summary>It takes back an earlier booking, and none fits.</summary>
    ReversalOfNothing,

    /// <summary>It takes back an earlier booking, and several fit.</summary>
    ReversalAmbiguous,

    /// <summary>It names one of our payments, which is of another sum or not at the bank.</summary>
    PaymentDiffers,

    /// <summary>A payment came back after the agreement was told that it had been made.</summary>
    ReturnedAfterSuccess,

    /// <summary>Money has left, and no payment of ours is named.</summary>
    DebitUnknown,

    /// <summary>The agreement or payment has refused it.</summary>
    Refused,
}

public abstract record BankLineCommand;

/// <summary>A statement says so. Refused with <c>bank-line-recorded</c> when an earlier one said it.</summary>
public sealed record RecordBankLine(BankStatementId Statement, BankAccountId Account, StatementEntry Entry) : BankLineCommand;

/// <summary>What the system makes of a line that nobody has looked at.</summary>
public sealed record MatchBankLine(MatchDecision Decision) : BankLineCommand;

/// <summary>A person says what it is.</summary>
public sealed record AssignBankLine(BankLineTarget Target) : BankLineCommand;

/// <summary>The agreement or payment knows of it.</summary>
public sealed record PostBankLine(int? Receipt) : BankLineCommand;

/// <summary>The agreement or payment will not have it.</summary>
public sealed record ReleaseBankLine(ParkReason Reason, string Detail) : BankLineCommand;

public sealed record IgnoreBankLine(string Reason) : BankLineCommand;

public sealed record MarkBankLineOther(string Reason) : BankLineCommand;

/// <summary>It was ignored or called other business by mistake.</summary>
public sealed record ReopenBankLine(string Reason) : BankLineCommand;

public abstract record BankLineEvent;

public sealed record BankLineRecorded(BankStatementId Statement, BankAccountId Account, StatementEntry Entry, DateTimeOffset AtUtc) : BankLineEvent;

/// <param name="Proposals">The best first.</param>
public sealed record BankLineProposed(IReadOnlyList<MatchProposal> Proposals) : BankLineEvent;

public sealed record BankLineParked(ParkReason Reason, string? Detail = null) : BankLineEvent;

public sealed record BankLineAssigned(BankLineTarget Target, bool ByPerson, DateTimeOffset AtUtc) : BankLineEvent;

public sealed record BankLinePosted(int? Receipt) : BankLineEvent;

/// <param name="Moved">What its record had added to the account.</param>
public sealed record BankLineIgnored(string Reason, BankAccountId Account, Money Moved) : BankLineEvent;

/// <param name="Moved">What it added to the account.</param>
public sealed record BankLineMarkedOther(string Reason, Money Moved) : BankLineEvent;

/// <param name="Account">Of an ignored line; null: it was other business.</param>
public sealed record BankLineReopened(string Reason, BankAccountId? Account, Money Moved) : BankLineEvent;

/// <summary>
/// A booking is recorded once, whatever statement brings it. What it is is decided here before anybody is told, so that no two agreements
/// get the same money.
/// </summary>
public sealed class BankLineRules : IAggregate<BankLine, BankLineCommand, BankLineEvent>
{
    public const int MaxReasonCharacters = 500;

    /// <summary>Whoever says it again says nothing new.</summary>
    public static readonly Refusal IsRecorded = Refusal.State("bank-line-recorded", "该笔流水已登记。", "This booking is recorded already.");

    private BankLineRules() { }

    public static BankLine Initial { get; } = new(BankLineStatus.None, default, default, null, [], null, null, null, false, null, null);

    public static Result<IReadOnlyList<BankLineEvent>> Decide(BankLine state, BankLineCommand command, CommandContext context) =>
        Authority.AdministratorOnly(context.Actor) is { } forbidden ? forbidden
        : command is RecordBankLine recorded
            ? state.Entry is not null ? IsRecorded : Told(new BankLineRecorded(recorded.Statement, recorded.Account, recorded.Entry, context.NowUtc))
        : state.Entry is null ? Refusal.NotFound()
        : command switch
        {
            MatchBankLine c => Match(state, c.Decision, context),
            AssignBankLine c => Assign(state, c.Target, context),
            PostBankLine c => state.Status == BankLineStatus.Assigned ? Told(new BankLinePosted(c.Receipt)) : Nothing,
            ReleaseBankLine c => state.Status == BankLineStatus.Assigned ? Told(new BankLineParked(c.Reason, c.Detail)) : Nothing,
            IgnoreBankLine c => Undecided(state, c.Reason) is { } refusal ? refusal : Told(new BankLineIgnored(c.Reason, state.Account, state.Moved)),
            MarkBankLineOther c => Undecided(state, c.Reason) is { } refusal ? refusal : Told(new BankLineMarkedOther(c.Reason, state.Moved)),
            ReopenBankLine c => Reopen(state, c.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static BankLine Apply(BankLine state, BankLineEvent happened) => happened switch
    {
        BankLineRecorded e => state with { Status = BankLineStatus.Recorded, Statement = e.Statement, Account = e.Account, Entry = e.Entry, DueAtUtc = e.AtUtc },
        BankLineProposed e => state with { Status = BankLineStatus.Proposed, Proposals = e.Proposals, DueAtUtc = null },
        BankLineParked e => state with { Status = BankLineStatus.Parked, Parked = e.Reason, Reason = e.Detail, Target = null, ByPerson = false, DueAtUtc = null },
        BankLineAssigned e => state with { Status = BankLineStatus.Assigned, Target = e.Target, ByPerson = e.ByPerson, Parked = null, Reason = null, DueAtUtc = e.AtUtc },
        BankLinePosted e => state with { Status = BankLineStatus.Posted, Receipt = e.Receipt, Proposals = [], DueAtUtc = null },
        BankLineIgnored e => state with { Status = BankLineStatus.Ignored, Reason = e.Reason, DueAtUtc = null },
        BankLineMarkedOther e => state with { Status = BankLineStatus.Other, Reason = e.Reason, DueAtUtc = null },
        BankLineReopened e => state with { Status = BankLineStatus.Parked, Parked = state.Parked ?? ParkReason.NothingFits, Reason = e.Reason },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    /// <summary>
    /// What it means in the books. A line meets what an agreement records of it in the cash of the bank, and leaves nothing there: what stays is
    /// on a statement and not matched, or matched and not yet on a statement.
    /// </summary>
    public static IEnumerable<Entry> EntriesFor(BankLineEvent happened) => happened switch
    {
        BankLineRecorded e => Moves(ChartOfAccounts.BankAccount(e.Account.Value), Cash, BankLine.MovedBy(e.Entry)),
        BankLineIgnored e => Moves(Cash, ChartOfAccounts.BankAccount(e.Account.Value), e.Moved),
        BankLineMarkedOther e => Moves(Cash, ChartOfAccounts.BankOther, e.Moved),
        BankLineReopened { Account: { } account } e => Moves(ChartOfAccounts.BankAccount(account.Value), Cash, e.Moved),
        BankLineReopened e => Moves(ChartOfAccounts.BankOther, Cash, e.Moved),
        _ => [],
    };

    private static string Cash => ChartOfAccounts.CashAt(BankMatching.Source);

    private static IEnumerable<Entry> Moves(string to, string from, Money moved) =>
        Entry.Of(moved.Currency, Entry.Debit(to, moved.AmountMinor), Entry.Credit(from, moved.AmountMinor));

    /// <summary>Later than a person, the system says nothing.</summary>
    private static Result<IReadOnlyList<BankLineEvent>> Match(BankLine state, MatchDecision decision, CommandContext context) =>
        context.Actor.Role != ActorRole.System ? Refusal.Forbidden("system-only", "这一步由系统自动办理。", "Only the system does this.")
        : state.Status != BankLineStatus.Recorded ? Nothing
        : decision.Target is { } target ? Fits(state, target) is { } unfit ? unfit : Told(new BankLineAssigned(target, ByPerson: false, context.NowUtc))
        : decision.Proposals.Count > 0 ? Told(new BankLineProposed(decision.Proposals))
        : Told(new BankLineParked(decision.Parked ?? ParkReason.NothingFits));

    private static Result<IReadOnlyList<BankLineEvent>> Assign(BankLine state, BankLineTarget target, CommandContext context) =>
        state.Status is BankLineStatus.Recorded or BankLineStatus.Proposed or BankLineStatus.Parked
            ? Fits(state, target) is { } unfit ? unfit : Told(new BankLineAssigned(target, ByPerson: true, context.NowUtc))
            : IsDecided;

    private static Refusal? Fits(BankLine state, BankLineTarget target)
    {
        var isWhole = target.Use switch
        {
            BankLineUse.Receipt => target is { Agreement: not null, Of: null, Payment: null },
            BankLineUse.Reversal => target is { Agreement: not null, Of: not null, Payment: null },
            BankLineUse.PaymentMade or BankLineUse.PaymentReturned => target is { Agreement: null, Of: null, Payment: not null },
        };
        return !isWhole ? Refusal.Invalid("bank-line-target", "请指明合同、原流水或付款之一。", "Name the agreement, the earlier booking or the payment.", "target")
            : state.Entry!.IsCredit != (target.Use is BankLineUse.Receipt or BankLineUse.PaymentReturned)
                ? Refusal.Invalid("bank-line-direction", "收付方向不符。", "The money went the other way.", "target")
            : null;
    }

    private static Refusal? Undecided(BankLine state, string reason) =>
        state.Status is not (BankLineStatus.Recorded or BankLineStatus.Proposed or BankLineStatus.Parked) ? IsDecided
        : BilingualText.CheckRequired(reason, "reason", MaxReasonCharacters);

    private static Result<IReadOnlyList<BankLineEvent>> Reopen(BankLine state, string reason) =>
        BilingualText.CheckRequired(reason, "reason", MaxReasonCharacters) is { } wordless ? wordless
        : state.Status switch
        {
            BankLineStatus.Ignored => Told(new BankLineReopened(reason, state.Account, state.Moved)),
            BankLineStatus.Other => Told(new BankLineReopened(reason, null, state.Moved)),
            _ => Refusal.State("bank-line-not-put-aside", "该笔流水未被忽略或归为其他业务。", "This booking was neither ignored nor called other business."),
        };

    private static Refusal IsDecided => Refusal.State("bank-line-decided", "该笔流水已有结论。", "It is decided already what this booking is.");

    private static Result<IReadOnlyList<BankLineEvent>> Nothing => Result<IReadOnlyList<BankLineEvent>>.Of([]);

    private static Result<IReadOnlyList<BankLineEvent>> Told(BankLineEvent happened) => Result<IReadOnlyList<BankLineEvent>>.Of([happened]);
}
