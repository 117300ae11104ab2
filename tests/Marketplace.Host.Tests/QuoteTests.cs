using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Host.Composition;
using Marketplace.Host.Seeds;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>What terms cost and why a sum is owed: over REST and in the terminal.</summary>
public sealed class QuoteTests : IAsyncLifetime
{
    private const string Assumptions = """{"effectiveOn":"2026-03-02","trialMonths":3,"firstYear":{"netMinor":100000000}}""";

    private readonly RunningHost host = RunningHost.AsShipped("Data Source=:memory:");
    private readonly string folder = Directory.CreateTempSubdirectory("marketplace-quote-").FullName;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        await host.App.Services.GetRequiredService<ReplayProgress>().Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Several_templates_are_compared_under_the_same_assumptions()
    {
        var terms = new JsonArray();
        foreach (var id in new[] { "trial-then-lump-sum", "try-and-buy" })
        {
            terms.Add((await host.Post($"/api/v1/templates/{id}/terms", """{"values":{}}""")).Json);
        }

        var compared = (await host.Post("/api/v1/quotes/compare", $$"""{"terms":{{terms.ToJsonString()}},"assumptions":{{Assumptions}}}""")).Json.AsArray();
        Assert.Equal(2, compared.Count);
        foreach (var (one, i) in compared.Select((c, i) => (c!, i)))
        {
            var alone = (await host.Post("/api/v1/quotes", $$"""{"terms":{{terms[i]!.ToJsonString()}},"assumptions":{{Assumptions}}}""")).Json;
            Assert.Equal(alone.ToJsonString(), one.ToJsonString());
            var payments = one["base"]!["payments"]!.AsArray();
            Assert.Equal(one["base"]!["total"]!["amountMinor"]!.GetValue<long>(), payments.Sum(p => p!["amount"]!["amountMinor"]!.GetValue<long>()));
        }

        terms[1]!["trialMonths"] = 99;
        var refused = await host.Post("/api/v1/quotes/compare", $$"""{"terms":{{terms.ToJsonString()}},"assumptions":{{Assumptions}}}""");
        Assert.Equal(("out-of-range", "terms[1].trialMonths"), (refused.Code, refused.Field));
    }

    [Fact]
    public async Task An_agreement_is_quoted_and_explained_to_its_parties_only()
    {
        var agreement = SeedPlan.AgreementOf("agr-royalty").Value;
        var parties = (await host.App.Services.GetRequiredService<MarketplaceDoor>()
            .Ask(Principal.Whole(ActorRole.Administrator, null, "zhang"), new GetAgreement(AgreementId.Wrap(agreement)))).Value.Details;
        var company = $"role=company;organisation={parties.Company.Value};person=li";

        var quote = (await host.Post($"/api/v1/agreements/{agreement}/quote", $$"""{"assumptions":{{Assumptions}}}""", company)).Json;
        Assert.True(quote["quote"]!["base"]!["payments"]!.AsArray().Count > parties.Obligations.Count);
        Assert.Equal(parties.Obligations.Sum(o => o.OutstandingMinor), quote["exitToday"]!["owed"]!["amountMinor"]!.GetValue<long>());

        var sums = (await host.Get($"/api/v1/agreements/{agreement}/explain", company)).Json.AsArray();
        Assert.Equal(parties.Obligations.Count, sums.Count);
        Assert.All(sums, sum =>
        {
            var reason = sum!["reasons"]![0]!;
            Assert.Equal("5.1", (string?)reason["clause"]);
            Assert.NotEqual((string?)reason["inWords"]!["zh"], (string?)reason["inWords"]!["en"]);
            Assert.NotEmpty(reason["inputs"]!.AsArray());
        });

        var stranger = $"role=company;organisation={OrganisationId.ForUscc(Uscc.Parse(RunningHost.ValidUscc, "uscc").Value).Value};person=li";
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"/api/v1/agreements/{agreement}/explain", stranger)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Post($"/api/v1/agreements/{agreement}/quote", $$"""{"assumptions":{{Assumptions}}}""", stranger)).Status);
    }

    [Fact]
    public async Task The_terminal_says_the_same_from_a_template_and_a_file_of_sales()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "sales.csv"), "period,netMinor\n1,100000\n2,200000\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "assume.json"), """{"effectiveOn":"2026-03-02"}""");
        var ended = await Quote("--template", "try-and-buy", "--sales", "sales.csv", "--assume", "assume.json", "--json");
        Assert.Equal(ExitCode.Ok, ended.ExitCode);

        var terms = (await host.Post("/api/v1/templates/try-and-buy/terms", """{"values":{}}""")).Json.ToJsonString();
        var answer = await host.Post("/api/v1/quotes", $$$"""{"terms":{{{terms}}},"assumptions":{"effectiveOn":"2026-03-02","sales":[{"netMinor":100000},{"netMinor":200000}]}}""");
        Assert.Equal(answer.Json.ToJsonString(), JsonNode.Parse(Assert.Single(ended.Output))!.AsArray()[0]!.ToJsonString());

        var table = await Quote("--template", "try-and-buy", "--sales", "sales.csv", "--assume", "assume.json");
        Assert.Contains("total (low / base / high)", string.Join('\n', table.Output), StringComparison.Ordinal);
    }

    private Task<Ended> Quote(params string[] args) => HostProgram.Run(folder, "en_US.UTF-8", ["quote", .. args]);
}
