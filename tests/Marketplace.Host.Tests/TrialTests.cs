using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Host.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>The workspace of a trial over REST and on its page, for an agreement of the demo data.</summary>
public sealed class TrialTests : IAsyncLifetime
{
    private const string Criteria =
        """[{"name":"识别率","measure":"识别正确的比例","unit":"%","comparison":"atLeast","low":95.50,"method":"人工标注"},{"name":"延迟","measure":"响应时间","unit":"ms","comparison":"atMost","high":120,"method":"日志"}]""";

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
        var terms = (await host.Post("/api/v1/templates/try-and-buy/terms", """{"values":{}}""")).Json;
        var offer = (await Done("/offers", lab, ("result", result), ("terms", terms), ("validUntil", Today(200))))["id"]!;
        agreement = (await Done("/agreements", company, ("offer", offer)))["id"]!.GetValue<string>();
        await Do(lab, "accept-application");
        await Do(lab, "terms", ("terms", terms), ("criteria", JsonNode.Parse(Criteria)!));
        await Do(company, "terms/2/accept");
        var details = (await host.App.Services.GetRequiredService<MarketplaceDoor>()
            .Ask(Principal.Whole(ActorRole.Administrator, null, "zhang"), new GetAgreement(AgreementId.Wrap(agreement)))).Value.Details;
        await Do(lab, "sign", ("documentHash", details.DocumentHash!));
        await Do(company, "sign", ("documentHash", details.DocumentHash!));
        await Do(lab, "file", ("filingNumber", "津备-1"));
        await Do(lab, "deliver", ("note", "资料"));
        await Do(company, "accept-delivery");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_was_measured_is_put_before_the_other_party_and_signed_off()
    {
        await Do(company, "trial/entries", ("kind", "measurement"), ("occurredOn", Today()), ("criterion", 0), ("value", 95.4m));
        Assert.Equal("criterion-not-measured", (await Ask(company, "trial/sign-off")).Code);
        await Do(company, "trial/entries", ("kind", "measurement"), ("occurredOn", Today()), ("criterion", 1), ("value", 99), ("evidence", JsonNode.Parse($$"""[{"name":"日志.csv","sha256":"{{new string('b', 64)}}","bytes":12}]""")!));
        await Do(company, "trial/entries/1/retract", ("reason", "误读"));
        await Do(lab, "trial/entries", ("kind", "measurement"), ("occurredOn", Today()), ("criterion", 0), ("value", 95.5m));
        await Do(company, "trial/sign-off");
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(company, "trial/sign-off/confirm")).Status);

        var trial = (await host.Get($"/api/v1/agreements/{agreement}/trial", lab)).Json;
        Assert.Equal(("requested", "company"), ((string?)trial["signOff"]!["status"], (string?)trial["signOff"]!["requestedBy"]));
        Assert.Equal([("95.5", true), ("99", true)], trial["criteria"]!.AsArray().Select(c => (c!["latest"]!["value"]!.ToJsonString(), (bool)c["latest"]!["isMet"]!)));
        Assert.Equal("95.5", trial["criteria"]![0]!["criterion"]!["low"]!.ToJsonString());

        await Do(lab, "trial/sign-off/object", ("reason", "样品不足"));
        await Do(lab, "trial/sign-off");
        await Do(company, "trial/sign-off/confirm");
        Assert.Equal("confirmed", (string?)(await host.Get($"/api/v1/agreements/{agreement}/trial", company)).Json["signOff"]!["status"]);
        Assert.Equal("inTrial", (string?)(await host.Get($"/api/v1/agreements/{agreement}", company)).Json["state"]);
    }

    [Fact]
    public async Task A_wrong_entry_is_one_clear_error()
    {
        var unknown = await Ask(company, "trial/entries", ("kind", "measurement"), ("occurredOn", Today()), ("criterion", 2), ("value", 1));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "criterion-unknown", "criterion"), (unknown.Status, unknown.Code, unknown.Field));
        var hash = await Ask(company, "trial/entries", ("kind", "note"), ("occurredOn", Today()), ("text", "开箱"), ("evidence", JsonNode.Parse("""[{"name":"x","sha256":"00","bytes":1}]""")!));
        Assert.Equal(("evidence-hash", "evidence[0].sha256"), (hash.Code, hash.Field));
    }

    [Fact]
    public async Task The_page_shows_it_to_the_parties_and_to_nobody_else()
    {
        await Do(company, "trial/entries", ("kind", "issue"), ("occurredOn", Today()), ("text", "<script>漏液</script>"));
        var page = await host.Get($"/agreements/{agreement}/trial", company);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("识别率", page.Text);
        Assert.Contains("&lt;script&gt;漏液", page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/agreements/{agreement}/trial", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/agreements/{agreement}/trial", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"/api/v1/agreements/{agreement}/trial", RunningHost.Administrator)).Status);
    }

    /// <summary>The local day of the rules.</summary>
    private static string Today(int more = 0) => LocalTime.DateOf(DateTimeOffset.UtcNow).AddDays(more).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<JsonNode> Do(string principal, string path, params (string Name, JsonNode Value)[] members) => Done($"/agreements/{agreement}/{path}", principal, members);

    private async Task<JsonNode> Done(string path, string principal, params (string Name, JsonNode Value)[] members)
    {
        var reply = await host.Post($"/api/v1{path}", Command(members), principal);
        Assert.True(reply.Status == HttpStatusCode.OK, $"{path}: {reply.Text}");
        return reply.Json;
    }

    private Task<Reply> Ask(string principal, string path, params (string Name, JsonNode Value)[] members) =>
        host.Post($"/api/v1/agreements/{agreement}/{path}", Command(members), principal);

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
