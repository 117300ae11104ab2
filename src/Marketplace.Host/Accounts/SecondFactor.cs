using Marketplace.Domain;

namespace Marketplace.Host.Accounts;

/// <summary>Codes of an application, asked for beside the password, and the recovery codes that stand in for it.</summary>
public sealed class SecondFactor(AccountStore accounts, Attempts attempts, SealedNotes notes, AccountMails mails, AccountClock clock)
{
    private static readonly TimeSpan SetUpWithin = TimeSpan.FromMinutes(30);

    private static readonly Refusal WrongCode = Refusal.Invalid(
        "code-wrong", "验证码不对，或已经用过。", "The code is wrong, or was used already.", "code");

    /// <summary>A new key and the note that brings it back; nothing is kept until a code shows that the application has it.</summary>
    public (string Key, string Note) Propose(PersonId person)
    {
        var key = TimeBasedCode.NewKey();
        return (key, notes.Seal(NoteFor.NewTotpKey, SetUpWithin, person.Value, key));
    }

    /// <summary>The key of a proposal that was made to this person; null: none, or it has lapsed.</summary>
    public string? Proposed(PersonId person, string? note) =>
        notes.Open(NoteFor.NewTotpKey, note) is [var to, var key] && to == person.Value ? key : null;

    /// <summary>Asks for codes from now on. Returns the recovery codes, which are shown this once.</summary>
    public async Task<Result<IReadOnlyList<string>>> TurnOn(Account account, string? note, string code, CancellationToken cancel)
    {
        if (Proposed(account.Person, note) is not { } key)
        {
            return Refusal.State("set-up-lapsed", "等得太久了，请重新设置。", "That took too long: begin again.");
        }

        if (TimeBasedCode.Matching(key, code, clock.NowUtc, lastStep: null) is not { } step)
        {
            return WrongCode;
        }

        var (codes, kept) = RecoveryCodes.New();
        var sealedKey = SealKey(key);
        await accounts.Change(
            account.Person,
            set => set.SetProperty(a => a.TotpKey, sealedKey).SetProperty(a => a.TotpLastStep, step).SetProperty(a => a.RecoveryCodes, kept),
            cancel: cancel);
        mails.SecondFactorOn(account);
        return Result<IReadOnlyList<string>>.Of(codes);
    }

    public async Task TurnOff(Account account, CancellationToken cancel)
    {
        await accounts.Change(
            account.Person,
            set => set.SetProperty(a => a.TotpKey, (string?)null).SetProperty(a => a.TotpLastStep, (long?)null).SetProperty(a => a.RecoveryCodes, ""),
            cancel: cancel);
        mails.SecondFactorOff(account);
    }

    /// <summary>New recovery codes; those before are void.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodes(Account account, CancellationToken cancel)
    {
        var (codes, kept) = RecoveryCodes.New();
        await accounts.Change(account.Person, set => set.SetProperty(a => a.RecoveryCodes, kept), cancel: cancel);
        return codes;
    }

    /// <summary>Null: it is a code of this account, and is now used up. A wrong one counts towards the lock of its address.</summary>
    public async Task<Refusal?> Check(Account account, string code, CancellationToken cancel)
    {
        if (!await attempts.Begin(account.NormalizedEmail!, cancel))
        {
            return AccountRules.LockedOut;
        }

        if (!await UseUp(account, code, cancel))
        {
            return WrongCode;
        }

        await attempts.Forget(account.NormalizedEmail!, cancel);
        return null;
    }

    /// <summary>The key of an account; null when it has none, or none that can be read any more.</summary>
    public string? KeyOf(Account account) => notes.Open(NoteFor.TotpKey, account.TotpKey) is [var key] ? key : null;

    public string SealKey(string key) => notes.Seal(NoteFor.TotpKey, lasts: null, key);

    private async Task<bool> UseUp(Account account, string code, CancellationToken cancel)
    {
        if (KeyOf(account) is { } key && TimeBasedCode.Matching(key, code, clock.NowUtc, account.TotpLastStep) is { } step)
        {
            return await accounts.Change(
                account.Person, set => set.SetProperty(a => a.TotpLastStep, step), a => a.Where(x => x.TotpLastStep == null || x.TotpLastStep < step), cancel);
        }

        if (RecoveryCodes.Use(account.RecoveryCodes, code) is { } left)
        {
            var kept = account.RecoveryCodes;
            var used = await accounts.Change(account.Person, set => set.SetProperty(a => a.RecoveryCodes, left), a => a.Where(x => x.RecoveryCodes == kept), cancel);
            if (used)
            {
                mails.RecoveryCodeUsed(account, RecoveryCodes.CountOf(left));
            }

            return used;
        }

        return false;
    }
}
