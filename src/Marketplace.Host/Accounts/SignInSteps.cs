using Marketplace.Domain;

namespace Marketplace.Host.Accounts;

/// <summary>What becomes of a step of signing in.</summary>
public abstract record SignInStep
{
    private SignInStep()
    {
    }

    public sealed record Refused(Refusal Why) : SignInStep;

    /// <param name="Note">Says for a few minutes that the password was right.</param>
    public sealed record CodeWanted(string Note) : SignInStep;

    /// <summary>The address is not confirmed; another link is on its way to it.</summary>
    public sealed record Unconfirmed : SignInStep;

    /// <param name="IsProven">By a code.</param>
    public sealed record Done(Account Account, bool IsProven) : SignInStep;
}

/// <summary>Signing in by mail address and password, then by a code where the account asks for one.</summary>
public sealed class SignInSteps(AccountStore accounts, Passwords passwords, Attempts attempts, SecondFactor factor, SealedNotes notes, AccountMails mails)
{
    /// <summary>Until then the code must be typed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Refusal Wrong = Refusal.Invalid(
        "sign-in-wrong", $"邮箱或密码不对。连续失败 {Attempts.Most} 次后须等 15 分钟。",
        $"Mail address or password is wrong. After {Attempts.Most} failures one has to wait 15 minutes.");

    public async Task<SignInStep> ByPassword(string mail, string password, CancellationToken cancel)
    {
        var account = await accounts.FindByMail(mail, cancel);
        if (await passwords.Check(account, mail, password, cancel) is { } refusal)
        {
            return new SignInStep.Refused(refusal == AccountRules.WrongPassword ? Wrong : refusal);
        }

        if (!account!.EmailConfirmed)
        {
            mails.ConfirmMail(account);
            return new SignInStep.Unconfirmed();
        }

        if (account.TotpKey is not null)
        {
            return new SignInStep.CodeWanted(notes.Seal(NoteFor.SecondStep, Patience, account.Id, account.SecurityStamp!));
        }

        await attempts.Forget(account.NormalizedEmail!, cancel);
        return new SignInStep.Done(account, IsProven: false);
    }

    /// <summary>Whether the step before was made and has not lapsed.</summary>
    public async Task<bool> IsWaiting(string? note, CancellationToken cancel) => await Find(note, cancel) is not null;

    /// <param name="note">Of <see cref="SignInStep.CodeWanted"/>.</param>
    /// <param name="code">Six digits, or a recovery code.</param>
    public async Task<SignInStep> ByCode(string? note, string code, CancellationToken cancel)
    {
        if (await Find(note, cancel) is not { } account)
        {
            return new SignInStep.Refused(Refusal.State("sign-in-lapsed", "等得太久了，请重新登录。", "That took too long: begin again."));
        }

        if (await factor.Check(account, code, cancel) is { } refusal)
        {
            return new SignInStep.Refused(refusal);
        }

        return new SignInStep.Done(account, IsProven: true);
    }

    private async Task<Account?> Find(string? note, CancellationToken cancel) =>
        notes.Open(NoteFor.SecondStep, note) is [var person, var stamp]
        && await accounts.Find(PersonId.Wrap(person), cancel) is { TotpKey: not null } account && account.SecurityStamp == stamp
            ? account : null;
}
