using System.Data.Common;
using Marketplace.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.Storage.Sqlite;

public static class SqliteRegistration
{
    /// <summary>
    /// Registers <see cref="IStorage"/>, <see cref="IJournal"/>, <see cref="IJournalAudit"/> and <see cref="DbDataSource"/> on this file.
    /// The host calls <see cref="IStorage.Open"/> before anything else; the container closes it last.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(p => new SqliteStorage(connectionString, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<IStorage>(p => p.GetRequiredService<SqliteStorage>())
            .AddSingleton(p => p.GetRequiredService<IStorage>().Journal)
            .AddSingleton(p => p.GetRequiredService<IStorage>().Audit)
            .AddSingleton(p => p.GetRequiredService<IStorage>().DataSource);
    }
}
