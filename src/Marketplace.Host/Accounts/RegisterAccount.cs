using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Host.Accounts;

/// <summary>Opens an account, which is one once its mail address is confirmed. Whoever asks learns nothing of who has one already.</summary>
public sealed class RegisterAccount(AccountStore accounts, IPasswordHasher<Account> hasher, AccountMails mails, AccountClock clock)
{
    private static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(7);

    /// <summary>What is wrong with what was typed; null: a mail is on its way, whichever it is.</summary>
    public async Task<Refusal?> Run(string name, string mail, string password, bool consents, string language, CancellationToken cancel)
    {
        var refusal = AccountRules.CheckName(name) ?? AccountRules.CheckMail(mail) ?? AccountRules.CheckNewPassword(password, mail, "password")
            ?? (consents ? null : Refusal.Invalid("consent-missing", "请确认同意后再注册。", "Please agree before you register.", "confirm"));
        if (refusal is not null)
        {
            return refusal;
        }

        await accounts.DeleteUnconfirmed(clock.NowUtc - Unconfirmed, cancel);
        Account account = new()
        {
            Id = PersonId.New().Value, Email = mail, Name = name, Language = language, CreatedAtUtc = clock.NowUtc,
        };
        account.PasswordHash = hasher.HashPassword(account, password); // whoever has the address: as much work, and as much time
        var known = await accounts.FindByMail(mail, cancel);
        if (known is null && await accounts.Add(account, cancel))
        {
            mails.ConfirmMail(account);
            return null;
        }

        known ??= await accounts.FindByMail(mail, cancel) ?? throw new InvalidOperationException("An account that was there is gone.");
        if (known.EmailConfirmed)
        {
            mails.AlreadyRegistered(known);
            return null;
        }

        // Nobody has proved that the address is theirs, so the last who says so is believed no less; links sent before are void.
        var stamp = AccountStore.NewStamp();
        await accounts.Change(
            known.Person,
            set => set.SetProperty(a => a.Name, name).SetProperty(a => a.PasswordHash, account.PasswordHash)
                .SetProperty(a => a.Language, language).SetProperty(a => a.SecurityStamp, stamp),
            a => a.Where(x => !x.EmailConfirmed),
            cancel);
        if (await accounts.Find(known.Person, cancel) is { EmailConfirmed: false } replaced)
        {
            mails.ConfirmMail(replaced);
        }

        return null;
    }
}
