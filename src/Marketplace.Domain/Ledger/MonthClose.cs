namespace Marketplace.Domain.Ledger;

/// <summary>
/// Whether a month of the books is closed, and as what. Nothing can be posted into a month that is over, since a posting bears the instant at
/// which it is recorded; closing it says that somebody has looked, and keeps what stood there. What was wrong is put right in a later month.
/// </summary>
/// <param name="Closed">Null: open.</param>
public sealed record MonthClose(MonthClosed? Closed)
{
    public static readonly MonthClose Open = new((MonthClosed?)null);
}

public abstract record MonthCloseCommand;

/// <param name="Balance">Of the month, as it stands in the journal.</param>
/// <param name="OpenBefore">An earlier month in which something was posted and that nobody has closed; null: none.</param>
/// <param name="ClosedAfter">A later month that is closed already, and this one with it; null: none.</param>
public sealed record CloseMonth(TrialBalance Balance, LedgerMonth? OpenBefore, LedgerMonth? ClosedAfter) : MonthCloseCommand;

public abstract record MonthCloseEvent;

/// <param name="Sha256"><see cref="TrialBalance.Digest"/>.</param>
/// <param name="By">The administrator.</param>
public sealed record MonthClosed(TrialBalance Balance, string Sha256, string By, DateTimeOffset AtUtc) : MonthCloseEvent;

public sealed class MonthCloseRules : IAggregate<MonthClose, MonthCloseCommand, MonthCloseEvent>
{
    /// <summary>
    /// What is decided in the last second of a month is durable a moment later, or its host was lost: after a day nothing of the month can still be
    /// on its way.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromDays(1);

    private MonthCloseRules() { }

    public static MonthClose Initial => MonthClose.Open;

    public static Result<IReadOnlyList<MonthCloseEvent>> Decide(MonthClose state, MonthCloseCommand command, CommandContext context) => command switch
    {
        CloseMonth close => Authority.AdministratorOnly(context.Actor) is { } refusal ? refusal : Close(state, close, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static MonthClose Apply(MonthClose state, MonthCloseEvent happened) => happened switch
    {
        MonthClosed e => new MonthClose(e),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<MonthCloseEvent>> Close(MonthClose state, CloseMonth command, CommandContext context)
    {
        var month = command.Balance.Month;
        if (state.Closed is not null || command.ClosedAfter is not null)
        {
            return Refusal.State("month-already-closed", $"{month} 已经结账。", $"{month} is closed already.");
        }

        if (context.NowUtc < month.EndUtc + Settling)
        {
            return Refusal.State("month-not-over", $"{month} 结束满一天后才能结账。", $"{month} can be closed once it has been over for a day.");
        }

        if (command.OpenBefore is { } earlier)
        {
            return Refusal.State("earlier-month-open", $"请先结 {earlier} 的账。", $"Close {earlier} first.");
        }

        return command.Balance.Unbalanced() is { Count: > 0 } currencies
            ? Refusal.State(
                "trial-balance-broken", $"试算不平衡（{string.Join("、", currencies)}），请先运行账目检查。",
                $"The trial balance does not sum to zero ({string.Join(", ", currencies)}): run the check of the books first.")
            : Result<IReadOnlyList<MonthCloseEvent>>.Of([new MonthClosed(command.Balance, command.Balance.Digest(), context.Actor.Person, context.NowUtc)]);
    }
}
