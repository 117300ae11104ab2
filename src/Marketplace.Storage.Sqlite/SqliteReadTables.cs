using Marketplace.Application.Reads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Storage.Sqlite;

public static class SqliteReadTables
{
    /// <summary>Registers <see cref="IDbContextFactory{TContext}"/> of the read tables on the file of <see cref="SqliteStorage"/>.</summary>
    public static IServiceCollection AddSqliteReadTables(this IServiceCollection services) =>
        services.AddPooledDbContextFactory<MarketplaceReads>((provider, options) =>
            options.UseSqlite(provider.GetRequiredService<SqliteStorage>().ConnectionString));
}
