using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Host.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>From a template to the contract of an agreement, over REST, among the organisations of the demo data.</summary>
public sealed class TemplateTests : IAsyncLifetime
{
    private readonly RunningHost host = RunningHost.AsShipped("Data Source=:memory:");
    private string result = "";
    private string lab = "";
    private string company = "";
    private string otherCompany = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        await host.App.Services.GetRequiredService<ReplayProgress>().Ended;
        var listed = (await host.Get("/api/v1/catalog?limit=1")).Json["items"]![0]!;
        result = listed["result"]!.GetValue<string>();
        lab = $"role=lab;organisation={(await host.Get($"/api/v1/results/{result}")).Json["lab"]};person=wang";
        var companies = (await host.Get("/api/v1/organisations?kind=company&limit=10", RunningHost.Administrator)).Json["items"]!.AsArray()
            .Where(c => (string?)c!["status"] == "verified").Select(c => $"role=company;organisation={c!["organisation"]};person=li").ToList();
        (company, otherCompany) = (companies[^1], companies[^2]);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Templates_are_public_and_newest_first_by_id()
    {
        var all = (await host.Get("/api/v1/templates")).Json.AsArray();
        Assert.Equal(10, all.Count);
        var one = (await host.Get($"/api/v1/templates/{all[0]!["id"]}?version=1")).Json;
        Assert.Equal(all[0]!.ToJsonString(), one.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/api/v1/templates/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/templates/{all[0]!["id"]}?version=2")).Status);
    }

    [Fact]
    public async Task A_value_out_of_bounds_is_one_clear_error()
    {
        var refused = await host.Post("/api/v1/templates/try-and-buy/terms", """{"values":{"trialMonths":99}}""", language: "en");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "out-of-range", "values.trialMonths"), (refused.Status, refused.Code, refused.Field));
        Assert.Contains("Trial period", refused.Detail);
        Assert.Equal("language-unknown", (await host.Post("/api/v1/templates/try-and-buy/text", """{"values":{},"language":"fr"}""")).Code);
        Assert.Contains("<h2 id=\"payment\">5 ", (await host.Post("/api/v1/templates/try-and-buy/text", """{"values":{},"language":"en"}""")).Json["html"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_offered_from_a_template_is_its_contract_in_the_end_and_only_for_its_parties()
    {
        var terms = (await host.Post("/api/v1/templates/software-seats/terms", """{"values":{"amountPerUnit":12345,"unit":"<b>席位</b>"}}""")).Json;
        var agreement = await Agree(terms);

        var contract = await host.Get($"/api/v1/agreements/{agreement}/contract?language=zh", company);
        Assert.Equal(HttpStatusCode.OK, contract.Status);
        var html = contract.Json["contract"]!["html"]!.GetValue<string>();
        Assert.Contains("人民币123.45元", html);
        Assert.Contains("&lt;b&gt;席位&lt;/b&gt;", html);
        Assert.Contains(agreement, html);

        Assert.Contains("CNY 123.45", (await host.Get($"/api/v1/agreements/{agreement}/contract?language=en", lab)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/agreements/{agreement}/contract", otherCompany)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get($"/api/v1/agreements/{agreement}/contract")).Status);
    }

    [Fact]
    public async Task Terms_that_only_pretend_to_be_of_a_template_are_refused_where_they_come_in()
    {
        var terms = (await host.Post("/api/v1/templates/try-and-buy/terms", """{"values":{}}""")).Json;
        var agreement = await Agree(terms);
        terms["cureDays"] = terms["cureDays"]!.GetValue<int>() + 1;

        var offered = await host.Post("/api/v1/offers", Offer(terms), lab);
        Assert.Equal(("terms-differ-from-template", "terms.template"), (offered.Code, offered.Field));
        await host.Post($"/api/v1/agreements/{agreement}/accept-application", Command(), lab);
        var proposed = await host.Post($"/api/v1/agreements/{agreement}/terms", Command(("terms", terms)), company);
        Assert.Equal(("terms-differ-from-template", "terms.template"), (proposed.Code, proposed.Field));

        terms.AsObject().Remove("template");
        Assert.Equal(HttpStatusCode.OK, (await host.Post($"/api/v1/agreements/{agreement}/terms", Command(("terms", terms)), company)).Status);
        Assert.Null((await host.Get($"/api/v1/agreements/{agreement}/contract", company)).Json["contract"]);
    }

    private async Task<string> Agree(JsonNode terms)
    {
        var offer = await host.Post("/api/v1/offers", Offer(terms), lab);
        Assert.True(offer.Status == HttpStatusCode.OK, offer.Text);
        var applied = await host.Post("/api/v1/agreements", Command(("offer", offer.Json["id"]!)), company);
        Assert.True(applied.Status == HttpStatusCode.OK, applied.Text);
        return applied.Json["id"]!.GetValue<string>();
    }

    private string Offer(JsonNode terms) => Command(("result", result), ("terms", terms), ("validUntil", DateTime.UtcNow.AddMonths(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

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
