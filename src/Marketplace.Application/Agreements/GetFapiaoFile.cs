using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Domain.Files;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The original of a recorded fapiao, for whoever may see its agreement.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator)]
public sealed record GetFapiaoFile(AgreementId Agreement, int Record) : IQuery<OpenedFile>;

internal sealed class GetFapiaoFileHandler(Commands commands, IFileStore store) : IRequestHandler<GetFapiaoFile, Result<OpenedFile>>
{
    private static readonly Refusal Damaged = Refusal.State(
        "file-damaged", "文件缺失或已被改动，请联系管理员。", "The file is missing or has been altered: tell an administrator.");

    public async Task<Result<OpenedFile>> Handle(GetFapiaoFile request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        if (visible.Value.Fapiao.FirstOrDefault(f => f.Record == request.Record) is not { File: var file, Number: var number })
        {
            return Refusal.NotFound();
        }

        return await store.Open(file.Sha256, cancellationToken) is { } content
            ? new OpenedFile($"fapiao-{number}.{FileTypes.ExtensionOf(file.MediaType)}", file.MediaType, content)
            : Damaged;
    }
}
