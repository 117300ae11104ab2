using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>The agreements of one's own organisation; administrators see everybody's. By id.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListAgreements(AgreementState? State = null, LabResultId? Result = null, string? After = null, int Limit = 50) : IQuery<Page<AgreementCard>>;

/// <summary>An agreement as lists show it.</summary>
/// <param name="Outstanding">All that is open of it, contested sums included.</param>
/// <param name="Overdue">Of that: what is overdue.</param>
/// <param name="StepsWaiting">Steps of the ladder that wait for an administrator's approval.</param>
public sealed record AgreementCard(
    AgreementId Agreement,
    AgreementState State,
    LabResultId Result,
    BilingualText ResultTitle,
    OrganisationId Lab,
    BilingualText LabName,
    OrganisationId Company,
    BilingualText CompanyName,
    DateOnly AppliedOn,
    DateOnly? EffectiveOn,
    DateOnly? TrialEndsOn,
    DateOnly? ConvertedOn,
    DateOnly? LicenceEndsOn,
    int OpenDisputes,
    Money Outstanding,
    Money Overdue,
    int StepsWaiting);


internal sealed class ListAgreementsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller)
    : IRequestHandler<ListAgreements, Result<Page<AgreementCard>>>
{
    private sealed record Found(AgreementRow Row, string ResultZh, string ResultEn, string LabZh, string LabEn, string CompanyZh, string CompanyEn);

    public async Task<Result<Page<AgreementCard>>> Handle(ListAgreements request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (own, result) = (caller.Principal.Organisation?.Value, request.Result?.Value); // own is null for administrators only, as the roles say
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var found = await database.Of<AgreementRow>()
            .Where(a => own == null || a.Lab == own || a.Company == own || a.ThirdParty == own)
            .Where(a => (request.State == null || a.State == request.State) && (result == null || a.Result == result))
            .Where(a => request.After == null || string.Compare(a.Agreement, request.After) > 0)
            .OrderBy(a => a.Agreement)
            .Take(request.Limit + 1)
            .Join(database.Of<ResultRow>(), a => a.Result, r => r.Result, (a, r) => new { Row = a, Result = r })
            .Join(database.Of<OrganisationRow>(), a => a.Row.Lab, o => o.Organisation, (a, o) => new { a.Row, a.Result, Lab = o })
            .Join(
                database.Of<OrganisationRow>(), a => a.Row.Company, o => o.Organisation,
                (a, o) => new Found(a.Row, a.Result.TitleZh, a.Result.TitleEn, a.Lab.NameZh, a.Lab.NameEn, o.NameZh, o.NameEn))
            .ToListAsync(cancellationToken);
        Found[] ordered = [.. found.OrderBy(f => f.Row.Agreement, StringComparer.Ordinal)]; // a join promises no order
        var page = Page<Found>.Of(ordered, request.Limit, f => f.Row.Agreement);
        return new Page<AgreementCard>([.. page.Items.Select(Card)], page.Next);
    }

    private static AgreementCard Card(Found found)
    {
        var row = found.Row;
        var currency = Currency.Parse(row.Currency).Value;
        return new AgreementCard(
            AgreementId.Wrap(row.Agreement), row.State, LabResultId.Wrap(row.Result), new(found.ResultZh, found.ResultEn),
            OrganisationId.Wrap(row.Lab), new(found.LabZh, found.LabEn), OrganisationId.Wrap(row.Company), new(found.CompanyZh, found.CompanyEn),
            row.AppliedOn, row.EffectiveOn, row.TrialEndsOn, row.ConvertedOn, row.LicenceEndsOn, row.OpenDisputes,
            new(row.OutstandingMinor, currency), new(row.OverdueMinor, currency), row.StepsWaiting);
    }
}
