namespace Marketplace.Domain.Banking;

/// <summary>An account in one currency: what a bank keeps a balance of.</summary>
/// <param name="Number">IBAN or the bank's own number, as <see cref="Normal"/> writes it.</param>
public sealed record StatementAccount(string Number, Currency Currency)
{
    /// <summary>Longest number after <see cref="Normal"/> (an <c>Othr/Id</c> of ISO 20022 has 34).</summary>
    public const int MaxCharacters = 40;

    /// <summary>Upper case, without white space and invisible characters, so that the same account is the same text in every format.</summary>
    public static string Normal(string typed) =>
        string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('\u200B' or '\uFEFF'))).ToUpperInvariant();
}

/// <summary>One account's part of a checked file: <c>Opening + Credits − Debits = Closing</c>.</summary>
/// <param name="StatementId">The bank's own; null for CSV.</param>
/// <param name="From">First day it covers; for CSV the first booking date. Null when the file says none.</param>
/// <param name="To">Last day it covers; for CSV the last booking date.</param>
/// <param name="Opening">Null only for CSV without a column of balances, where nothing can be checked.</param>
/// <param name="Entries">Lines that are booked and handed out, batches exploded.</param>
/// <param name="Skipped">Entries that are not booked yet, or move nothing.</param>
public sealed record StatementTotals(
    StatementAccount Account, string? StatementId, DateOnly? From, DateOnly? To, Money? Opening, Money? Closing, int Entries, int Skipped, Money Credits, Money Debits);

/// <summary>Money that a bank says has moved. Pending entries are none and never become one.</summary>
/// <param name="Line">In the file, from 1: where the entry begins.</param>
/// <param name="BookedOn">As the bank writes it, in the bank's own time zone.</param>
/// <param name="BookedAt">CSV with a time of day only.</param>
/// <param name="Amount">Greater than 0, in the currency of the account.</param>
/// <param name="IsCredit">It arrived; else it left. Of a reversal too: the money of a reversed credit leaves.</param>
/// <param name="IsReversal">It takes back an earlier entry, or is a return of one.</param>
/// <param name="ServicerReference">The bank's own (<c>AcctSvcrRef</c>, 交易流水号).</param>
/// <param name="EndToEndId">The payer's, when it was given.</param>
/// <param name="CounterpartyName">Payer of a credit, payee of a debit.</param>
/// <param name="CounterpartyAccount">As <see cref="StatementAccount.Normal"/> writes it.</param>
/// <param name="Remittance">Unstructured texts, joined by a space; empty when there are none.</param>
/// <param name="StructuredReference">Creditor reference (<c>CdtrRefInf/Ref</c>), e.g. ISO 11649.</param>
/// <param name="BalanceAfter">CSV with a column of balances only.</param>
/// <param name="OriginalAmount">What was instructed, when it was in another currency.</param>
/// <param name="Batch">Its place among the details of one booking; null when it is a booking of its own.</param>
public sealed record StatementEntry(
    int Line, DateOnly BookedOn, TimeOnly? BookedAt, DateOnly? ValueOn, Money Amount, bool IsCredit, bool IsReversal, string? ServicerReference, string? EndToEndId,
    string? CounterpartyName, string? CounterpartyAccount, string Remittance, string? StructuredReference, Money? BalanceAfter, Money? OriginalAmount, BatchPlace? Batch);

/// <param name="BatchId">The bank's or the sender's (<c>PmtInfId</c>, else the booking's reference), or null.</param>
/// <param name="Ordinal">From 1, in the order of the file.</param>
public sealed record BatchPlace(string? BatchId, int Ordinal);
