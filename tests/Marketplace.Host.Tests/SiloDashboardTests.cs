using System.Net;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>The pages of Orleans about its grains: for the marketplace's own people, and to look at.</summary>
public sealed class SiloDashboardTests
{
    private const string Lab = "role=lab;organisation=org_00000000000000000000000001;person=wang";
    private static readonly string[] Pages = ["/silo", "/silo/", "/silo/index.min.js", "/silo/DashboardCounters", "/silo/ClusterStats", "/SILO/Trace"];

    [Fact]
    public async Task Administrators_look_at_it_and_nobody_else()
    {
        await using var host = RunningHost.With(_ => { }, more: "--Orleans:Dashboard=true");
        await host.InitializeAsync();
        foreach (var page in Pages)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get(page)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.Get(page, Lab)).Status);
        }

        Assert.Contains("index.min.js", (await host.Get("/silo/", RunningHost.Administrator)).Text);
        Assert.Contains("hosts", (await host.Get("/silo/DashboardCounters", RunningHost.Administrator)).Text);
        Assert.NotEqual(HttpStatusCode.OK, (await host.Get("/silo/Trace", RunningHost.Administrator)).Status); // the live log
    }

    [Fact]
    public async Task Who_has_not_asked_for_it_has_none()
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/silo/", RunningHost.Administrator)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/silo/")).Status);
    }
}
