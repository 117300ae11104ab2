using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Policy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Policy;

/// <summary>What the zone owes owners for what they received in a year, CNY only. A lab sees its own, administrators see everybody's.</summary>
/// <param name="Year">Local year in which receipts were allocated to the lab.</param>
/// <param name="Lab">Only this one.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetSubsidies(int Year, OrganisationId? Lab = null) : IQuery<SubsidyOverview>;

/// <param name="IsSoFar">The year is not over, and more may be received.</param>
/// <param name="Labs">Those that received anything in the year, by id; the one that was asked for in any case.</param>
public sealed record SubsidyOverview(int Year, bool IsSoFar, Money Received, Money Amount, IReadOnlyList<LabSubsidy> Labs);

/// <param name="Agreements">How many of its agreements brought money.</param>
public sealed record LabSubsidy(OrganisationId Lab, BilingualText LabName, int Agreements, Subsidy Subsidy);

internal sealed class GetSubsidiesHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock, Caller caller)
    : IRequestHandler<GetSubsidies, Result<SubsidyOverview>>
{
    private sealed record Received(string Lab, long NetMinor, int Agreements);

    public async Task<Result<SubsidyOverview>> Handle(GetSubsidies request, CancellationToken cancellationToken)
    {
        var thisYear = LocalTime.DateOf(clock.NowUtc).Year;
        var asked = request.Lab ?? caller.Principal.Organisation; // null for administrators only, as the roles say
        if (asked is { } other && !caller.Principal.Sees(other))
        {
            return Refusal.NotFound();
        }

        var rate = SubsidyScheme.RateOf(request.Year, thisYear);
        if (rate.Refusal is { } refusal)
        {
            return refusal;
        }

        var (lab, yuan) = (asked?.Value, Currency.Cny.Code);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var received = await database.Of<LabIncomeRow>()
            .Where(i => i.BookedYear == request.Year && i.Currency == yuan && (lab == null || i.Lab == lab))
            .GroupBy(i => i.Lab)
            .Select(g => new Received(g.Key, g.Sum(i => i.NetMinor), g.Count()))
            .ToListAsync(cancellationToken);
        if (lab is not null && received.Count == 0)
        {
            received.Add(new Received(lab, 0, 0));
        }

        string[] labs = [.. received.Select(r => r.Lab)];
        var names = await database.Of<OrganisationRow>()
            .Where(o => labs.Contains(o.Organisation) && o.Kind == OrganisationKind.Lab)
            .ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancellationToken);
        if (lab is not null && !names.ContainsKey(lab))
        {
            return Refusal.NotFound();
        }

        LabSubsidy[] subsidies =
        [
            .. received.OrderBy(r => r.Lab, StringComparer.Ordinal).Select(r => new LabSubsidy(
                OrganisationId.Wrap(r.Lab), names[r.Lab], r.Agreements, SubsidyScheme.Of(rate.Value, request.Year, r.NetMinor))),
        ];
        return new SubsidyOverview(
            request.Year, request.Year == thisYear, Total(subsidies, s => s.Received), Total(subsidies, s => s.Amount), subsidies);
    }

    private static Money Total(LabSubsidy[] labs, Func<Subsidy, Money> sum) =>
        labs.Aggregate(Money.Zero(Currency.Cny), (total, lab) => total + sum(lab.Subsidy));
}
