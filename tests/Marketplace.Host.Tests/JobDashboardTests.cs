using System.Net;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>The pages of the job library: for the marketplace's own people, and to look at.</summary>
public sealed class JobDashboardTests
{
    private const string Lab = "role=lab;organisation=org_00000000000000000000000001;person=wang";

    [Fact]
    public async Task Administrators_look_at_it_and_nobody_else_and_nothing_is_started_from_it()
    {
        await using var host = RunningHost.Ringing("Data Source=:memory:", _ => { });
        await host.InitializeAsync();
        var pages = new[] { "/jobs", "/jobs/recurring", "/jobs/servers", "/jobs/jobs/succeeded" };
        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get(page)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.Get(page, Lab)).Status);
        }

        Reply shown;
        do // the first alarm rings once the host listens
        {
            shown = await host.Get("/jobs/recurring", RunningHost.Administrator);
        }
        while (shown.Status == HttpStatusCode.ServiceUnavailable || !shown.Text.Contains("enforce-due-obligations", StringComparison.Ordinal));

        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Get(page, RunningHost.Administrator)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/jobs/nothing", RunningHost.Administrator)).Status);
        foreach (var act in new[] { "/jobs/recurring/trigger", "/jobs/recurring/remove" })
        {
            var reply = await host.Post(act, "jobs[]=enforce-due-obligations", RunningHost.Administrator, mediaType: "application/x-www-form-urlencoded");
            Assert.False((int)reply.Status is >= 200 and < 300, $"{act} answered {reply.Status}");
        }

        Assert.Contains("enforce-due-obligations", (await host.Get("/jobs/recurring", RunningHost.Administrator)).Text);
    }

    [Fact]
    public async Task Without_an_alarm_clock_it_says_so()
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Get("/jobs", RunningHost.Administrator)).Status);
    }
}
