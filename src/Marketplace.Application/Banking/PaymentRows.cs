using Marketplace.Application.Reads;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>An account that an organisation wants to be paid on.</summary>
[ReadTable("payout_accounts")]
public sealed record PayoutAccountRow(
    string Account, string Organisation, PayoutAccountStatus Status, string Number, string Holder, string? Bank, string? Bic, string? Cnaps, string? Reason) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, PayoutAccount state) => state.Account is { } account
        ? [new PayoutAccountRow(id, state.Organisation.Value, state.Status, account.Number, account.Holder, account.Bank, account.Bic, account.Cnaps, state.Reason)]
        : [];
}

/// <summary>Money that a bank is to pay, or has.</summary>
/// <param name="FirstApproval">Who approved it first.</param>
/// <param name="Line">The booking that said what became of it.</param>
[ReadTable("bank_payments")]
public sealed record BankPaymentRow(
    string Intent,
    string Agreement,
    IntentKind Kind,
    BankPaymentStatus Status,
    string Account,
    string PayeeHolder,
    string PayeeNumber,
    string Currency,
    long AmountMinor,
    string? FirstApproval,
    string? SecondApproval,
    string? Batch,
    string? Line,
    DateOnly? MovedOn,
    string? Reason) : IReadRow
{
    public static IEnumerable<IReadRow> Of(BankPayment state) => state.Order is { } order
        ?
        [
            new BankPaymentRow(
                order.Payment.Value, order.Agreement.Value, order.Kind, state.Status, order.Account.Value, order.Payee.Holder, order.Payee.Number,
                order.Amount.Currency.Code, order.Amount.AmountMinor, state.Approvals.ElementAtOrDefault(0), state.Approvals.ElementAtOrDefault(1),
                state.Batch?.Value, state.Line?.Value, state.MovedOn, state.Reason),
        ]
        : [];
}

/// <summary>Payments that go to a bank in one file.</summary>
/// <param name="Payments">How many are to go; once it is sealed: how many went.</param>
[ReadTable("payment_batches")]
public sealed record PaymentBatchRow(string Batch, PaymentBatchStatus Status, string FromAccount, DateOnly ExecuteOn, int Payments, DateTime OpenedAtUtc) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, PaymentBatch state)
    {
        if (state.OpenedAtUtc is not { } openedAtUtc)
        {
            yield break;
        }

        var isOpen = state.Status == PaymentBatchStatus.Open;
        yield return new PaymentBatchRow(id, state.Status, state.From.Value, state.ExecuteOn, isOpen ? state.Asked.Count : state.Orders.Count, openedAtUtc.UtcDateTime);
        yield return DueWork.Row($"payment-batch/{id}", DueWork.PaymentBatch, isOpen ? openedAtUtc : null);
    }
}
