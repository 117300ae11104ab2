using Marketplace.Journal;

namespace Marketplace.Storage.Sqlite;

internal sealed class SqliteAudit(SqliteDataSource source) : IJournalAudit
{
    public Task<IAuditView> OpenView(CancellationToken cancel = default) => Task.FromResult<IAuditView>(new SqliteAuditView(source.Open()));
}
