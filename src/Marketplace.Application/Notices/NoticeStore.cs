using Marketplace.Application.Grains;
using Marketplace.Domain;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>Something that people are to be told.</summary>
/// <param name="To">Whose people.</param>
/// <param name="Persons">Whoever is named besides, with the team as whose member they are told.</param>
/// <param name="By">Whoever did it, and is not told.</param>
public sealed record ToTell(NoticeHappening Happening, IReadOnlyList<TeamReaders> To, IReadOnlyList<(string Person, string? Team)> Persons, string? By);

/// <summary>Somebody is no member any more: what they were told as one is theirs no longer.</summary>
/// <param name="Person">Null: everybody but <paramref name="ButNot"/>.</param>
public sealed record Departure(string Team, string? Person, string? ButNot = null);

/// <summary>Writes what people are told, each thing to each person once.</summary>
public sealed class NoticeStore(IDbContextFactory<NoticesDatabase> notices, NoticePeople people, MarketplaceClock clock)
{
    /// <summary>How long a notice is kept, and how old something may be to be told at all.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>What is told later than this, after an outage or a replay, is no news that anybody should be written to about.</summary>
    public static readonly TimeSpan MailedWithin = TimeSpan.FromDays(3);

    private const int ForgottenAtOnce = 1_000;

    /// <exception cref="InvalidOperationException">There is no such position: the migration that makes it has not run.</exception>
    public async Task<NoticePosition> Position(string name, CancellationToken cancel)
    {
        await using var database = await notices.CreateDbContextAsync(cancel);
        return await database.Positions.AsNoTracking().SingleAsync(p => p.Name == name, cancel);
    }

    /// <summary>
    /// Writes notices, and how far was looked for them, in one transaction. False: somebody else has gone on from the same position, and nothing
    /// was written.
    /// </summary>
    /// <param name="before">As it was read.</param>
    /// <param name="after">The same with another place or day.</param>
    public async Task<bool> Write(NoticePosition before, NoticePosition after, IReadOnlyList<ToTell> told, IReadOnlyList<Departure> gone, CancellationToken cancel)
    {
        var members = await people.Of([.. told.SelectMany(t => t.To).Select(t => t.Team).Distinct(StringComparer.Ordinal)], cancel);
        await using var database = await notices.CreateDbContextAsync(cancel);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var moved = await database.Positions.Where(p => p.Name == before.Name && p.Turn == before.Turn).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.Epoch, after.Epoch).SetProperty(p => p.Place, after.Place).SetProperty(p => p.Day, after.Day).SetProperty(p => p.Turn, before.Turn + 1),
            cancel);
        if (moved == 0)
        {
            return false;
        }

        foreach (var (team, person, butNot) in gone)
        {
            await database.Notices.Where(n => n.Team == team && (person == null || n.Person == person) && n.Person != butNot).ExecuteDeleteAsync(cancel);
        }

        await Add(database, told, members, cancel);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Deletes what is older than it is kept, some at a time. Letters are forgotten with what they said.</summary>
    public async Task Forget(CancellationToken cancel = default)
    {
        var before = clock.NowUtc.UtcDateTime - Kept;
        await using var database = await notices.CreateDbContextAsync(cancel);
        await Forget(database.Notices.Where(n => n.AtUtc < before).OrderBy(n => n.AtUtc).Select(n => n.AtUtc), until => database.Notices.Where(n => n.AtUtc <= until), cancel);
        await Forget(database.Happenings.Where(h => h.AtUtc < before).OrderBy(h => h.AtUtc).Select(h => h.AtUtc), until => database.Happenings.Where(h => h.AtUtc <= until), cancel);
        await Forget(
            database.Mails.Where(m => m.CreatedAtUtc < before && m.EndedAtUtc != null).OrderBy(m => m.CreatedAtUtc).Select(m => m.CreatedAtUtc),
            until => database.Mails.Where(m => m.CreatedAtUtc <= until && m.EndedAtUtc != null), cancel);
    }

    /// <summary>What one person was told, how they want to be told, and what they search for: of somebody whose account is no more.</summary>
    public async Task Forget(PersonId person, CancellationToken cancel = default)
    {
        await using var database = await notices.CreateDbContextAsync(cancel);
        await database.Notices.Where(n => n.Person == person.Value).ExecuteDeleteAsync(cancel);
        await database.Choices.Where(c => c.Person == person.Value).ExecuteDeleteAsync(cancel);
        await database.Searches.Where(s => s.Person == person.Value).ExecuteDeleteAsync(cancel);
    }

    private static async Task Forget<T>(IQueryable<DateTime> oldest, Func<DateTime, IQueryable<T>> upTo, CancellationToken cancel) where T : class
    {
        while (await oldest.Take(ForgottenAtOnce).ToListAsync(cancel) is [.., var until])
        {
            await upTo(until).ExecuteDeleteAsync(cancel);
        }
    }

    private async Task Add(NoticesDatabase database, IReadOnlyList<ToTell> told, ILookup<string, (string Person, Duty Duties)> members, CancellationToken cancel)
    {
        var now = clock.NowUtc.UtcDateTime;
        string[] sources = [.. told.Select(t => t.Happening.Source)];
        var known = (await database.Happenings.Where(h => sources.Contains(h.Source)).Select(h => h.Source).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var fresh = told.Where(t => now - t.Happening.AtUtc < Kept && known.Add(t.Happening.Source)).Select(t => (t.Happening, Readers: ReadersOf(t, members))).Where(t => t.Readers.Count > 0).ToList();
        string[] persons = [.. fresh.SelectMany(t => t.Readers.Keys).Distinct(StringComparer.Ordinal)];
        var chosen = await database.Choices.AsNoTracking().Where(c => persons.Contains(c.Person)).ToDictionaryAsync(c => (c.Person, c.Topic), cancel);
        foreach (var (happening, readers) in fresh)
        {
            var isNews = now - happening.AtUtc < MailedWithin;
            database.Happenings.Add(happening);
            foreach (var (person, team) in readers)
            {
                var choice = chosen.TryGetValue((person, happening.Topic), out var kept) ? new NoticeChoice(kept.Topic, kept.IsShown, kept.Mail) : NoticeChoice.Usual(happening.Topic);
                if (choice.IsShown || (isNews && choice.Mail != NoticeMail.None))
                {
                    database.Notices.Add(new Notice
                    {
                        Person = person, Source = happening.Source, Team = team, Topic = happening.Topic, AtUtc = happening.AtUtc, ToldAtUtc = now,
                        IsShown = choice.IsShown, Mail = isNews && choice.Mail != NoticeMail.None ? choice.Mail : null,
                    });
                }
            }
        }
    }

    /// <summary>Each person once, as a member of the first team that is told.</summary>
    private static Dictionary<string, string?> ReadersOf(ToTell told, ILookup<string, (string Person, Duty Duties)> members)
    {
        var readers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (person, team) in told.Persons)
        {
            readers.TryAdd(person, team);
        }

        foreach (var (team, duty) in told.To)
        {
            foreach (var (person, _) in members[team].Where(m => (m.Duties & duty) != 0))
            {
                readers.TryAdd(person, team);
            }
        }

        if (told.By is { } by)
        {
            readers.Remove(by);
        }

        return readers;
    }
}
