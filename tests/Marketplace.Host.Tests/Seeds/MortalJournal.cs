using Marketplace.Journal;

namespace Marketplace.Host.Tests.Seeds;

/// <summary>
/// A journal whose host is killed after so many commits: the last one is durable, but nobody hears of it, and nothing gets through after it
/// until the host lives again. A frozen one commits nothing until it thaws.
/// </summary>
internal sealed class MortalJournal(IJournal inner) : IJournal
{
    private int commitsLeft = int.MaxValue;

    public void LiveFor(int commits) => commitsLeft = commits;

    public Task Thaw { get; init; } = Task.CompletedTask;

    public async Task<CommitResult> Append(JournalCommand command, CancellationToken cancel = default)
    {
        await Thaw;
        var result = await Alive().Append(command, cancel);
        if (result is CommitResult.Committed && --commitsLeft == 0)
        {
            Alive();
        }

        return result;
    }

    public Task<LoadedStream> Load(string stream, string snapshotSchema, CancellationToken cancel = default) => Alive().Load(stream, snapshotSchema, cancel);

    public Task<RecordedCommand?> Find(Guid commandId, CancellationToken cancel = default) => Alive().Find(commandId, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadStream(string stream, CancellationToken cancel = default) => Alive().ReadStream(stream, cancel);

    public Task<IReadOnlyList<RecordedEvent>> ReadAll(JournalPosition after, int limit, CancellationToken cancel = default) =>
        Alive().ReadAll(after, limit, cancel);

    public Task<IReadOnlyList<RecordedEvent>> Search(JournalSearch search, int limit, CancellationToken cancel = default) => Alive().Search(search, limit, cancel);

    public Task<IReadOnlyList<EventPlace>> ReadPlaces(JournalPosition after, int limit, CancellationToken cancel = default) =>
        Alive().ReadPlaces(after, limit, cancel);

    public Task<EventPlace?> LastPlace(CancellationToken cancel = default) => Alive().LastPlace(cancel);

    public Task<DateTimeOffset?> FirstInstant(CancellationToken cancel = default) => Alive().FirstInstant(cancel);

    public Task<IReadOnlyList<AccountTurnover>> Turnover(DateTimeOffset fromUtc, DateTimeOffset untilUtc, CancellationToken cancel = default) =>
        Alive().Turnover(fromUtc, untilUtc, cancel);

    public IAsyncEnumerable<StreamHead> ReadHeads(CancellationToken cancel = default) => Alive().ReadHeads(cancel);

    private IJournal Alive() => commitsLeft > 0 ? inner : throw new JournalUnavailableException("The host was killed.");
}
