using System.Data;
using Marketplace.Journal;
using Npgsql;

namespace Marketplace.Storage.Postgres;

internal sealed class PostgresAudit(NpgsqlDataSource source) : IJournalAudit
{
    public async Task<IAuditView> OpenView(CancellationToken cancel = default)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            return new PostgresAuditView(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
