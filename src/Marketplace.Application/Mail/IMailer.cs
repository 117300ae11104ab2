namespace Marketplace.Application.Mail;

/// <summary>Where mail leaves the program.</summary>
public interface IMailer
{
    /// <summary>Hands a letter on. It may be lost where whoever takes it loses it.</summary>
    /// <exception cref="MailNotTakenException">Nobody took it; to be tried again later.</exception>
    /// <exception cref="MailOutcomeUnknownException">It may have been taken, or not: sent again, it may arrive twice.</exception>
    Task Send(Letter letter, CancellationToken cancel = default);
}

/// <summary>The server does not answer, or refuses the letter. Says nothing of what stood in it.</summary>
public sealed class MailNotTakenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The line broke after the server had been given the letter, and before it said that it has it. Says nothing of what stood in it.</summary>
public sealed class MailOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>One mail to one person, in their language, as text and as HTML.</summary>
public sealed record Letter
{
    private const int MaxAddressCharacters = 254;
    private const int MaxSubjectCharacters = 200;

    /// <param name="to">A mail address.</param>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">Address or subject would not stay in their header, or the address is none.</exception>
    public Letter(string to, string language, string subject, string text, string html)
    {
        if (!MailAddressRule.IsOne(to) || to.Length > MaxAddressCharacters)
        {
            throw new ArgumentException("A letter needs a mail address.", nameof(to));
        }

        if (subject.Length is 0 or > MaxSubjectCharacters || subject.Any(char.IsControl))
        {
            throw new ArgumentException("A subject is one line.", nameof(subject));
        }

        (To, Language, Subject, Text, Html) = (to, language, subject, text, html);
    }

    /// <summary>In its Message-ID: a letter that is handed over again is known again. Short, ASCII, the same letters and digits for the same letter.</summary>
    public string Name { get; init; } = Guid.NewGuid().ToString("N");

    public string To { get; }

    public string Language { get; }

    public string Subject { get; }

    public string Text { get; }

    public string Html { get; }

    // A letter holds links that are as good as a password: whoever logs one logs this.
    public override string ToString() => "letter";
}

/// <summary>What we take for a mail address: stricter than RFC 5321, so that it is one wherever it is written.</summary>
public static class MailAddressRule
{
    /// <summary><c>name@domain.tld</c> in ASCII, without quotes, comments or white space.</summary>
    public static bool IsOne(string text) =>
        text.Length <= 254
        && text.Split('@') is [{ Length: > 0 and <= 64 } local, { Length: > 3 } domain]
        && !local.StartsWith('.') && !local.EndsWith('.') && !local.Contains("..", StringComparison.Ordinal)
        && local.All(c => c is > ' ' and < '\u007f' && !"\"(),:;<>[\\]".Contains(c, StringComparison.Ordinal))
        && domain.Contains('.', StringComparison.Ordinal)
        && domain.Split('.').All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => c == '-' || char.IsAsciiLetterOrDigit(c)));
}
