using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Desks;

/// <summary>What one's own organisation has before it: as a lab, a company, a guarantor or a broker.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, For = Duty.Read)]
public sealed record GetDesk : IQuery<DeskView>;

/// <param name="On">The local day of all that is said.</param>
/// <param name="Stages">How many of its agreements stand in each stage that has any.</param>
/// <param name="LookedAt">Agreements that are not over of which tasks, dates and trials are told.</param>
/// <param name="IsAll">There are no more of them than that.</param>
/// <param name="Tasks">What waits for it, the earliest first.</param>
/// <param name="Ahead">The dates to come, the earliest first; payments a company owes and enforcement are among them.</param>
/// <param name="Trials">That are on, the one that ends first at the head.</param>
/// <param name="Newest">The newest agreements of each stage, a few.</param>
/// <param name="Funnel">How far its agreements have come.</param>
/// <param name="Money">By currency in which anything was ever owed.</param>
/// <param name="OpenNotices">A lab's results under public notice to which somebody objects.</param>
/// <param name="Commission">A broker's share of what labs receive; null: not a broker.</param>
public sealed record DeskView(
    DateOnly On,
    IReadOnlyDictionary<Stage, int> Stages,
    int LookedAt,
    bool IsAll,
    IReadOnlyList<DeskTask> Tasks,
    IReadOnlyList<DeskDate> Ahead,
    IReadOnlyList<DeskTrial> Trials,
    IReadOnlyList<DeskAgreement> Newest,
    AgreementFunnel Funnel,
    IReadOnlyList<DeskMoney> Money,
    IReadOnlyList<ObjectedResult> OpenNotices,
    DeskCommission? Commission);

/// <param name="Counterparty">The company for a lab, the lab for a company; both for a third party.</param>
public sealed record DeskAgreement(AgreementId Agreement, Stage Stage, AgreementState State, BilingualText ResultTitle, BilingualText Counterparty, DateOnly AppliedOn);

public sealed record DeskTask(DeskAgreement About, OpenTask Task);

public sealed record DeskDate(DeskAgreement About, UpcomingStep Step);

/// <param name="DaysLeft">With today.</param>
/// <param name="Criteria">How many were agreed.</param>
/// <param name="Met">How many of them the latest measurements meet.</param>
/// <param name="MayBeExtended">It was not yet, and nobody has asked.</param>
public sealed record DeskTrial(DeskAgreement About, DateOnly StartedOn, DateOnly EndsOn, int DaysLeft, int Criteria, int Met, bool MayBeExtended);

public sealed record ObjectedResult(LabResultId Result, BilingualText Title, int Objections);

internal sealed class GetDeskHandler(IDbContextFactory<MarketplaceReads> reads, Commands commands, MarketplaceClock clock) : IRequestHandler<GetDesk, Result<DeskView>>
{
    /// <summary>So many agreements that are not over are asked themselves; their answers come from memory or cost a load each.</summary>
    private const int MostLive = 500;

    private const int MostAhead = 20;
    private const int NewestOfStage = 5;
    private const int MostNotices = 20;

    private static readonly Stage[] Over = [Stage.Declined, Stage.Withdrawn, Stage.Returned, Stage.Expired, Stage.Closed];

    private sealed record Found(AgreementRow Row, string ResultZh, string ResultEn, string LabZh, string LabEn, string CompanyZh, string CompanyEn);

    public async Task<Result<DeskView>> Handle(GetDesk request, CancellationToken cancellationToken)
    {
        var (own, role, today) = (commands.OwnOrganisation.Value, commands.Principal.Role, LocalTime.DateOf(clock.NowUtc));
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var agreements = Own(database, own, role);
        var stages = await agreements.GroupBy(a => a.Stage).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var live = await Named(database, agreements.Where(a => !Over.Contains(a.Stage)).OrderBy(a => a.Agreement).Take(MostLive + 1), role, cancellationToken);
        var asked = await Task.WhenAll(live.Take(MostLive).Select(async about => (About: about, State: await commands.StateOf<IAgreementGrain, Agreement>(about.Agreement.Value))));

        return new DeskView(
            today,
            stages.ToDictionary(s => s.Key, s => s.Count),
            asked.Length,
            live.Count <= MostLive,
            [.. asked.SelectMany(x => OpenTask.Of(x.State, PartyOf(role), today), (x, task) => new DeskTask(x.About, task)).OrderBy(t => t.Task.By is null).ThenBy(t => t.Task.By).ThenBy(t => t.Task.Kind)],
            [.. asked.SelectMany(x => Outlook.Of(x.State), (x, step) => new DeskDate(x.About, step)).Where(d => d.Step.On >= today).OrderBy(d => d.Step.On).Take(MostAhead)],
            [.. asked.Select(x => Trial(x.About, x.State, today)).OfType<DeskTrial>().OrderBy(t => t.EndsOn)],
            await Newest(database, agreements, stages.Select(s => s.Key), role, cancellationToken),
            await AgreementFunnel.Read(database, agreements, cancellationToken),
            await DeskMoney.Read(database, agreements, today, cancellationToken),
            role == ActorRole.Lab ? await Notices(database, own, cancellationToken) : [],
            role == ActorRole.Broker ? await DeskCommission.Read(database, agreements, own, asked, cancellationToken) : null);
    }

    /// <summary>Nobody else's: each role by its own column, which an index serves.</summary>
    private static IQueryable<AgreementRow> Own(MarketplaceReads database, string own, ActorRole role) => role switch
    {
        ActorRole.Lab => database.Of<AgreementRow>().Where(a => a.Lab == own),
        ActorRole.Company => database.Of<AgreementRow>().Where(a => a.Company == own),
        _ => database.Of<AgreementRow>().Where(a => a.ThirdParty == own),
    };

    private static Party PartyOf(ActorRole role) => role switch { ActorRole.Lab => Party.Lab, ActorRole.Company => Party.Company, _ => Party.Third };

    private static async Task<List<DeskAgreement>> Named(MarketplaceReads database, IQueryable<AgreementRow> rows, ActorRole role, CancellationToken cancel)
    {
        var found = await rows
            .Join(database.Of<ResultRow>(), a => a.Result, r => r.Result, (a, r) => new { Row = a, Result = r })
            .Join(database.Of<OrganisationRow>(), a => a.Row.Lab, o => o.Organisation, (a, o) => new { a.Row, a.Result, Lab = o })
            .Join(
                database.Of<OrganisationRow>(), a => a.Row.Company, o => o.Organisation,
                (a, o) => new Found(a.Row, a.Result.TitleZh, a.Result.TitleEn, a.Lab.NameZh, a.Lab.NameEn, o.NameZh, o.NameEn))
            .ToListAsync(cancel);
        return [.. found.OrderBy(f => f.Row.Agreement, StringComparer.Ordinal).Select(f => Named(f, role))]; // a join promises no order
    }

    private static DeskAgreement Named(Found f, ActorRole role) => new(
        AgreementId.Wrap(f.Row.Agreement), f.Row.Stage, f.Row.State, new(f.ResultZh, f.ResultEn),
        role switch
        {
            ActorRole.Lab => new(f.CompanyZh, f.CompanyEn),
            ActorRole.Company => new(f.LabZh, f.LabEn),
            _ => new($"{f.LabZh} → {f.CompanyZh}", $"{f.LabEn} → {f.CompanyEn}"),
        },
        f.Row.AppliedOn);

    private static async Task<IReadOnlyList<DeskAgreement>> Newest(
        MarketplaceReads database, IQueryable<AgreementRow> agreements, IEnumerable<Stage> stages, ActorRole role, CancellationToken cancel)
    {
        var newest = new List<DeskAgreement>();
        foreach (var stage in stages.Order())
        {
            newest.AddRange(await Named(
                database, agreements.Where(a => a.Stage == stage).OrderByDescending(a => a.AppliedOn).ThenByDescending(a => a.Agreement).Take(NewestOfStage), role, cancel));
        }

        return newest;
    }

    private static DeskTrial? Trial(DeskAgreement about, Agreement a, DateOnly today)
    {
        if (a is not { Stage: Stage.InTrial or Stage.Extended or Stage.DecisionDue, TrialStartedOn: { } startedOn, TrialEndsOn: { } endsOn })
        {
            return null;
        }

        var results = TrialCriteria.Results(a);
        return new DeskTrial(
            about, startedOn, endsOn, Math.Max(0, endsOn.DayNumber - today.DayNumber + 1), results.Count, results.Count(r => r?.IsMet == true),
            a is { ExtendedByMonths: 0, ExtensionAskedMonths: null });
    }

    private static async Task<IReadOnlyList<ObjectedResult>> Notices(MarketplaceReads database, string lab, CancellationToken cancel)
    {
        var rows = await database.Of<ResultRow>().Where(r => r.Lab == lab && r.OpenObjections > 0).OrderBy(r => r.Result).Take(MostNotices).ToListAsync(cancel);
        return [.. rows.Select(r => new ObjectedResult(LabResultId.Wrap(r.Result), new(r.TitleZh, r.TitleEn), r.OpenObjections))];
    }
}
