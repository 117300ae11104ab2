using Marketplace.Domain;

namespace Marketplace.Host.Accounts;

/// <summary>
/// Confirms that a mail address is theirs: the link shows that they read its mail, and the password that it was they who registered. Without the
/// second, somebody could register another's address and wait until they confirm it.
/// </summary>
public sealed class ConfirmMail(AccountStore accounts, SealedNotes notes, Passwords passwords)
{
    /// <summary>Whether the link still leads somewhere.</summary>
    public async Task<bool> Holds(string? note, CancellationToken cancel) => await Find(note, cancel) is not null;

    /// <summary>The account that is now one.</summary>
    public async Task<Result<Account>> Run(string? note, string password, CancellationToken cancel)
    {
        if (await Find(note, cancel) is not { } account)
        {
            return AccountRules.LinkVoid;
        }

        if (await passwords.Check(account, account.MailAddress, password, cancel) is { } refusal)
        {
            return refusal;
        }

        var stamp = account.SecurityStamp;
        return await accounts.Change(
            account.Person,
            set => set.SetProperty(a => a.EmailConfirmed, true).SetProperty(a => a.SecurityStamp, AccountStore.NewStamp()),
            a => a.Where(x => x.SecurityStamp == stamp),
            cancel) ? account : AccountRules.LinkVoid;
    }

    private async Task<Account?> Find(string? note, CancellationToken cancel) =>
        notes.Open(NoteFor.ConfirmMail, note) is [var person, var stamp]
        && await accounts.Find(PersonId.Wrap(person), cancel) is { EmailConfirmed: false } account && account.SecurityStamp == stamp
            ? account : null;
}
