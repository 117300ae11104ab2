using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Files;
using Marketplace.Host.Api;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;

namespace Marketplace.Host.Exports;

/// <summary>Files of months: their tables, what makes them, and their addresses.</summary>
internal static class ExportServices
{
    /// <exception cref="StorageRefusedException">The connection string is of neither database.</exception>
    public static void AddExports(this IServiceCollection services, string connectionString)
    {
        switch (StorageKinds.Of(connectionString))
        {
            case StorageKind.Sqlite:
                services.AddSqliteTables<ExportsDatabase>();
                break;
            case StorageKind.Postgres:
                services.AddPostgresTables<ExportsDatabase>();
                break;
        }

        services.AddSingleton<ExportShelf>().AddSingleton<ICyclePapers, CyclePapers>().AddSingleton<MakeExports>();
    }

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        api.MapCommand<StartExport>("/exports");
        api.MapQuery<ListExports, Page<ExportCard>>("/exports");
        api.MapQuery<GetExport, ExportView>("/exports/{export}");
        api.MapCommand<EndExport>("/exports/{export}/end");
        api.MapDownload<GetExportFile, OpenedFile>("/exports/{export}/file", "application/zip", FileDelivery.Of);
    }
}
