using System.Text.Json.Serialization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Records an e-fapiao that the lab has issued for an invoiced sum, with its original. The file comes beside the other members.</summary>
/// <param name="Total">With tax.</param>
/// <param name="Buyer">As the fapiao says it: the company of the agreement.</param>
/// <param name="FileName">To be shown; names nothing here.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance)]
public sealed record RecordFapiao(
    Guid CommandId, AgreementId Agreement, int Obligation, FapiaoNumber Number, DateOnly IssuedOn, Money Total, Money Tax, Uscc Buyer, string? FileName = null) : ICommandRequest
{
    /// <summary>Largest original of a fapiao.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Read once, from where it stands; more than <see cref="MaxBytes"/> is refused without reading on.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>Of the file, once it is read: another file under the same command id is another request.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

internal sealed class RecordFapiaoHandler(FapiaoFiles files) : IRequestHandler<RecordFapiao, Answer>
{
    public Task<Answer> Handle(RecordFapiao request, CancellationToken cancellationToken) => files.Record(
        request.Agreement, request.Number, request.File, request.FileName,
        sha256 => request with { Sha256 = sha256 },
        file => new Domain.Agreements.RecordFapiao(request.Obligation, request.Number, request.IssuedOn, request.Total, request.Tax, request.Buyer, file),
        cancellationToken);
}
