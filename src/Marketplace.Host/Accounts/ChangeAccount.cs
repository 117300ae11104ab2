using Marketplace.Application.Door;
using Marketplace.Application.Notices;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Host.Accounts;

/// <summary>What people change of their own account while they are signed in.</summary>
public sealed class ChangeAccount(
    AccountStore accounts, Passwords passwords, Sessions sessions, Attempts attempts, SealedNotes notes, AccountMails mails, IPasswordHasher<Account> hasher,
    MarketplaceDoor door, NoticeStore told)
{
    public async Task<Refusal?> Profile(PersonId person, string name, string language, CancellationToken cancel)
    {
        if (AccountRules.CheckName(name) is { } refusal)
        {
            return refusal;
        }

        await accounts.Change(person, set => set.SetProperty(a => a.Name, name).SetProperty(a => a.Language, language == "en" ? "en" : "zh"), cancel: cancel);
        return null;
    }

    /// <summary>A password is changed by whoever knows the present one; all other sessions end.</summary>
    public async Task<Refusal?> Password(SignedInPerson who, string present, string next, CancellationToken cancel)
    {
        var account = await Known(who, cancel);
        if (await Confirm(account, present, cancel) is { } wrong)
        {
            return wrong;
        }

        if (AccountRules.CheckNewPassword(next, account.MailAddress, "next") is { } refusal)
        {
            return refusal;
        }

        var hash = hasher.HashPassword(account, next);
        await accounts.Change(account.Person, set => set.SetProperty(a => a.PasswordHash, hash).SetProperty(a => a.SecurityStamp, AccountStore.NewStamp()), cancel: cancel);
        await sessions.EndOthers(account.Person, who.Session, cancel);
        mails.PasswordChanged(account);
        return null;
    }

    /// <summary>Sends a link to the new address, which is theirs once they open it. Whether somebody has it already is not said.</summary>
    public async Task<Refusal?> AskForMail(SignedInPerson who, string mail, string present, CancellationToken cancel)
    {
        if (AccountRules.CheckMail(mail) is { } refusal)
        {
            return refusal;
        }

        var account = await Known(who, cancel);
        if (await Confirm(account, present, cancel) is { } wrong)
        {
            return wrong;
        }

        if (await accounts.FindByMail(mail, cancel) is not { } holder)
        {
            mails.ChangeMail(account, mail);
        }
        else if (holder.EmailConfirmed)
        {
            mails.AlreadyRegistered(holder);
        }

        return null;
    }

    /// <summary>The address that a link would make theirs; null: it is void, or of somebody else.</summary>
    public async Task<string?> MailOf(SignedInPerson who, string? note, CancellationToken cancel) =>
        notes.Open(NoteFor.ChangeMail, note) is [var person, var stamp, var mail] && person == who.Person.Value && (await Known(who, cancel)).SecurityStamp == stamp ? mail : null;

    /// <summary>Makes it theirs, and tells the address before.</summary>
    public async Task<Refusal?> Mail(SignedInPerson who, string? note, CancellationToken cancel)
    {
        var account = await Known(who, cancel);
        if (await MailOf(who, note, cancel) is not { } mail || !await accounts.ChangeMail(account.Person, account.SecurityStamp!, mail, cancel))
        {
            return AccountRules.LinkVoid;
        }

        mails.MailChanged(account, mail);
        return null;
    }

    /// <summary>Erases who they are. What they have decided stays, under an id that says nothing of them any more; so they leave their teams first, each of which needs somebody who leads it.</summary>
    public async Task<Refusal?> Erase(SignedInPerson who, string present, CancellationToken cancel)
    {
        var account = await Known(who, cancel);
        if (account.PasswordHash is not null && await Confirm(account, present, cancel) is { } wrong)
        {
            return wrong;
        }

        if ((await door.Ask(Principal.System, new ListMemberships(account.Person), cancel)).Value.Count > 0)
        {
            return Refusal.State("still-a-member", "请先退出所有团队。", "Leave your teams first.");
        }

        mails.Erased(account);
        await accounts.Remove(account.Person, cancel); // sessions, passkeys and tokens go with it
        await told.Forget(account.Person, cancel);
        return null;
    }

    /// <summary>Null: this is their password.</summary>
    public async Task<Refusal?> Confirm(Account account, string present, CancellationToken cancel)
    {
        var refusal = await passwords.Check(account, account.MailAddress, present, cancel);
        if (refusal is null)
        {
            await attempts.Forget(account.NormalizedEmail!, cancel);
        }

        return refusal;
    }

    private async Task<Account> Known(SignedInPerson who, CancellationToken cancel) =>
        await accounts.Find(who.Person, cancel) ?? throw new InvalidOperationException("Somebody without an account is signed in.");
}
