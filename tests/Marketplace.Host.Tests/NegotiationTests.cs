using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Host.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>A negotiation over REST and on its page, among the organisations of the demo data.</summary>
public sealed class NegotiationTests : IAsyncLifetime
{
    private readonly RunningHost host = RunningHost.AsShipped("Data Source=:memory:");
    private string lab = "";
    private string company = "";
    private string otherCompany = "";
    private string agreement = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        await host.App.Services.GetRequiredService<ReplayProgress>().Ended;
        var result = (await host.Get("/api/v1/catalog?limit=1")).Json["items"]![0]!["result"]!.GetValue<string>();
        lab = $"role=lab;organisation={(await host.Get($"/api/v1/results/{result}")).Json["lab"]};person=wang";
        var companies = (await host.Get("/api/v1/organisations?kind=company&limit=10", RunningHost.Administrator)).Json["items"]!.AsArray()
            .Where(c => (string?)c!["status"] == "verified").Select(c => $"role=company;organisation={c!["organisation"]};person=li").ToList();
        (company, otherCompany) = (companies[^1], companies[^2]);
        var offer = await Done("/offers", lab, ("result", result), ("terms", await Terms("{}")), ("validUntil", In(200)));
        agreement = await Done("/agreements", company, ("offer", offer));
        await Done($"/agreements/{agreement}/accept-application", lab);
        await Done($"/agreements/{agreement}/terms", company, ("terms", await Terms("""{"trialMonths":9,"cureDays":61}""")), ("note", "须覆盖一个采暖季"), ("validUntil", In(30)));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_version_says_in_both_languages_what_it_changes_and_whose_turn_it_is()
    {
        var negotiation = (await host.Get($"/api/v1/agreements/{agreement}/negotiation", company)).Json;
        Assert.Equal(("negotiating", "lab", 0), ((string?)negotiation["state"], (string?)negotiation["turn"], (int?)negotiation["days"]));
        Assert.Equal([2, 1], negotiation["versions"]!.AsArray().Select(v => (int)v!["version"]!));
        var newest = negotiation["versions"]![0]!;
        Assert.Equal((true, 1, In(30)), ((bool)newest["isNewest"]!, (int)newest["replaces"]!, (string?)newest["validUntil"]));
        var differences = newest["differences"]!.AsArray();
        Assert.Equal(["cureDays", "template.values.cureDays", "template.values.trialMonths", "trialMonths"], differences.Select(d => (string)d!["path"]!).Order(StringComparer.Ordinal));
        var trial = differences.Single(d => (string?)d!["path"] == "trialMonths")!;
        Assert.Equal(("9", "免费试用", "9 months"), ((string?)trial["after"], (string?)trial["term"]!["zh"], (string?)trial["afterInWords"]!["en"]));
    }

    [Fact]
    public async Task The_text_of_two_versions_is_compared_word_by_word()
    {
        var zh = (await host.Get($"/api/v1/agreements/{agreement}/terms/difference?from=1&to=2", lab)).Json;
        var changed = zh["text"]!.AsArray().Where(p => (string?)p!["change"] == "changed").ToList();
        Assert.NotEmpty(changed);
        Assert.Contains(changed.SelectMany(p => p!["words"]!.AsArray()), w => (string?)w!["change"] == "inserted" && (string?)w["text"] == "61");
        Assert.Contains("cure", (await host.Get($"/api/v1/agreements/{agreement}/terms/difference?from=1&to=2&language=en", lab)).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("version-unknown", (await host.Get($"/api/v1/agreements/{agreement}/terms/difference?from=1&to=3", lab)).Code);
    }

    [Fact]
    public async Task The_other_party_answers_term_by_term_and_the_author_may_take_the_version_back()
    {
        await Done($"/agreements/{agreement}/terms/2/accept-term", lab, ("path", "trialMonths"));
        await Done($"/agreements/{agreement}/terms/2/contest-term", lab, ("path", "cureDays"), ("note", "最多四十五天"));
        var refused = await host.Post($"/api/v1/agreements/{agreement}/terms/2/accept-term", Command(("path", "territory")), lab);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "term-not-in-difference", "path"), (refused.Status, refused.Code, refused.Field));

        var page = await host.Get($"/agreements/{agreement}/negotiation", company);
        Assert.Contains("最多四十五天", page.Text);
        Assert.Contains("<ins>61</ins>", page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/agreements/{agreement}/negotiation", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"/agreements/{agreement}/negotiation?from=2&to=1", company)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Get($"/agreements/{agreement}/negotiation?from=9", company)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Get($"/agreements/{agreement}/negotiation?from=one", company)).Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Post($"/api/v1/agreements/{agreement}/terms/2/withdraw", Command(), lab)).Status);
        await Done($"/agreements/{agreement}/terms/2/withdraw", company);
        var versions = (await host.Get($"/api/v1/agreements/{agreement}/negotiation", RunningHost.Administrator)).Json["versions"]!;
        Assert.Equal(("withdrawn", true), ((string?)versions[0]!["status"], (bool)versions[1]!["isNewest"]!));
    }

    [Fact]
    public async Task Strangers_find_nothing_and_only_administrators_see_the_market()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/agreements/{agreement}/negotiation", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/agreements/{agreement}/terms/difference?from=1&to=2", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get("/api/v1/negotiation-facts", company)).Status);
        var facts = (await host.Get("/api/v1/negotiation-facts", RunningHost.Administrator)).Json;
        Assert.True((int)facts["signed"]! > 5 && (int)facts["medianDays"]! <= (int)facts["ninthDecileDays"]!, facts.ToJsonString());
    }

    private static string In(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<JsonNode> Terms(string values) => (await host.Post("/api/v1/templates/try-and-buy/terms", $$"""{"values":{{values}}}""")).Json;

    private async Task<string> Done(string path, string principal, params (string Name, JsonNode Value)[] members)
    {
        var reply = await host.Post($"/api/v1{path}", Command(members), principal);
        Assert.True(reply.Status == HttpStatusCode.OK, $"{path}: {reply.Text}");
        return reply.Json["id"]!.GetValue<string>();
    }

    private static string Command(params (string Name, JsonNode Value)[] members)
    {
        var command = new JsonObject { ["commandId"] = Guid.NewGuid() };
        foreach (var (name, value) in members)
        {
            command[name] = value.DeepClone();
        }

        return command.ToJsonString();
    }
}
