using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Door;
using Marketplace.Documents.Pdf;
using Marketplace.Domain;
using Marketplace.Host.Tests.Pdf;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>Files of a result over REST: each tier × each viewer, hostile uploads, and what is recorded.</summary>
public sealed class ResultFileTests : AgreementOverRest
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1];

    private string files = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var result = (string)(await Host.Get(Address, Header(Company))).Json["details"]!["result"]!;
        files = $"/api/v1/results/{result}/files";
        foreach (var (tier, mark) in new[] { ("public", 1), ("confidential", 2), ("agreement", 3) })
        {
            var attached = await Attach(tier, [.. Png, (byte)mark]);
            Assert.True(attached.Status == HttpStatusCode.OK, attached.Text);
        }
    }

    /// <summary>The company's agreement is converted, the stranger has none.</summary>
    [Theory]
    [InlineData("visitor", 200, 404, 404)]
    [InlineData("person", 200, 404, 404)]
    [InlineData("stranger", 200, 404, 404)]
    [InlineData("stranger, signed", 200, 200, 404)]
    [InlineData("other lab", 200, 404, 404)]
    [InlineData("guarantor", 200, 404, 404)]
    [InlineData("broker", 200, 404, 404)]
    [InlineData("company", 200, 200, 200)]
    [InlineData("lab", 200, 200, 200)]
    [InlineData("administrator", 200, 200, 200)]
    public async Task Each_tier_is_given_to_whom_it_is_for_and_is_not_there_for_others(string viewer, int ofPublic, int ofConfidential, int ofAgreement)
    {
        if (viewer == "stranger, signed")
        {
            await Sign(Stranger);
        }

        var header = viewer switch
        {
            "visitor" => null,
            "person" => "role=person;person=psn",
            "stranger" or "stranger, signed" => Header(Stranger),
            "other lab" => Header(Principal.Whole(ActorRole.Lab, Stranger.Organisation, "sun")),
            "guarantor" => Header(Principal.Whole(ActorRole.Guarantor, Stranger.Organisation, "qian")),
            "broker" => Header(Principal.Whole(ActorRole.Broker, Stranger.Organisation, "sun")),
            "company" => Header(Company),
            "lab" => Header(Lab),
            "administrator" => RunningHost.Administrator,
            _ => throw new ArgumentOutOfRangeException(nameof(viewer), viewer, "Nobody is called so"),
        };
        int[] statuses = [ofPublic, ofConfidential, ofAgreement];
        for (var i = 0; i < statuses.Length; i++)
        {
            Assert.Equal(statuses[i], (int)(await Host.Get($"{files}/{i + 1}/file", header)).Status);
        }

        Assert.Equal(404, (int)(await Host.Get($"{files}/4/file", header)).Status);
        var recorded = viewer == "lab" ? 0 : statuses.Skip(1).Count(s => s == 200);
        Assert.Equal(recorded, (await Host.Get($"{files}/accesses", Header(Lab))).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task It_goes_out_to_be_saved_under_a_name_of_ours()
    {
        var file = await Host.Get($"{files}/3/file", Header(Company));
        Assert.Equal("image/png", file.ContentHeaders.ContentType!.MediaType);
        Assert.Equal("attachment", file.ContentHeaders.ContentDisposition!.DispositionType);
        Assert.Matches("^res_[0-9a-z]{26}-3\\.png$", file.ContentHeaders.ContentDisposition.FileName!);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(file.Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Fact]
    public async Task What_is_no_such_file_or_too_large_is_not_taken()
    {
        Assert.Equal(("file-type", "file"), Fault(await Attach("public", "<html><script>alert(1)</script></html>"u8.ToArray())));
        Assert.Equal(("file-type", "file"), Fault(await Attach("public", "MZ and a program"u8.ToArray())));
        Assert.Equal(("file-missing", "file"), Fault(await Attach("public", [])));
        Assert.Equal(("text-missing", "title"), Fault(await Attach("public", [.. Png, 9], title: "%20")));
        Assert.Equal(("result-file-attached", "file"), Fault(await Attach("public", [.. Png, 1])));
        Assert.Equal(HttpStatusCode.BadRequest, (await Attach("secret", [.. Png, 9])).Status);
        Assert.Equal("not-found", (await Attach("public", [.. Png, 9], Principal.Whole(ActorRole.Lab, Stranger.Organisation, "sun"))).Code);
        Assert.Equal("role-not-allowed", (await Attach("public", [.. Png, 9], Company)).Code);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AskToSend(AttachResultFile.MaxBytes + 1)).Status);
        Assert.Equal(3, (await Host.Get(files, Header(Lab))).Json["files"]!.AsArray().Count);

        static (string?, string?) Fault(Reply reply) => (reply.Code, reply.Field);
    }

    [Fact]
    public async Task Without_a_proof_nobody_signs_and_what_is_signed_is_read_by_both()
    {
        var offered = await Host.Get(files.Replace("/files", "/confidentiality/offer", StringComparison.Ordinal), Header(Stranger));
        var body = $$"""{"commandId":"{{Guid.NewGuid()}}","documentHash":"{{offered.Json["sha256"]}}"}""";
        var address = files.Replace("/files", "/confidentiality", StringComparison.Ordinal);
        Assert.Equal("role-not-allowed", (await Host.Post(address, body, Header(Lab))).Code);
        var signed = await Host.Post(address, body, Header(Stranger));
        Assert.Equal(HttpStatusCode.OK, signed.Status);
        var id = (string)signed.Json["id"]!;
        foreach (var party in new[] { Header(Stranger), Header(Lab), RunningHost.Administrator })
        {
            var read = await Host.Get($"/api/v1/confidentiality/{id}", party);
            Assert.Equal((string?)offered.Json["sha256"], (string?)read.Json["signed"]!["sha256"]);
        }

        Assert.Equal(404, (int)(await Host.Get($"/api/v1/confidentiality/{id}", Header(Company))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Host.Post($"/api/v1/confidentiality/{id}/end", $$"""{"commandId":"{{Guid.NewGuid()}}","reason":"不再提供"}""", Header(Lab))).Status);
        Assert.Equal(404, (int)(await Host.Get($"{files}/2/file", Header(Stranger))).Status);
    }

    /// <summary>Says how large it is, and waits to be told to go on: nothing of it is ever read.</summary>
    private Task<Reply> AskToSend(int bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{files}?commandId={Guid.NewGuid()}&title=x&tier=public") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.ExpectContinue = true;
        return Host.Send(request, Header(Lab));
    }

    private async Task Sign(Principal company)
    {
        var address = files.Replace("/files", "/confidentiality", StringComparison.Ordinal);
        var hash = (await Host.Get($"{address}/offer", Header(company))).Json["sha256"];
        var signed = await Host.Post(address, new JsonObject { ["commandId"] = Guid.NewGuid().ToString(), ["documentHash"] = (string)hash! }.ToJsonString(), Header(company));
        Assert.True(signed.Status == HttpStatusCode.OK, signed.Text);
    }

    [Fact]
    public async Task A_PDF_is_marked_on_every_page_for_others_and_for_the_lab_it_is_as_it_was()
    {
        var pdf = PlainPdf.Of(["process window"], ["second page"]);
        Assert.Equal(HttpStatusCode.OK, (await Attach("agreement", pdf)).Status);
        Assert.Equal("pdf-unreadable", (await Attach("agreement", "%PDF-1.7\nan original\n%%EOF"u8.ToArray())).Code);
        Assert.Equal(Encoding.ASCII.GetString(pdf), (await Host.Get($"{files}/4/file", Header(Lab))).Text);

        using var marked = new MemoryStream(await Host.GetBytes($"{files}/4/file", Header(Company)));
        var record = (string)(await Host.Get($"{files}/accesses", Header(Lab))).Json["items"]![0]!["access"]!;
        var pages = PdfText.Of(marked);
        Assert.Equal(2, pages.Count);
        Assert.All(pages, page => Assert.All(
            new[] { Company.Organisation!.Value.Value, Company.Person, record, "2026-02-01 10:00:00 +08:00" }, said => Assert.Contains(said, page, StringComparison.Ordinal)));
        Assert.Contains("second page", pages[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("visitor", 401)]
    [InlineData("stranger", 404)]
    [InlineData("other lab", 404)]
    [InlineData("guarantor", 404)]
    [InlineData("company", 200)]
    [InlineData("lab", 200)]
    [InlineData("administrator", 200)]
    public async Task Evidence_is_for_the_parties(string viewer, int status)
    {
        var sent = await SendFile($"{Address}/evidence?commandId={Guid.NewGuid()}&title=签收单&subject=delivery&fileName=a.png", Png, Company, "application/octet-stream");
        Assert.True(sent.Status == HttpStatusCode.OK, sent.Text);
        var header = viewer switch
        {
            "visitor" => null,
            "stranger" => Header(Stranger),
            "other lab" => Header(Principal.Whole(ActorRole.Lab, Stranger.Organisation, "sun")),
            "guarantor" => Header(Principal.Whole(ActorRole.Guarantor, Stranger.Organisation, "qian")),
            "company" => Header(Company),
            "lab" => Header(Lab),
            "administrator" => RunningHost.Administrator,
            _ => throw new ArgumentOutOfRangeException(nameof(viewer), viewer, "Nobody is called so"),
        };
        Assert.Equal(status, (int)(await Host.Get($"{Address}/evidence", header)).Status);
        var file = await Host.Get($"{Address}/evidence/1/file", header);
        Assert.Equal((status, status == 200 ? "attachment" : null), ((int)file.Status, file.ContentHeaders.ContentDisposition?.DispositionType));
    }

    private Task<Reply> Attach(string tier, byte[] file, Principal? by = null, string title = "数据") =>
        SendFile($"{files}?commandId={Guid.NewGuid()}&title={title}&tier={tier}&fileName=data.png", file, by ?? Lab, "application/octet-stream");
}
