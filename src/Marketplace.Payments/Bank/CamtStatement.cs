using System.Globalization;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>One <c>Stmt</c>: whose it is, what it opens and closes with, and what was added up so far.</summary>
internal sealed class CamtStatement(int line)
{
    private string? number;
    private Currency? currency;
    private StatementAccount? account;
    private string balanceType = "";
    private Money? balance;
    private bool? isBalanceCredit;
    private Money? opened;      // OPBD
    private Money? closedOnce;  // PRCD: what the statement before closed with
    private Money? closed;      // CLBD
    private Money? firstInterim; // ITBD: between the pages of one statement
    private Money? lastInterim;
    private int interims;
    private int? count;
    private int? countOfCredits;
    private int? countOfDebits;
    private int credits;
    private int debits;
    private int booked;
    private int bookedCredits;
    private int handedOut;
    private int skipped;
    private Int128 creditsMinor;
    private Int128 debitsMinor;

    public string? Id { get; private set; }

    public string? Page { get; private set; }

    public DateTime? From { get; private set; }

    public DateTime? To { get; private set; }

    public int Line => line;

    public void Take(CamtCursor cursor)
    {
        switch (cursor.Field)
        {
            case CamtField.StatementId:
                Id = cursor.Text;
                break;
            case CamtField.Page:
                Page = cursor.Text;
                break;
            case CamtField.From:
                From = CamtValues.Moment(cursor);
                break;
            case CamtField.To:
                To = CamtValues.Moment(cursor);
                break;
            case CamtField.AccountNumber:
                number ??= StatementAccount.Normal(cursor.Text);
                break;
            case CamtField.AccountCurrency:
                currency = CamtValues.Currency(cursor.Text, cursor);
                break;
            case CamtField.BalanceType:
                balanceType = cursor.Text;
                break;
            case CamtField.BalanceAmount:
                balance = CamtValues.Money(cursor);
                break;
            case CamtField.BalanceDirection:
                isBalanceCredit = CamtValues.IsCredit(cursor);
                break;
            case CamtField.Balance:
                TakeBalance(cursor);
                break;
            case CamtField.Count:
                count = Counted(cursor);
                break;
            case CamtField.CountOfCredits:
                countOfCredits = Counted(cursor);
                break;
            case CamtField.CountOfDebits:
                countOfDebits = Counted(cursor);
                break;
            default:
                break;
        }
    }

    /// <summary>Whose it is; everything that says so stands before the entries.</summary>
    public StatementAccount Account(int at)
    {
        if (account is null)
        {
            if (number is not { Length: > 0 and <= StatementAccount.MaxCharacters })
            {
                throw StatementRefusedException.At(at, "statement-account-missing", "对账单没有账号。", "The statement has no account.", "Acct");
            }

            currency ??= (opened ?? closedOnce ?? firstInterim ?? closed)?.Currency;
            account = new StatementAccount(number, currency ?? throw StatementRefusedException.At(
                at, "statement-currency-unknown", "对账单没有说明账户的货币。", "The statement does not say the currency of the account.", "Acct/Ccy"));
        }

        return account;
    }

    /// <summary>One <c>Ntry</c>, whatever becomes of it.</summary>
    public void CountEntry(bool isCredit, bool isBooked)
    {
        (credits, debits) = isCredit ? (credits + 1, debits) : (credits, debits + 1);
        (booked, bookedCredits) = (booked + (isBooked ? 1 : 0), bookedCredits + (isBooked && isCredit ? 1 : 0));
    }

    public void Skip() => skipped++;

    /// <summary>One line that is handed out.</summary>
    public void Add(StatementEntry entry)
    {
        handedOut++;
        (creditsMinor, debitsMinor) = entry.IsCredit ? (creditsMinor + entry.Amount.AmountMinor, debitsMinor) : (creditsMinor, debitsMinor + entry.Amount.AmountMinor);
    }

    /// <summary>Adds up, or refuses.</summary>
    public StatementTotals Close(int at)
    {
        var owner = Account(at);
        var opening = opened ?? closedOnce ?? (Page is not null && interims > (closed is null ? 1 : 0) ? firstInterim : null);
        var closing = closed ?? (Page is null ? null : lastInterim);
        if (opening is not { } from || closing is not { } to)
        {
            throw StatementRefusedException.At(
                line, "statement-balance-missing", "对账单缺少期初余额（OPBD 或 PRCD）或期末余额（CLBD）。",
                "The statement lacks its opening balance (OPBD or PRCD) or its closing balance (CLBD).", "Bal");
        }

        if (from.Currency != owner.Currency || to.Currency != owner.Currency)
        {
            throw StatementRefusedException.At(line, "statement-balance-currency", "余额的货币与账户的不同。", "A balance is in another currency than the account.", "Bal");
        }

        var reached = from.AmountMinor + creditsMinor - debitsMinor;
        if (reached != to.AmountMinor)
        {
            throw StatementRefusedException.At(
                line, "statement-does-not-add-up", $"期初余额加收入减支出不等于期末余额 {to}。", $"Opening balance plus credits minus debits is not the closing balance {to}.", "Bal",
                reached >= long.MinValue && reached <= long.MaxValue ? new Money((long)reached, owner.Currency).ToString() : "");
        }

        if ((count is { } all && all != credits + debits && all != booked)
            || (countOfCredits is { } c && c != credits && c != bookedCredits)
            || (countOfDebits is { } d && d != debits && d != booked - bookedCredits))
        {
            throw StatementRefusedException.At(
                line, "statement-count-differs", $"汇总的笔数与明细（{credits + debits} 笔）不符。", $"The summary counts other entries than the {credits + debits} that are there.", "TxsSummry");
        }

        return new StatementTotals(
            owner, Id, From is { } first ? DateOnly.FromDateTime(first) : null, LastDay(), from, to, handedOut, skipped, Sum(creditsMinor, owner), Sum(debitsMinor, owner));
    }

    /// <summary>A period that ends at midnight ends with the day before.</summary>
    private DateOnly? LastDay() => To switch
    {
        null => null,
        { TimeOfDay.Ticks: 0 } to when From < to => DateOnly.FromDateTime(to.AddDays(-1)),
        { } to => DateOnly.FromDateTime(to),
    };

    private Money Sum(Int128 minor, StatementAccount owner) => minor <= long.MaxValue ? new Money((long)minor, owner.Currency) : throw StatementRefusedException.At(
        line, "statement-amount-not-representable", "合计过大。", "The sum is too large.", "Ntry");

    private void TakeBalance(CamtCursor cursor)
    {
        if (cursor.IsOpening)
        {
            (balanceType, balance, isBalanceCredit) = ("", null, null);
            return;
        }

        if (balanceType is not ("OPBD" or "PRCD" or "CLBD" or "ITBD"))
        {
            return; // available, forward, information: nothing that entries add up to
        }

        if (balance is not { } amount || isBalanceCredit is not { } isCredit)
        {
            throw StatementRefusedException.At(cursor.Line, "statement-balance-malformed", "余额缺少金额或方向。", "The balance lacks its amount or its direction.", "Bal");
        }

        var signed = isCredit ? amount : -amount;
        switch (balanceType)
        {
            case "OPBD":
                opened = Once(opened, signed, cursor);
                break;
            case "PRCD":
                closedOnce = Once(closedOnce, signed, cursor);
                break;
            case "CLBD":
                closed = Once(closed, signed, cursor);
                break;
            default:
                (firstInterim, lastInterim, interims) = (firstInterim ?? signed, signed, interims + 1);
                break;
        }
    }

    private static Money Once(Money? before, Money now, CamtCursor cursor) => before is null || before == now ? now : throw StatementRefusedException.At(
        cursor.Line, "statement-balance-twice", "同一余额出现了两个不同的值。", "The same balance is there twice, and not the same.", "Bal");

    private static int Counted(CamtCursor cursor) => int.TryParse(cursor.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var counted) ? counted : throw StatementRefusedException.At(
        cursor.Line, "statement-count-malformed", "笔数不是数字。", "The count is no number.", cursor.Field.ToString(), AmountText.Begin(cursor.Text));
}
