using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>All fapiao of an agreement as they were recorded, withdrawn ones too.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListFapiao(AgreementId Agreement) : IQuery<IReadOnlyList<FapiaoRecord>>;

internal sealed class ListFapiaoHandler(Commands commands) : IRequestHandler<ListFapiao, Result<IReadOnlyList<FapiaoRecord>>>
{
    public async Task<Result<IReadOnlyList<FapiaoRecord>>> Handle(ListFapiao request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        return visible.Refusal is { } refusal ? refusal : Result<IReadOnlyList<FapiaoRecord>>.Of(visible.Value.Fapiao);
    }
}
