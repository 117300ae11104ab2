using Marketplace.Journal;

namespace Marketplace.Storage.Tests;

/// <summary>A database of one dictionary, whose next answers a test can spoil.</summary>
internal sealed class FakeWriter : IBatchWriter
{
    private readonly Dictionary<string, PreparedCommand> heads = [];

    public List<IReadOnlyList<PreparedCommand>> Batches { get; } = [];

    public int Reconnections { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Asked before each attempt; what it throws is thrown.</summary>
    public Action<IReadOnlyList<PreparedCommand>> BeforeCommit { get; set; } = _ => { };

    /// <summary>Asked after each successful attempt, before the caller hears of it.</summary>
    public Action AfterCommit { get; set; } = () => { };

    public Action OnReconnect { get; set; } = () => { };

    /// <summary>While this is not completed, a commit does not end.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<Rejection?> TryCommit(IReadOnlyList<PreparedCommand> batch)
    {
        Batches.Add(batch);
        await Gate;
        BeforeCommit(batch);
        if (batch.Any(c => Verdict(c) is not null))
        {
            return new Rejection(new InvalidOperationException("stale"), MayPass: false);
        }

        foreach (var command in batch)
        {
            heads[command.Stream] = command;
        }

        AfterCommit();
        return null;
    }

    public Task<IReadOnlyList<CommitResult?>> Examine(IReadOnlyList<PreparedCommand> batch) =>
        Task.FromResult<IReadOnlyList<CommitResult?>>([.. batch.Select(Verdict)]);

    public Task Reconnect()
    {
        Reconnections++;
        OnReconnect();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private CommitResult? Verdict(PreparedCommand command)
    {
        var head = heads.GetValueOrDefault(command.Stream);
        return head?.Command.CommandId == command.Command.CommandId ? command.Committed
            : (head?.LastVersion ?? 0) != command.Command.ExpectedVersion ? new CommitResult.Conflict()
            : null;
    }
}
