using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The author of an entry says that it does not hold. What was written stays, and so does the reason.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record RetractTrialEntry(Guid CommandId, AgreementId Agreement, int Entry, string Reason) : ICommandRequest;

internal sealed class RetractTrialEntryHandler(Commands commands) : IRequestHandler<RetractTrialEntry, Answer>
{
    public Task<Answer> Handle(RetractTrialEntry request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RetractTrialEntry(request.Entry, request.Reason));
}
