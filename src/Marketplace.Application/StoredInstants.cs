using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.Application;

/// <summary>Instants as both databases keep them.</summary>
public static class StoredInstants
{
    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";

    /// <summary>SQLite has no instants: whole microseconds since 1970 order and compare as they should.</summary>
    public static void KeepInstants(this ModelConfigurationBuilder configuration, DatabaseFacade database)
    {
        if (database.ProviderName == Sqlite)
        {
            configuration.Properties<DateTime>().HaveConversion<MicrosecondsConverter>();
        }
    }

    private sealed class MicrosecondsConverter() : ValueConverter<DateTime, long>(
        instant => (instant.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        stored => DateTime.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond));
}
