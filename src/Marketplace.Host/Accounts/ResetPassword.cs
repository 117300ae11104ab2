using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Host.Accounts;

/// <summary>A new password for whoever has forgotten theirs and reads their mail.</summary>
public sealed class ResetPassword(AccountStore accounts, Sessions sessions, AccessTokens tokens, Attempts attempts, SealedNotes notes, AccountMails mails, IPasswordHasher<Account> hasher)
{
    /// <summary>Sends a link to a mail address that has an account. Whoever asks is answered alike if it has none.</summary>
    public async Task<Refusal?> Ask(string mail, CancellationToken cancel)
    {
        if (AccountRules.CheckMail(mail) is { } refusal)
        {
            return refusal;
        }

        if (await accounts.FindByMail(mail, cancel) is { EmailConfirmed: true } account)
        {
            mails.ResetPassword(account);
        }

        return null;
    }

    public async Task<bool> Holds(string? note, CancellationToken cancel) => await Find(note, cancel) is not null;

    /// <summary>Sets the password and signs everybody out who was signed in with the one before, programs too. The link is void after it.</summary>
    public async Task<Refusal?> Run(string? note, string password, CancellationToken cancel)
    {
        if (await Find(note, cancel) is not { } account)
        {
            return AccountRules.LinkVoid;
        }

        if (AccountRules.CheckNewPassword(password, account.MailAddress, "password") is { } refusal)
        {
            return refusal;
        }

        var (hash, stamp) = (hasher.HashPassword(account, password), account.SecurityStamp);
        if (!await accounts.Change(
            account.Person,
            set => set.SetProperty(a => a.PasswordHash, hash).SetProperty(a => a.SecurityStamp, AccountStore.NewStamp()),
            a => a.Where(x => x.SecurityStamp == stamp),
            cancel))
        {
            return AccountRules.LinkVoid;
        }

        await sessions.EndOthers(account.Person, but: null, cancel);
        await tokens.EndAll(account.Person, cancel);
        await attempts.Forget(account.NormalizedEmail!, cancel);
        mails.PasswordChanged(account);
        return null;
    }

    private async Task<Account?> Find(string? note, CancellationToken cancel) =>
        notes.Open(NoteFor.ResetPassword, note) is [var person, var stamp]
        && await accounts.Find(PersonId.Wrap(person), cancel) is { } account && account.SecurityStamp == stamp
            ? account : null;
}
