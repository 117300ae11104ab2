using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Answers an inventor's objection, which lets payouts and distributions go on. What an upheld one changes, the lab changes in the split.</summary>
/// <param name="Number">Of the objection, from 1.</param>
[MayAsk(ActorRole.Lab, For = Duty.Finance)]
public sealed record AnswerDistributionObjection(Guid CommandId, AgreementId Agreement, int Number, bool IsUpheld, string Reason) : ICommandRequest;

internal sealed class AnswerDistributionObjectionHandler(Commands commands) : IRequestHandler<AnswerDistributionObjection, Answer>
{
    public Task<Answer> Handle(AnswerDistributionObjection request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.AnswerDistributionObjection(request.Number, request.IsUpheld, request.Reason));
}
