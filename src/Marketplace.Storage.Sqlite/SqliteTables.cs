using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Storage.Sqlite;

public static class SqliteTables
{
    /// <summary>
    /// Registers <see cref="IDbContextFactory{TContext}"/> of tables that lie beside the journal and are written by their own context. One writer
    /// at a time: what is written waits for the journal's batch that is under way, and the journal for it, so transactions are to be short.
    /// </summary>
    public static IServiceCollection AddSqliteTables<TContext>(this IServiceCollection services) where TContext : DbContext =>
        services.AddPooledDbContextFactory<TContext>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<SqliteStorage>().ConnectionString)
            .AddInterceptors(new SettingsOfConnections()));

    private sealed class SettingsOfConnections : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            ((SqliteConnection)connection).Execute(SqliteDataSource.Settings);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
