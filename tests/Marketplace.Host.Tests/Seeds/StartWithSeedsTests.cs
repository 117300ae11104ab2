using System.Net;
using Marketplace.Host.Composition;
using Marketplace.Host.Seeds;
using Marketplace.Journal;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests.Seeds;

/// <summary>The first start, on which the demo data is played while people already look around.</summary>
public sealed class StartWithSeedsTests
{
    private readonly TaskCompletionSource thaw = new();

    [Fact]
    public async Task Meanwhile_pages_are_shown_and_refresh_themselves_and_the_host_is_alive_but_not_ready()
    {
        await using var host = await Start(thaw.Task);

        var page = await host.Get("/?lang=zh");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("正在载入演示数据", page.Text);
        Assert.Equal("1", Assert.Single(page.Headers.GetValues("Refresh")));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Get("/health/ready")).Status);

        thaw.SetResult();
        await host.App.Services.GetRequiredService<ReplayProgress>().Ended;
        page = await host.Get("/?lang=zh");
        Assert.DoesNotContain("正在载入演示数据", page.Text);
        Assert.False(page.Headers.Contains("Refresh"));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task Whoever_acts_meanwhile_is_served_after_it()
    {
        await using var host = await Start(thaw.Task);

        var registration = host.Post("/api/v1/organisations", RunningHost.Registration(Guid.NewGuid()));
        thaw.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await registration).Status);

        var written = await host.App.Services.GetRequiredService<IJournal>().ReadAll(JournalPosition.Start, 10_000);
        Assert.Equal("organisation-registered", written[^1].Type);
        Assert.Equal(written.Max(e => e.RecordedAtUtc), written[^1].RecordedAtUtc);
    }

    [Fact]
    public async Task A_replay_that_fails_ends_the_host_and_says_so()
    {
        await using var host = await Start(Task.CompletedTask, commits: 7);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => host.App.UntilShutdown(default));
    }

    private static async Task<RunningHost> Start(Task thaw, int commits = int.MaxValue)
    {
        var host = RunningHost.AsShipped("Data Source=:memory:", builder => builder.Services.AddSingleton<IJournal>(services =>
        {
            var journal = new MortalJournal(services.GetRequiredService<IStorage>().Journal) { Thaw = thaw };
            journal.LiveFor(commits);
            return journal;
        }));
        await host.InitializeAsync();
        return host;
    }
}
