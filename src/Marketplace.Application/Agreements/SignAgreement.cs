using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party signs the agreed document. When all have signed, the agreement takes effect.</summary>
/// <param name="DocumentHash">SHA-256, hex, of the document that is signed; as the agreement shows it.</param>
/// <param name="AcknowledgesOverlaps">Of the lab: it has compared the rights with those of its other agreements that might conflict, and they do not.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, For = Duty.Sign, Proven = true)]
public sealed record SignAgreement(Guid CommandId, AgreementId Agreement, string DocumentHash, bool AcknowledgesOverlaps = false) : ICommandRequest;

internal sealed class SignAgreementHandler(Commands commands, Reservations reservations) : IRequestHandler<SignAgreement, Answer>
{
    public async Task<Answer> Handle(SignAgreement request, CancellationToken cancellationToken)
    {
        var agreement = await commands.StateOf<IAgreementGrain, Agreement>(request.Agreement.Value);
        var party = AgreementRules.PartyOf(agreement, commands.Principal.Actor);

        // A signature that will be refused takes nothing.
        if (agreement.Stage == Stage.Agreed && party != Party.None && !agreement.SignedBy.HasFlag(party)
            && string.Equals(request.DocumentHash, agreement.DocumentHash, StringComparison.OrdinalIgnoreCase)
            && await reservations.TakeFor(agreement, party, request.AcknowledgesOverlaps) is { } refusal)
        {
            return refusal;
        }

        return await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.SignAgreement(request.DocumentHash));
    }
}
