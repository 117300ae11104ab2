using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Application.Records;
using Marketplace.Domain;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Records;

/// <summary>Who did what, with old and new values.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;
    private OrganisationId organisation;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time);
        organisation = OrganisationId.Wrap((await engine.Accept(Principal.Visitor, Registration())).Id);
        time.Advance(TimeSpan.FromDays(1));
        await engine.Accept(Administrator, new RejectOrganisation(Guid.NewGuid(), organisation, "证件不清"));
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_comes_first_and_every_filter_leaves_what_fits()
    {
        Assert.Equal(["organisation-rejected", "organisation-registered"], await Found(new()));
        Assert.Equal(["organisation-registered"], await Found(new(Who: "Visitor")));
        Assert.Equal(["organisation-rejected"], await Found(new(Stream: $"organisation/{organisation}", Type: "organisation-rejected")));
        Assert.Equal(["organisation-registered"], await Found(new(Until: new DateOnly(2026, 1, 5))));
        Assert.Equal(["organisation-rejected"], await Found(new(From: new DateOnly(2026, 1, 6), Until: new DateOnly(2026, 1, 6))));
        Assert.Empty(await Found(new(Stream: "agreement/")));
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var first = (await engine.Door.Ask(Administrator, new SearchRecords(Limit: 1))).Value;
        Assert.Equal("organisation-rejected", Assert.Single(first.Items).Type);
        var second = (await engine.Door.Ask(Administrator, new SearchRecords(After: first.Next, Limit: 1))).Value;
        Assert.Equal(("organisation-registered", null), (Assert.Single(second.Items).Type, second.Next));
    }

    [Theory]
    [InlineData("0-0")]
    [InlineData("x")]
    [InlineData("1-2-3")]
    [InlineData("-1-2")]
    public async Task No_page_marker_is_made_up(string after) =>
        Assert.Equal("after-malformed", (await engine.Door.Ask(Administrator, new SearchRecords(After: after))).Refusal?.Code);

    [Fact]
    public async Task A_record_tells_each_value_that_it_changed()
    {
        var record = (await engine.Door.Ask(Administrator, new GetRecord($"organisation/{organisation}", 2))).Value;
        Assert.Equal(
            [new StateChange("reason", null, "\"证件不清\""), new StateChange("status", "\"registered\"", "\"rejected\"")],
            record.Changes);
        Assert.Equal((64, 64, "Administrator:zhang"), (record.Hash.Length, record.PreviousHash.Length, record.Line.Actor));
        Assert.Contains("证件不清", record.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("organisation/org_0", 1)]
    [InlineData("nothing/at-all", 1)]
    [InlineData("", 0)]
    public async Task What_is_not_there_is_not_found(string stream, long version) =>
        Assert.Equal("not-found", (await engine.Door.Ask(Administrator, new GetRecord(stream, version))).Refusal?.Code);

    [Fact]
    public void Differences_are_told_by_place()
    {
        const string Before = """{"a":{"b":1,"c":[1,2]},"d":[],"gone":true}""";
        const string After = """{"a":{"b":2,"c":[1,2,{"e":"x"}]},"d":[3],"new":null}""";
        Assert.Equal(
            [
                new StateChange("a/b", "1", "2"), new StateChange("a/c/2/e", null, "\"x\""), new StateChange("d", "[]", null),
                new StateChange("d/0", null, "3"), new StateChange("gone", "true", null), new StateChange("new", null, "null"),
            ],
            StateChange.Between(Before, After));
    }

    private async Task<IEnumerable<string>> Found(SearchRecords search) => (await engine.Door.Ask(Administrator, search)).Value.Items.Select(r => r.Type);
}
