using System.Collections.Immutable;
using System.Globalization;
using Marketplace.Application.Grains;
using Marketplace.Domain.Credit;
using Xunit;

namespace Marketplace.Application.Tests.Grains;

/// <summary>What is kept in a snapshot is read as it was.</summary>
public sealed class KeptStateTests
{
    // To a culture, capitals come after their small letters, and a soft hyphen is nothing at all.
    private static readonly string[] Accounts = ["Z", "a", "b-1", "b1", "b\u00ad1", "ä"];

    [Fact]
    public void Accounts_keep_their_order_and_their_difference_whatever_the_culture_is()
    {
        var balances = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, Accounts.Select((a, i) => KeyValuePair.Create(a, (long)i)));
        var written = new KeptState<CompanyCreditState>(CompanyCredit.Initial, new StreamLedger(balances)).Write();
        foreach (var culture in new[] { "", "zh-CN", "sv-SE" })
        {
            var read = As(culture, () => KeptState<CompanyCreditState>.Read(written).Ledger.BalancesMinor);
            Assert.Equal(Accounts, read.Keys);
        }
    }

    private static TResult As<TResult>(string culture, Func<TResult> act)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
