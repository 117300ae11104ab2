using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Answers an objection: upheld, the notice is void; dismissed, its clock goes on.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record AnswerObjection(Guid CommandId, LabResultId Result, int Number, bool IsUpheld, string Answer) : ICommandRequest;

internal sealed class AnswerObjectionHandler(Commands commands) : IRequestHandler<AnswerObjection, Answer>
{
    public Task<Answer> Handle(AnswerObjection request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.AnswerObjection(request.Number, request.IsUpheld, request.Answer));
}
