using System.Net.Sockets;
using Marketplace.Application.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Marketplace.Host.Mail;

/// <summary>Hands letters to a mail server, each over a connection of its own.</summary>
internal sealed class SmtpMailer(MailSettings settings, TimeProvider time) : IMailer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task Send(Letter letter, CancellationToken cancel = default)
    {
        using var client = new Client { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancel);
            if (settings.User is { } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", cancel);
            }

            await client.SendAsync(MailMessages.Of(letter, settings.From, time.GetUtcNow()), cancel);
        }
        catch (Exception broken) when (client.HasRecipient && (broken is IOException or SocketException or ProtocolException or OperationCanceledException) && broken is not SmtpCommandException)
        {
            throw new MailOutcomeUnknownException($"{settings} {broken.GetType().Name}");
        }
        catch (Exception refused) when (refused is CommandException or ProtocolException or ServiceNotConnectedException
            or AuthenticationException or SslHandshakeException or IOException or SocketException or NotSupportedException or OperationCanceledException)
        {
            // What a server says may quote the address, which is nobody's business in a log.
            var code = refused is SmtpCommandException answered ? $" {(int)answered.StatusCode}" : "";
            throw new MailNotTakenException($"{settings} {refused.GetType().Name}{code}");
        }

        await Leave(client, cancel);
    }

    /// <summary>It has the letter: how the line ends does not matter any more.</summary>
    private static async Task Leave(Client client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception rude) when (rude is IOException or SocketException or ProtocolException)
        {
            // it said good-bye its own way
        }
    }

    /// <summary>Knows from when on the server may have the letter: it takes a recipient first, and the letter at once after that.</summary>
    private sealed class Client : SmtpClient
    {
        public bool HasRecipient { get; private set; }

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => HasRecipient = true;
    }
}
