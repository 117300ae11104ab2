using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Applies unapplied cash to whatever is invoiced and open.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Finance)]
public sealed record AllocateUnapplied(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class AllocateUnappliedHandler(Commands commands) : IRequestHandler<AllocateUnapplied, Answer>
{
    public Task<Answer> Handle(AllocateUnapplied request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AllocateUnapplied());
}
