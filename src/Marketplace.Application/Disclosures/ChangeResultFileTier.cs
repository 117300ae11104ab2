using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>The lab opens a file to more or to fewer. Who was given it already stays on record.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record ChangeResultFileTier(Guid CommandId, LabResultId Result, int Number, DisclosureTier Tier) : ICommandRequest;

internal sealed class ChangeResultFileTierHandler(Commands commands) : IRequestHandler<ChangeResultFileTier, Answer>
{
    public Task<Answer> Handle(ChangeResultFileTier request, CancellationToken cancellationToken) =>
        commands.Execute<IResultFilesGrain>(request, request.Result.Value, new Domain.Disclosures.ChangeResultFileTier(request.Number, request.Tier));
}
