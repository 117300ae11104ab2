using Marketplace.Application.Mail;
using Marketplace.Domain;

namespace Marketplace.Host.Accounts;

/// <summary>What a name, a mail address and a password have to be like. A refusal names the field.</summary>
public static class AccountRules
{
    public const int LeastPasswordCharacters = 12;
    public const int MostPasswordCharacters = 200;
    public const int MostNameCharacters = 80;

    public static readonly Refusal WrongPassword = Refusal.Invalid("password-wrong", "密码不对。", "The password is wrong.", "password");

    public static readonly Refusal LockedOut = Refusal.State(
        "locked-out", "连续失败次数过多，请 15 分钟后再试。忘记密码时，可以通过邮件重设。",
        "Too many failed attempts: try again in 15 minutes. If you have forgotten the password, a mail can set a new one.");

    public static readonly Refusal LinkVoid = Refusal.State(
        "link-void", "链接无效：已经用过、已过期，或不完整。", "The link is void: it was used already, has lapsed, or is not complete.");

    public static Refusal? CheckName(string name) =>
        BilingualText.CheckRequired(name, "name", MostNameCharacters)
        ?? (name.Any(char.IsControl) ? Refusal.Invalid("name-characters", "姓名中有无法显示的字符。", "The name has characters that cannot be shown.", "name") : null);

    public static Refusal? CheckMail(string mail) => MailAddressRule.IsOne(mail) ? null
        : Refusal.Invalid("mail-malformed", "这不是邮箱地址，应形如 name@example.cn。", "That is no mail address; it looks like name@example.com.", "mail");

    /// <param name="mail">Of whoever chooses it: a password that says who they are is none.</param>
    /// <param name="field">Where it was typed.</param>
    public static Refusal? CheckNewPassword(string password, string mail, string field)
    {
        if (password.Length < LeastPasswordCharacters)
        {
            return Refusal.Invalid(
                "password-short", $"密码至少 {LeastPasswordCharacters} 个字符。可以是一句话。", $"A password has at least {LeastPasswordCharacters} characters. A sentence will do.", field);
        }

        if (password.Length > MostPasswordCharacters)
        {
            return Refusal.Invalid("password-long", $"密码最多 {MostPasswordCharacters} 个字符。", $"A password has at most {MostPasswordCharacters} characters.", field);
        }

        var local = mail.Split('@')[0];
        return CommonPasswords.IsOne(password) || (local.Length > 3 && password.Contains(mail, StringComparison.OrdinalIgnoreCase)) || password.Equals(local, StringComparison.OrdinalIgnoreCase)
            ? Refusal.Invalid("password-common", "这个密码太常见，别人一猜就中。请换一个。", "This password is so common that others guess it. Choose another.", field)
            : null;
    }
}
