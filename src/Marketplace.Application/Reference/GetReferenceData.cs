using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Reference;

/// <summary>The working days and rates that deadlines, late interest and withheld tax are computed with; public, so that anybody can recompute.</summary>
[AnyoneMayAsk]
public sealed record GetReferenceData : IQuery<ReferenceDataView>;

/// <param name="CalendarKnownThrough">A deadline after this day may still move.</param>
public sealed record ReferenceDataView(DateOnly CalendarKnownThrough, IReadOnlyList<CalendarDay> Days, IReadOnlyList<LprRate> Lpr, IReadOnlyList<WithholdingRate> Withholding);

internal sealed class GetReferenceDataHandler(CurrentReferenceData current) : IRequestHandler<GetReferenceData, Result<ReferenceDataView>>
{
    public Task<Result<ReferenceDataView>> Handle(GetReferenceData request, CancellationToken cancellationToken)
    {
        var (calendar, lpr, withholding) = current.Value;
        return Task.FromResult<Result<ReferenceDataView>>(new ReferenceDataView(calendar.KnownThrough, calendar.Days, lpr.Rates, withholding.Rates));
    }
}
