using Marketplace.Application.Agreements;
using Marketplace.Application.Ledger;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Api;

/// <summary>A party's statement, with what happened in the words of both languages. Minor units; balances debit positive.</summary>
public sealed record StatementInWords(
    StatementParty Party, OrganisationId Organisation, BilingualText Name, string Uscc, int? Inventor, string? InventorName, LedgerMonth Month, MonthState State, DateTimeOffset AsOfUtc,
    IReadOnlyList<StatementTotal> Totals, IReadOnlyList<AgreementStatementInWords> Agreements)
{
    public static StatementInWords Of(PartyStatementView v) => new(
        v.Statement.Party, v.Organisation, v.Name, v.Uscc, v.Inventor, v.InventorName, v.Statement.Month, v.State, v.AsOfUtc, v.Statement.Totals,
        [.. v.Statement.Agreements.Select(a => AgreementStatementInWords.Of(a, v.Subjects[a.Agreement]))]);
}

public sealed record AgreementStatementInWords(
    AgreementId Agreement, BilingualText Title, BilingualText Counterparty, Currency Currency, long OpeningMinor, IReadOnlyList<StatementLineInWords> Lines, long ClosingMinor,
    long PaidOutMinor, long InTransitMinor, LabIncome? Income)
{
    public static AgreementStatementInWords Of(AgreementStatement a, StatementSubject subject) => new(
        a.Agreement, subject.Title, subject.Counterparty, a.Currency, a.OpeningMinor, [.. a.Lines.Select(StatementLineInWords.Of)], a.ClosingMinor, a.PaidOutMinor, a.InTransitMinor, a.Income);
}

/// <param name="Corrects">The closed month in which it would have stood had it been known.</param>
public sealed record StatementLineInWords(
    DateOnly RecordedOn, DateOnly ValueOn, BilingualText Text, string Account, IReadOnlyList<int> Obligations, long DebitMinor, long CreditMinor, long BalanceMinor, LedgerMonth? Corrects)
{
    public static StatementLineInWords Of(StatementLine l) => new(
        l.RecordedOn, l.ValueOn, new(AgreementSentences.Of(Reader.OfApi(false), l.Happened), AgreementSentences.Of(Reader.OfApi(true), l.Happened)),
        l.Account, l.Obligations, l.DebitMinor, l.CreditMinor, l.BalanceMinor, l.Corrects);
}
