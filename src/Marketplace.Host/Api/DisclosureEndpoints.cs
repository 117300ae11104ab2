using Marketplace.Application.Disclosures;
using Marketplace.Application.Files;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using Marketplace.Host.Exports;
using AttachEvidence = Marketplace.Application.Disclosures.AttachEvidence;
using AttachResultFile = Marketplace.Application.Disclosures.AttachResultFile;
using ChangeResultFileTier = Marketplace.Application.Disclosures.ChangeResultFileTier;
using EndConfidentialAccess = Marketplace.Application.Disclosures.EndConfidentialAccess;
using RemoveResultFile = Marketplace.Application.Disclosures.RemoveResultFile;
using SignConfidentiality = Marketplace.Application.Disclosures.SignConfidentiality;

namespace Marketplace.Host.Api;

public static class DisclosureEndpoints
{
    private static readonly TakesFile File = new(
        "file", AttachResultFile.MaxBytes, ["application/octet-stream", FileTypes.Pdf, FileTypes.Png, FileTypes.Jpeg, FileTypes.Xlsx, FileTypes.Docx]);

    private static readonly TakesFile Evidence = File with { MediaTypes = [.. File.MediaTypes, FileTypes.Ofd] };

    public static void MapDisclosures(this IEndpointRouteBuilder api)
    {
        api.MapQuery<ListResultFiles, ResultFilesView>("/results/{result}/files");
        api.MapUpload<AttachResultFile>("/results/{result}/files", File, (request, file) => request with { File = file });
        api.MapCommand<ChangeResultFileTier>("/results/{result}/files/{number}/tier");
        api.MapCommand<RemoveResultFile>("/results/{result}/files/{number}/remove");
        api.MapDownload<GetResultFile, OpenedFile>("/results/{result}/files/{number}/file", "application/octet-stream", FileDelivery.Of);
        api.MapTable(Tables.FileAccesses);
        api.MapQuery<GetConfidentialityOffer, ConfidentialityOfferView>("/results/{result}/confidentiality/offer");
        api.MapCommand<SignConfidentiality>("/results/{result}/confidentiality");
        api.MapTable(Tables.Confidentiality);
        api.MapQuery<ListEvidence, IReadOnlyList<EvidenceItem>>("/agreements/{agreement}/evidence");
        api.MapUpload<AttachEvidence>("/agreements/{agreement}/evidence", Evidence, (request, file) => request with { File = file });
        api.MapDownload<GetEvidenceFile, OpenedFile>("/agreements/{agreement}/evidence/{number}/file", "application/octet-stream", FileDelivery.Of);
        api.MapQuery<GetConfidentiality, ConfidentialityView>("/confidentiality/{confidentiality}");
        api.MapCommand<EndConfidentialAccess>("/confidentiality/{confidentiality}/end");
    }
}
