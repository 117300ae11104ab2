using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Xunit;

namespace Marketplace.Application.Tests.Grains;

public sealed class StreamLedgerTests
{
    [Fact]
    public void Every_posting_states_the_balance_after_it()
    {
        var (after, postings) = StreamLedger.Empty.Post(
        [
            .. Entry.Of(Currency.Cny, Entry.Debit("cash", 100), Entry.Credit("unapplied", 100)),
            .. Entry.Of(Currency.Cny, Entry.Debit("unapplied", 30), Entry.Credit("receivable.principal", 30)),
        ]);

        Assert.Equal([0, 0, 1, 1], postings.Select(p => p.Entry));
        Assert.Equal([100, -100, -70, -30], postings.Select(p => p.BalanceAfterMinor));
        var (_, next) = after.Post(Entry.Of(Currency.Parse("JPY", "currency").Value, Entry.Debit("cash", 5), Entry.Credit("unapplied", 5)));
        Assert.Equal([5, -5], next.Select(p => p.BalanceAfterMinor)); // currencies never mix
    }

    [Fact]
    public void An_event_without_entries_leaves_the_ledger_alone() =>
        Assert.Same(StreamLedger.Empty, StreamLedger.Empty.Post([]).After);
}
