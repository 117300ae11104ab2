using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Host.Accounts;

/// <summary>Compares a typed password, at the same cost whether there is anything to compare it with.</summary>
public sealed class Passwords(AccountStore accounts, Attempts attempts, IPasswordHasher<Account> hasher)
{
    private readonly string nobodys = hasher.HashPassword(new Account(), Guid.NewGuid().ToString());

    /// <summary>Null: it is right. A wrong one counts towards the lock of the address; a right one is not held against anybody.</summary>
    /// <param name="account">Null: nobody has this address.</param>
    public async Task<Refusal?> Check(Account? account, string mail, string password, CancellationToken cancel)
    {
        var normalised = accounts.Normalised(mail);
        if (!await attempts.Begin(normalised, cancel))
        {
            return AccountRules.LockedOut;
        }

        var typed = password.Length > AccountRules.MostPasswordCharacters ? "" : password;
        var verdict = hasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? nobodys, typed);
        if (account?.PasswordHash is not { } hash || verdict == PasswordVerificationResult.Failed)
        {
            return AccountRules.WrongPassword;
        }

        await attempts.TakeBack(normalised, cancel);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var better = hasher.HashPassword(account, password);
            await accounts.Change(account.Person, set => set.SetProperty(a => a.PasswordHash, better), a => a.Where(x => x.PasswordHash == hash), cancel);
        }

        return null;
    }
}
