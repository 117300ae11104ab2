using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Host.Mail;

namespace Marketplace.Host.Accounts;

/// <summary>What the site writes to people of their accounts. Links lead to the address that the site is known by, never to one from a request.</summary>
public sealed class AccountMails(SealedNotes notes, MailQueue queue, SiteAddress site)
{
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromHours(24);
    public static readonly TimeSpan ResetWithin = TimeSpan.FromHours(1);

    public void ConfirmMail(Account account) => Send(
        account, account.MailAddress, "确认邮箱", "Confirm your mail address",
        "请打开下面的链接，输入注册时设定的密码，即可启用帐号。链接 24 小时内有效。",
        "Open this link and type the password that you chose when you registered; your account is then ready. The link holds for 24 hours.",
        $"{AccountAddress.Confirm}?note={notes.Seal(NoteFor.ConfirmMail, ConfirmWithin, account.Id, account.SecurityStamp!)}",
        "如果不是您本人注册，请忽略此邮件，也不要输入任何密码。", "If it was not you who registered, leave this mail alone and type no password.");

    public void AlreadyRegistered(Account account) => Send(
        account, account.MailAddress, "您已有帐号", "You already have an account",
        "有人用这个邮箱注册，而您已经有帐号：直接登录即可。忘记密码时，可在登录页重设。",
        "Somebody used this address to register, and you have an account already: just sign in. If you have forgotten the password, set a new one from there.",
        AccountAddress.SignIn, "如果不是您本人操作，无需处理。", "If it was not you, there is nothing to do.");

    public void ResetPassword(Account account) => Send(
        account, account.MailAddress, "重设密码", "Set a new password",
        "请打开下面的链接设定新密码。链接 1 小时内有效，只能用一次；设定后，所有设备上的登录都会退出。",
        "Open this link to set a new password. It holds for an hour and works once; you are then signed out everywhere.",
        $"{AccountAddress.Reset}?note={notes.Seal(NoteFor.ResetPassword, ResetWithin, account.Id, account.SecurityStamp!)}",
        "如果不是您本人要求，请忽略此邮件：密码没有变。", "If you have not asked for it, leave this mail alone: your password is as before.");

    public void ChangeMail(Account account, string mail) => Send(
        account, mail, "确认新邮箱", "Confirm your new mail address",
        "请在已登录的浏览器中打开下面的链接，确认新邮箱。链接 24 小时内有效。",
        "Open this link in a browser in which you are signed in, to confirm the new address. It holds for 24 hours.",
        $"{AccountAddress.ConfirmNewMail}?note={notes.Seal(NoteFor.ChangeMail, ConfirmWithin, account.Id, account.SecurityStamp!, mail)}",
        "如果不是您本人操作，请忽略此邮件。", "If it was not you, leave this mail alone.");

    public void MailChanged(Account account, string mail) => Tell(
        account, "邮箱已更换", "Your mail address was changed", $"您的帐号已改用另一个邮箱（{Masked(mail)}）登录。", $"Your account now signs in by another mail address ({Masked(mail)}).");

    public void PasswordChanged(Account account) => Tell(
        account, "密码已更改", "Your password was changed", "您的密码刚刚被更改，其他设备上的登录已退出。", "Your password has just been changed, and you were signed out on other devices.");

    public void SecondFactorOn(Account account) => Tell(
        account, "已启用动态验证码", "Codes are asked for now", "登录时除密码外，还会要求验证器中的动态验证码。", "Signing in now asks for a code of your authenticator, beside the password.");

    public void SecondFactorOff(Account account) => Tell(
        account, "已停用动态验证码", "Codes are no longer asked for", "登录时不再要求动态验证码。", "Signing in no longer asks for a code.");

    public void RecoveryCodeUsed(Account account, int left) => Tell(
        account, "用了一个恢复码", "A recovery code was used", $"有人用恢复码登录了您的帐号，还剩 {left} 个。", $"A recovery code was used to sign in to your account; {left} are left.");

    public void PasskeyAdded(Account account) => Tell(
        account, "添加了通行密钥", "A passkey was added", "您的帐号添加了一个通行密钥，可用它登录。", "A passkey was added to your account; one can sign in with it.");

    public void TokenMade(Account account, string name) => Tell(
        account, "生成了访问令牌", "An access token was made", $"您的帐号生成了访问令牌“{name}”，程序可凭它以您的身份调用接口。", $"The access token \"{name}\" was made: a program can act by it as you.");

    public void Erased(Account account) => Tell(
        account, "帐号已注销", "Your account is erased", "您的帐号及其登录方式已删除；您已作出的决定仍留存，但不再指向您。", "Your account is deleted with every way to sign in to it. What you have decided stays, and does not name you any more.");

    /// <summary>To whoever is invited into a team, who may have no account yet, in the language of who invites.</summary>
    /// <param name="team">Null: the marketplace's own.</param>
    /// <param name="address">Local, with the secret: whoever opens it can join.</param>
    public void Invite(string to, bool isEnglish, BilingualText? team, string address)
    {
        var (zh, en) = team is { } known ? (known.Zh, known.En.Length > 0 ? known.En : known.Zh) : ("平台团队", "the team of the marketplace");
        Send(
            to, isEnglish, "邀请您加入团队", "You are invited to a team", "您好：", "Hello,",
            $"{zh}邀请您成为成员。请打开下面的链接，登录或注册后接受邀请。链接 7 天内有效，只能用一次，请勿转发。",
            $"You are invited to become a member of {en}. Open this link, sign in or register, and accept. It holds for 7 days and works once; do not pass it on.",
            address, "如果您不认识邀请方，请忽略此邮件。", "If you do not know who invites you, leave this mail alone.");
    }

    private void Tell(Account account, string subjectZh, string subjectEn, string zh, string en) => Send(
        account, account.MailAddress, subjectZh, subjectEn, zh, en, AccountAddress.Overview,
        "如果不是您本人操作，请立即重设密码，并结束其他登录。", "If it was not you, set a new password at once and end the other sessions.");

    private void Send(Account account, string to, string subjectZh, string subjectEn, string zh, string en, string address, string lastZh, string lastEn) => Send(
        to, account.IsEnglish, subjectZh, subjectEn, $"{account.Name}，您好：", $"Dear {account.Name},", zh, en, address, lastZh, lastEn);

    private void Send(
        string to, bool isEnglish, string subjectZh, string subjectEn, string greetingZh, string greetingEn, string zh, string en, string address, string lastZh, string lastEn)
    {
        var link = new Uri(site.Root, address);
        string T(string chinese, string english) => isEnglish ? english : chinese;
        queue.Add(LetterText.Write(
            to, isEnglish, T(subjectZh, subjectEn), [new(T(greetingZh, greetingEn)), new(T(zh, en)), new(link.AbsoluteUri, link), new(T(lastZh, lastEn))]));
    }

    private static string Masked(string mail) => $"{mail[..1]}…@{mail.Split('@')[1]}";
}

/// <summary>Addresses of the pages of accounts.</summary>
public static class AccountAddress
{
    public const string Overview = "/account";

    /// <summary>Where somebody chooses for which organisation they act.</summary>
    public const string Teams = "/account/teams";
    public const string Register = "/account/register";
    public const string Confirm = "/account/confirm";
    public const string ConfirmNewMail = "/account/confirm-mail";
    public const string SignIn = "/account/sign-in";
    public const string Code = "/account/sign-in/code";
    public const string SignOut = "/account/sign-out";
    public const string Forgot = "/account/forgot";
    public const string Reset = "/account/reset";
    public const string Prove = "/account/prove";
    public const string Codes = "/account/codes";
    public const string Passkeys = "/account/passkeys";
    public const string Notices = "/account/notices";
    public const string Searches = "/account/searches";
    public const string Tokens = "/account/tokens";
    public const string Erase = "/account/erase";
}
