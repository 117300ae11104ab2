using System.Globalization;
using System.Net;
using Marketplace.Application.Mail;
using MailKit.Security;

namespace Marketplace.Host.Mail;

/// <summary>A setting of mail cannot be used. Says which, and never its value.</summary>
public sealed class MailSettingsException(string setting, string zh, string en) : Exception($"{setting} {en}")
{
    public string Zh { get; } = $"{setting} {zh}";
}

/// <summary>The mail server that letters are handed to.</summary>
/// <param name="From">Address of the sender.</param>
/// <param name="User">Null: the server asks for none.</param>
public sealed record MailSettings(string Host, int Port, SecureSocketOptions Security, string From, string? User, string? Password)
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>Null: no server is named, and letters are to be laid into a folder.</summary>
    /// <exception cref="MailSettingsException">A setting cannot be used.</exception>
    public static MailSettings? Of(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        if (mail["Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        var security = mail["Security"] switch
        {
            null or "" or "StartTls" => SecureSocketOptions.StartTls,
            "Tls" => SecureSocketOptions.SslOnConnect,
            "None" => SecureSocketOptions.None,
            _ => throw new MailSettingsException("Mail:Security", "须为 StartTls、Tls 或 None。", "must be StartTls, Tls or None."),
        };
        var user = mail["User"] is { Length: > 0 } named ? named : null;
        if (user is not null && security == SecureSocketOptions.None && !IsThisMachine(host))
        {
            throw new MailSettingsException("Mail:Security", "不能为 None：密码会明文传输。", "must not be None: the password would travel in the clear.");
        }

        var port = security == SecureSocketOptions.SslOnConnect ? TlsPort : SubmissionPort;
        if (mail["Port"] is { Length: > 0 } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
        {
            throw new MailSettingsException("Mail:Port", "须为 1 至 65535。", "must be from 1 to 65535.");
        }

        return mail["From"] is { } from && MailAddressRule.IsOne(from)
            ? new MailSettings(host, port, security, from, user, mail["Password"])
            : throw new MailSettingsException("Mail:From", "须为发件人邮箱地址。", "must be the mail address of the sender.");
    }

    public override string ToString() => $"{Host}:{Port}";

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
