using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What the named expert says of a contested event; the decision stays the administrator's.</summary>
/// <param name="FileHash">SHA-256, hex, of the opinion.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record RecordExpertOpinion(Guid CommandId, AgreementId Agreement, int Trigger, bool Supports, string Opinion, string FileHash) : ICommandRequest;

internal sealed class RecordExpertOpinionHandler(Commands commands) : IRequestHandler<RecordExpertOpinion, Answer>
{
    public Task<Answer> Handle(RecordExpertOpinion request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value, new Domain.Agreements.RecordExpertOpinion(request.Trigger, request.Supports, request.Opinion, request.FileHash));
}
