using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Host.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>What the zone asks of agreements, over REST, among the organisations of the demo data.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private readonly RunningHost host = RunningHost.AsShipped("Data Source=:memory:");
    private string result = "";
    private string labId = "";
    private string lab = "";
    private string company = "";
    private string otherCompany = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        await host.App.Services.GetRequiredService<ReplayProgress>().Ended;
        result = (await host.Get("/api/v1/catalog?limit=1")).Json["items"]![0]!["result"]!.GetValue<string>();
        labId = (await host.Get($"/api/v1/results/{result}")).Json["lab"]!.GetValue<string>();
        lab = $"role=lab;organisation={labId};person=wang";
        var companies = (await host.Get("/api/v1/organisations?kind=company&limit=10", RunningHost.Administrator)).Json["items"]!.AsArray()
            .Where(c => (string?)c!["status"] == "verified").Select(c => $"role=company;organisation={c!["organisation"]};person=li").ToList();
        (company, otherCompany) = (companies[^1], companies[^2]);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_filing_pack_is_data_for_programs_and_an_archive_that_is_saved_and_never_shown()
    {
        var agreement = await Apply();

        var pack = (await host.Get($"/api/v1/agreements/{agreement}/filing-pack", company)).Json;
        Assert.Equal(("licence", "notSigned"), ((string?)pack["kind"], (string?)pack["deadline"]!["status"]));
        Assert.Equal(["documentHash", "effectiveOn"], pack["missing"]!.AsArray().Select(m => (string?)m!["field"]).Take(2)); // and what the demo result does not say

        var archive = await host.Get($"/api/v1/agreements/{agreement}/filing-pack.zip", lab);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (archive.Status, archive.ContentHeaders.ContentType?.MediaType));
        Assert.Equal(("attachment", $"filing-{agreement}.zip"), (archive.ContentHeaders.ContentDisposition?.DispositionType, archive.ContentHeaders.ContentDisposition?.FileName));
        Assert.Equal(["nosniff"], archive.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("<!doctype html><html lang=\"zh-CN\">", archive.Text); // stored as they are
        Assert.Contains("<!doctype html><html lang=\"en\">", archive.Text);
        Assert.DoesNotContain("<b>席位</b>", archive.Text.Split("<!doctype html>", 2)[1].Split("manifest.json")[0]);

        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/agreements/{agreement}/filing-pack.zip", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get($"/api/v1/agreements/{agreement}/filing-pack.zip")).Status);
    }

    [Fact]
    public async Task Subsidies_are_a_labs_own()
    {
        var year = DateTime.UtcNow.AddHours(8).Year;
        var own = (await host.Get($"/api/v1/policy/subsidies?year={year}", lab)).Json;
        Assert.Equal(labId, (string?)Assert.Single(own["labs"]!.AsArray())!["lab"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get($"/api/v1/policy/subsidies?year={year}", company)).Status);
        Assert.Equal(("subsidy-year", "year"), await Refused($"/api/v1/policy/subsidies?year={year + 1}", RunningHost.Administrator));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Get("/api/v1/policy/subsidies?year=last", RunningHost.Administrator)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Get("/api/v1/policy/subsidies", RunningHost.Administrator)).Status);
    }

    [Fact]
    public async Task Anomalies_are_for_administrators_and_say_what_was_not_examined()
    {
        var report = (await host.Get("/api/v1/policy/anomalies?kind=samePerson", RunningHost.Administrator)).Json;
        Assert.All(report["flags"]!.AsArray(), f => Assert.Equal("samePerson", (string?)f!["kind"]));
        Assert.NotEmpty(report["notExamined"]!.AsArray());
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get("/api/v1/policy/anomalies", lab)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Get("/api/v1/policy/anomalies?kind=everything", RunningHost.Administrator)).Status);
    }

    [Fact]
    public async Task An_inventors_objection_is_recorded_answered_and_told_to_the_lab_only()
    {
        var agreement = await Apply();
        var objected = await host.Post($"/api/v1/agreements/{agreement}/distribution-objections", Command(("inventor", 1), ("reason", "比例有误")), lab);
        Assert.True(objected.Status == HttpStatusCode.OK, objected.Text);

        var statement = (await host.Get($"/api/v1/agreements/{agreement}/inventor-statement", lab)).Json;
        Assert.True((bool)statement["inventors"]![0]!["isHeld"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get($"/api/v1/agreements/{agreement}/inventor-statement", company)).Status);
        Assert.DoesNotContain("distribution-objected", (await host.Get($"/api/v1/agreements/{agreement}/timeline", company)).Text);
        Assert.Contains("distribution-objected", (await host.Get($"/api/v1/agreements/{agreement}/timeline", lab)).Text);

        var answered = await host.Post($"/api/v1/agreements/{agreement}/distribution-objections/1/answer", Command(("isUpheld", false), ("reason", "已核对")), lab);
        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.False((bool)(await host.Get($"/api/v1/agreements/{agreement}/inventor-statement", lab)).Json["inventors"]![0]!["isHeld"]!);
    }

    private async Task<(string?, string?)> Refused(string path, string principal)
    {
        var reply = await host.Get(path, principal);
        return (reply.Code, reply.Field);
    }

    private async Task<string> Apply()
    {
        var terms = (await host.Post("/api/v1/templates/software-seats/terms", """{"values":{"amountPerUnit":12345,"unit":"<b>席位</b>"}}""")).Json;
        var offer = await host.Post("/api/v1/offers", Command(("result", result), ("terms", terms), ("validUntil", DateTime.UtcNow.AddMonths(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))), lab);
        Assert.True(offer.Status == HttpStatusCode.OK, offer.Text);
        var applied = await host.Post("/api/v1/agreements", Command(("offer", offer.Json["id"]!)), company);
        Assert.True(applied.Status == HttpStatusCode.OK, applied.Text);
        return applied.Json["id"]!.GetValue<string>();
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
