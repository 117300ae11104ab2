using Marketplace.Application.Door;
using Marketplace.Application.Licensing;

namespace Marketplace.Host.Api;

public static class LicensingEndpoints
{
    public static void MapLicensing(this IEndpointRouteBuilder api)
    {
        api.MapCommand<MakeOffer>("/offers");
        api.MapQuery<ListOffers, Page<OfferRow>>("/offers");
        api.MapQuery<GetOffer, OfferView>("/offers/{offer}");
        api.MapCommand<WithdrawOffer>("/offers/{offer}/withdraw");
        api.MapQuery<ListTemplates, IReadOnlyList<TemplateDetails>>("/templates");
        api.MapQuery<GetTemplate, TemplateDetails>("/templates/{template}");
        api.MapQuestion<FillTemplate, Domain.Licensing.AgreementTerms>("/templates/{template}/terms");
        api.MapQuestion<WriteTemplate, ContractDocument>("/templates/{template}/text");
    }
}
