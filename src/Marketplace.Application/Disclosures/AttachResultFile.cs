using System.Text.Json.Serialization;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.LabResults;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>A lab attaches a file to a result of its own, and says who may have it. The file comes beside the other members.</summary>
/// <param name="FileName">To be shown; names nothing here.</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record AttachResultFile(Guid CommandId, LabResultId Result, string Title, DisclosureTier Tier, string? FileName = null) : ICommandRequest
{
    /// <summary>Largest file that is read at all; a host may take less, see <see cref="ResultFileSettings"/>.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Read once, from where it stands; what is too large is refused without reading on.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>Of the file, once it is read: another file under the same command id is another request.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

/// <param name="MaxBytes">Largest file of a result that this host takes: 1 … <see cref="AttachResultFile.MaxBytes"/>.</param>
public sealed record ResultFileSettings(int MaxBytes)
{
    public static readonly ResultFileSettings Default = new(AttachResultFile.MaxBytes);
}

internal sealed class AttachResultFileHandler(Commands commands, IFileStore store, ResultFileSettings settings) : IRequestHandler<AttachResultFile, Answer>
{
    public async Task<Answer> Handle(AttachResultFile request, CancellationToken cancellationToken)
    {
        // A stranger's file is not even read.
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (result.Lab != commands.OwnOrganisation)
        {
            return Refusal.NotFound();
        }

        var kept = await store.Put(request.File, new FileLimits(settings.MaxBytes, ResultFiles.FileTypes), cancellationToken);
        return kept.Refusal is { } refusal ? refusal : await commands.Execute<IResultFilesGrain>(
            request with { Sha256 = kept.Value.Sha256 }, request.Result.Value,
            new Domain.Disclosures.AttachResultFile(
                commands.OwnOrganisation, new StoredFile(kept.Value.Sha256, kept.Value.MediaType, kept.Value.Bytes, StoredFile.Shown(request.FileName)), request.Title, request.Tier));
    }
}
