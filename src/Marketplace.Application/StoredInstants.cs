using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.Application;

/// <summary>How every context keeps instants.</summary>
public static class StoredInstants
{
    /// <summary>SQLite has none: whole microseconds since 1970 order and compare as they should.</summary>
    public static void KeepInstants(this ModelConfigurationBuilder configuration, DbContext context)
    {
        if (context.Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            configuration.Properties<DateTime>().HaveConversion<Converter>();
        }
    }

    /// <summary>An instant as a row has it, which says of itself that it is UTC.</summary>
    public static DateTimeOffset Instant(this DateTime stored) => new(stored, TimeSpan.Zero);

    private sealed class Converter() : ValueConverter<DateTime, long>(instant => Microseconds.Since1970(instant), stored => DateTime.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond));
}
