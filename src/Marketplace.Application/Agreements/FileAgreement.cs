using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Records the filing 备案 with the authority.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record FileAgreement(Guid CommandId, AgreementId Agreement, string FilingNumber) : ICommandRequest;

internal sealed class FileAgreementHandler(Commands commands) : IRequestHandler<FileAgreement, Answer>
{
    public Task<Answer> Handle(FileAgreement request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.FileAgreement(request.FilingNumber));
}
