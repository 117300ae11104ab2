using System.Net;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Marketplace.Host.Components.Development;
using Marketplace.Host.Seeds;
using Marketplace.Host.Tests.Accounts;
using Marketplace.Host.TimeMachine;
using Marketplace.Journal;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>The clock of the demonstration: forward only, each thing at its instant, and still there after a restart.</summary>
public sealed class MoveTimeTests
{
    private const string Page = "/development/time";
    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    [Fact]
    public async Task Years_pass_in_the_demo_data_and_the_books_still_balance()
    {
        await using var host = RunningHost.AsShipped("Data Source=:memory:");
        await host.InitializeAsync();
        var progress = host.App.Services.GetRequiredService<ReplayProgress>();
        await progress.Ended;
        var machine = host.App.Services.GetRequiredService<MoveTime>();
        var (before, overdue) = (machine.Today, await Overdue(host));

        var reply = await As(host, RunningHost.Administrator).Send(Page, "move", ("span", "12m"));
        Assert.Equal((HttpStatusCode.Redirect, Page), (reply.Status, reply.Headers.Location?.OriginalString));
        await progress.Ended;
        Assert.Null(machine.Stopped);
        Assert.Equal(before.AddMonths(12), machine.Today);
        Assert.True(await Overdue(host) > overdue, "what falls due in a year is overdue at its end");
        var check = host.App.Services.GetRequiredService<MarketplaceCheck>();
        Assert.Empty(await check.Run(host.App.Services.GetRequiredService<IJournalAudit>(), host.App.Services.GetRequiredService<MarketplaceClock>().NowUtc).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"{machine.DaysAhead} days", (await As(host, RunningHost.Administrator).Get(Page + "?lang=en")).Text);
    }

    [Fact]
    public async Task A_database_whose_time_was_moved_goes_on_where_it_was()
    {
        var file = Path.Combine(Path.GetTempPath(), $"time-{Guid.NewGuid():N}.db");
        DateOnly moved;
        await using (var host = RunningHost.On($"Data Source={file}"))
        {
            await host.InitializeAsync();
            var machine = host.App.Services.GetRequiredService<MoveTime>();
            Assert.Null(machine.Begin(machine.Today.AddDays(100)));
            await host.App.Services.GetRequiredService<ReplayProgress>().Ended;
            moved = machine.Today;
            Assert.Equal(HttpStatusCode.OK, (await host.Post("/api/v1/organisations", $$"""{"commandId":"{{Guid.NewGuid()}}","kind":"company","name":{"zh":"甲","en":"A"},"uscc":"{{RunningHost.ValidUscc}}"}""")).Status);
        }

        await using (var again = RunningHost.On($"Data Source={file}"))
        {
            await again.InitializeAsync();
            var machine = again.App.Services.GetRequiredService<MoveTime>();
            Assert.Equal(moved, machine.Today);
            Assert.Equal(100, machine.DaysAhead);
        }

        File.Delete(file);
    }

    [Theory]
    [InlineData("day", "2020-01-01", "请选择今天之后")]
    [InlineData("day", "2199-01-01", "请选择今天之后")]
    [InlineData("day", "soon", "请选择日期")]
    [InlineData("99999999999d", "", "请选择今天之后")]
    [InlineData("-1d", "", "请选择今天之后")]
    public async Task It_never_goes_back_nor_too_far(string span, string day, string told)
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();
        var reply = await As(host, RunningHost.Administrator).Send(Page, "move", ("span", span), ("day", day));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Contains(told, reply.Text);
        Assert.Equal(0, host.App.Services.GetRequiredService<MoveTime>().DaysAhead);
    }

    [Fact]
    public async Task It_is_for_administrators()
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await As(host, "role=lab;organisation=org_00000000000000000000000001;person=wang").Get(Page)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await new Surfer(host).Get(Page)).Status);
    }

    private static Surfer As(RunningHost host, string principal)
    {
        var surfer = new Surfer(host);
        surfer.Cookies[DevelopmentPrincipal.Cookie] = Uri.EscapeDataString(principal);
        return surfer;
    }

    private static async Task<long> Overdue(RunningHost host) =>
        (await host.App.Services.GetRequiredService<MarketplaceDoor>().Ask(Administrator, new ListObligations(IsOpen: true, Limit: Paging.MaxLimit))).Value.Items
            .Count(o => o.Owed.DueOn < host.App.Services.GetRequiredService<MoveTime>().Today);
}
