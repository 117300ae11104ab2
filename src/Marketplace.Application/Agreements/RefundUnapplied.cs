using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Sends unapplied cash of one receipt back to the company.</summary>
/// <param name="Receipt">Number of the receipt within the agreement, from 1.</param>
[MayAsk(ActorRole.Administrator)]
public sealed record RefundUnapplied(Guid CommandId, AgreementId Agreement, int Receipt, Money Amount, string Provider, string Method) : ICommandRequest;

internal sealed class RefundUnappliedHandler(Commands commands) : IRequestHandler<RefundUnapplied, Answer>
{
    public Task<Answer> Handle(RefundUnapplied request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.RefundUnapplied(request.Receipt, request.Amount, request.Provider, request.Method));
}
