using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Sweeps;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static Marketplace.Application.Tests.Sweeps.SweepFixture;

namespace Marketplace.Application.Tests.Sweeps;

/// <summary>Whose fault a failure is, and what becomes of what fails. On both databases.</summary>
public abstract class QuarantineTests(SweepFixture fixture)
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    private static readonly Principal Lab = Principal.Whole(ActorRole.Lab, DerivedId.From<OrganisationId>("lab"), "wang");

    private DueWorkSweep Sweep => SweepOf(fixture.Engine);

    [Fact]
    public async Task Poison_is_quarantined_with_its_reason_after_three_failures_while_others_go_on()
    {
        const string Purpose = "poison";
        await fixture.Due(Purpose, AnHour, "test/good", "test/poison", "test/well");
        var done = new List<string>();
        var reports = new List<SweepReport>();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            reports.Add(await Sweep.Run(Purpose, stream => stream == "test/poison" ? throw new FormatException("tastes bad") : Do(stream, done)));
        }

        Assert.Equal([(2, 1, 0), (2, 1, 0), (2, 1, 1), (2, 0, 0)], reports.Select(r => (r.Woken, r.Failed, r.Quarantined)));
        Assert.Equal(8, done.Count);
        var now = Now.UtcDateTime;
        Assert.Equal([new DueWorkFailureRow("test/poison", Purpose, 3, 3, "FormatException: tastes bad", now, now)], await fixture.Failures(Purpose));
    }

    [Fact]
    public async Task An_administrator_sees_the_quarantine_and_releases_from_it()
    {
        const string Purpose = "release";
        await Quarantine(Purpose, "test/1");
        var shown = Assert.Single(await Listed(Purpose));
        Assert.Equal(("release/test/1", "test/1", 3, "FormatException: tastes bad"), (shown.Item, shown.Stream, shown.Failures, shown.Reason));
        Assert.Equal((Now.UtcDateTime, Now.UtcDateTime - AnHour), (shown.QuarantinedAtUtc, shown.DueAtUtc));

        var release = new ReleaseQuarantine(Guid.NewGuid(), shown.Item, "the cook was replaced");
        var accepted = await fixture.Engine.Accept(TestEngine.Administrator, release);
        Assert.Equal(accepted, await fixture.Engine.Accept(TestEngine.Administrator, release));

        Assert.Empty(await Listed(Purpose));
        var done = new List<string>();
        await Sweep.Run(Purpose, stream => Do(stream, done));
        Assert.Equal(["test/1"], done);
    }

    [Fact]
    public async Task What_goes_well_again_is_counted_anew()
    {
        const string Purpose = "anew";
        await fixture.Due(Purpose, AnHour, "test/1");
        foreach (var goesWell in new[] { false, false, true, false, false })
        {
            await Sweep.Run(Purpose, stream => goesWell ? Do(stream, []) : throw new FormatException("tastes bad"));
        }

        Assert.Equal([(4, 2, null)], (await fixture.Failures(Purpose)).Select(f => (f.Failures, f.Attempts, f.QuarantinedAtUtc)));
    }

    [Fact]
    public async Task A_refusal_is_the_items_fault_and_contention_is_not()
    {
        const string Purpose = "refused";
        await fixture.Due(Purpose, AnHour, "test/contended", "test/refused");
        var report = await Sweep.Run(Purpose, stream => Task.FromResult<Answer>(
            stream == "test/contended" ? Refusals.Contended : Refusal.State("no-coffee", "没有咖啡。", "There is no coffee.")));

        Assert.Equal((0, 1, 1), (report.Woken, report.Failed, report.Postponed));
        Assert.Equal([("test/refused", "no-coffee: There is no coffee.")], (await fixture.Failures(Purpose)).Select(f => (f.Stream, f.Reason)));
    }

    [Fact]
    public async Task A_lost_silo_and_a_late_answer_are_nobodys_fault()
    {
        const string Purpose = "lost";
        await fixture.Due(Purpose, AnHour, "test/late", "test/lost");
        var report = await Sweep.Run(Purpose, stream => throw (stream == "test/lost" ? new SiloUnavailableException() : new TimeoutException()));

        Assert.Equal((0, 2), (report.Failed, report.Postponed));
        Assert.Empty(await fixture.Failures(Purpose));
    }

    [Fact]
    public async Task An_outage_ends_the_run_and_blames_nobody()
    {
        const string Purpose = "outage";
        await fixture.Due(Purpose, AnHour, Enumerable.Range(0, 2 * DueWorkSweep.PageRows).Select(i => $"test/{i}"));
        var asked = 0;
        var ended = await Assert.ThrowsAsync<JournalUnavailableException>(() => Sweep.Run(Purpose, _ =>
        {
            Interlocked.Increment(ref asked);
            throw new JournalUnavailableException("The test says so.");
        }));

        Assert.Contains($"'{Purpose}' ended early", ended.Message);
        Assert.InRange(asked, 1, DueWorkSweep.MaxInFlight);
        Assert.Empty(await fixture.Failures(Purpose));
    }

    [Fact]
    public async Task An_outage_while_a_failure_is_recorded_ends_the_run_and_the_failure_is_counted_once()
    {
        const string Purpose = "unrecorded";
        await fixture.Due(Purpose, AnHour, "test/1");
        fixture.Journal.AfterAppend = _ => throw ScriptedJournal.Unavailable();
        await Assert.ThrowsAsync<JournalUnavailableException>(Fail);
        fixture.Journal.AfterAppend = _ => { };
        Assert.Equal([1], (await fixture.Failures(Purpose)).Select(f => f.Attempts)); // it was committed, only the answer was lost

        await Fail();
        Assert.Equal([2], (await fixture.Failures(Purpose)).Select(f => f.Attempts));

        Task<SweepReport> Fail() => Sweep.Run(Purpose, _ => throw new FormatException("tastes bad"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_is_an_outage()
    {
        var nowhere = new UnreachableReads(new DbContextOptionsBuilder<MarketplaceReads>().UseNpgsql("Host=127.0.0.1;Port=1;Username=nobody").Options);
        var services = fixture.Engine.Services;
        var sweep = new DueWorkSweep(
            nowhere, fixture.Engine.Grains, services.GetRequiredService<NodeShare>(), services.GetRequiredService<MarketplaceClock>(), TimeProvider.System,
            NullLogger<DueWorkSweep>.Instance);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => sweep.Run("unreadable"));
    }

    [Fact]
    public async Task Two_runs_that_overlap_count_one_failure()
    {
        const string Purpose = "overlap";
        await fixture.Due(Purpose, AnHour, "test/1");
        using var both = new Barrier(2);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Sweep.Run(Purpose, _ =>
        {
            both.SignalAndWait();
            throw new FormatException("tastes bad");
        }))));

        Assert.Equal([1], (await fixture.Failures(Purpose)).Select(f => f.Attempts));
    }

    [Fact]
    public async Task An_item_whose_failures_cannot_be_recorded_keeps_nobody_waiting()
    {
        const string Purpose = "unrecordable";
        await fixture.Due(Purpose, AnHour, "test/1", "test/2", "test/3");
        fixture.Journal.BeforeLoad = stream =>
        {
            if (stream.EndsWith($"{Purpose}/test/2", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("Written by a newer version.");
            }
        };
        var report = await Sweep.Run(Purpose, _ => throw new FormatException("tastes bad"));
        fixture.Journal.BeforeLoad = _ => { };

        Assert.Equal((3, 0), (report.Failed, report.Postponed));
        Assert.Equal(["test/1", "test/3"], (await fixture.Failures(Purpose)).Select(f => f.Stream));
    }

    [Fact]
    public async Task A_stream_that_no_grain_owns_is_quarantined_and_does_not_stop_the_sweep()
    {
        const string Purpose = "nobodys";
        await fixture.Due(Purpose, AnHour, "coffee/1");
        var failed = new List<int>();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            failed.Add((await Sweep.Run(Purpose)).Failed);
        }

        Assert.Equal([1, 1, 1, 0], failed);
    }

    [Fact]
    public async Task What_is_due_and_what_failed_outlives_the_host()
    {
        const string Purpose = "restart";
        await fixture.Due(Purpose, AnHour, "test/1", "test/2");
        foreach (var expected in new[] { 1, 2, 3 })
        {
            await using var host = await TestEngine.Start(fixture.Storage, time: fixture.Time);
            var done = new List<string>();
            await SweepOf(host).Run(Purpose, stream => stream == "test/1" ? throw new FormatException("tastes bad") : Do(stream, done));
            Assert.Equal(["test/2"], done);
            Assert.Equal([expected], (await fixture.Failures(Purpose)).Select(f => f.Attempts));
        }

        Assert.Single(await Listed(Purpose));
    }

    [Fact]
    public async Task The_quarantine_is_listed_in_pages()
    {
        await Quarantine("pages-1", "test/1", "test/2", "test/3");
        await Quarantine("pages-2", "test/1");
        var pages = new List<IReadOnlyList<string>>();
        var after = "pages-0";
        do
        {
            var page = (await fixture.Engine.Door.Ask(TestEngine.Administrator, new ListQuarantine(after, 2))).Value;
            pages.Add([.. page.Items.Select(i => i.Item).Where(i => i.StartsWith("pages-", StringComparison.Ordinal))]);
            after = page.Next;
        }
        while (after?.StartsWith("pages-", StringComparison.Ordinal) == true);

        Assert.Equal([["pages-1/test/1", "pages-1/test/2"], ["pages-1/test/3", "pages-2/test/1"]], pages.Take(2));
    }

    [Fact]
    public async Task Only_administrators_look_at_the_quarantine_and_release_from_it()
    {
        Assert.Equal("role-not-allowed", (await fixture.Engine.Door.Ask(Lab, new ListQuarantine())).Refusal?.Code);
        Assert.Equal("role-not-allowed", await fixture.Engine.Refuse(Lab, new ReleaseQuarantine(Guid.NewGuid(), "poison/test/poison", "please")));
        Assert.Equal("sign-in-required", await fixture.Engine.Refuse(Principal.Visitor, new ReleaseQuarantine(Guid.NewGuid(), "poison/test/poison", "please")));
    }

    [Theory]
    [InlineData("no-such/test/1")]
    [InlineData("")]
    [InlineData("test")]
    [InlineData("/")]
    [InlineData("通知/成果")]
    public async Task What_was_never_heard_of_is_not_released(string item) =>
        Assert.Equal("not-found", await fixture.Engine.Refuse(TestEngine.Administrator, new ReleaseQuarantine(Guid.NewGuid(), item, "please")));

    [Fact]
    public async Task A_release_needs_a_reason_and_something_to_release()
    {
        const string Purpose = "reasons";
        await fixture.Due(Purpose, AnHour, "test/failed-once");
        await Sweep.Run(Purpose, _ => throw new FormatException("tastes bad"));
        await Quarantine(Purpose, "test/quarantined");

        Assert.Equal("work-not-quarantined", await Release("test/failed-once", "please"));
        Assert.Equal("text-missing", await Release("test/quarantined", " "));

        Task<string> Release(string stream, string reason) => fixture.Engine.Refuse(
            TestEngine.Administrator, new ReleaseQuarantine(Guid.NewGuid(), IFailingWorkGrain.KeyOf(Purpose, stream), reason));
    }

    private static Task<Answer> Do(string stream, List<string> done)
    {
        lock (done)
        {
            done.Add(stream);
        }

        return Task.FromResult<Answer>(new Accepted(stream, 1));
    }

    private async Task Quarantine(string purpose, params string[] streams)
    {
        await fixture.Due(purpose, AnHour, streams);
        for (var attempt = 1; attempt <= FailingWork.MaxAttempts; attempt++)
        {
            await Sweep.Run(purpose, stream => streams.Contains(stream) ? throw new FormatException("tastes bad") : Task.FromResult<Answer>(Refusals.Contended));
        }
    }

    private async Task<IReadOnlyList<QuarantinedWork>> Listed(string purpose) =>
        [.. (await fixture.Engine.Door.Ask(TestEngine.Administrator, new ListQuarantine($"{purpose}/", 1))).Value.Items.Where(i => i.Purpose == purpose)];

    private sealed class UnreachableReads(DbContextOptions<MarketplaceReads> options) : IDbContextFactory<MarketplaceReads>
    {
        public MarketplaceReads CreateDbContext() => new(options);
    }
}

public sealed class QuarantineOnSqlite(SweepsOnSqlite fixture) : QuarantineTests(fixture), IClassFixture<SweepsOnSqlite>;

public sealed class QuarantineOnPostgres(SweepsOnPostgres fixture) : QuarantineTests(fixture), IClassFixture<SweepsOnPostgres>;
