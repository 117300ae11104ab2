using System.Text.Json.Serialization;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Domain.Files;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>Whoever leads an organisation hands in its licence, for the administrator who verifies it. The file comes beside the other members.</summary>
/// <param name="FileName">To be shown; names nothing here.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, For = Duty.Lead)]
public sealed record HandInLicence(Guid CommandId, string? FileName = null) : ICommandRequest
{
    /// <summary>Largest picture of a licence.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Read once, from where it stands; more than <see cref="MaxBytes"/> is refused without reading on.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>Of the file, once it is read: another file under the same command id is another request.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

internal sealed class HandInLicenceHandler(Commands commands, IFileStore store) : IRequestHandler<HandInLicence, Answer>
{
    private static readonly FileLimits Limits = new(HandInLicence.MaxBytes, [FileTypes.Pdf, FileTypes.Png, FileTypes.Jpeg]);

    public async Task<Answer> Handle(HandInLicence request, CancellationToken cancellationToken)
    {
        var kept = await store.Put(request.File, Limits, cancellationToken);
        return kept.Refusal is { } refusal ? refusal : await commands.Execute<IOrganisationGrain>(
            request with { Sha256 = kept.Value.Sha256 }, commands.OwnOrganisation.Value,
            new Domain.Organisations.HandInLicence(new StoredFile(kept.Value.Sha256, kept.Value.MediaType, kept.Value.Bytes, StoredFile.Shown(request.FileName))));
    }
}
