using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>Rows in the order of the streams that they name, read alongside these, so that nothing is looked up and nothing kept.</summary>
internal sealed class SortedRows : IAsyncDisposable
{
    private readonly IAsyncEnumerator<IReadOnlyList<object?>> rows;
    private readonly Func<IReadOnlyList<object?>, string> keyOf;
    private bool hasBegun;
    private bool hasRow;

    /// <param name="column">Orders the rows, with their key, as <paramref name="keyOf"/> is ordered.</param>
    /// <param name="keyOf">What a row says of the stream that it belongs to.</param>
    public SortedRows(IAuditView view, TableSchema table, string column, Func<IReadOnlyList<object?>, string> keyOf, CancellationToken cancel)
    {
        rows = view.ReadRows(table, column, cancel).GetAsyncEnumerator(cancel);
        this.keyOf = keyOf;
    }

    /// <summary>The rows of this key, and with another sign those before it, which no key has asked for. Keys must come in their order.</summary>
    public async IAsyncEnumerable<(bool IsOfKey, IReadOnlyList<object?> Values)> UpTo(string key)
    {
        while (await Has() && string.CompareOrdinal(keyOf(rows.Current), key) is var order and <= 0)
        {
            yield return (order == 0, rows.Current);
            hasRow = await rows.MoveNextAsync();
        }
    }

    /// <summary>The rows after the last key.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object?>> Rest()
    {
        while (await Has())
        {
            yield return rows.Current;
            hasRow = await rows.MoveNextAsync();
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();

    private async ValueTask<bool> Has()
    {
        if (!hasBegun)
        {
            (hasBegun, hasRow) = (true, await rows.MoveNextAsync());
        }

        return hasRow;
    }
}
