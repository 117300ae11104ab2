using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Application.Door;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>E-fapiao over REST: a file beside its figures, once, and on its way out a thing to be saved and nothing else.</summary>
public sealed class FapiaoTests : AgreementOverRest
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nan original\n%%EOF");

    protected override PaymentTrigger[] Payments => [Deals.LumpSum(100_000)];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var invoiced = await Host.Post($"{Address}/obligations/1/invoice", $$"""{"commandId":"{{Guid.NewGuid()}}"}""", Header(Lab));
        Assert.Equal(HttpStatusCode.OK, invoiced.Status);
    }

    [Fact]
    public async Task It_is_recorded_listed_and_fetched_as_a_file_to_be_saved()
    {
        var command = Blue(1);
        var first = await Send(command);
        Assert.True(first.Status == HttpStatusCode.OK, first.Text);
        Assert.Equal(first.Text, (await Send(command)).Text);
        Assert.Equal("command-id-reused", (await Send(command, [.. Pdf, 0x0A])).Code);

        var listed = Assert.Single((await Host.Get($"{Address}/fapiao", Header(Company))).Json.AsArray())!;
        Assert.Equal(("26122000000000000001", "application/pdf"), ((string?)listed["number"], (string?)listed["file"]!["mediaType"]));

        var file = await Host.Get($"{Address}/fapiao/1/file", Header(Company));
        Assert.Equal((HttpStatusCode.OK, Encoding.ASCII.GetString(Pdf)), (file.Status, file.Text));
        Assert.Equal("application/pdf", file.ContentHeaders.ContentType!.MediaType);
        Assert.Equal(("attachment", "fapiao-26122000000000000001.pdf"), (file.ContentHeaders.ContentDisposition!.DispositionType, file.ContentHeaders.ContentDisposition.FileName));
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(file.Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Fact]
    public async Task Whose_agreement_it_is_not_finds_nothing_and_a_visitor_signs_in_first()
    {
        await Send(Blue(1));
        foreach (var path in new[] { "/fapiao", "/fapiao/1/file" })
        {
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), await Host.Get(Address + path, Header(Stranger)) is var reply ? (reply.Status, reply.Code) : default);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Host.Get(Address + path)).Status);
        }

        var otherLab = Principal.Whole(Domain.ActorRole.Lab, Stranger.Organisation, "sun");
        Assert.Equal("not-found", (await Send(Blue(2), by: otherLab)).Code);
        Assert.Equal("role-not-allowed", (await Send(Blue(2), by: Company)).Code);
        Assert.Equal("not-found", (await Host.Get($"{Address}/fapiao/2/file", Header(Lab))).Code);
    }

    [Fact]
    public async Task What_is_wrong_names_its_field()
    {
        await IsRefused("fapiao-number-length", "number", HttpStatusCode.UnprocessableEntity, Blue(1).Replace("number=26122", "number=6122", StringComparison.Ordinal));
        await IsRefused("fapiao-buyer", "buyer", HttpStatusCode.UnprocessableEntity, Blue(1, buyer: RunningHost.ValidUscc));
        await IsRefused("fapiao-over-principal", "total.amountMinor", HttpStatusCode.Conflict, Blue(1, totalMinor: 100_001));
        await IsRefused("file-type", "file", HttpStatusCode.UnprocessableEntity, Blue(1), "<html><script>alert(1)</script></html><x/>"u8.ToArray());
        await IsRefused("file-type", "file", HttpStatusCode.UnprocessableEntity, Blue(1), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]); // a picture is no original
        await IsRefused("file-missing", "file", HttpStatusCode.UnprocessableEntity, Blue(1), []);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendFile(Blue(1), Pdf, Lab, "text/html")).Status);
        Assert.Empty((await Host.Get($"{Address}/fapiao", Header(Lab))).Json.AsArray());

        async Task IsRefused(string code, string field, HttpStatusCode status, string command, byte[]? file = null)
        {
            var reply = await Send(command, file);
            Assert.Equal((code, field, status), (reply.Code, reply.Field, reply.Status));
        }
    }

    [Fact]
    public async Task A_red_one_takes_back_and_a_wrong_record_is_withdrawn()
    {
        await Send(Blue(1));
        var red = await Send($"{Address}/fapiao/1/red?commandId={Guid.NewGuid()}&number=26122000000000000002&issuedOn=2026-02-01&total.amountMinor=-60000&total.currency=CNY&tax.amountMinor=0&tax.currency=CNY");
        Assert.True(red.Status == HttpStatusCode.OK, red.Text);
        await Send(Blue(3, totalMinor: 60_000));
        Assert.Equal("fapiao-over-principal", (await Withdraw(2)).Code);
        Assert.Equal(HttpStatusCode.OK, (await Withdraw(3)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Withdraw(2)).Status);
        var listed = (await Host.Get($"{Address}/fapiao", Header(Company))).Json.AsArray();
        Assert.Equal([null, "误录", "误录"], listed.Select(f => (string?)f!["withdrawnFor"]));

        Task<Reply> Withdraw(int record) => Host.Post($"{Address}/fapiao/{record}/withdraw", $$"""{"commandId":"{{Guid.NewGuid()}}","reason":"误录"}""", Header(Lab));
    }

    [Fact]
    public async Task The_description_says_how_the_amounts_are_sent()
    {
        var described = (await Host.Get("/openapi/v1.json")).Json["paths"]!["/api/v1/agreements/{agreement}/obligations/{obligation}/fapiao"]!["post"]!;
        var names = described["parameters"]!.AsArray().Select(p => (string?)p!["name"]).ToList();
        Assert.Superset(new HashSet<string?> { "agreement", "obligation", "number", "total.amountMinor", "total.currency", "tax.amountMinor", "buyer" }, names.ToHashSet());
        Assert.Contains("application/ofd", described["requestBody"]!["content"]!.AsObject().Select(c => c.Key));
    }

    private string Blue(int n, long totalMinor = 100_000, string? buyer = null) =>
        $"{Address}/obligations/1/fapiao?commandId={Guid.NewGuid()}&number=26122{n:000000000000000}&issuedOn=2026-02-01&total.amountMinor={totalMinor}&total.currency=CNY"
        + $"&tax.amountMinor=0&tax.currency=CNY&buyer={buyer ?? "99000000C000000016"}&fileName=fapiao.pdf";

    private Task<Reply> Send(string command, byte[]? file = null, Principal? by = null) => SendFile(command, file ?? Pdf, by ?? Lab, "application/octet-stream");
}
