using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Accounts;

/// <summary>
/// How often somebody may try to sign in as a mail address, whether anybody has it or not: whoever guesses learns nothing from being locked out.
/// </summary>
/// <remarks>An attempt is counted before it is looked at, so that guesses sent at once are no more than guesses sent one by one.</remarks>
public sealed class Attempts(IDbContextFactory<AccountsDatabase> accounts, AccountClock clock)
{
    public const int Most = 5;

    /// <summary>Attempts at once that are right forget each other's: then it is counted anew.</summary>
    private const int MostTurns = 10;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt as failed. False: there were too many, and this one is not to be looked at.</summary>
    public async Task<bool> Begin(string normalisedMail, CancellationToken cancel)
    {
        var (subject, now) = (SubjectOf(normalisedMail), clock.NowUtc);
        var (lapsed, until) = (now - LockedFor, now + LockedFor);
        await using var database = await accounts.CreateDbContextAsync(cancel);
        for (var turn = 1; ; turn++)
        {
            var counted = await database.Failures.Where(f => f.Subject == subject && (f.LockedUntilUtc == null || f.LockedUntilUtc <= now)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(f => f.Failures, f => f.LastFailedAtUtc <= lapsed ? 1 : f.Failures + 1)
                    .SetProperty(f => f.LockedUntilUtc, f => f.LastFailedAtUtc > lapsed && f.Failures + 1 >= Most ? until : null)
                    .SetProperty(f => f.LastFailedAtUtc, now),
                cancel);
            if (counted > 0)
            {
                return true;
            }

            if (await database.Failures.AnyAsync(f => f.Subject == subject && f.LockedUntilUtc > now, cancel))
            {
                return false;
            }

            await database.Failures.Where(f => f.LastFailedAtUtc <= lapsed).ExecuteDeleteAsync(cancel);
            if (await Add(new SignInFailures { Subject = subject, Failures = 1, LastFailedAtUtc = now }, turn == MostTurns, cancel))
            {
                return true;
            }
        }
    }

    /// <summary>It was them after all: nothing is held against them.</summary>
    public async Task Forget(string normalisedMail, CancellationToken cancel)
    {
        var subject = SubjectOf(normalisedMail);
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await database.Failures.Where(f => f.Subject == subject).ExecuteDeleteAsync(cancel);
    }

    /// <summary>That attempt was right, and another step is to come: it is not counted, and those before it still are.</summary>
    public async Task TakeBack(string normalisedMail, CancellationToken cancel)
    {
        var subject = SubjectOf(normalisedMail);
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await database.Failures.Where(f => f.Subject == subject && f.Failures > 0).ExecuteUpdateAsync(
            set => set
                .SetProperty(f => f.LockedUntilUtc, f => f.Failures - 1 >= Most ? f.LockedUntilUtc : null)
                .SetProperty(f => f.Failures, f => f.Failures - 1),
            cancel);
    }

    /// <summary>False: somebody else has just added it, and may have forgotten it since.</summary>
    private async Task<bool> Add(SignInFailures first, bool isLastTurn, CancellationToken cancel)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        database.Failures.Add(first);
        try
        {
            await database.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException) when (!isLastTurn)
        {
            return false; // the next turn counts it, or fails of what this one failed of
        }
    }

    private static string SubjectOf(string normalisedMail) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalisedMail)));
}
