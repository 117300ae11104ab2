using System.Text.Json.Serialization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>A party, or an administrator, lays a file before the others that proves something. It stays. The file comes beside the other members.</summary>
/// <param name="Of">Which entry of the trial's log, clause, dispute or sum, from 1; null: of none in particular.</param>
/// <param name="FileName">To be shown; names nothing here.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Negotiate | Duty.Finance | Duty.Operate)]
public sealed record AttachEvidence(Guid CommandId, AgreementId Agreement, string Title, EvidenceSubject Subject, int? Of = null, string? FileName = null) : ICommandRequest
{
    /// <summary>Read once, from where it stands; what is too large is refused without reading on.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>Of the file, once it is read: another file under the same command id is another request.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

internal sealed class AttachEvidenceHandler(Commands commands, IFileStore store, ResultFileSettings settings) : IRequestHandler<AttachEvidence, Answer>
{
    public async Task<Answer> Handle(AttachEvidence request, CancellationToken cancellationToken)
    {
        // A stranger's file is not even read.
        var visible = await commands.Visible(request.Agreement);
        if ((visible.Refusal ?? EvidenceRules.Check(visible.Value, request.Subject, request.Of)) is { } refusal)
        {
            return refusal;
        }

        var kept = await store.Put(request.File, new FileLimits(settings.MaxBytes, EvidenceRules.FileTypes), cancellationToken);
        return kept.Refusal is { } unfit ? unfit : await commands.Execute<IEvidenceGrain>(
            request with { Sha256 = kept.Value.Sha256 }, request.Agreement.Value,
            new Domain.Disclosures.AttachEvidence(
                request.Agreement, AgreementRules.PartyOf(visible.Value, commands.Principal.Actor),
                new StoredFile(kept.Value.Sha256, kept.Value.MediaType, kept.Value.Bytes, StoredFile.Shown(request.FileName)), request.Title, request.Subject, request.Of));
    }
}
