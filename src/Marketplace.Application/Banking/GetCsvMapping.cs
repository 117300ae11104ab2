using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetCsvMapping(CsvMappingId Mapping) : IQuery<CsvMapping>;

internal sealed class GetCsvMappingHandler(Commands commands) : IRequestHandler<GetCsvMapping, Result<CsvMapping>>
{
    public async Task<Result<CsvMapping>> Handle(GetCsvMapping request, CancellationToken cancellationToken) =>
        (await commands.StateOf<ICsvMappingGrain, KeptCsvMapping>(request.Mapping.Value)).Mapping is { } mapping ? mapping : Refusal.NotFound();
}
