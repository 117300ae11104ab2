using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

/// <summary>What a statement says beside its lines, for pages and files alike.</summary>
public static class StatementWords
{
    /// <summary>Whose it is.</summary>
    public static string Whose(Reader r, PartyStatementView view) => view.Inventor is { } place
        ? r.T($"{Inventor(r, place, null)}（{r.T(view.Name)}）", $"{Inventor(r, place, null)} ({r.T(view.Name)})")
        : r.T(view.Name);

    public static string Inventor(Reader r, int place, string? name) => r.T($"完成人 {place}", $"Inventor {place}") + (name is null ? "" : $" {name}");

    /// <summary>What the two sides of its balance mean.</summary>
    public static string Sides(Reader r, StatementParty party) => party switch
    {
        StatementParty.Company => r.T("借方余额为贵企业应付的款项，贷方余额为贵企业尚未分配的款项。", "A debit balance is what your company owes; a credit balance is your money that nothing has claimed."),
        StatementParty.Lab => r.T("贷方余额为已为贵院所收取、尚未付出的款项，借方余额为应退回的款项。", "A credit balance was collected for your laboratory and is still here; a debit balance has to come back."),
        StatementParty.Broker or StatementParty.Inventor => r.T("贷方余额为尚未付出的分成，借方余额为应退回的款项。", "A credit balance is a share that is still here; a debit balance has to come back."),
    };

    public static IEnumerable<(string Label, long AmountMinor)> Movements(Reader r, long debitMinor, long creditMinor) =>
        [(r.T("本月借方", "Debits"), debitMinor), (r.T("本月贷方", "Credits"), creditMinor)];

    /// <summary>The sums beside opening and closing balance, minor units, with what they are called.</summary>
    public static IEnumerable<(string Label, long AmountMinor)> Figures(Reader r, StatementParty party, long paidOutMinor, long inTransitMinor, LabIncome? income)
    {
        yield return (party == StatementParty.Company ? r.T("本月已退款", "Refunded in the month") : r.T("本月已付", "Paid out in the month"), paidOutMinor);
        yield return (r.T("月末在途", "On its way at the end of the month"), inTransitMinor);
        if (income is not null)
        {
            yield return (r.T("本月向企业收取", "Collected from companies"), income.CollectedMinor);
            yield return (r.T("其中平台服务费", "Of it: platform fee"), income.FeeMinor);
            yield return (r.T("其中技术经理人分成", "Of it: the broker's share"), income.BrokerMinor);
            yield return (r.T("分给完成人", "Given to inventors"), income.InventorsMinor);
            yield return (r.T("月末企业未付", "Still owed by companies at the end of the month"), income.UncollectedMinor);
        }
    }

    public static string Side(Reader r, long balanceMinor) => balanceMinor switch
    {
        > 0 => r.T("借", "Dr"),
        < 0 => r.T("贷", "Cr"),
        0 => r.T("平", "Nil"),
    };
}
