using Marketplace.Application.Reads;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Storage.Postgres;

public static class PostgresReadTables
{
    /// <summary>Registers <see cref="IDbContextFactory{TContext}"/> of the read tables on the connections of the storage.</summary>
    public static IServiceCollection AddPostgresReadTables(this IServiceCollection services) =>
        services.AddPooledDbContextFactory<MarketplaceReads>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<IStorage>().DataSource));
}
