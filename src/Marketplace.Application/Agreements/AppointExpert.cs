using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Names the expert who is asked whether a contested event has happened.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record AppointExpert(Guid CommandId, AgreementId Agreement, int Trigger, string Name, string Institution) : ICommandRequest;

internal sealed class AppointExpertHandler(Commands commands) : IRequestHandler<AppointExpert, Answer>
{
    public Task<Answer> Handle(AppointExpert request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value, new Domain.Agreements.AppointExpert(request.Trigger, request.Name, request.Institution));
}
