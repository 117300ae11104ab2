using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Policy;

/// <summary>What has come of the scheme: how soon results find their first contract, how far agreements come, who defaults; for administrators.</summary>
/// <param name="Year">Only results that were listed, and agreements that were applied for, in this local year; null: all.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetPolicyStatistics(int? Year = null) : IQuery<PolicyStatistics>;

/// <param name="On">The local day as of which all is said.</param>
/// <param name="Years">In which anything was listed or applied for, the latest first.</param>
/// <param name="ToFirstDeal">From the day on which a result was listed to the day on which its first contract took effect; of the results that have one.</param>
/// <param name="Negotiation">From application to effect, of the agreements that took effect.</param>
/// <param name="Total">Of all agreements.</param>
/// <param name="Quarters">By the quarter of the application, the latest first.</param>
/// <param name="Fields">By the field of the result, in the order of their names in the code.</param>
/// <param name="Labs">By laboratory, the one with most contracts first; the first <see cref="GetPolicyStatisticsHandler.MostLabs"/>.</param>
/// <param name="OtherLabs">How many more have agreements.</param>
public sealed record PolicyStatistics(
    DateOnly On, int? Year, IReadOnlyList<int> Years, DaysTaken ToFirstDeal, DaysTaken Negotiation, AgreementFunnel Funnel, Cohort Total,
    IReadOnlyList<QuarterCohort> Quarters, IReadOnlyList<FieldCohort> Fields, IReadOnlyList<LabCohort> Labs, int OtherLabs);

/// <summary>How many days something took.</summary>
/// <param name="Done">How many of them have got there.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Median">The lower of two in the middle; null: none has got there.</param>
public sealed record DaysTaken(int Done, int Of, int? Least, int? Median, int? Most)
{
    /// <param name="taken">Days, and how many took so many.</param>
    public static DaysTaken From(IEnumerable<(int Days, int Count)> taken, int of)
    {
        (int Days, int Count)[] sorted = [.. taken.Where(t => t.Count > 0).OrderBy(t => t.Days)];
        var (done, before) = (sorted.Sum(t => t.Count), 0);
        foreach (var (days, count) in sorted)
        {
            before += count;
            if (before * 2 >= done)
            {
                return new DaysTaken(done, of, sorted[0].Days, days, sorted[^1].Days);
            }
        }

        return new DaysTaken(0, of, null, null, null);
    }
}

/// <summary>What has become of some agreements.</summary>
/// <param name="Applied">All of them.</param>
/// <param name="InEffect">Of which a contract took effect.</param>
/// <param name="Tried">Whose trial has begun.</param>
/// <param name="Returned">Which ended with the trial, by return or lapse.</param>
/// <param name="Converted">To a commercial licence.</param>
/// <param name="Invoiced">Of which any sum was invoiced.</param>
/// <param name="Paid">Of which anything was paid.</param>
/// <param name="Late">Of which anything is overdue today.</param>
/// <param name="Defaulted">Which stand in a cure period, in breach, or are terminated.</param>
public sealed record Cohort(int Applied, int InEffect, int Tried, int Returned, int Converted, int Invoiced, int Paid, int Late, int Defaulted)
{
    /// <summary>Of the trials that were decided, those that were converted, in parts per million; null: none was decided.</summary>
    public long? ConversionPpm => Part(Converted, Converted + Returned);

    /// <summary>Of the agreements of which anything was invoiced, those in default, in parts per million; null: nothing was invoiced.</summary>
    public long? DefaultPpm => Part(Defaulted, Invoiced);

    internal static Cohort Sum(IEnumerable<Cohort> parts) => parts.Aggregate(
        new Cohort(0, 0, 0, 0, 0, 0, 0, 0, 0),
        (a, b) => new(
            a.Applied + b.Applied, a.InEffect + b.InEffect, a.Tried + b.Tried, a.Returned + b.Returned, a.Converted + b.Converted, a.Invoiced + b.Invoiced, a.Paid + b.Paid,
            a.Late + b.Late, a.Defaulted + b.Defaulted));

    private static long? Part(int part, int whole) => whole == 0 ? null : Rounding.HalfEven((Int128)part * Money.WholePpm, whole);
}

/// <param name="Quarter">1 to 4.</param>
public sealed record QuarterCohort(int Year, int Quarter, Cohort Cohort);

/// <param name="ToFirstDeal">Of the field's results.</param>
public sealed record FieldCohort(TechnologyField Field, Cohort Cohort, DaysTaken ToFirstDeal);

/// <param name="ToFirstDeal">Of the laboratory's results.</param>
public sealed record LabCohort(OrganisationId Lab, BilingualText Name, Cohort Cohort, DaysTaken ToFirstDeal);

internal sealed class GetPolicyStatisticsHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock)
    : IRequestHandler<GetPolicyStatistics, Result<PolicyStatistics>>
{
    internal const int MostLabs = 100;

    private static readonly Stage[] Ended = [Stage.Returned, Stage.Expired];
    private static readonly Stage[] Default = [Stage.Cure, Stage.Breached, Stage.Terminated];

    private sealed record Group(int Year, int Month, TechnologyField Field, string Lab);

    private sealed record Listed(DateTime ListedAtUtc, DateOnly? FirstOn, TechnologyField Field, string Lab)
    {
        public int? Days => FirstOn is { } first ? first.DayNumber - LocalTime.DateOf(ListedAtUtc.Instant()).DayNumber : null;
    }

    public async Task<Result<PolicyStatistics>> Handle(GetPolicyStatistics request, CancellationToken cancellationToken)
    {
        if (request.Year is < 2000 or > 9000)
        {
            return Refusal.Invalid("statistics-year", "年份无效。", "This is no year.", "year");
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var agreements = Of(database, request.Year);
        var cohorts = await Cohorts(database, agreements, cancellationToken);
        var listed = await FirstDeals(database, request.Year, cancellationToken);
        var negotiated = await agreements.Where(a => a.EffectiveOn != null)
            .GroupBy(a => new { a.AppliedOn, a.EffectiveOn }).Select(g => new { g.Key.AppliedOn, g.Key.EffectiveOn, Count = g.Count() }).ToListAsync(cancellationToken);
        var total = Cohort.Sum(cohorts.Values);
        string[] labs = [.. cohorts.Keys.Select(k => k.Lab).Concat(listed.Select(l => l.Lab)).Distinct()];
        var names = await database.Of<OrganisationRow>().Where(o => labs.Contains(o.Organisation))
            .ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancellationToken);

        return new PolicyStatistics(
            LocalTime.DateOf(clock.NowUtc),
            request.Year,
            await Years(database, cancellationToken),
            Taken(listed),
            DaysTaken.From(negotiated.Select(n => (n.EffectiveOn!.Value.DayNumber - n.AppliedOn.DayNumber, n.Count)), total.Applied),
            await AgreementFunnel.Read(database, agreements, cancellationToken),
            total,
            [
                .. cohorts.GroupBy(c => (c.Key.Year, Quarter: (c.Key.Month + 2) / 3)).OrderByDescending(g => g.Key)
                    .Select(g => new QuarterCohort(g.Key.Year, g.Key.Quarter, Cohort.Sum(g.Select(c => c.Value)))),
            ],
            [
                .. cohorts.Keys.Select(k => k.Field).Concat(listed.Select(l => l.Field)).Distinct().Order()
                    .Select(field => new FieldCohort(field, Cohort.Sum(cohorts.Where(c => c.Key.Field == field).Select(c => c.Value)), Taken(listed.Where(l => l.Field == field)))),
            ],
            [
                .. labs.Select(lab => new LabCohort(
                        OrganisationId.Wrap(lab), names[lab], Cohort.Sum(cohorts.Where(c => c.Key.Lab == lab).Select(c => c.Value)), Taken(listed.Where(l => l.Lab == lab))))
                    .OrderByDescending(l => l.Cohort.InEffect).ThenByDescending(l => l.Cohort.Applied).ThenBy(l => l.Lab.Value, StringComparer.Ordinal).Take(MostLabs),
            ],
            Math.Max(0, labs.Length - MostLabs));
    }

    private static IQueryable<AgreementRow> Of(MarketplaceReads database, int? year)
    {
        var agreements = database.Of<AgreementRow>();
        if (year is not { } asked)
        {
            return agreements;
        }

        var (from, before) = (new DateOnly(asked, 1, 1), new DateOnly(asked + 1, 1, 1));
        return agreements.Where(a => a.AppliedOn >= from && a.AppliedOn < before);
    }

    /// <summary>One group for each month, field and laboratory: few, however many agreements there are.</summary>
    private static async Task<Dictionary<Group, Cohort>> Cohorts(MarketplaceReads database, IQueryable<AgreementRow> agreements, CancellationToken cancel)
    {
        var (results, obligations) = (database.Of<ResultRow>(), database.Of<ObligationRow>());
        var invoiced = await Count(agreements.Where(a => obligations.Any(o => o.Agreement == a.Agreement && o.WasInvoiced)));
        var paid = await Count(agreements.Where(a => obligations.Any(o => o.Agreement == a.Agreement && o.AllocatedMinor > 0)));
        var all = await agreements.Join(results, a => a.Result, r => r.Result, (a, r) => new { Row = a, r.Field })
            .GroupBy(a => new { a.Row.AppliedOn.Year, a.Row.AppliedOn.Month, a.Field, a.Row.Lab })
            .Select(g => new
            {
                g.Key,
                Applied = g.Count(),
                InEffect = g.Sum(a => a.Row.EffectiveOn != null ? 1 : 0),
                Tried = g.Sum(a => a.Row.TrialEndsOn != null ? 1 : 0),
                Returned = g.Sum(a => Ended.Contains(a.Row.Stage) && a.Row.TrialEndsOn != null && a.Row.ConvertedOn == null ? 1 : 0),
                Converted = g.Sum(a => a.Row.ConvertedOn != null ? 1 : 0),
                Late = g.Sum(a => a.Row.OverdueMinor > 0 ? 1 : 0),
                Defaulted = g.Sum(a => Default.Contains(a.Row.Stage) ? 1 : 0),
            })
            .ToListAsync(cancel);
        return all.ToDictionary(
            g => new Group(g.Key.Year, g.Key.Month, g.Key.Field, g.Key.Lab),
            g =>
            {
                var group = new Group(g.Key.Year, g.Key.Month, g.Key.Field, g.Key.Lab);
                return new Cohort(g.Applied, g.InEffect, g.Tried, g.Returned, g.Converted, invoiced.GetValueOrDefault(group), paid.GetValueOrDefault(group), g.Late, g.Defaulted);
            });

        async Task<Dictionary<Group, int>> Count(IQueryable<AgreementRow> rows)
        {
            var counts = await rows.Join(results, a => a.Result, r => r.Result, (a, r) => new { Row = a, r.Field })
                .GroupBy(a => new { a.Row.AppliedOn.Year, a.Row.AppliedOn.Month, a.Field, a.Row.Lab }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
            return counts.ToDictionary(c => new Group(c.Key.Year, c.Key.Month, c.Key.Field, c.Key.Lab), c => c.Count);
        }
    }

    private static async Task<List<Listed>> FirstDeals(MarketplaceReads database, int? year, CancellationToken cancel)
    {
        var results = database.Of<ResultRow>().Where(r => r.ListedAtUtc != null);
        if (year is { } asked)
        {
            var (from, before) = (LocalTime.StartOf(new DateOnly(asked, 1, 1)).UtcDateTime, LocalTime.StartOf(new DateOnly(asked + 1, 1, 1)).UtcDateTime);
            results = results.Where(r => r.ListedAtUtc >= from && r.ListedAtUtc < before);
        }

        var firsts = database.Of<AgreementRow>().Where(a => a.EffectiveOn != null).GroupBy(a => a.Result).Select(g => new { Result = g.Key, FirstOn = g.Min(a => a.EffectiveOn) });
        return await results
            .GroupJoin(firsts, r => r.Result, f => f.Result, (r, f) => new { Row = r, Firsts = f })
            .SelectMany(x => x.Firsts.DefaultIfEmpty(), (x, first) => new Listed(x.Row.ListedAtUtc!.Value, first!.FirstOn, x.Row.Field, x.Row.Lab))
            .ToListAsync(cancel);
    }

    private static DaysTaken Taken(IEnumerable<Listed> listed)
    {
        Listed[] all = [.. listed];
        return DaysTaken.From(all.Select(l => l.Days).OfType<int>().Select(days => (days, 1)), all.Length);
    }

    private static async Task<IReadOnlyList<int>> Years(MarketplaceReads database, CancellationToken cancel)
    {
        var applied = await database.Of<AgreementRow>().Select(a => a.AppliedOn.Year).Distinct().ToListAsync(cancel);
        var (first, last) = (await database.Of<ResultRow>().MinAsync(r => r.ListedAtUtc, cancel), await database.Of<ResultRow>().MaxAsync(r => r.ListedAtUtc, cancel));
        IEnumerable<int> listed = first is { } from && last is { } until ? Enumerable.Range(Year(from), Year(until) - Year(from) + 1) : [];
        return [.. applied.Union(listed).OrderDescending()];

        static int Year(DateTime utc) => LocalTime.DateOf(utc.Instant()).Year;
    }
}
