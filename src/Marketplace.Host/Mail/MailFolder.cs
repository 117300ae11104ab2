using Marketplace.Application.Mail;
using MimeKit;

namespace Marketplace.Host.Mail;

/// <summary>A letter that lies in the folder.</summary>
public sealed record DroppedLetter(string To, string Subject, DateTimeOffset SentAt, string Text);

/// <summary>Where no mail server is named, letters are laid into a folder as .eml files, which any mail program opens.</summary>
/// <param name="isTemporary">The folder goes with this object.</param>
internal sealed class MailFolder(string folder, TimeProvider time, bool isTemporary) : IMailer, IDisposable
{
    private const string From = "no-reply@marketplace.example";

    public async Task Send(Letter letter, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var place = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{now:yyyyMMdd'T'HHmmssfffffff}-{Guid.NewGuid():N}.eml");
        try
        {
            await using (var file = new FileStream(place + ".part", FileMode.CreateNew, FileAccess.Write))
            {
                await MailMessages.Of(letter, From, now).WriteToAsync(file, cancel);
            }

            File.Move(place + ".part", place);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new MailNotTakenException($"The folder of mails cannot be written: {refused.GetType().Name}");
        }
    }

    /// <summary>The newest letters, newest first.</summary>
    public IReadOnlyList<DroppedLetter> Newest(int most)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(folder, "*.eml").OrderDescending(StringComparer.Ordinal).Take(most).Select(Read)];
    }

    public void Dispose()
    {
        if (isTemporary && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DroppedLetter Read(string file)
    {
        var message = MimeMessage.Load(file);
        return new DroppedLetter(message.To.Mailboxes.First().Address, message.Subject ?? "", message.Date, message.TextBody ?? "");
    }
}
