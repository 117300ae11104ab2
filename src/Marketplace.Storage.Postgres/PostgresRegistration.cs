using System.Data.Common;
using Marketplace.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.Storage.Postgres;

public static class PostgresRegistration
{
    /// <summary>
    /// Registers <see cref="IStorage"/>, <see cref="IJournal"/>, <see cref="IJournalAudit"/> and <see cref="DbDataSource"/> on this database.
    /// The host calls <see cref="IStorage.Open"/> before anything else; the container closes it last.
    /// </summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(p => new PostgresStorage(connectionString, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<IStorage>(p => p.GetRequiredService<PostgresStorage>())
            .AddSingleton(p => p.GetRequiredService<IStorage>().Journal)
            .AddSingleton(p => p.GetRequiredService<IStorage>().Audit)
            .AddSingleton(p => p.GetRequiredService<IStorage>().DataSource);
    }
}
