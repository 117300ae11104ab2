using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>Keeps what the columns of a bank's export mean, for files that come from now on.</summary>
/// <param name="Id">Of a mapping that is there already; null: a new one.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record SaveCsvMapping(Guid CommandId, CsvMapping Mapping, CsvMappingId? Id = null) : ICommandRequest;

internal sealed class SaveCsvMappingHandler(Commands commands) : IRequestHandler<SaveCsvMapping, Answer>
{
    public async Task<Answer> Handle(SaveCsvMapping request, CancellationToken cancellationToken) =>
        request.Id is { } known && (await commands.StateOf<ICsvMappingGrain, KeptCsvMapping>(known.Value)).Mapping is null
            ? Refusal.NotFound()
            : await commands.Execute<ICsvMappingGrain>(
                request, (request.Id ?? Id.CreatedBy<CsvMappingId>(request.CommandId)).Value, new Domain.Banking.SaveCsvMapping(request.Mapping));
}
