using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Agreements;

/// <summary>Whose account with the marketplace a statement tells.</summary>
public enum StatementParty
{
    /// <summary>What it owes, and its money that nothing has claimed.</summary>
    Company,

    /// <summary>What was collected for it and is still here.</summary>
    Lab,

    /// <summary>Its share that is still here.</summary>
    Broker,

    /// <summary>One inventor's share that is still here.</summary>
    Inventor,
}

/// <summary>
/// The account of one party with the marketplace over a month, counted from the events and equal to the ledger. An entry belongs to the month in
/// which it was recorded, so that a month that is over never changes; the day from which it counts stands beside it.
/// </summary>
/// <param name="Agreements">Those with a balance or a movement, by id and currency.</param>
/// <param name="Totals">By currency.</param>
public sealed record PartyStatement(StatementParty Party, LedgerMonth Month, IReadOnlyList<AgreementStatement> Agreements, IReadOnlyList<StatementTotal> Totals)
{
    public static PartyStatement Of(StatementParty party, LedgerMonth month, IEnumerable<AgreementStatement> agreements)
    {
        AgreementStatement[] ordered = [.. agreements.OrderBy(a => a.Agreement.Value, StringComparer.Ordinal).ThenBy(a => a.Currency.Code, StringComparer.Ordinal)];
        return new PartyStatement(party, month, ordered,
        [
            .. ordered.GroupBy(a => a.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new StatementTotal(
                g.Key,
                Sum(g, a => a.OpeningMinor),
                Sum(g, a => a.Lines.Sum(l => l.DebitMinor)),
                Sum(g, a => a.Lines.Sum(l => l.CreditMinor)),
                Sum(g, a => a.ClosingMinor),
                Sum(g, a => a.PaidOutMinor),
                Sum(g, a => a.InTransitMinor),
                party == StatementParty.Lab ? g.Select(a => a.Income!).Aggregate((one, other) => one.Plus(other)) : null)),
        ]);
    }

    /// <summary>The accounts that a statement is about.</summary>
    /// <param name="inventor">Of an inventor: which.</param>
    public static bool IsOwn(StatementParty party, int? inventor, string account) => party switch
    {
        StatementParty.Company => account is ChartOfAccounts.ReceivablePrincipal or ChartOfAccounts.ReceivableInterest or ChartOfAccounts.ReceivableCosts or ChartOfAccounts.Unapplied,
        StatementParty.Lab => account is ChartOfAccounts.LabUndistributed or ChartOfAccounts.LabPayable,
        StatementParty.Broker => account == ChartOfAccounts.BrokerPayable,
        StatementParty.Inventor => account == ChartOfAccounts.InventorPayable(inventor!.Value),
    };

    private static long Sum(IEnumerable<AgreementStatement> agreements, Func<AgreementStatement, long> minor) => agreements.Aggregate(0L, (sum, a) => checked(sum + minor(a)));
}

/// <summary>The part of one agreement in one currency. Minor units, debit positive.</summary>
/// <param name="PaidOutMinor">What was paid to the party in the month, less what came back.</param>
/// <param name="InTransitMinor">What is ordered for it at the end of the month, and not confirmed.</param>
/// <param name="Income">Of a lab only.</param>
public sealed record AgreementStatement(
    AgreementId Agreement, Currency Currency, long OpeningMinor, IReadOnlyList<StatementLine> Lines, long ClosingMinor, long PaidOutMinor, long InTransitMinor, LabIncome? Income);

/// <summary>What an event did to one of the party's accounts.</summary>
/// <param name="ValueOn">The day from which it counts.</param>
/// <param name="Happened">The event, for whoever puts it into words.</param>
/// <param name="Obligations">Numbers of the obligations that it is about.</param>
/// <param name="BalanceMinor">Of all accounts of the statement together, after it.</param>
/// <param name="Corrects">The earlier month, closed by now, in which it would have stood had it been known.</param>
public sealed record StatementLine(
    DateOnly RecordedOn, DateOnly ValueOn, AgreementEvent Happened, string Account, IReadOnlyList<int> Obligations, long DebitMinor, long CreditMinor, long BalanceMinor, LedgerMonth? Corrects);

/// <summary>How a lab's income of a month came about, minor units.</summary>
/// <param name="CollectedMinor">What companies have paid of what they owe the lab, less what went back.</param>
/// <param name="FeeMinor">Of it: the platform's fee.</param>
/// <param name="BrokerMinor">Of it: the broker's share.</param>
/// <param name="InventorsMinor">Given to inventors.</param>
/// <param name="UncollectedMinor">What companies still owe at the end of the month.</param>
public sealed record LabIncome(long CollectedMinor, long FeeMinor, long BrokerMinor, long InventorsMinor, long UncollectedMinor)
{
    internal LabIncome Plus(LabIncome other) => new(
        checked(CollectedMinor + other.CollectedMinor), checked(FeeMinor + other.FeeMinor), checked(BrokerMinor + other.BrokerMinor),
        checked(InventorsMinor + other.InventorsMinor), checked(UncollectedMinor + other.UncollectedMinor));
}

/// <summary>All agreements together in one currency. Minor units, balances debit positive.</summary>
public sealed record StatementTotal(
    Currency Currency, long OpeningMinor, long DebitMinor, long CreditMinor, long ClosingMinor, long PaidOutMinor, long InTransitMinor, LabIncome? Income);
