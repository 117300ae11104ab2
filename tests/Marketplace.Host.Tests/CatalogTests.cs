using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Journal;
using Marketplace.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests;

/// <summary>A host with the demo data, which its searches know.</summary>
public sealed class DemoCatalog : IAsyncLifetime
{
    public RunningHost Host { get; } = RunningHost.AsShipped("Data Source=:memory:");

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        Assert.Equal(HttpStatusCode.OK, (await Host.Get("/api/v1/catalog")).Status); // waits for the demo data
        var last = await Host.App.Services.GetRequiredService<IJournal>().LastPlace();
        await Host.App.Services.GetRequiredService<CatalogIndex>().Reach(last!.Position);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>The catalog, searched over REST.</summary>
public sealed class CatalogTests(DemoCatalog catalog) : IClassFixture<DemoCatalog>
{
    private readonly RunningHost host = catalog.Host;

    [Fact]
    public async Task Members_that_are_lists_are_said_again_and_again_and_counts_agree_with_what_is_found()
    {
        var counts = (await host.Get("/api/v1/catalog/facets")).Json["counts"]!;
        Assert.Equal(13, (int)counts["total"]!["number"]!);
        var fields = counts["fields"]!.AsArray().Take(2).Select(f => (Value: (string)f!["value"]!, Number: (int)f["count"]!["number"]!)).ToList();
        Assert.Equal(2, fields.Count);

        var both = await Items($"field={fields[0].Value}&field={fields[1].Value}");
        Assert.Equal(fields.Sum(f => f.Number), both.Count);
        var narrowed = (await host.Get($"/api/v1/catalog/facets?field={fields[0].Value}&readiness=9")).Json["counts"]!;
        Assert.Equal((await Items($"field={fields[0].Value}&readiness=9")).Count, (int)narrowed["total"]!["number"]!);
    }

    [Fact]
    public async Task A_title_finds_its_result_in_both_languages_and_first_if_asked_so()
    {
        foreach (var card in await Items("limit=100"))
        {
            foreach (var language in new[] { "zh", "en" })
            {
                var title = (string)card!["title"]![language]!;
                var found = await Items($"order=titleFirst&text={Uri.EscapeDataString(title[..Math.Min(title.Length, 100)])}");
                Assert.Equal((string?)card["result"], (string?)found[0]!["result"]);
            }
        }
    }

    [Theory]
    [InlineData("field=alchemy", "value-malformed", "field[0]")]
    [InlineData("field=newEnergy&field=alchemy", "value-malformed", "field[1]")]
    [InlineData("readiness=10", "readiness-out-of-range", "readiness")]
    [InlineData("readiness=high", "value-malformed", "readiness[0]")]
    [InlineData("minReadiness=10", "readiness-out-of-range", "minReadiness")]
    [InlineData("region=120116", "region-malformed", "region")]
    [InlineData("text=a&text=b", "member-unknown", "text")]
    [InlineData("order=cheapest", "value-malformed", "order")]
    public async Task What_the_catalog_does_not_have_is_refused_by_name(string query, string code, string field)
    {
        var reply = await host.Get($"/api/v1/catalog?{query}");
        Assert.Equal((code, field), (reply.Code, reply.Field));
    }

    [Fact]
    public async Task The_description_says_which_parameters_are_lists()
    {
        var parameters = (await host.Get("/openapi/v1.json")).Json["paths"]!["/api/v1/catalog"]!["get"]!["parameters"]!.AsArray();
        var field = parameters.Single(p => (string?)p!["name"] == "field")!["schema"]!;
        Assert.Equal("array", (string?)field["type"]);
        Assert.Contains("newEnergy", field["items"]!["enum"]!.AsArray().Select(v => (string?)v));
    }

    private async Task<JsonArray> Items(string query)
    {
        var reply = await host.Get($"/api/v1/catalog?{query}");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply.Json["items"]!.AsArray();
    }
}
