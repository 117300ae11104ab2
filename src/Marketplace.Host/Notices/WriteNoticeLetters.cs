using Marketplace.Application.Notices;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Host.Accounts;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Words;
using Marketplace.Host.Mail;

namespace Marketplace.Host.Notices;

/// <summary>Writes letters of what people have chosen to be told by mail, in their language.</summary>
public sealed class WriteNoticeLetters(WaitingMail waiting, AccountStore accounts, SealedLetters seals, AccountClock clock, SiteAddress site)
{
    /// <summary>What a letter tells one by one; of the rest it says how many there are.</summary>
    private const int MostTold = 50;

    private const int MostSubjectCharacters = 60;
    private const int MostSentenceCharacters = 500;

    /// <summary>Writes what is due. True: there was something.</summary>
    public async Task<bool> Step(CancellationToken cancel = default)
    {
        var letters = await waiting.Due(cancel);
        foreach (var letter in letters)
        {
            await waiting.Hand(letter, await Write(letter, cancel), clock.NowUtc, cancel);
        }

        return letters.Count > 0;
    }

    /// <summary>Null: there is nobody to write to, or they have read it all in the app.</summary>
    private async Task<string?> Write(LetterToWrite letter, CancellationToken cancel)
    {
        NoticeView[] unread = [.. letter.Notices.Where(n => n.ReadAtUtc is null)];
        if (unread.Length == 0 || await accounts.Find(PersonId.Wrap(letter.Person), cancel) is not { EmailConfirmed: true } account)
        {
            return null;
        }

        var r = Reader.OfApi(account.IsEnglish);
        LetterParagraph[] paragraphs =
        [
            new(r.T($"{account.Name}，您好：", $"Dear {account.Name},")),
            .. letter.Mail == NoticeMail.AtOnce ? (LetterParagraph[])[] : [new(r.T($"以下是您尚未阅读的 {unread.Length} 条通知：", unread.Length == 1 ? "There is one notice that you have not read:" : $"There are {unread.Length} notices that you have not read:"))],
            .. unread.Take(MostTold).SelectMany(n => Told(r, n)),
            .. unread.Length > MostTold ? [new(r.T($"还有 {unread.Length - MostTold} 条，见通知页。", $"{unread.Length - MostTold} more are on the page of notices."))] : (LetterParagraph[])[],
            Link(r.T("全部通知", "All notices"), "/notices"),
            Link(r.T("更改通知方式", "Choose how you are told"), AccountAddress.Notices),
        ];
        return seals.Seal(LetterText.Write(account.MailAddress, account.IsEnglish, Subject(r, letter, unread), paragraphs, letter.Name));
    }

    private IEnumerable<LetterParagraph> Told(Reader r, NoticeView notice)
    {
        var about = r.T(notice.Subject) is { Length: > 0 } subject ? r.T($"（{subject}）", $" ({subject})") : "";
        yield return new(LetterText.OneLine($"{r.T(Names.Of(notice.Topic))}{about}{r.T("：", ": ")}{NoticeSentences.Of(r, notice)}", MostSentenceCharacters));
        var address = new Uri(site.Root, NoticeAddress.Of(notice));
        yield return new(address.AbsoluteUri, address);
    }

    private static string Subject(Reader r, LetterToWrite letter, NoticeView[] unread) => letter.Mail != NoticeMail.AtOnce ? r.T($"{unread.Length} 条通知", unread.Length == 1 ? "1 notice" : $"{unread.Length} notices")
        : unread is [var only, ..] && unread.All(n => n.Topic == only.Topic && n.Subject == only.Subject) && LetterText.OneLine(r.T(only.Subject), MostSubjectCharacters) is { Length: > 0 } subject
            ? r.T($"{Names.Of(only.Topic).Zh}：{subject}", $"{Names.Of(only.Topic).En}: {subject}")
            : unread.Length == 1 ? r.T(Names.Of(unread[0].Topic)) : r.T($"{unread.Length} 条新通知", $"{unread.Length} new notices");

    private LetterParagraph Link(string text, string address) => new(text, new Uri(site.Root, address));
}
