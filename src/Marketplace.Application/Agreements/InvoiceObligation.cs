using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Puts a planned sum on the books before its due date.</summary>
/// <param name="Obligation">Number of the obligation within the agreement, from 1.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance)]
public sealed record InvoiceObligation(Guid CommandId, AgreementId Agreement, int Obligation) : ICommandRequest;

internal sealed class InvoiceObligationHandler(Commands commands) : IRequestHandler<InvoiceObligation, Answer>
{
    public Task<Answer> Handle(InvoiceObligation request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.InvoiceObligation(request.Obligation));
}
