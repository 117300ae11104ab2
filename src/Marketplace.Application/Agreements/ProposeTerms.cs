using Marketplace.Application.Door;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party proposes another version of the terms and accepts it by that; the other answers.</summary>
/// <param name="ValidUntil">Last day on which it can be accepted; null: as long as the negotiation lives.</param>
/// <param name="Criteria">What the trial has to show; null: as in the version before, empty: nothing.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record ProposeTerms(
    Guid CommandId, AgreementId Agreement, AgreementTerms Terms, string? Note = null, DateOnly? ValidUntil = null, IReadOnlyList<AcceptanceCriterion>? Criteria = null) : ICommandRequest;

internal sealed class ProposeTermsHandler(Commands commands, IContractTemplates templates) : IRequestHandler<ProposeTerms, Answer>
{
    public async Task<Answer> Handle(ProposeTerms request, CancellationToken cancellationToken) => templates.Check(request.Terms) is { } untrue
        ? untrue.Under("terms")
        : await commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.ProposeTerms(request.Terms, request.Note, request.ValidUntil, request.Criteria));
}
