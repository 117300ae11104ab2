using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Says what the company expects to sell, from the next reporting period that begins on. Reports are compared with it.</summary>
/// <param name="MonthlyNet">Net sales of a month.</param>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record ForecastSales(Guid CommandId, AgreementId Agreement, Money MonthlyNet) : ICommandRequest;

internal sealed class ForecastSalesHandler(Commands commands) : IRequestHandler<ForecastSales, Answer>
{
    public Task<Answer> Handle(ForecastSales request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ForecastSales(request.MonthlyNet));
}
