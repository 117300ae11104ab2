using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Storage.Postgres;

public static class PostgresTables
{
    /// <summary>Registers <see cref="IDbContextFactory{TContext}"/> of tables that lie beside the journal and are written by their own context.</summary>
    public static IServiceCollection AddPostgresTables<TContext>(this IServiceCollection services) where TContext : DbContext =>
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<IStorage>().DataSource));
}
