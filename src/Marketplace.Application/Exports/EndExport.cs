using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Exports;

/// <summary>Has no more done about an export that is not over: nothing of it is kept. Sent twice, it is ended once.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read, OfOrganisationsFor = Duty.Finance)]
public sealed record EndExport(Guid CommandId, ExportId Export) : ICommandRequest;

internal sealed class EndExportHandler(Caller caller, ExportShelf shelf) : IRequestHandler<EndExport, Answer>
{
    private static readonly Refusal Over = Refusal.State("export-over", "该导出已经结束。", "This export is over.");

    public async Task<Answer> Handle(EndExport request, CancellationToken cancellationToken)
    {
        var own = await shelf.Own(caller.Principal, request.Export, cancellationToken);
        return own.Refusal is { } refusal ? refusal
            : await shelf.End(request.Export, cancellationToken) || own.Value.State == ExportState.Ended ? new Accepted(request.Export.Value, 1)
            : Over;
    }
}
