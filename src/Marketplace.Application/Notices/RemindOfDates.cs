using System.Globalization;
using System.Linq.Expressions;
using Marketplace.Application.Agreements;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>
/// Tells of dates that come or have passed, each once for each distance. Only dates that are at one of the distances are read, by their index and
/// in pages by key; running twice, twice at once or late tells nothing twice.
/// </summary>
public sealed class RemindOfDates(IDbContextFactory<MarketplaceReads> reads, NoticeStore store, MarketplaceClock clock)
{
    private const int PageSize = 500;

    private static readonly Stage[] InTrial = [Stage.InTrial, Stage.Extended, Stage.DecisionDue];
    private static readonly Stage[] Licensed = [Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached];

    /// <summary>All of today, after the last day that is done.</summary>
    /// <exception cref="System.Data.Common.DbException">The database did not answer; the next run goes on.</exception>
    public async Task Run(CancellationToken cancel = default)
    {
        var today = LocalTime.DateOf(clock.NowUtc);
        var lookedAt = (await store.Position(NoticePosition.Dates, cancel)).Day;
        foreach (var span in ComingDates.Spans(lookedAt, today))
        {
            await Sums(span, cancel);
            await Dates(span, ComingDateKind.Report, a => a.ReportDueOn, a => a.ReportPeriod, _ => NoticeReaders.Company, Duty.Finance, NoticeTopic.Reports, null, cancel);
            if (span.Offset <= 0)
            {
                // What ends has ended afterwards: there is nothing left to be done about it.
                await Dates(
                    span, ComingDateKind.TrialEnd, a => a.TrialEndsOn, _ => null, _ => NoticeReaders.Company, Duty.Negotiate | Duty.Sign, NoticeTopic.Trial, a => InTrial.Contains(a.Stage), cancel);
                await Dates(span, ComingDateKind.Terms, a => a.TermsOpenUntil, a => a.TermsVersion, Waiting, Duty.Negotiate, NoticeTopic.Negotiation, null, cancel);
                await Dates(
                    span, ComingDateKind.LicenceEnd, a => a.LicenceEndsOn, _ => null, _ => NoticeReaders.Parties, Duty.Negotiate, NoticeTopic.Trial, a => Licensed.Contains(a.Stage), cancel);
            }
            else
            {
                // On the day itself the event that asks for signatures is told of.
                await Dates(span, ComingDateKind.Signature, a => a.ToSignSince, a => a.TermsVersion, Waiting, Duty.Sign, NoticeTopic.Signatures, null, cancel);
            }
        }

        await Go([], today, cancel);
    }

    private static NoticeReaders Waiting(AgreementRow a) =>
        (a.WaitsFor?.HasFlag(Party.Lab) == true ? NoticeReaders.Lab : NoticeReaders.None)
        | (a.WaitsFor?.HasFlag(Party.Company) == true ? NoticeReaders.Company : NoticeReaders.None)
        | (a.WaitsFor?.HasFlag(Party.Third) == true ? NoticeReaders.Third : NoticeReaders.None);

    /// <summary>Sums that can be enforced; once they are late, whom they are owed to is told too.</summary>
    private async Task Sums(DateSpan span, CancellationToken cancel)
    {
        var (day, agreement, number) = (DateOnly.MinValue, "", 0);
        while (true)
        {
            await using var database = await reads.CreateDbContextAsync(cancel);
            var found = await Titled(database, database.Of<ObligationRow>()
                .Where(o => o.DueOn >= span.From && o.DueOn <= span.Until && o.OutstandingMinor > o.ContestedMinor)
                .Where(o => o.DueOn > day || (o.DueOn == day && (string.Compare(o.Agreement, agreement) > 0 || (o.Agreement == agreement && o.Number > number))))
                .OrderBy(o => o.DueOn).ThenBy(o => o.Agreement).ThenBy(o => o.Number).Take(PageSize), o => o.Agreement, cancel);
            var sums = found.OrderBy(f => f.Row.DueOn).ThenBy(f => f.Row.Agreement, StringComparer.Ordinal).ThenBy(f => f.Row.Number).ToList(); // a join promises no order
            await Go([.. sums.Select(f => ToTell(
                f.Agreement, f.Title, new ComingDate(ComingDateKind.Payment, f.Row.Number, f.Row.DueOn, span.Offset, f.Row.OutstandingMinor - f.Row.ContestedMinor, f.Row.Currency),
                span.Offset > 0 ? NoticeReaders.Parties : NoticeReaders.Company, Duty.Finance, NoticeTopic.Money))], null, cancel);
            if (sums.Count < PageSize)
            {
                return;
            }

            (day, agreement, number) = (sums[^1].Row.DueOn, sums[^1].Row.Agreement, sums[^1].Row.Number);
        }
    }

    private async Task Dates(
        DateSpan span, ComingDateKind kind, Expression<Func<AgreementRow, DateOnly?>> date, Func<AgreementRow, int?> number, Func<AgreementRow, NoticeReaders> to, Duty duty, NoticeTopic topic,
        Expression<Func<AgreementRow, bool>>? only, CancellationToken cancel)
    {
        var dateOf = date.Compile();
        var (name, day, agreement) = (((MemberExpression)date.Body).Member.Name, DateOnly.MinValue, "");
        while (true)
        {
            await using var database = await reads.CreateDbContextAsync(cancel);
            var rows = database.Of<AgreementRow>()
                .Where(a => EF.Property<DateOnly?>(a, name) >= span.From && EF.Property<DateOnly?>(a, name) <= span.Until)
                .Where(a => EF.Property<DateOnly?>(a, name) > day || (EF.Property<DateOnly?>(a, name) == day && string.Compare(a.Agreement, agreement) > 0));
            var found = await Titled(
                database, (only is null ? rows : rows.Where(only)).OrderBy(a => EF.Property<DateOnly?>(a, name)).ThenBy(a => a.Agreement).Take(PageSize), a => a.Agreement, cancel);
            var dated = found.OrderBy(f => dateOf(f.Row)).ThenBy(f => f.Row.Agreement, StringComparer.Ordinal).ToList();
            await Go([.. dated.Select(f => ToTell(f.Agreement, f.Title, new ComingDate(kind, number(f.Row), dateOf(f.Row)!.Value, span.Offset), to(f.Row), duty, topic))], null, cancel);
            if (dated.Count < PageSize)
            {
                return;
            }

            (day, agreement) = (dateOf(dated[^1].Row)!.Value, dated[^1].Row.Agreement);
        }
    }

    /// <summary>Rows with the agreement that they are of, and what its result is called.</summary>
    private static async Task<IReadOnlyList<(TRow Row, AgreementRow Agreement, BilingualText Title)>> Titled<TRow>(
        MarketplaceReads database, IQueryable<TRow> rows, Expression<Func<TRow, string>> agreement, CancellationToken cancel) where TRow : class, IReadRow
    {
        var found = await rows
            .Join(database.Of<AgreementRow>(), agreement, a => a.Agreement, (row, a) => new { Row = row, Agreement = a })
            .Join(database.Of<ResultRow>(), x => x.Agreement.Result, r => r.Result, (x, r) => new { x.Row, x.Agreement, r.TitleZh, r.TitleEn })
            .ToListAsync(cancel);
        return [.. found.Select(f => (f.Row, f.Agreement, new BilingualText(f.TitleZh, f.TitleEn)))];
    }

    private ToTell ToTell(AgreementRow a, BilingualText title, ComingDate date, NoticeReaders to, Duty duty, NoticeTopic topic) => new(
        new NoticeHappening
        {
            // A date that moves is another one.
            Source = string.Create(CultureInfo.InvariantCulture, $"due/{a.Agreement}/{date.Kind}/{date.Number}/{date.On:yyyy-MM-dd}/{date.Offset}"),
            Type = $"due/{date.Kind}",
            Topic = topic,
            Agreement = a.Agreement,
            SubjectZh = title.Zh,
            SubjectEn = title.En,
            Body = CanonicalJson.Write(date),
            AtUtc = clock.NowUtc.UtcDateTime,
        },
        [
            .. new[]
            {
                to.HasFlag(NoticeReaders.Company) ? a.Company : null, to.HasFlag(NoticeReaders.Lab) ? a.Lab : null, to.HasFlag(NoticeReaders.Third) ? a.ThirdParty : null,
            }.OfType<string>().Select(team => new TeamReaders(team, duty)),
        ],
        [], By: null);

    /// <param name="done">The day that is done with it; null: it is not yet.</param>
    private async Task Go(IReadOnlyList<ToTell> told, DateOnly? done, CancellationToken cancel)
    {
        if (told.Count == 0 && done is null)
        {
            return;
        }

        NoticePosition before;
        do
        {
            before = await store.Position(NoticePosition.Dates, cancel);
        }
        while (!await store.Write(before, new NoticePosition { Name = before.Name, Epoch = 0, Place = 0, Day = done ?? before.Day, Turn = before.Turn }, told, [], cancel)); // another node has just written its page
    }
}
