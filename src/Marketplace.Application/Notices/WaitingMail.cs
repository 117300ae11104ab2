using Marketplace.Application.Grains;
using Marketplace.Application.Mail;
using Marketplace.Domain;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>Notices that a person is to be written, in one letter.</summary>
/// <param name="Name">Of the letter: the same for the same person and period, or for the same notices. Short, ASCII.</param>
/// <param name="Notices">All that is handed over with it, also what was read in the app by now.</param>
public sealed record LetterToWrite(string Name, string Person, NoticeMail Mail, IReadOnlyList<NoticeView> Notices);

/// <summary>What waits to be written to people. A letter and what stands in it change hands in one transaction, so that nothing is written twice.</summary>
public sealed class WaitingMail(IDbContextFactory<NoticesDatabase> notices, MarketplaceClock clock)
{
    /// <summary>When digests are written, in Shanghai.</summary>
    private static readonly TimeSpan DigestAt = TimeSpan.FromHours(8);

    /// <summary>What is beyond stands in the next one.</summary>
    private const int MostInLetter = 500;

    private const int PersonsAtOnce = 100;

    /// <summary>Letters that can be written now: to each person one of what is told at once, and the digests of the last day and week that are due.</summary>
    public async Task<IReadOnlyList<LetterToWrite>> Due(CancellationToken cancel)
    {
        var now = clock.NowUtc;
        await using var database = await notices.CreateDbContextAsync(cancel);
        var letters = await Due(database, NoticeMail.AtOnce, now.UtcDateTime, null, cancel);
        var day = LocalTime.DateOf(now - DigestAt); // before eight it is still yesterday's
        letters.AddRange(await Due(database, NoticeMail.Daily, Eight(day), $"day-{day:yyyy-MM-dd}", cancel));
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        letters.AddRange(await Due(database, NoticeMail.Weekly, Eight(monday), $"week-{monday:yyyy-MM-dd}", cancel));
        return letters;
    }

    /// <summary>Hands the notices of a letter over to it. False: somebody else has, or something was withdrawn meanwhile; the next look decides anew.</summary>
    /// <param name="sealedLetter">Null: there is nobody to write to.</param>
    public async Task<bool> Hand(LetterToWrite letter, string? sealedLetter, DateTime machineNowUtc, CancellationToken cancel)
    {
        string[] sources = [.. letter.Notices.Select(n => n.Notice)];
        await using var database = await notices.CreateDbContextAsync(cancel);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var handed = await database.Notices.Where(n => n.Person == letter.Person && n.Mail == letter.Mail && sources.Contains(n.Source))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.Mail, (NoticeMail?)null), cancel);
        if (handed != sources.Length || await IsWritten(database, letter.Name, cancel))
        {
            return false;
        }

        if (sealedLetter is not null)
        {
            database.Mails.Add(MailOutbox.New(letter.Name, letter.Mail == NoticeMail.AtOnce ? OutgoingMailKind.Notice : OutgoingMailKind.Digest, sealedLetter, machineNowUtc));
            await database.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return true;
    }

    private static DateTime Eight(DateOnly day) => (LocalTime.StartOf(day) + DigestAt).UtcDateTime;

    /// <param name="before">Only what was told earlier: what comes later stands in the next one.</param>
    /// <param name="period">Of a digest: one for each person; null: no digest.</param>
    private static async Task<List<LetterToWrite>> Due(NoticesDatabase database, NoticeMail mail, DateTime before, string? period, CancellationToken cancel)
    {
        var waiting = database.Notices.AsNoTracking().Where(n => n.Mail == mail && n.ToldAtUtc <= before);
        var (letters, last) = (new List<LetterToWrite>(), "");
        while (letters.Count < PersonsAtOnce)
        {
            var persons = await waiting.Select(n => n.Person).Where(p => string.Compare(p, last) > 0).Distinct().OrderBy(p => p).Take(PersonsAtOnce).ToListAsync(cancel);
            foreach (var person in persons)
            {
                if (period is null || !await IsWritten(database, NameOf(person, period), cancel))
                {
                    letters.Add(await Read(database, waiting, person, mail, period, cancel));
                }
            }

            if (persons.Count < PersonsAtOnce)
            {
                break;
            }

            last = persons[^1];
        }

        return letters;
    }

    private static async Task<LetterToWrite> Read(NoticesDatabase database, IQueryable<Notice> waiting, string person, NoticeMail mail, string? period, CancellationToken cancel)
    {
        var told = await waiting.Where(n => n.Person == person).OrderBy(n => n.AtUtc).ThenBy(n => n.Source).Take(MostInLetter)
            .Join(database.Happenings.AsNoTracking(), n => n.Source, h => h.Source, (n, h) => new { Notice = n, Happening = h })
            .ToListAsync(cancel);
        NoticeView[] views = [.. told.OrderBy(x => x.Notice.AtUtc).ThenBy(x => x.Notice.Source, StringComparer.Ordinal).Select(x => NoticeView.Of(x.Notice, x.Happening))];
        return new LetterToWrite(NameOf(person, period ?? string.Join('\n', views.Select(v => v.Notice))), person, mail, views);
    }

    private static string NameOf(string person, string what) => DerivedId.Guid("letter", person, what).ToString("N");

    private static Task<bool> IsWritten(NoticesDatabase database, string name, CancellationToken cancel) => database.Mails.AnyAsync(m => m.Mail == name, cancel);
}
