using System.Net;
using System.Text.Json.Nodes;

namespace Marketplace.Host.Tests;

/// <summary>Needs over REST, among the organisations of the demo data: with reasons, and without whoever does not want to be named.</summary>
public sealed class NeedsOverRestTests(DemoCatalog catalog) : IClassFixture<DemoCatalog>
{
    private readonly RunningHost host = catalog.Host;

    [Fact]
    public async Task The_demo_needs_are_found_and_say_why_results_fit_in_points_that_add_up()
    {
        var needs = (await host.Get("/api/v1/needs")).Json["items"]!.AsArray();
        Assert.Equal(6, needs.Count);
        Assert.Equal(3, needs.Count(n => n!["company"] is null));
        var hidden = needs.First(n => n!["company"] is null)!["need"]!;
        Assert.Null((await host.Get($"/api/v1/needs/{hidden}")).Json["companyName"]);

        var power = (await host.Get($"/api/v1/needs?text={Uri.EscapeDataString("化学电源")}")).Json["items"]!.AsArray().Single()!;
        var matches = (await host.Get($"/api/v1/needs/{power["need"]}/matches", RunningHost.Administrator)).Json.AsArray();
        Assert.Equal("化学与物理电源技术", (string?)matches[0]!["title"]!["zh"]);
        Assert.All(matches, m => Assert.Equal((int)m!["score"]!, m["reasons"]!.AsArray().Sum(r => (int)r!["points"]!)));
        Assert.Contains("化学与物理电源", matches[0]!["reasons"]!.AsArray().Single(r => (string?)r!["part"] == "words")!["words"]!.AsArray().Select(w => (string?)w));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get($"/api/v1/needs/{power["need"]}/matches")).Status);
    }

    [Theory]
    [InlineData("/api/v1/needs?field=alchemy", 400)]
    [InlineData("/api/v1/needs?after=x", 422)]
    [InlineData("/api/v1/needs?text=", 422)]
    [InlineData("/api/v1/needs/ned_0", 400)]
    [InlineData("/api/v1/needs/ned_00000000000000000000000000", 404)]
    [InlineData("/needs/ned_0", 404)]
    [InlineData("/needs?field=Alchemy", 422)]
    public async Task What_is_no_need_and_no_filter_is_said_to_be_none(string address, int status) => Assert.Equal(status, (int)(await host.Get(address)).Status);

    [Fact]
    public async Task A_company_publishes_and_only_itself_changes_and_closes()
    {
        var companies = (await host.Get("/api/v1/organisations?kind=company&limit=10", RunningHost.Administrator)).Json["items"]!.AsArray()
            .Select(c => $"role=company;organisation={c!["organisation"]};person=li").ToList();
        JsonObject Content() => JsonNode.Parse("""
            {"title":{"zh":"REST 需求","en":""},"problem":{"zh":"说明","en":""},"fields":["quantumCommunication"],"minReadiness":null,"budget":null,"payments":[],"trialMonths":null,"region":null,"wantedUntil":"2027-06-30","isNamed":false}
            """)!.AsObject();
        var id = Guid.NewGuid().ToString();
        var published = await host.Post("/api/v1/needs", new JsonObject { ["commandId"] = id, ["content"] = Content() }.ToJsonString(), companies[0]);
        Assert.Equal(HttpStatusCode.OK, published.Status);
        Assert.Equal((string?)published.Json["id"], (string?)(await host.Post("/api/v1/needs", new JsonObject { ["commandId"] = id, ["content"] = Content() }.ToJsonString(), companies[0])).Json["id"]); // sent twice
        var need = (string)published.Json["id"]!;

        var close = $"/api/v1/needs/{need}/close";
        Assert.Equal(HttpStatusCode.NotFound, (await host.Post(close, new JsonObject { ["commandId"] = Guid.NewGuid().ToString(), ["why"] = "found" }.ToJsonString(), companies[1])).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Post(close, new JsonObject { ["commandId"] = Guid.NewGuid().ToString(), ["why"] = "found" }.ToJsonString(), companies[0])).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.Post($"/api/v1/needs/{need}/change", new JsonObject { ["commandId"] = Guid.NewGuid().ToString(), ["content"] = Content() }.ToJsonString(), companies[0])).Status);
        Assert.Equal((false, "found"), (await host.Get($"/api/v1/needs/{need}")).Json is var closed ? ((bool)closed["isOpen"]!, (string?)closed["closing"]) : default);
    }
}
