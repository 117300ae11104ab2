using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>The stored snapshots, in the order of their streams: a grain believes what they say, so a check must not.</summary>
internal sealed class SnapshotRows(IAuditView view, CancellationToken cancel) : IAsyncDisposable
{
    private static readonly TableSchema Table = new("snapshots", 1,
        [new("stream", ColumnType.Text), new("version", ColumnType.Int64), new("schema", ColumnType.Text), new("body", ColumnType.Text)]);

    private readonly SortedRows rows = new(view, Table, "stream", values => (string)values[0]!, cancel);

    public async Task<StreamAudit.StoredState?> Of(string stream)
    {
        StreamAudit.StoredState? found = null;
        await foreach (var (isOfKey, values) in rows.UpTo(stream))
        {
            found = isOfKey ? new StreamAudit.StoredState((long)values[1]!, (string)values[2]!, (string)values[3]!) : found;
        }

        return found;
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
