using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company cannot pay a sum on its date and proposes others.</summary>
/// <param name="Parts">Together the open principal, from early to late.</param>
/// <param name="WaiveInterest">Whether interest so far is given up too.</param>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record RequestHardship(Guid CommandId, AgreementId Agreement, int Obligation, IReadOnlyList<HardshipPart> Parts, bool WaiveInterest, string Reason) : ICommandRequest;

internal sealed class RequestHardshipHandler(Commands commands) : IRequestHandler<RequestHardship, Answer>
{
    public Task<Answer> Handle(RequestHardship request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RequestHardship(request.Obligation, request.Parts, request.WaiveInterest, request.Reason));
}
