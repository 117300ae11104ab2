using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Domain.Ledger;

/// <summary>All accounts over a month, summed over all agreements and everything else that has books.</summary>
/// <param name="Lines">Accounts with a balance or a movement, by currency and code.</param>
/// <param name="Entries">How many entries were made in the month.</param>
public sealed record TrialBalance(LedgerMonth Month, IReadOnlyList<TrialBalanceLine> Lines, long Entries)
{
    /// <param name="opening">What the month begins with, debit positive.</param>
    /// <param name="moved">What was posted in it.</param>
    /// <exception cref="OverflowException">The sums of an account do not fit.</exception>
    public static TrialBalance Of(
        LedgerMonth month, IEnumerable<(string Account, string Currency, long BalanceMinor)> opening, IEnumerable<(string Account, string Currency, long DebitMinor, long CreditMinor)> moved, long entries)
    {
        var sums = new Dictionary<(string Account, string Currency), (long OpeningMinor, long DebitMinor, long CreditMinor)>();
        foreach (var (account, currency, balanceMinor) in opening)
        {
            var (key, before) = Find(account, currency);
            sums[key] = before with { OpeningMinor = checked(before.OpeningMinor + balanceMinor) };
        }

        foreach (var (account, currency, debitMinor, creditMinor) in moved)
        {
            var (key, before) = Find(account, currency);
            sums[key] = before with { DebitMinor = checked(before.DebitMinor + debitMinor), CreditMinor = checked(before.CreditMinor + creditMinor) };
        }

        return new TrialBalance(
            month,
            [
                .. sums.Where(s => s.Value != default)
                    .OrderBy(s => s.Key.Currency, StringComparer.Ordinal).ThenBy(s => s.Key.Account, StringComparer.Ordinal)
                    .Select(s => new TrialBalanceLine(
                        s.Key.Account, Currency.Parse(s.Key.Currency).Value, s.Value.OpeningMinor, s.Value.DebitMinor, s.Value.CreditMinor,
                        checked(s.Value.OpeningMinor + s.Value.DebitMinor - s.Value.CreditMinor))),
            ],
            entries);

        ((string, string) Key, (long OpeningMinor, long DebitMinor, long CreditMinor) Before) Find(string account, string currency)
        {
            var key = (ChartOfAccounts.OfAllAgreements(account), currency);
            return (key, sums.GetValueOrDefault(key));
        }
    }

    /// <summary>The currencies in which opening balances, movements or closing balances do not sum to zero; none when the books are in order.</summary>
    public IReadOnlyList<string> Unbalanced() =>
    [
        .. Lines.GroupBy(l => l.Currency.Code)
            .Where(g => Sum(g, l => l.OpeningMinor) != 0 || Sum(g, l => l.DebitMinor) != Sum(g, l => l.CreditMinor) || Sum(g, l => l.ClosingMinor) != 0)
            .Select(g => g.Key),
    ];

    /// <summary>SHA-256 over the month, the count of entries and every line: what people can compare and keep elsewhere. 64 lower-case hexadecimal digits.</summary>
    public string Digest()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"marketplace.trial-balance.1\n{Month} {Entries}\n"));
        foreach (var l in Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{l.Currency} {l.Account} {l.OpeningMinor} {l.DebitMinor} {l.CreditMinor} {l.ClosingMinor}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static Int128 Sum(IEnumerable<TrialBalanceLine> lines, Func<TrialBalanceLine, long> minor) => lines.Aggregate((Int128)0, (sum, l) => sum + minor(l));
}

/// <summary>One account in one currency over a month, minor units.</summary>
/// <param name="Account">As posted, but without the place of an inventor, which means nothing outside an agreement.</param>
/// <param name="OpeningMinor">Debit positive, as the closing balance.</param>
/// <param name="DebitMinor">Never negative, as the credits.</param>
public sealed record TrialBalanceLine(string Account, Currency Currency, long OpeningMinor, long DebitMinor, long CreditMinor, long ClosingMinor);
