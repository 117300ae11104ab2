using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Policy;
using MediatR;

namespace Marketplace.Application.Policy;

/// <summary>All that the filing and the registration of an agreement ask for, and what of it is missing; for its parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetFilingPack(AgreementId Agreement) : IQuery<FilingPack>;

internal sealed class GetFilingPackHandler(Commands commands, IContractTemplates templates, MarketplaceClock clock)
    : IRequestHandler<GetFilingPack, Result<FilingPack>>
{
    public async Task<Result<FilingPack>> Handle(GetFilingPack request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var agreement = visible.Value;
        var about = await commands.About(agreement);
        var text = templates.Write(agreement.Newest.Terms, about.Facts(agreement), inEnglish: false);
        return FilingPack.Of(agreement, about.Result, about.Lab, about.Company, text is not null, LocalTime.DateOf(clock.NowUtc));
    }
}
