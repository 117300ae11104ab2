using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>
/// One <c>Ntry</c>. It becomes one line; a batch whose details have amounts becomes one line for each, which must add up to it. No more than one
/// detail is held: the first waits until it is known whether there is a second.
/// </summary>
internal sealed class CamtEntry(CamtStatement statement, StatementAccount account, int line)
{
    private Money? told;
    private Money? counterValue;
    private Money? instructed;
    private bool? isCredit;
    private bool isReversal;
    private string? status;
    private DateOnly? bookedOn;
    private DateOnly? valueOn;
    private string? reference;
    private string? batchId;
    private string text = "";
    private CamtDetail? first;
    private int details;
    private Int128 detailsMinor; // credits minus debits

    private bool IsBooked => status switch
    {
        "BOOK" => true,
        "PDNG" or "INFO" or "FUTR" => false,
        null => throw Missing("Sts", "状态", "status"),
        _ => throw StatementRefusedException.At(line, "statement-status-unknown", "不认识分录的状态。", "The status of the entry is unknown.", "Sts", AmountText.Begin(status)),
    };

    private bool IsCredit => isCredit ?? throw Missing("CdtDbtInd", "借贷方向", "direction");

    /// <summary>A second detail came, and the first one had an amount.</summary>
    private bool IsExploded => details > 1 && first?.Amount is not null;

    public void Take(CamtCursor cursor)
    {
        switch (cursor.Field)
        {
            case CamtField.EntryAmount:
                told = CamtValues.Money(cursor);
                break;
            case CamtField.EntryDirection:
                isCredit = CamtValues.IsCredit(cursor);
                break;
            case CamtField.EntryReversal:
                isReversal = CamtValues.IsTrue(cursor);
                break;
            case CamtField.EntryStatus:
                status = cursor.Text.Length > 0 ? cursor.Text : status; // as Sts, or inside it
                break;
            case CamtField.EntryBookedOn:
                bookedOn = CamtValues.Day(cursor);
                break;
            case CamtField.EntryValueOn:
                valueOn = CamtValues.Day(cursor);
                break;
            case CamtField.EntryReference:
                reference = CamtValues.Reference(cursor.Text);
                break;
            case CamtField.EntryCounterValue:
                counterValue = CamtValues.Money(cursor) is var money && money.Currency == account.Currency ? money : counterValue;
                break;
            case CamtField.EntryInstructed:
                instructed = CamtValues.MoneyToldOnly(cursor);
                break;
            case CamtField.EntryText:
                text = cursor.Text;
                break;
            case CamtField.BatchId:
                batchId = CamtValues.Reference(cursor.Text);
                break;
            default:
                break;
        }
    }

    /// <summary>A detail ends; hands out what is complete by now.</summary>
    public IEnumerable<StatementEntry> Add(CamtDetail detail)
    {
        details++;
        if (!IsBooked || details == 1)
        {
            first ??= detail;
            return [];
        }

        if (first!.Amount is null != detail.Amount is null)
        {
            throw StatementRefusedException.At(
                detail.Line, "statement-batch-amount-missing", "批量分录的明细只有一部分有金额。", "Only some details of the batch have an amount.", "TxDtls");
        }

        return !IsExploded ? [] : details == 2 ? [.. Exploded(first, 1), .. Exploded(detail, 2)] : Exploded(detail, details);
    }

    /// <summary>The entry ends; hands out what was not yet.</summary>
    public StatementEntry? Close()
    {
        statement.CountEntry(IsCredit, IsBooked);
        if (!IsBooked)
        {
            statement.Skip();
            return null;
        }

        var amount = Amount();
        if (IsExploded)
        {
            var signedMinor = IsCredit ? amount.AmountMinor : -amount.AmountMinor;
            return detailsMinor == signedMinor ? null : throw StatementRefusedException.At(
                line, "statement-batch-does-not-add-up", $"批量分录的明细之和不等于 {amount}。", $"The details of the batch do not add up to {amount}.", "Ntry", batchId ?? "");
        }

        if (amount.IsZero)
        {
            statement.Skip();
            return null;
        }

        return details == 1
            ? Line(line, first!, amount, IsCredit, null)
            : Line(line, new CamtDetail(account, line), amount, IsCredit, null);
    }

    private IEnumerable<StatementEntry> Exploded(CamtDetail detail, int ordinal)
    {
        var amount = detail.Amount!.Value;
        var isDetailCredit = detail.IsCredit ?? IsCredit;
        detailsMinor += isDetailCredit ? amount.AmountMinor : -amount.AmountMinor;
        if (amount.IsZero)
        {
            statement.Skip();
            return [];
        }

        return [Line(detail.Line, detail, amount, isDetailCredit, new BatchPlace(batchId ?? reference, ordinal))];
    }

    private StatementEntry Line(int at, CamtDetail detail, Money amount, bool isDetailCredit, BatchPlace? batch)
    {
        var (name, number) = detail.Counterparty(isDetailCredit, isReversal);
        var original = detail.Instructed ?? (batch is null ? instructed ?? told : null);
        return new StatementEntry(
            at, bookedOn ?? throw Missing("BookgDt", "记账日期", "booking date"), null, valueOn, amount, isDetailCredit, isReversal,
            batch is null ? reference ?? detail.Reference : detail.Reference ?? reference, detail.EndToEndId,
            name, number, detail.Remittance is { Length: > 0 } said ? said : batch is null ? text : "", detail.StructuredReference, null,
            original is { } other && other.Currency != account.Currency ? other : null, batch);
    }

    private Money Amount()
    {
        var amount = told ?? throw Missing("Amt", "金额", "amount");
        return amount.Currency == account.Currency ? amount
            : counterValue ?? (details == 1 ? first!.Amount : null) ?? throw StatementRefusedException.At(
                line, "statement-entry-currency", $"分录的货币不是账户的 {account.Currency}，也没有折算金额。",
                $"The entry is not in {account.Currency}, the currency of the account, and has no counter value.", "Amt", amount.ToString());
    }

    private StatementRefusedException Missing(string element, string zh, string en) => StatementRefusedException.At(
        line, "statement-element-missing", $"分录没有{zh}（{element}）。", $"The entry has no {en} ({element}).", element);
}
