using Marketplace.Application.Catalog;
using Marketplace.Journal;

namespace Marketplace.Search;

/// <summary>The index of this host: whichever file is the current one. It is exchanged while others read the one before.</summary>
public sealed class CatalogIndex : ICatalogIndex, IDisposable
{
    private readonly Lock waiting = new();
    private readonly List<(JournalPosition Position, TaskCompletionSource Reached)> waiters = [];

    /// <summary>Reading is work of a processor: more readers at once would only wait for each other in the middle.</summary>
    private readonly SemaphoreSlim places = new(Environment.ProcessorCount * 2);

    private volatile IndexFile? current;
    private volatile bool isBroken;

    public Task<IReadOnlyList<CatalogPlace>?> Find(CatalogFilter filter, CatalogOrder order, CatalogPlace? after, int limit, CancellationToken cancel) =>
        Read(file => file.Find(filter, order, after, limit), cancel);

    public Task<CatalogCounts?> Count(CatalogFilter filter, CancellationToken cancel) => Read(file => file.Count(filter), cancel);

    /// <summary>Waits until the index knows what was committed up to this position.</summary>
    public Task Reach(JournalPosition position, CancellationToken cancel = default)
    {
        lock (waiting)
        {
            if (current is { } file && file.Standing.Position.CompareTo(position) >= 0)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((position, reached));
            return reached.Task.WaitAsync(cancel);
        }
    }

    public void Dispose()
    {
        current?.Dispose();
        current = null;
        places.Dispose();
    }

    internal IndexFile? Current => current;

    /// <summary>A reader has found it damaged.</summary>
    internal bool IsBroken => isBroken;

    /// <summary>From now on this file is read. The one before goes when its last reader has gone.</summary>
    internal void Take(IndexFile next)
    {
        var before = current;
        current = next;
        isBroken = false;
        before?.Discard();
        Tell();
    }

    /// <summary>The current file has followed on: tells those that wait for it.</summary>
    internal void Tell()
    {
        lock (waiting)
        {
            waiters.RemoveAll(w =>
            {
                var isReached = current is { } file && file.Standing.Position.CompareTo(w.Position) >= 0;
                return isReached && w.Reached.TrySetResult();
            });
        }
    }

    private async Task<T?> Read<T>(Func<IndexFile, T> read, CancellationToken cancel) where T : class
    {
        if (current is null)
        {
            return null;
        }

        await places.WaitAsync(cancel);
        try
        {
            while (current is { } file)
            {
                if (!file.TryEnter())
                {
                    continue; // exchanged a moment ago
                }

                try
                {
                    return read(file);
                }
                finally
                {
                    file.Leave();
                }
            }

            return null;
        }
        catch (IndexUnusableException)
        {
            isBroken = true; // it will be made anew; until then nobody is answered from it
            return null;
        }
        finally
        {
            places.Release();
        }
    }
}
