using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>A file of evidence, for whoever sees it in <see cref="ListEvidence"/>.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetEvidenceFile(AgreementId Agreement, int Number) : IQuery<OpenedFile>;

internal sealed class GetEvidenceFileHandler(Commands commands, IFileStore store) : IRequestHandler<GetEvidenceFile, Result<OpenedFile>>
{
    public async Task<Result<OpenedFile>> Handle(GetEvidenceFile request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        return (await ListEvidenceHandler.Seen(commands, visible.Value)).FirstOrDefault(i => i.Number == request.Number) is { } item
            ? await OpenedFile.Of(store, item.File, $"{request.Agreement}-evidence-{item.Number}", cancellationToken)
            : Refusal.NotFound();
    }
}
