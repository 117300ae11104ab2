using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Who owes most, and for whom guarantors stand; for administrators.</summary>
/// <param name="Most">So many of each at most.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetExposures(Currency Currency, int Most = 10) : IQuery<ExposuresView>;

/// <param name="Companies">By what is open, the most first.</param>
/// <param name="Guarantors">By what is open under the agreements that they sign for, the most first; not more than it may be what they cover of it.</param>
public sealed record ExposuresView(Currency Currency, IReadOnlyList<OpenSums> Companies, IReadOnlyList<OpenSums> Guarantors);

/// <param name="Open">Invoiced or not, contested sums included.</param>
/// <param name="Overdue">Of that.</param>
/// <param name="Agreements">How many have anything open.</param>
public sealed record OpenSums(OrganisationId Organisation, BilingualText Name, Money Open, Money Overdue, int Agreements);

internal sealed class GetExposuresHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<GetExposures, Result<ExposuresView>>
{
    private sealed record Sums(string Organisation, long OpenMinor, long OverdueMinor, int Agreements);

    public async Task<Result<ExposuresView>> Handle(GetExposures request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Most) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var code = request.Currency.Code;
        var open = database.Of<AgreementRow>().Where(a => a.OutstandingMinor > 0 && a.Currency == code);
        var guarantors = database.Of<OrganisationRow>().Where(o => o.Kind == OrganisationKind.Guarantor);
        return new ExposuresView(
            request.Currency,
            await Most(database, open.GroupBy(a => a.Company), request, cancellationToken),
            await Most(database, open.Where(a => a.ThirdParty != null && guarantors.Any(g => g.Organisation == a.ThirdParty)).GroupBy(a => a.ThirdParty!), request, cancellationToken));
    }

    private static async Task<IReadOnlyList<OpenSums>> Most(MarketplaceReads database, IQueryable<IGrouping<string, AgreementRow>> groups, GetExposures request, CancellationToken cancel)
    {
        var most = await groups.Select(g => new { Organisation = g.Key, OpenMinor = g.Sum(a => a.OutstandingMinor), OverdueMinor = g.Sum(a => a.OverdueMinor), Agreements = g.Count() })
            .OrderByDescending(s => s.OpenMinor).ThenBy(s => s.Organisation)
            .Take(request.Most)
            .Select(s => new Sums(s.Organisation, s.OpenMinor, s.OverdueMinor, s.Agreements))
            .ToListAsync(cancel);
        string[] ids = [.. most.Select(m => m.Organisation)];
        var names = await database.Of<OrganisationRow>().Where(o => ids.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancel);
        return [.. most.Select(m => new OpenSums(OrganisationId.Wrap(m.Organisation), names[m.Organisation], new(m.OpenMinor, request.Currency), new(m.OverdueMinor, request.Currency), m.Agreements))];
    }
}
