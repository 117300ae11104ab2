using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Documents.Sheets;
using Marketplace.Domain.Ledger;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>Statements and months over REST: what programs send and get.</summary>
public sealed class StatementTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly LedgerMonth Month = LedgerMonth.Of(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_statement_is_data_and_files_in_the_readers_language()
    {
        var lab = await Lab();
        var json = (await host.Get($"/api/v1/statements/{Month}", lab)).Json;
        Assert.Equal(("lab", Month.Value, "running", "海河实验室"), ((string?)json["party"], (string?)json["month"], (string?)json["state"], (string?)json["name"]!["zh"]));

        var csv = await host.Get($"/api/v1/statements/{Month}/statement.csv?lang=en", lab);
        Assert.Equal((HttpStatusCode.OK, "text/csv", $"statement-{RunningHost.ValidUscc}-{Month}.csv"), (csv.Status, csv.ContentHeaders.ContentType?.MediaType, csv.ContentHeaders.ContentDisposition?.FileName));
        Assert.StartsWith("Agreement,Result,", csv.Text, StringComparison.Ordinal);
        Assert.StartsWith("协议编号,", (await host.Get($"/api/v1/statements/{Month}/statement.csv?lang=zh", lab)).Text, StringComparison.Ordinal);

        var xlsx = await host.Get($"/api/v1/statements/{Month}/statement.xlsx", lab);
        Assert.Equal((HttpStatusCode.OK, XlsxWorkbook.MediaType), (xlsx.Status, xlsx.ContentHeaders.ContentType?.MediaType));
    }

    [Fact]
    public async Task What_is_no_month_or_not_ones_own_is_said_to_be_so()
    {
        var lab = await Lab();
        var malformed = await host.Get("/api/v1/statements/2026-13", lab);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "month-malformed", "month"), (malformed.Status, malformed.Code, malformed.Field));
        Assert.Equal("month-not-begun", (await host.Get($"/api/v1/statements/{Month.Next}", lab)).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get($"/api/v1/statements/{Month}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get($"/api/v1/ledger-months/{Month}/trial-balance", lab)).Status);
    }

    [Fact]
    public async Task An_administrator_sees_the_trial_balance_and_cannot_close_what_is_not_over()
    {
        await Lab();
        var balance = (await host.Get($"/api/v1/ledger-months/{Month}/trial-balance", RunningHost.Administrator)).Json;
        Assert.Equal(("running", 0L), ((string?)balance["state"], (long?)balance["balance"]!["entries"]));
        Assert.Equal($"trial-balance-{Month}.xlsx", (await host.Get($"/api/v1/ledger-months/{Month}/trial-balance.xlsx", RunningHost.Administrator)).ContentHeaders.ContentDisposition?.FileName);
        Assert.Equal(Month.Value, (string?)(await host.Get("/api/v1/ledger-months", RunningHost.Administrator)).Json[0]!["month"]);

        var body = new JsonObject { ["commandId"] = Guid.NewGuid() }.ToJsonString();
        var refused = await host.Post($"/api/v1/ledger-months/{Month}/close", body, RunningHost.Administrator);
        Assert.Equal((HttpStatusCode.Conflict, "month-not-over"), (refused.Status, refused.Code));
    }

    /// <summary>One lab for all tests of the host; registered by whichever comes first.</summary>
    private async Task<string> Lab()
    {
        await host.Post("/api/v1/organisations", RunningHost.Registration(Guid.NewGuid()));
        return $"role=lab;organisation={Domain.OrganisationId.ForUscc(Domain.Uscc.Parse(RunningHost.ValidUscc, "uscc").Value)};person=wang";
    }
}
