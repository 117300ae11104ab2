using Marketplace.Application.Agreements;
using Marketplace.Application.Credit;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Guarantees;
using Marketplace.Application.Organisations;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class OrganisationEndpoints
{
    private static readonly TakesFile Licence = new("file", HandInLicence.MaxBytes, ["application/pdf", "image/png", "image/jpeg", "application/octet-stream"]);

    public static void MapOrganisations(this IEndpointRouteBuilder api)
    {
        api.MapCommand<RegisterOrganisation>("/organisations");
        api.MapTable(Tables.Organisations);
        api.MapQuery<GetOrganisation, OrganisationRow>("/organisations/{organisation}");
        api.MapUpload<HandInLicence>("/organisation/licence", Licence, (request, file) => request with { File = file });
        api.MapDownload<GetLicence, OpenedFile>("/organisations/{organisation}/licence", "application/octet-stream", FileDelivery.Of);
        api.MapCommand<VerifyOrganisation>("/organisations/{organisation}/verify");
        api.MapCommand<RejectOrganisation>("/organisations/{organisation}/reject");
        api.MapCommand<SuspendOrganisation>("/organisations/{organisation}/suspend");
        api.MapCommand<ReinstateOrganisation>("/organisations/{organisation}/reinstate");
        api.MapQuery<GetCredit, CreditView>("/organisations/{organisation}/credit");
        api.MapCommand<OfferGuarantees>("/guarantees");
        api.MapQuery<GetGuarantees, GuaranteesView>("/organisations/{organisation}/guarantees");
        api.MapCommand<AssessInnovation>("/organisations/{organisation}/innovation-figures");
        api.MapCommand<SetExposureLimit>("/organisations/{organisation}/exposure-limit");
    }
}
