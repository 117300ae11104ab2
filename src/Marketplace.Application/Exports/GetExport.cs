using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Domain.Files;
using MediatR;

namespace Marketplace.Application.Exports;

/// <summary>How far one is, and who has taken its file away; the organisation's own, or for administrators the marketplace's.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read, OfOrganisationsFor = Duty.Finance)]
public sealed record GetExport(ExportId Export) : IQuery<ExportView>;

/// <param name="Downloads">The latest, at most 20.</param>
public sealed record ExportView(ExportCard Card, IReadOnlyList<DownloadCard> Downloads);

/// <param name="TakenBy">Role, organisation and person.</param>
public sealed record DownloadCard(string TakenBy, DateTimeOffset TakenAtUtc);

/// <summary>The file itself, as long as it is kept. That it was taken, and by whom, is recorded first.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read, OfOrganisationsFor = Duty.Finance)]
public sealed record GetExportFile(ExportId Export) : IQuery<OpenedFile>;

internal static class OwnExports
{
    /// <summary>What belongs to somebody else is not there, for administrators too: they have their own.</summary>
    public static async Task<Result<CycleExport>> Own(this ExportShelf shelf, Principal principal, ExportId export, CancellationToken cancel) =>
        await shelf.Find(export, cancel) is { } found && found.Organisation == principal.Organisation?.Value ? found : Refusal.NotFound();
}

internal sealed class GetExportHandler(Caller caller, ExportShelf shelf) : IRequestHandler<GetExport, Result<ExportView>>
{
    private const int MostDownloads = 20;

    public async Task<Result<ExportView>> Handle(GetExport request, CancellationToken cancellationToken)
    {
        var own = await shelf.Own(caller.Principal, request.Export, cancellationToken);
        return own.Refusal is { } refusal
            ? refusal
            : new ExportView(
                ExportCard.Of(own.Value),
                [.. (await shelf.Downloads(request.Export, MostDownloads, cancellationToken)).Select(d => new DownloadCard(d.TakenBy, d.TakenAtUtc))]);
    }
}

internal sealed class GetExportFileHandler(Caller caller, ExportShelf shelf, IFileStore store) : IRequestHandler<GetExportFile, Result<OpenedFile>>
{
    public async Task<Result<OpenedFile>> Handle(GetExportFile request, CancellationToken cancellationToken)
    {
        var own = await shelf.Own(caller.Principal, request.Export, cancellationToken);
        if (own.Refusal is { } refusal)
        {
            return refusal;
        }

        if (own.Value is not { State: ExportState.Finished, Sha256: { } sha256, Bytes: { } bytes } export)
        {
            return Refusal.NotFound();
        }

        var file = await OpenedFile.Of(store, new StoredFile(sha256, FileTypes.Zip, bytes, ""), $"cycle-{export.Month}", cancellationToken);
        if (!file.IsRefused)
        {
            await shelf.RecordDownload(request.Export, caller.Principal.Actor, cancellationToken);
        }

        return file;
    }
}
