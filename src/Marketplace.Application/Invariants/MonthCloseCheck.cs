using Marketplace.Application.Ledger;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

internal sealed class MonthCloseAudit(string stream) : StreamAudit<MonthClose, MonthCloseCommand, MonthCloseEvent, MonthCloseRules>(stream)
{
    public static readonly AuditedKind Kind = new("month-close", stream => new MonthCloseAudit(stream))
    {
        Tables = [OwnedTable.By<MonthCloseRow>(nameof(MonthCloseRow.Month))],
    };

    public override TrialBalance? ClosedMonth => State.Closed?.Balance;

    protected override IEnumerable<Reads.IReadRow> RowsOf(MonthClose state) => MonthCloseRow.Of(state);

    protected override IEnumerable<BrokenInvariant> OfEvent(MonthCloseEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is not MonthClosed e)
        {
            yield break;
        }

        if (State.Closed is not null || e.Balance.Month.Value != Key)
        {
            yield return new BrokenInvariant(Invariant.ClosedMonthStays, $"{e.Balance.Month} is closed again, or is another month");
        }

        if (e.Sha256 != e.Balance.Digest() || e.Balance.Unbalanced().Count > 0 || e.AtUtc < e.Balance.Month.EndUtc + MonthCloseRules.Settling)
        {
            yield return new BrokenInvariant(Invariant.ClosedMonthStays, $"{e.Balance.Month} was closed too early, unbalanced, or with another hash than its lines have");
        }
    }

    protected override bool MayHaveAsked(Actor actor, MonthCloseEvent happened, MonthClose after) => BankAudits.IsInCharge(actor);
}

/// <summary>
/// Recomputes the trial balance of every closed month from the legs that pass by. Which months are closed shows late, so the sums of all months
/// are kept: as many as there are months, accounts and currencies, however many entries there are.
/// </summary>
internal sealed class MonthCloseCheck
{
    private static readonly DateTimeOffset Oldest = DateTimeOffset.MinValue.AddYears(1);
    private static readonly DateTimeOffset Newest = DateTimeOffset.MaxValue.AddYears(-1);

    private readonly SortedDictionary<LedgerMonth, Sums> months = [];
    private readonly SortedDictionary<LedgerMonth, (string Stream, TrialBalance Balance)> closed = [];

    public void Next(RecordedEvent stored)
    {
        if (stored.Postings.Count == 0 || stored.RecordedAtUtc < Oldest || stored.RecordedAtUtc > Newest)
        {
            return; // what bears no possible instant was never written by us, and its hash says so
        }

        var month = LedgerMonth.Of(stored.RecordedAtUtc);
        var sums = months.TryGetValue(month, out var known) ? known : months[month] = new Sums();
        sums.Entries += stored.Postings.DistinctBy(p => p.Entry).Count();
        foreach (var posting in stored.Postings)
        {
            var key = (ChartOfAccounts.OfAllAgreements(posting.Account), posting.Currency);
            var (debit, credit) = sums.Accounts.GetValueOrDefault(key);
            sums.Accounts[key] = posting.AmountMinor > 0 ? (debit + posting.AmountMinor, credit) : (debit, credit - posting.AmountMinor);
        }
    }

    public void OfStream(StreamAudit audit)
    {
        if (audit.ClosedMonth is { } balance)
        {
            closed[balance.Month] = (audit.Stream, balance);
        }
    }

    public IEnumerable<Finding> End()
    {
        var balances = new Dictionary<(string Account, string Currency), Int128>();
        var ahead = new Queue<KeyValuePair<LedgerMonth, Sums>>(months);
        foreach (var (month, (stream, said)) in closed)
        {
            while (ahead.TryPeek(out var earlier) && earlier.Key < month)
            {
                Carry(balances, ahead.Dequeue().Value);
            }

            var during = ahead.TryPeek(out var same) && same.Key == month ? same.Value : new Sums();
            foreach (var difference in Differences(said, balances, during))
            {
                yield return new Finding(Invariant.ClosedMonthStays, "events", stream, null, null, null, difference);
            }
        }
    }

    private static void Carry(Dictionary<(string, string), Int128> balances, Sums month)
    {
        foreach (var (key, (debit, credit)) in month.Accounts)
        {
            balances[key] = balances.GetValueOrDefault(key) + debit - credit;
        }
    }

    private static IEnumerable<string> Differences(TrialBalance said, Dictionary<(string Account, string Currency), Int128> opening, Sums during)
    {
        var lines = said.Lines.DistinctBy(l => (l.Account, l.Currency.Code)).ToDictionary(l => (l.Account, l.Currency.Code));
        var keys = lines.Keys.Union(opening.Keys).Union(during.Accounts.Keys);
        foreach (var key in keys.OrderBy(k => k.Item2, StringComparer.Ordinal).ThenBy(k => k.Item1, StringComparer.Ordinal))
        {
            var (before, (debit, credit)) = (opening.GetValueOrDefault(key), during.Accounts.GetValueOrDefault(key));
            var line = lines.GetValueOrDefault(key);
            var closing = before + debit - credit;
            if ((before, debit, credit, closing) != (line?.OpeningMinor ?? 0, line?.DebitMinor ?? 0, line?.CreditMinor ?? 0, line?.ClosingMinor ?? 0))
            {
                yield return $"{said.Month} was closed with {key.Item1} {key.Item2} {line?.OpeningMinor ?? 0} + {line?.DebitMinor ?? 0} - {line?.CreditMinor ?? 0} = {line?.ClosingMinor ?? 0}, "
                    + $"the legs say {before} + {debit} - {credit} = {closing}";
            }
        }

        if (during.Entries != said.Entries)
        {
            yield return $"{said.Month} was closed with {said.Entries} entries, there are {during.Entries}";
        }
    }

    private sealed class Sums
    {
        public long Entries { get; set; }

        public Dictionary<(string Account, string Currency), (Int128 Debit, Int128 Credit)> Accounts { get; } = [];
    }
}
