using Hangfire.InMemory;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;

namespace Marketplace.Host.AlarmClock;

internal static class AlarmClockServices
{
    public const string Enabled = "AlarmClock:Enabled";

    /// <summary>The alarm clock with its health check, unless configuration turns it off. All nodes of a cluster run one, or none does.</summary>
    public static void AddAlarmClock(this IHostApplicationBuilder builder, StorageKind storage)
    {
        if (!builder.Configuration.GetValue(Enabled, defaultValue: true))
        {
            return;
        }

        builder.Logging.AddFilter("Hangfire", LogLevel.Warning);
        builder.Services.AddSingleton<OpenJobStorage>(services => storage switch
        {
            StorageKind.Sqlite => () => new InMemoryStorage(),
            StorageKind.Postgres => () => PostgresJobStorage.Open(services.GetRequiredService<PostgresStorage>()),
        });
        foreach (var alarm in Alarms.All)
        {
            builder.Services.AddSingleton(alarm);
        }

        builder.Services.AddSingleton<AlarmsUnderWay>();
        builder.Services.AddSingleton<RunAlarmClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunAlarmClock>());
        builder.Services.AddHealthChecks().AddCheck<AlarmClockHealth>("alarm-clock");
    }
}
