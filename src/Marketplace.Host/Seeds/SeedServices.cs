using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Host.Seeds;

internal static class SeedServices
{
    /// <summary>The demo data, where configuration wants it.</summary>
    public static void AddSeeds(this IHostApplicationBuilder builder, bool isEnabledByDefault)
    {
        builder.Services.AddSingleton<ReplayProgress>().AddSingleton<PunctualAlarm>();
        builder.Services.AddHealthChecks().AddCheck<SeedHealth>("demo-data");
        if (builder.Configuration.GetValue(ReplaySeeds.Enabled, isEnabledByDefault))
        {
            builder.Services.AddHostedService<ReplaySeeds>();
        }
    }

    /// <summary>While the demo data is played, pages are shown as far as it is, and everything else waits for its end.</summary>
    public static void UseSeeds(this WebApplication app)
    {
        var progress = app.Services.GetRequiredService<ReplayProgress>();
        app.Use(async (http, next) =>
        {
            if (!IsOnlyLookedAt(http.Request))
            {
                await progress.Ended.WaitAsync(http.RequestAborted);
            }

            await next(http);
        });
    }

    private static bool IsOnlyLookedAt(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private sealed class SeedHealth(ReplayProgress progress) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(progress.Current is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The demo data is being played."));
    }
}
