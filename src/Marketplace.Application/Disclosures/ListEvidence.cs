using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>The evidence under an agreement, for its parties and administrators; guarantors and brokers see what is about money.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListEvidence(AgreementId Agreement) : IQuery<IReadOnlyList<EvidenceItem>>;

internal sealed class ListEvidenceHandler(Commands commands) : IRequestHandler<ListEvidence, Result<IReadOnlyList<EvidenceItem>>>
{
    public async Task<Result<IReadOnlyList<EvidenceItem>>> Handle(ListEvidence request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        return visible.Refusal is { } refusal ? refusal : Result<IReadOnlyList<EvidenceItem>>.Of([.. await Seen(commands, visible.Value)]);
    }

    /// <summary>What the principal may see of it, in the order in which it came.</summary>
    internal static async Task<IEnumerable<EvidenceItem>> Seen(Commands commands, Agreement agreement)
    {
        var reader = AgreementRules.PartyOf(agreement, commands.Principal.Actor);
        var state = await commands.StateOf<IEvidenceGrain, EvidenceState>(agreement.Id.Value);
        return state.Items.Where(i => EvidenceRules.MaySee(reader, i.Subject));
    }
}
