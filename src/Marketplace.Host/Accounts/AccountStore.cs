using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Marketplace.Host.Accounts;

/// <summary>Accounts as they lie in their table. Each call is one short transaction, and changes only what it names.</summary>
public sealed class AccountStore(IDbContextFactory<AccountsDatabase> accounts, ILookupNormalizer normalizer)
{
    public string Normalised(string mail) => normalizer.NormalizeEmail(mail);

    public Task<Account?> Find(PersonId person, CancellationToken cancel = default) => Find(a => a.Where(x => x.Id == person.Value), cancel);

    /// <summary>What people are called; those whose accounts are erased are left out.</summary>
    public async Task<IReadOnlyDictionary<PersonId, string>> Names(IReadOnlyCollection<PersonId> persons, CancellationToken cancel = default)
    {
        string[] ids = [.. persons.Select(p => p.Value)];
        await using var database = await accounts.CreateDbContextAsync(cancel);
        return await database.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => PersonId.Wrap(a.Id), a => a.Name, cancel);
    }

    public Task<Account?> FindByMail(string mail, CancellationToken cancel = default)
    {
        var normalised = Normalised(mail);
        return Find(a => a.Where(x => x.NormalizedEmail == normalised), cancel);
    }

    /// <summary>False: somebody has this mail address already.</summary>
    public async Task<bool> Add(Account account, CancellationToken cancel = default)
    {
        (account.NormalizedEmail, account.SecurityStamp, account.ConcurrencyStamp) = (Normalised(account.MailAddress), NewStamp(), NewStamp());
        await using var database = await accounts.CreateDbContextAsync(cancel);
        database.Accounts.Add(account);
        return await Saved(() => database.SaveChangesAsync(cancel), account.NormalizedEmail, cancel);
    }

    /// <summary>With all that hangs on it; nothing, when there is none.</summary>
    public async Task Remove(PersonId person, CancellationToken cancel = default)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await database.Accounts.Where(a => a.Id == person.Value).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Changes what <paramref name="set"/> says. False: the account is gone, or no longer as <paramref name="only"/> wants it.</summary>
    /// <param name="only">What must still hold, compared in the same statement.</param>
    public async Task<bool> Change(
        PersonId person, Action<UpdateSettersBuilder<Account>> set, Func<IQueryable<Account>, IQueryable<Account>>? only = null, CancellationToken cancel = default)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        var which = database.Accounts.Where(a => a.Id == person.Value);
        var changed = await (only?.Invoke(which) ?? which).ExecuteUpdateAsync(
            setters =>
            {
                set(setters);

                // Whoever writes a whole account, as Identity does with passkeys, must not write over this.
                setters.SetProperty(a => a.ConcurrencyStamp, NewStamp());
            },
            cancel);
        return changed > 0;
    }

    /// <summary>False: somebody else has this mail address, or links of this account no longer hold.</summary>
    public async Task<bool> ChangeMail(PersonId person, string stamp, string mail, CancellationToken cancel = default)
    {
        var changed = false;
        var normalised = Normalised(mail);
        return await Saved(
            async () => changed = await Change(
                person,
                set => set.SetProperty(a => a.Email, mail).SetProperty(a => a.NormalizedEmail, normalised).SetProperty(a => a.SecurityStamp, NewStamp()),
                a => a.Where(x => x.SecurityStamp == stamp),
                cancel),
            normalised, cancel) && changed;
    }

    /// <summary>What nobody confirmed is nobody's account, and goes after a while.</summary>
    public async Task DeleteUnconfirmed(DateTime beforeUtc, CancellationToken cancel = default)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await database.Accounts.Where(a => !a.EmailConfirmed && a.CreatedAtUtc < beforeUtc).ExecuteDeleteAsync(cancel);
    }

    public async Task<bool> HasPasskey(PersonId person, CancellationToken cancel = default)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        return await database.Passkeys.AnyAsync(p => p.UserId == person.Value, cancel);
    }

    /// <summary>With another stamp, all links by mail that were sent before are void.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private async Task<Account?> Find(Func<IQueryable<Account>, IQueryable<Account>> which, CancellationToken cancel)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        return await which(database.Accounts.AsNoTracking()).SingleOrDefaultAsync(cancel);
    }

    /// <summary>False when the only thing wrong was that the mail address is taken.</summary>
    private async Task<bool> Saved(Func<Task> save, string normalisedMail, CancellationToken cancel)
    {
        try
        {
            await save();
            return true;
        }
        catch (Exception refused) when (refused is DbUpdateException or System.Data.Common.DbException)
        {
            await using var database = await accounts.CreateDbContextAsync(cancel);
            if (await database.Accounts.AnyAsync(a => a.NormalizedEmail == normalisedMail, cancel))
            {
                return false;
            }

            throw;
        }
    }
}
