using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>One of the platform's own accounts.</summary>
[ReadTable("bank_accounts")]
public sealed record BankAccountRow(
    string Account, string Number, string Currency, string Holder, string? Bank, string? Bic, string? Cnaps, bool IsClosed) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, OwnAccount state) => state is { Account: { } account, Currency: { } currency }
        ? [new BankAccountRow(id, account.Number, currency.Code, account.Holder, account.Bank, account.Bic, account.Cnaps, state.IsClosed)]
        : [];
}

[ReadTable("csv_mappings")]
public sealed record CsvMappingRow(string Mapping, string Name) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, KeptCsvMapping state) => state.Mapping is { } mapping ? [new CsvMappingRow(id, mapping.Name)] : [];
}

/// <summary>A bank's file and how far it is imported.</summary>
/// <param name="Accounts">Ids, separated by spaces.</param>
/// <param name="FromOn">First day that one of its parts covers, if it says so.</param>
/// <param name="Done">Lines recorded so far.</param>
/// <param name="New">Of these, those that no earlier statement had brought.</param>
[ReadTable("bank_statements")]
public sealed record BankStatementRow(
    string Statement, StatementStatus Status, string Format, string Accounts, DateOnly? FromOn, DateOnly? ToOn, int Entries, int Done, int New,
    DateTime AcceptedAtUtc) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, BankStatement state)
    {
        if (state is not { AcceptedAtUtc: { } acceptedAtUtc, Format: { } format })
        {
            yield break;
        }

        yield return new BankStatementRow(
            id, state.Status, format, string.Join(' ', state.Parts.Select(p => p.Account.Value).Distinct()), state.Parts.Min(p => p.Totals.From), state.Parts.Max(p => p.Totals.To),
            state.Entries, state.Done, state.New, acceptedAtUtc.UtcDateTime);
        yield return DueWork.Row($"bank-statement/{id}", DueWork.Statement, state.DueAtUtc);
    }
}

/// <summary>One booking on one of the platform's own accounts.</summary>
/// <param name="AmountMinor">Greater than 0, whichever way it went.</param>
/// <param name="Agreement">That it is for, or is proposed for first.</param>
/// <param name="Receipt">Number within the agreement, once it is posted as one.</param>
/// <param name="OfLine">The earlier booking that it takes back.</param>
/// <param name="Intent">The payment of ours that it makes or returns.</param>
/// <param name="ByPerson">A person decided what it is.</param>
/// <param name="Reason">Of a person, or of an agreement that refused it.</param>
[ReadTable("bank_lines")]
public sealed record BankLineRow(
    string Line,
    string Account,
    string Statement,
    BankLineStatus Status,
    DateOnly BookedOn,
    string Currency,
    long AmountMinor,
    bool IsCredit,
    bool IsReversal,
    string? Counterparty,
    string? CounterpartyAccount,
    string Remittance,
    string? ServicerReference,
    string? EndToEndId,
    string? Agreement,
    int? Receipt,
    string? OfLine,
    string? Intent,
    bool ByPerson,
    ParkReason? Parked,
    string? Reason) : IReadRow
{
    public static IEnumerable<IReadRow> Of(string id, BankLine state)
    {
        if (state.Entry is not { } entry)
        {
            yield break;
        }

        yield return new BankLineRow(
            id, state.Account.Value, state.Statement.Value, state.Status, entry.BookedOn, entry.Amount.Currency.Code, entry.Amount.AmountMinor, entry.IsCredit,
            entry.IsReversal, entry.CounterpartyName, entry.CounterpartyAccount, entry.Remittance, entry.ServicerReference, entry.EndToEndId,
            state.Target is { } target ? target.Agreement?.Value : state.Proposals.FirstOrDefault()?.Agreement.Value,
            state.Receipt, state.Target?.Of?.Value, state.Target?.Payment?.Value, state.ByPerson, state.Parked, state.Reason);
        yield return DueWork.Row($"bank-line/{id}", DueWork.BankLine, state.DueAtUtc);
    }
}
