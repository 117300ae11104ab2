using Marketplace.Application.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Search;

public static class SearchServices
{
    /// <summary>An index of this host that follows the journal. Needs the application, a storage and its read tables.</summary>
    public static IServiceCollection AddCatalogIndex(this IServiceCollection services, CatalogIndexSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<CatalogIndex>()
        .AddSingleton<ICatalogIndex>(provider => provider.GetRequiredService<CatalogIndex>())
        .AddHostedService<FollowCatalog>();
}
