using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Grains;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;

public sealed class WakeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_notice_lists_its_result_when_it_is_over_and_not_before()
    {
        var result = await ResultUnderNotice();
        var due = await DueWorkOf(result);
        Assert.Equal(LocalTime.StartOf(new DateOnly(2026, 1, 21)).UtcDateTime, due);

        Assert.Equal(new Accepted(result, 4), await Wake(result)); // too early: nothing happens
        time.SetUtcNow(new DateTimeOffset(due!.Value, TimeSpan.Zero));
        Assert.Equal(new Accepted(result, 5), await Wake(result));
        Assert.Equal(new Accepted(result, 5), await Wake(result));

        Assert.Null(await DueWorkOf(result));
        var view = await engine.Door.Ask(Principal.Visitor, new GetResult(LabResultId.Wrap(result)));
        Assert.Equal(ResultStatus.Listed, view.Value.Status);
    }

    [Fact]
    public async Task A_sweep_wakes_what_is_due_and_an_outage_only_delays_it()
    {
        var result = await ResultUnderNotice();
        time.SetUtcNow(new DateTimeOffset((await DueWorkOf(result))!.Value, TimeSpan.Zero));
        var silent = new ScriptedJournal(storage.Journal) { BeforeAppend = _ => throw ScriptedJournal.Unavailable() };
        await using (var cutOff = await Start(storage, silent, time))
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(() => SweepNotices(cutOff));
        }

        Assert.Equal((1, 0), await SweepNotices(engine));
        Assert.Null(await DueWorkOf(result));
        Assert.Equal((0, 0), await SweepNotices(engine));

        static async Task<(int, int)> SweepNotices(TestEngine engine)
        {
            var report = await engine.Services.GetRequiredService<DueWorkSweep>().Run(DueWork.Notice);
            return (report.Woken, report.Failed);
        }
    }

    [Fact]
    public async Task A_purpose_that_a_grain_does_not_know_is_a_bug() =>
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Grains.GrainOf("result/res_none").Wake("coffee"));

    [Fact]
    public void A_stream_that_no_grain_owns_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => engine.Grains.GrainOf("coffee/cup"));

    private Task<Answer> Wake(string result) => engine.Grains.GrainOf($"result/{result}").Wake(DueWork.Notice);

    private async Task<DateTime?> DueWorkOf(string result)
    {
        await using var reads = await engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return (await reads.Of<DueWorkRow>().SingleAsync(w => w.Stream == $"result/{result}" && w.Purpose == DueWork.Notice)).DueAtUtc;
    }

    private async Task<string> ResultUnderNotice()
    {
        var organisation = OrganisationId.Wrap((await engine.Accept(Principal.Visitor, Registration())).Id);
        await engine.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));
        var lab = Principal.Whole(ActorRole.Lab, organisation, "wang");
        var text = new BilingualText("文字", "Text");
        var content = new ResultContent(
            text, text, text, text, text, TechnologyField.NewEnergy, IndustryCode.Parse("C3921", "industry").Value,
            TechnologyReadiness.Of(6, ReadinessScale.GbT22900, "readiness").Value,
            [new IntellectualProperty(RightKind.KnowHow, RightStatus.Unregistered, null)], "120116", [new Inventor("李", 1_000_000)]);
        var result = LabResultId.Wrap((await engine.Accept(lab, new DraftResult(Guid.NewGuid(), content))).Id);
        await engine.Accept(lab, new SubmitResult(Guid.NewGuid(), result, TitleIsClear: true, NoDispute: true));
        await engine.Accept(lab, new PriceResult(Guid.NewGuid(), result, PricingMethod.NegotiatedPrice, new Money(100, Currency.Cny)));
        await engine.Accept(lab, new StartPublicNotice(Guid.NewGuid(), result));
        return result.Value;
    }
}
