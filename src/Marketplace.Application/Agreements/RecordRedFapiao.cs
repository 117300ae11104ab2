using System.Text.Json.Serialization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Records a red fapiao 红字发票, which takes back a blue one or a part of it, with its original. The file comes beside the other members.</summary>
/// <param name="Blue">Record of the blue one.</param>
/// <param name="Total">With tax; negative, as on the fapiao, and the tax likewise.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance)]
public sealed record RecordRedFapiao(
    Guid CommandId, AgreementId Agreement, int Blue, FapiaoNumber Number, DateOnly IssuedOn, Money Total, Money Tax, string? FileName = null) : ICommandRequest
{
    /// <summary>As <see cref="RecordFapiao.File"/>.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>As <see cref="RecordFapiao.Sha256"/>.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

internal sealed class RecordRedFapiaoHandler(FapiaoFiles files) : IRequestHandler<RecordRedFapiao, Answer>
{
    public Task<Answer> Handle(RecordRedFapiao request, CancellationToken cancellationToken) => files.Record(
        request.Agreement, request.Number, request.File, request.FileName,
        sha256 => request with { Sha256 = sha256 },
        file => new Domain.Agreements.RecordRedFapiao(request.Blue, request.Number, request.IssuedOn, request.Total, request.Tax, file),
        cancellationToken);
}
