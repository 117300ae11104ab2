using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What must be true of every agreement after every command: the invariants that production checks too, and the books counted again.</summary>
internal static class AgreementHolds
{
    /// <param name="news">The events between the two states.</param>
    public static void AfterCommand(Agreement before, Agreement after, IReadOnlyList<AgreementEvent> news, Actor actor, DateTimeOffset nowUtc)
    {
        var state = before;
        foreach (var happened in news)
        {
            Assert.Empty(AgreementInvariants.OfEvent(state, happened, actor, nowUtc));
            var next = AgreementRules.Apply(state, happened);
            Assert.Empty(AgreementInvariants.OfTransition(state, next));
            state = next;
        }

        Assert.Empty(AgreementInvariants.OfState(after));
        Assert.Empty(AgreementInvariants.AtRest(after, nowUtc));
        EntriesBalance(before, after, news);
    }

    private static void EntriesBalance(Agreement before, Agreement after, IReadOnlyList<AgreementEvent> news)
    {
        var expected = before.Balances.ToDictionary();
        foreach (var entry in news.SelectMany(AgreementPostings.EntriesFor))
        {
            Assert.True(entry.Legs.Count >= 2);
            Assert.DoesNotContain(entry.Legs, l => l.AmountMinor == 0);
            Assert.Equal(0, entry.Legs.Sum(l => l.AmountMinor));
            foreach (var leg in entry.Legs)
            {
                Assert.NotNull(ChartOfAccounts.Describe(leg.Account));
                var key = $"{leg.Account}|{entry.Currency.Code}";
                expected[key] = expected.GetValueOrDefault(key) + leg.AmountMinor;
            }
        }

        Assert.Equal(expected.OrderBy(b => b.Key, StringComparer.Ordinal), after.Balances);
        foreach (var currency in after.Balances.GroupBy(b => b.Key.Split('|')[1]))
        {
            Assert.Equal(0, currency.Sum(b => b.Value));
        }
    }
}
