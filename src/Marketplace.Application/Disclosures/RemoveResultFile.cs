using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>The lab takes a file away from its result: nobody is given it any more.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record RemoveResultFile(Guid CommandId, LabResultId Result, int Number) : ICommandRequest;

internal sealed class RemoveResultFileHandler(Commands commands) : IRequestHandler<RemoveResultFile, Answer>
{
    public Task<Answer> Handle(RemoveResultFile request, CancellationToken cancellationToken) =>
        commands.Execute<IResultFilesGrain>(request, request.Result.Value, new Domain.Disclosures.RemoveResultFile(request.Number));
}
