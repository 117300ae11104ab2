using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>Inventors who belong to their laboratory's team are told when income is divided, when their share changes, what became of their objection, and when they are paid.</summary>
public sealed class TellInventors(IDbContextFactory<MarketplaceReads> reads, IJournal journal)
{
    internal async Task<IReadOnlyList<ToTell>> Of(RecordedEvent stored, string key, object happened, CancellationToken cancel) => happened switch
    {
        IncomeDistributed e => await Told(stored, ShareNews.Divided, new ShareNews(AgreementId.Wrap(key), Receipt: e.Receipt), place: null, cancel),
        InventorSplitChanged => await Told(stored, ShareNews.Changed, new ShareNews(AgreementId.Wrap(key)), place: null, cancel),
        DistributionObjectionAnswered e => await Told(
            stored, ShareNews.Answered, new ShareNews(AgreementId.Wrap(key), IsUpheld: e.IsUpheld), await PlaceOf(stored.Stream, e.Number, cancel), cancel),
        PaymentConcluded { Kind: IntentKind.Payout, Moved.IsPositive: true } e => await ToldPaid(stored, key, e.Account, e.Moved, cancel),
        PaymentMovedLate { Kind: IntentKind.Payout } e => await ToldPaid(stored, key, e.Account, e.Moved, cancel),
        _ => [],
    };

    /// <summary>Others are paid out too.</summary>
    private async Task<IReadOnlyList<ToTell>> ToldPaid(RecordedEvent stored, string key, string account, Money moved, CancellationToken cancel) =>
        ChartOfAccounts.InventorOf(account) is { } place ? await Told(stored, ShareNews.PaidOut, new ShareNews(AgreementId.Wrap(key), Paid: moved), place, cancel) : [];

    /// <param name="place">Only whoever has this place in the split; null: all of them.</param>
    private async Task<IReadOnlyList<ToTell>> Told(RecordedEvent stored, string type, ShareNews news, int? place, CancellationToken cancel)
    {
        var agreement = news.Agreement.Value;
        await using var database = await reads.CreateDbContextAsync(cancel);
        var rows = await database.Of<InventorShareRow>().Where(s => s.Agreement == agreement && (place == null || s.Place == place))
            .Join(database.Of<TeamMemberRow>().Where(m => m.Inventor != null), s => new { Team = s.Lab, s.Name }, m => new { m.Team, Name = m.Inventor! }, (s, m) => new { s.Result, s.Lab, m.Person })
            .Join(database.Of<ResultRow>(), s => s.Result, r => r.Result, (s, r) => new { s.Lab, s.Person, r.TitleZh, r.TitleEn })
            .ToListAsync(cancel);
        return rows is not [var any, ..] ? [] :
        [
            new ToTell(
                new NoticeHappening
                {
                    Source = string.Create(CultureInfo.InvariantCulture, $"{ShareNews.Kind}/{agreement}/{stored.Version}"),
                    Type = type,
                    Topic = NoticeTopic.Money,
                    Agreement = agreement,
                    SubjectZh = any.TitleZh,
                    SubjectEn = any.TitleEn,
                    Body = CanonicalJson.Write(news),
                    AtUtc = stored.RecordedAtUtc.UtcDateTime,
                },
                [], [.. rows.Select(r => r.Person).Distinct().Order(StringComparer.Ordinal).Select(person => (person, (string?)any.Lab))], Actor.Read(stored.Actor)?.Person),
        ];
    }

    /// <summary>Whose objection it was; an answer names it by its number.</summary>
    private async Task<int> PlaceOf(string stream, int objection, CancellationToken cancel)
    {
        await foreach (var told in journal.ReadStream(stream, cancel))
        {
            if (EventCatalog<AgreementEvent>.Instance.Read(told.Type, told.Body) is DistributionObjected e && e.Number == objection)
            {
                return e.Inventor;
            }
        }

        throw new InvalidOperationException($"{stream} has an answer to objection {objection}, and no such objection.");
    }
}
