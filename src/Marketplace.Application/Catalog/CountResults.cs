using Marketplace.Application.Door;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Catalog;

/// <summary>The facets of the public catalog with their counts, for what <see cref="SearchResults"/> would be asked with the same members.</summary>
[AnyoneMayAsk]
public sealed record CountResults(
    string? Text = null,
    IReadOnlyList<TechnologyField>? Field = null,
    IReadOnlyList<int>? Readiness = null,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<LicenceKind>? Licence = null,
    IReadOnlyList<PaymentModel>? Payment = null,
    IReadOnlyList<TrialLength>? Trial = null,
    IReadOnlyList<RightStatus>? Right = null,
    IReadOnlyList<OfferCover>? Cover = null,
    ResultStatus? Status = null,
    OrganisationId? Lab = null,
    int? MinReadiness = null) : IQuery<ResultCounts>, ICatalogQuestion;

/// <param name="Counts">Null while this host's index is built for the first time.</param>
public sealed record ResultCounts(CatalogCounts? Counts);

internal sealed class CountResultsHandler(ICatalogIndex? index = null) : IRequestHandler<CountResults, Result<ResultCounts>>
{
    public async Task<Result<ResultCounts>> Handle(CountResults request, CancellationToken cancellationToken)
    {
        var filter = CatalogFilter.Of(request);
        if (filter.Refusal is { } refusal)
        {
            return refusal;
        }

        return new ResultCounts(index is null ? null : await index.Count(filter.Value, cancellationToken));
    }
}
