using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The original of a recorded fapiao, for whoever may see its agreement.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetFapiaoFile(AgreementId Agreement, int Record) : IQuery<OpenedFile>;

internal sealed class GetFapiaoFileHandler(Commands commands, IFileStore store) : IRequestHandler<GetFapiaoFile, Result<OpenedFile>>
{
    public async Task<Result<OpenedFile>> Handle(GetFapiaoFile request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        return visible.Value.Fapiao.FirstOrDefault(f => f.Record == request.Record) is { } record
            ? await OpenedFile.Of(store, record.File, $"fapiao-{record.Number}", cancellationToken)
            : Refusal.NotFound();
    }
}
