using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company goes commercial: the licence begins and its payments arise.</summary>
[MayAsk(ActorRole.Company, For = Duty.Sign, Proven = true)]
public sealed record ConvertLicence(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class ConvertLicenceHandler(Commands commands) : IRequestHandler<ConvertLicence, Answer>
{
    public Task<Answer> Handle(ConvertLicence request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ConvertLicence());
}
