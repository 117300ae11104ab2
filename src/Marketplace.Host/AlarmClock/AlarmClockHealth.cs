using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Host.AlarmClock;

/// <summary>Ready means: alarms are set and job storage answers. Without it nothing comes due, however well pages look.</summary>
internal sealed class AlarmClockHealth(RunAlarmClock alarmClock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (alarmClock.Storage is not { } storage)
        {
            return HealthCheckResult.Unhealthy("The alarm clock has no job storage.");
        }

        // Hangfire asks its storage on the caller's thread.
        await Task.Run(() => storage.GetMonitoringApi().Servers(), cancellationToken).WaitAsync(Patience, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
