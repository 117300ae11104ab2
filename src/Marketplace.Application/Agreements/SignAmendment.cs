using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party signs an amendment, also the one who proposed it. When all who signed the agreement have signed it, it holds from its period on.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, For = Duty.Sign, Proven = true)]
public sealed record SignAmendment(Guid CommandId, AgreementId Agreement, int Number, string DocumentHash) : ICommandRequest;

internal sealed class SignAmendmentHandler(Commands commands, Reservations reservations) : IRequestHandler<SignAmendment, Answer>
{
    public async Task<Answer> Handle(SignAmendment request, CancellationToken cancellationToken)
    {
        var agreement = await commands.StateOf<IAgreementGrain, Agreement>(request.Agreement.Value);

        // A higher minimum defers more; the company's credit is taken before it signs.
        if (AgreementRules.PartyOf(agreement, commands.Principal.Actor) == Party.Company
            && agreement.Amendments.ElementAtOrDefault(request.Number - 1) is { Status: AmendmentStatus.Proposed } amendment && !amendment.SignedBy.HasFlag(Party.Company)
            && string.Equals(request.DocumentHash, amendment.DocumentHash, StringComparison.OrdinalIgnoreCase)
            && await reservations.TakeCredit(agreement, Exposure.Now(agreement with { AmendedTerms = amendment.Change.To(agreement.Terms) }), amendment.DocumentHash) is { } refusal)
        {
            return refusal;
        }

        return await commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.SignAmendment(request.Number, request.DocumentHash));
    }
}
