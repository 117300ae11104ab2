using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Disclosures;
using Marketplace.Application.LabResults;
using Marketplace.Application.Needs;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Teams;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>Turns what the journal says into notices. Its position is kept with them, so that each event gives each person a notice exactly once.</summary>
public sealed class FollowNotices(IJournal journal, IDbContextFactory<MarketplaceReads> reads, NoticeStore store, TellMatches matches, TellSearches searches, TellInventors inventors)
{
    private const int EventsAtOnce = 500;

    /// <summary>One step towards the end of the journal.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    /// <exception cref="JournalUnavailableException">The journal does not answer.</exception>
    /// <exception cref="UnknownEventException">A newer version has to go on.</exception>
    public async Task<bool> Step(CancellationToken cancel = default)
    {
        var before = await store.Position(NoticePosition.Journal, cancel);
        var events = await journal.ReadAll(new JournalPosition(before.Epoch, before.Place), EventsAtOnce, cancel);
        if (events.Count == 0)
        {
            return false;
        }

        var told = new List<(RecordedEvent Stored, string Kind, string Key, object Happened, NoticeRule Rule)>();
        var found = new List<ToTell>();
        var newcomers = new List<Newcomer>();
        var gone = new List<Departure>();
        foreach (var stored in events)
        {
            var (kind, key) = Split(stored.Stream);
            if (NoticeRules.Read(kind, stored.Type, stored.Body) is { } happened)
            {
                gone.AddRange(DepartureIn(key, happened));
                found.AddRange(await matches.Of(stored, key, happened, cancel));
                found.AddRange(await inventors.Of(stored, key, happened, cancel));
                newcomers.AddRange(TellSearches.NewIn(key, happened, stored.RecordedAtUtc.UtcDateTime));
                if (NoticeRules.Of(happened) is { } rule)
                {
                    told.Add((stored, kind, key, happened, rule));
                }
            }
        }

        var about = await Read([.. told.Select(t => (t.Kind, t.Key)).Distinct()], cancel);
        found.AddRange(await searches.Of(newcomers, cancel));
        var last = events[^1].Position;
        var after = new NoticePosition { Name = before.Name, Epoch = last.Epoch, Place = last.Offset, Turn = before.Turn };
        await store.Write(before, after, [.. told.Select(t => ToTell(t.Stored, t.Kind, t.Key, t.Happened, t.Rule, about.GetValueOrDefault((t.Kind, t.Key), About.Nothing).With(t.Happened))), .. found], gone, cancel);
        return true; // if somebody else was faster, there may be more behind
    }

    private static ToTell ToTell(RecordedEvent stored, string kind, string key, object happened, NoticeRule rule, About about) => new(
        new NoticeHappening
        {
            Source = rule.Once is { } thing ? $"{stored.Stream}/{thing}" : string.Create(CultureInfo.InvariantCulture, $"{stored.Stream}/{stored.Version}"),
            Type = $"{kind}/{stored.Type}",
            Topic = rule.Topic,
            Agreement = kind == "agreement" ? key : null,
            SubjectZh = about.Subject.Zh,
            SubjectEn = about.Subject.En,
            Body = stored.Body,
            AtUtc = stored.RecordedAtUtc.UtcDateTime,
        },
        [.. about.Teams(rule.To).Select(team => new TeamReaders(team, rule.For)), .. rule.Platform == Duty.None ? (TeamReaders[])[] : [new(ITeamGrain.PlatformKey, rule.Platform)]],
        rule.To.HasFlag(NoticeReaders.Person) ? [PersonIn(key, happened)] : [],
        Actor.Read(stored.Actor)?.Person);

    /// <summary>Whoever is removed is told of it as themselves: what is told to members is theirs no longer.</summary>
    private static (string Person, string? Team) PersonIn(string team, object happened) => happened switch
    {
        MemberRolesChanged e => (e.Person.Value, team),
        MemberRemoved e => (e.Person.Value, null),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "Names no person"),
    };

    private static IEnumerable<Departure> DepartureIn(string team, object happened) => happened switch
    {
        MemberRemoved e => [new Departure(team, e.Person.Value)],
        TeamFounded e => [new Departure(team, null, ButNot: e.Person.Value)],
        _ => [],
    };

    private static (string Kind, string Key) Split(string stream) =>
        stream.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (stream[..slash], stream[(slash + 1)..]) : (stream, "");

    /// <summary>Whose each thing is and what it is called, read once for each kind.</summary>
    private async Task<Dictionary<(string, string), About>> Read(IReadOnlyList<(string Kind, string Key)> things, CancellationToken cancel)
    {
        string[] Keys(params string[] kinds) => [.. things.Where(t => kinds.Contains(t.Kind)).Select(t => t.Key).Distinct(StringComparer.Ordinal)];
        var known = new Dictionary<(string, string), About>();
        await using var database = await reads.CreateDbContextAsync(cancel);
        if (Keys("agreement") is { Length: > 0 } agreements)
        {
            var rows = database.Of<AgreementRow>().Where(a => agreements.Contains(a.Agreement))
                .Join(database.Of<ResultRow>(), a => a.Result, r => r.Result, (a, r) => new { a.Agreement, a.Lab, a.Company, a.ThirdParty, r.TitleZh, r.TitleEn });
            foreach (var row in await rows.ToListAsync(cancel))
            {
                known[("agreement", row.Agreement)] = new About(new(row.TitleZh, row.TitleEn), row.Lab, row.Company, row.ThirdParty, null);
            }
        }

        if (Keys("result") is { Length: > 0 } results)
        {
            foreach (var row in await database.Of<ResultRow>().Where(r => results.Contains(r.Result)).Select(r => new { r.Result, r.Lab, r.TitleZh, r.TitleEn }).ToListAsync(cancel))
            {
                known[("result", row.Result)] = new About(new(row.TitleZh, row.TitleEn), null, null, null, row.Lab);
            }
        }

        if (Keys("need") is { Length: > 0 } needs)
        {
            foreach (var row in await database.Of<NeedRow>().Where(n => needs.Contains(n.Need)).Select(n => new { n.Need, n.Company, n.TitleZh, n.TitleEn }).ToListAsync(cancel))
            {
                known[("need", row.Need)] = new About(new(row.TitleZh, row.TitleEn), null, null, null, row.Company);
            }
        }

        if (Keys("confidentiality") is { Length: > 0 } confidential)
        {
            var rows = database.Of<ConfidentialityRow>().Where(c => confidential.Contains(c.Confidentiality))
                .Join(database.Of<ResultRow>(), c => c.Result, r => r.Result, (c, r) => new { c.Confidentiality, c.Lab, c.Company, r.TitleZh, r.TitleEn });
            foreach (var row in await rows.ToListAsync(cancel))
            {
                known[("confidentiality", row.Confidentiality)] = new About(new(row.TitleZh, row.TitleEn), row.Lab, row.Company, null, null);
            }
        }

        if (Keys("organisation", "team", "credit") is { Length: > 0 } organisations)
        {
            var names = await database.Of<OrganisationRow>().Where(o => organisations.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancel);
            foreach (var thing in things.Where(t => organisations.Contains(t.Key)))
            {
                known[thing] = new About(names.GetValueOrDefault(thing.Key, BilingualText.Empty), null, null, null, thing.Key);
            }
        }

        if (Keys("payout-account") is { Length: > 0 } accounts)
        {
            var rows = database.Of<PayoutAccountRow>().Where(a => accounts.Contains(a.Account))
                .Join(database.Of<OrganisationRow>(), a => a.Organisation, o => o.Organisation, (a, o) => new { a.Account, o.Organisation, o.NameZh, o.NameEn });
            foreach (var row in await rows.ToListAsync(cancel))
            {
                known[("payout-account", row.Account)] = new About(new(row.NameZh, row.NameEn), null, null, null, row.Organisation);
            }
        }

        return known;
    }

    private sealed record About(BilingualText Subject, string? Lab, string? Company, string? Third, string? Owner)
    {
        public static readonly About Nothing = new(BilingualText.Empty, null, null, null, null);

        /// <summary>A suggestion is of one laboratory of many, which its event names.</summary>
        public About With(object happened) => happened is SuggestionAnswered e ? this with { Lab = e.Lab.Value } : this;

        public IEnumerable<string> Teams(NoticeReaders to) => new[]
        {
            to.HasFlag(NoticeReaders.Lab) ? Lab : null,
            to.HasFlag(NoticeReaders.Company) ? Company : null,
            to.HasFlag(NoticeReaders.Third) ? Third : null,
            to.HasFlag(NoticeReaders.Owner) ? Owner : null,
        }.OfType<string>();
    }
}
