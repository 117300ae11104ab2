using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Domain;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Records;

/// <summary>One thing that happened: as it was recorded, what it changed with old and new values, what it posted, and its place in the chain of hashes.</summary>
/// <param name="Stream">Whole name of the thing.</param>
/// <param name="Version">Which of its events, from 1.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetRecord(string Stream, long Version) : IQuery<RecordDetails>;

/// <param name="Body">Canonical JSON of what happened.</param>
/// <param name="Changes">By place in the state; null: this version cannot follow the stream that far.</param>
/// <param name="Hash">SHA-256 over the hash before and all of this, in lower-case hex.</param>
public sealed record RecordDetails(RecordLine Line, Guid CommandId, string Body, IReadOnlyList<StateChange>? Changes, IReadOnlyList<Posting> Postings, string PreviousHash, string Hash);

internal sealed class GetRecordHandler(IJournal journal, IEnumerable<AuditedKind> kinds) : IRequestHandler<GetRecord, Result<RecordDetails>>
{
    public async Task<Result<RecordDetails>> Handle(GetRecord request, CancellationToken cancellationToken)
    {
        var kind = kinds.FirstOrDefault(k => request.Stream.StartsWith(k.Name + "/", StringComparison.Ordinal));
        var follower = kind?.Begin(request.Stream);
        await foreach (var stored in journal.ReadStream(request.Stream, cancellationToken))
        {
            var before = stored.Version == request.Version ? follower?.StateJson : null;
            _ = follower?.Next(new AuditedEvent(stored, 0, stored.Version, [])).ToList();
            if (stored.Version == request.Version)
            {
                return new RecordDetails(
                    RecordLine.Of(stored), stored.CommandId, stored.Body,
                    before is not null && follower?.StateJson is { } after ? StateChange.Between(before, after) : null,
                    stored.Postings, Convert.ToHexStringLower(stored.PreviousHash.Span), Convert.ToHexStringLower(stored.Hash.Span));
            }
        }

        return Refusal.NotFound();
    }
}
