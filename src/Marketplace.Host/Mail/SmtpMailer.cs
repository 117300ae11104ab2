using System.Net.Sockets;
using Marketplace.Application.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Marketplace.Host.Mail;

/// <summary>Hands letters to a mail server, each over a connection of its own.</summary>
internal sealed class SmtpMailer(MailSettings settings, TimeProvider time) : IMailer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task Send(Letter letter, CancellationToken cancel = default)
    {
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancel);
            if (settings.User is { } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", cancel);
            }

            await client.SendAsync(MailMessages.Of(letter, settings.From, time.GetUtcNow()), cancel);
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception refused) when (refused is CommandException or ProtocolException or ServiceNotConnectedException
            or AuthenticationException or SslHandshakeException or IOException or SocketException or NotSupportedException)
        {
            // What a server says may quote the address, which is nobody's business in a log.
            var code = refused is SmtpCommandException answered ? $" {(int)answered.StatusCode}" : "";
            throw new MailNotTakenException($"{settings} {refused.GetType().Name}{code}");
        }
    }
}
