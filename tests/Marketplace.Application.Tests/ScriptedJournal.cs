using Marketplace.Journal;

namespace Marketplace.Application.Tests;

/// <summary>A real journal whose answers a test may lose, and whose calls it may watch.</summary>
public sealed class ScriptedJournal(IJournal inner) : IJournal
{
    /// <summary>Called before a command reaches the journal; throws to keep it from it.</summary>
    public Func<JournalCommand, Task> BeforeAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after a command was committed; throws to lose the answer.</summary>
    public Action<JournalCommand> AfterAppend { get; set; } = _ => { };

    /// <summary>Called before a stream is loaded.</summary>
    public Action<string> BeforeLoad { get; set; } = _ => { };

    public List<JournalCommand> Appended { get; } = [];

    public List<LoadedStream> Loaded { get; } = [];

    public static Exception Unavailable() => new JournalUnavailableException("The test says so.");

    public async Task<CommitResult> Append(JournalCommand command, CancellationToken cancel = default)
    {
        await BeforeAppend(command);
        var result = await inner.Append(command, cancel);
        Appended.Add(command);
        AfterAppend(command);
        return result;
    }

    public async Task<LoadedStream> Load(string stream, string snapshotSchema, CancellationToken cancel = default)
    {
        BeforeLoad(stream);
        var loaded = await inner.Load(stream, snapshotSchema, cancel);
        Loaded.Add(loaded);
        return loaded;
    }

    public Task<RecordedCommand?> Find(Guid commandId, CancellationToken cancel = default) => inner.Find(commandId, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadStream(string stream, CancellationToken cancel = default) => inner.ReadStream(stream, cancel);

    public Task<IReadOnlyList<RecordedEvent>> ReadAll(JournalPosition after, int limit, CancellationToken cancel = default) =>
        inner.ReadAll(after, limit, cancel);

    public Task<IReadOnlyList<RecordedEvent>> Search(JournalSearch search, int limit, CancellationToken cancel = default) => inner.Search(search, limit, cancel);

    public Task<IReadOnlyList<EventPlace>> ReadPlaces(JournalPosition after, int limit, CancellationToken cancel = default) =>
        inner.ReadPlaces(after, limit, cancel);

    public Task<EventPlace?> LastPlace(CancellationToken cancel = default) => inner.LastPlace(cancel);

    public Task<DateTimeOffset?> FirstInstant(CancellationToken cancel = default) => inner.FirstInstant(cancel);

    public Task<IReadOnlyList<AccountTurnover>> Turnover(DateTimeOffset fromUtc, DateTimeOffset untilUtc, CancellationToken cancel = default) =>
        inner.Turnover(fromUtc, untilUtc, cancel);

    public IAsyncEnumerable<StreamHead> ReadHeads(CancellationToken cancel = default) => inner.ReadHeads(cancel);
}
