using Marketplace.Application.Mail;
using MimeKit;

namespace Marketplace.Host.Mail;

/// <summary>Letters as they travel: text and HTML, each encoded, so that a line of either never becomes a header or the end of the message.</summary>
internal static class MailMessages
{
    private const string Site = "先使用后付费 Use first, pay later";

    public static MimeMessage Of(Letter letter, string from, DateTimeOffset now)
    {
        var message = new MimeMessage
        {
            Date = now,
            MessageId = $"{letter.Name}@{from.Split('@')[1]}",
            Subject = letter.Subject,
            Body = new MultipartAlternative(new TextPart("plain") { Text = letter.Text }, new TextPart("html") { Text = letter.Html }),
        };
        message.From.Add(new MailboxAddress(Site, from));
        message.To.Add(new MailboxAddress(null, letter.To));
        message.Headers.Add(HeaderId.ContentLanguage, letter.Language);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }
}
