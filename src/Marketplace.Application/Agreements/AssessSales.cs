using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>An administrator estimates a period whose report was demanded and did not come; the company can correct it.</summary>
/// <param name="Basis">What the estimate rests on.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record AssessSales(Guid CommandId, AgreementId Agreement, int Period, Money Net, string Basis, OtherFigures? Others = null) : ICommandRequest;

internal sealed class AssessSalesHandler(Commands commands) : IRequestHandler<AssessSales, Answer>
{
    public Task<Answer> Handle(AssessSales request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AssessSales(request.Period, request.Net, request.Basis, request.Others));
}
