using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>One <c>TxDtls</c>: who paid whom, and what for.</summary>
internal sealed class CamtDetail(StatementAccount account, int line)
{
    private const int MostTextCharacters = 8_000;

    private readonly List<string> texts = [];
    private string? debtorName;
    private string? debtorAccount;
    private string? creditorName;
    private string? creditorAccount;
    private Money? own;
    private Money? within;
    private int textCharacters;

    public int Line => line;

    public string? Reference { get; private set; }

    public string? EndToEndId { get; private set; }

    public string? StructuredReference { get; private set; }

    public bool? IsCredit { get; private set; }

    public Money? Instructed { get; private set; }

    public string Remittance => string.Join(' ', texts);

    /// <summary>In the currency of the account, or null when it does not say it.</summary>
    public Money? Amount => own ?? within ?? (Instructed is { } instructed && instructed.Currency == account.Currency ? instructed : null);

    public void Take(CamtCursor cursor)
    {
        switch (cursor.Field)
        {
            case CamtField.DetailReference:
                Reference ??= CamtValues.Reference(cursor.Text);
                break;
            case CamtField.DetailEndToEndId:
                EndToEndId ??= CamtValues.Reference(cursor.Text);
                break;
            case CamtField.DetailAmount:
                own = InAccountCurrency(CamtValues.Money(cursor)) ?? own;
                break;
            case CamtField.DetailAmountWithin:
                within ??= InAccountCurrency(CamtValues.Money(cursor));
                break;
            case CamtField.DetailInstructed:
                Instructed = CamtValues.MoneyToldOnly(cursor);
                break;
            case CamtField.DetailDirection:
                IsCredit = CamtValues.IsCredit(cursor);
                break;
            case CamtField.DebtorName:
                debtorName ??= NotEmpty(cursor.Text);
                break;
            case CamtField.DebtorAccount:
                debtorAccount ??= NotEmpty(StatementAccount.Normal(cursor.Text));
                break;
            case CamtField.CreditorName:
                creditorName ??= NotEmpty(cursor.Text);
                break;
            case CamtField.CreditorAccount:
                creditorAccount ??= NotEmpty(StatementAccount.Normal(cursor.Text));
                break;
            case CamtField.DetailText:
                AddText(cursor);
                break;
            case CamtField.DetailStructuredReference:
                StructuredReference ??= NotEmpty(cursor.Text);
                break;
            default:
                break;
        }
    }

    /// <summary>The other side. A reversal keeps the parties of what it reverses, so the one who pays it back is the creditor there.</summary>
    public (string? Name, string? Account) Counterparty(bool isCredit, bool isReversal)
    {
        var (debtor, creditor) = ((debtorName, debtorAccount), (creditorName, creditorAccount));
        var (likely, other) = isCredit != isReversal ? (debtor, creditor) : (creditor, debtor);
        return likely.Item2 == account.Number ? other : likely;
    }

    private Money? InAccountCurrency(Money money) => money.Currency == account.Currency ? money : null;

    private void AddText(CamtCursor cursor)
    {
        if (cursor.Text.Length == 0)
        {
            return;
        }

        textCharacters += cursor.Text.Length;
        if (textCharacters > MostTextCharacters)
        {
            throw StatementRefusedException.At(
                cursor.Line, "statement-text-too-long", $"附言超过 {MostTextCharacters} 个字符。", $"The remittance has more than {MostTextCharacters} characters.", "RmtInf");
        }

        texts.Add(cursor.Text);
    }

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
