using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using MediatR;

namespace Marketplace.Application.Needs;

/// <summary>A company says what it thinks of a suggested result. The laboratory learns by it who the company is.</summary>
/// <param name="Reason">Needed when it does not suit.</param>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record AnswerSuggestion(Guid CommandId, NeedId Need, LabResultId Result, SuggestionAnswer Answer, string? Reason = null) : ICommandRequest;

internal sealed class AnswerSuggestionHandler(Commands commands) : IRequestHandler<AnswerSuggestion, Answer>
{
    public Task<Answer> Handle(AnswerSuggestion request, CancellationToken cancellationToken) =>
        commands.Execute<INeedGrain>(request, request.Need.Value, new Domain.Needs.AnswerSuggestion(request.Result, request.Answer, request.Reason));
}
