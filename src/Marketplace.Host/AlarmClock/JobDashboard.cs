using Hangfire;
using Hangfire.Dashboard;
using Marketplace.Host.Api;
using Marketplace.Host.Composition;

namespace Marketplace.Host.AlarmClock;

/// <summary>
/// Hangfire's own pages about its recurring jobs, to look at: whoever starts or deletes one by hand would find it there again a minute later. For the
/// marketplace's own people; what this host is asked through a proxy is judged by who asks, not by where from.
/// </summary>
internal static class JobDashboard
{
    public const string Address = "/jobs";

    private static readonly DashboardOptions Options = new()
    {
        Authorization = [], // decided before it is asked
        IsReadOnlyFunc = _ => true,
        AppPath = "/settlement",
        DashboardTitle = "Marketplace",
        DisplayStorageConnectionString = false,
    };

    /// <summary>Whether this host has an alarm clock.</summary>
    public static bool IsThere(IServiceProvider services) => services.GetService<RunAlarmClock>() is not null;

    public static void UseJobDashboard(this WebApplication app)
    {
        var alarmClock = app.Services.GetService<RunAlarmClock>(); // null: it is off
        app.Map(Address, jobs => jobs.Run(async http =>
        {
            if (http.RefusalOfOperations() is { } refusal)
            {
                await http.Answer(Problem.Of(refusal)).ExecuteAsync(http);
                return;
            }

            if (alarmClock?.Storage is not { } storage)
            {
                await http.Answer(Problem.Unavailable).ExecuteAsync(http); // the alarm clock is off, or its storage does not answer
                return;
            }

            await new AspNetCoreDashboardMiddleware(NotFound, storage, Options, DashboardRoutes.Routes).Invoke(http);
        }));
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
