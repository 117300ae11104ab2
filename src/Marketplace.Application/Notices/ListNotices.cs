using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>What somebody was told in the app: unread first, then what they have read, each the newest first.</summary>
/// <param name="Topic">Null: all.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record ListNotices(NoticeTopic? Topic = null, bool UnreadOnly = false, string? After = null, int Limit = 20) : IQuery<Page<NoticeView>>;

/// <param name="Notice">Names it, for this person.</param>
/// <param name="Type">What happened: stream and wire name of the event; <c>due/…</c>: a date.</param>
/// <param name="Team">As whose member they are told; null: for themselves.</param>
/// <param name="Agreement">That it is about; null: none.</param>
/// <param name="Subject">What it is about, by name; empty: nothing with a name.</param>
/// <param name="Body">Of the event, in JSON. Not for everybody's eyes: pages and mails make a sentence of it.</param>
/// <param name="ReadAtUtc">Null: unread.</param>
public sealed record NoticeView(
    string Notice, string Type, NoticeTopic Topic, string? Team, AgreementId? Agreement, BilingualText Subject, string Body, DateTimeOffset AtUtc, DateTimeOffset? ReadAtUtc)
{
    /// <summary>As it is stored.</summary>
    public static NoticeView Of(Notice notice, NoticeHappening h) => new(
        notice.Source, h.Type, notice.Topic, notice.Team, h.Agreement is { } agreement ? AgreementId.Wrap(agreement) : null, new(h.SubjectZh, h.SubjectEn), h.Body,
        notice.AtUtc.Instant(), notice.ReadAtUtc?.Instant());
}

internal sealed class ListNoticesHandler(IDbContextFactory<NoticesDatabase> notices, Caller caller) : IRequestHandler<ListNotices, Result<Page<NoticeView>>>
{
    public async Task<Result<Page<NoticeView>>> Handle(ListNotices request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var marker = Marker.First;
        if (request.After is { } after && !Marker.TryParse(after, out marker))
        {
            return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
        }

        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var own = database.Notices.AsNoTracking().Where(n => n.Person == caller.Principal.Person && n.IsShown && (request.Topic == null || n.Topic == request.Topic));
        var found = marker.IsRead ? [] : await Next(database, own.Where(n => n.ReadAtUtc == null), marker, request.Limit + 1, cancellationToken);
        if (!request.UnreadOnly && found.Count <= request.Limit)
        {
            found = [.. found, .. await Next(database, own.Where(n => n.ReadAtUtc != null), marker.IsRead ? marker : Marker.First, request.Limit + 1 - found.Count, cancellationToken)];
        }

        return Page<NoticeView>.Of(found, request.Limit, n => Marker.Of(n).ToString());
    }

    private static async Task<List<NoticeView>> Next(NoticesDatabase database, IQueryable<Notice> among, Marker marker, int most, CancellationToken cancel)
    {
        var page = await among
            .Where(n => n.AtUtc < marker.AtUtc || (n.AtUtc == marker.AtUtc && string.Compare(n.Source, marker.Source) > 0))
            .OrderByDescending(n => n.AtUtc).ThenBy(n => n.Source).Take(most)
            .Join(database.Happenings.AsNoTracking(), n => n.Source, h => h.Source, (n, h) => new { Notice = n, Happening = h })
            .ToListAsync(cancel);
        return [.. page.OrderByDescending(x => x.Notice.AtUtc).ThenBy(x => x.Notice.Source, StringComparer.Ordinal).Select(x => NoticeView.Of(x.Notice, x.Happening))];
    }

    /// <summary>The last notice of a page: whether it was read, when it happened, and its name.</summary>
    private readonly record struct Marker(bool IsRead, DateTime AtUtc, string Source)
    {
        public static readonly Marker First = new(false, new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc), "");

        public static Marker Of(NoticeView last) => new(last.ReadAtUtc is not null, last.AtUtc.UtcDateTime, last.Notice);

        public static bool TryParse(string text, out Marker marker)
        {
            marker = First;
            if (text.Split('~', 3) is not [("read" or "unread") and var state, var at, { Length: > 0 } source]
                || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > First.AtUtc.Ticks)
            {
                return false;
            }

            marker = new Marker(state == "read", new DateTime(ticks, DateTimeKind.Utc), source);
            return true;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsRead ? "read" : "unread")}~{AtUtc.Ticks}~{Source}");
    }
}
