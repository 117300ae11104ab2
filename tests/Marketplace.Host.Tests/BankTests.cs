using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Application.Banking;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>An administrator's bank over REST: an account, a statement of more than a megabyte, its lines.</summary>
public sealed class BankTests : IAsyncLifetime
{
    private const int Entries = 5_000;

    private readonly RunningHost host = RunningHost.On("Data Source=:memory:");

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        var account = await host.Post(
            "/api/v1/bank-accounts", $$"""{"commandId":"{{Guid.NewGuid()}}","account":{"holder":"示例平台","number":"6222 0001"},"currency":"CNY"}""", RunningHost.Administrator);
        Assert.Equal(HttpStatusCode.OK, account.Status);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_statement_is_sent_as_a_file_and_its_lines_are_listed()
    {
        var file = Statement();
        Assert.True(file.Length > 1 << 20); // more than any other body may have
        var command = Guid.NewGuid();
        var sent = await Send($"/api/v1/bank-statements?commandId={command}", file);
        Assert.Equal((HttpStatusCode.OK, sent.Text), await Send($"/api/v1/bank-statements?commandId={command}", file) is var again ? (again.Status, again.Text) : default);

        var id = (string)sent.Json["id"]!;
        await ((ImportStatements)host.App.Services.GetService(typeof(ImportStatements))!).Import($"bank-statement/{id}");
        var statement = (await host.Get($"/api/v1/bank-statements/{id}", RunningHost.Administrator)).Json;
        Assert.Equal(("imported", Entries, Entries), ((string?)statement["status"], (int)statement["done"]!, (int)statement["new"]!));
        var lines = (await host.Get("/api/v1/bank-lines?status=recorded&limit=2", RunningHost.Administrator)).Json;
        Assert.Equal(2, ((JsonArray)lines["items"]!).Count);

        var line = (string)lines["items"]![0]!["line"]!;
        var ignored = await host.Post($"/api/v1/bank-lines/{line}/ignore", $$"""{"commandId":"{{Guid.NewGuid()}}","reason":"重复"}""", RunningHost.Administrator);
        Assert.Equal(HttpStatusCode.OK, ignored.Status);
        Assert.Equal("ignored", (string?)(await host.Get($"/api/v1/bank-lines/{line}", RunningHost.Administrator)).Json["status"]);
    }

    [Fact]
    public async Task Whoever_may_not_send_it_or_sends_something_else_is_told_so()
    {
        Assert.Equal("role-not-allowed", (await Send($"/api/v1/bank-statements?commandId={Guid.NewGuid()}", Statement(), by: "role=lab;organisation=org_00000000000000000000000000;person=wang")).Code);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Send($"/api/v1/bank-statements?commandId={Guid.NewGuid()}", [1], "image/png")).Status);
        Assert.Equal("member-unknown", (await Send($"/api/v1/bank-statements?commandId={Guid.NewGuid()}&file=x", [1])).Code);
        var broken = await Send($"/api/v1/bank-statements?commandId={Guid.NewGuid()}", Statement()[..^100]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "file"), (broken.Status, broken.Field));
        Assert.NotEmpty((JsonArray)broken.Json["rows"]!);
        Assert.Empty((JsonArray)(await host.Get("/api/v1/bank-statements", RunningHost.Administrator)).Json["items"]!);
    }

    private Task<Reply> Send(string path, byte[] file, string mediaType = "application/xml", string by = RunningHost.Administrator)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return host.Send(request, by);
    }

    private static byte[] Statement() => Encoding.UTF8.GetBytes(
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><Othr><Id>62220001</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{Entries}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        {string.Join('\n', Enumerable.Range(1, Entries).Select(i => $"<Ntry><Amt Ccy=\"CNY\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-05</Dt></BookgDt><AcctSvcrRef>S{i}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>第 {i} 笔</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"))}
        </Stmt></BkToCstmrStmt></Document>
        """);
}
