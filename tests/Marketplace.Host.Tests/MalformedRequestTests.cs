using System.Net;
using Xunit;

namespace Marketplace.Host.Tests;

public sealed class MalformedRequestTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Id = "0d6f7a52-7b0e-4ad0-9a3e-0d2f5a6b7c8d";

    /// <summary>More members of members than any text may have.</summary>
    private const string Deep = "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a";

    [Theory]
    [InlineData("", "json-malformed", null)]
    [InlineData("{", "json-malformed", null)]
    [InlineData("[]", "json-malformed", null)]
    [InlineData("null", "json-malformed", null)]
    [InlineData("""{"commandId":"ID","kind":"lab","name":{"zh":"\ud800","en":"H"},"uscc":"x"}""", "text-malformed", null)]
    [InlineData("""{"commandId":"ID","kind":"lab","name":{"zh":"\ud83d\ude00\u0000","en":"H"},"uscc":"x"}""", "text-malformed", null)]
    [InlineData("""{"commandId":"ID","\ud800":1}""", "text-malformed", null)]
    [InlineData("""{"commandId":"ID","kind":"lab"}""", "member-missing", "name")]
    [InlineData("""{"commandId":"ID","kind":"lab","name":{"zh":"海"},"uscc":"x"}""", "member-missing", "name.en")]
    [InlineData("""{"commandId":"ID","kind":"lab","name":{"zh":"海","en":null},"uscc":"x"}""", "value-malformed", "name.en")]
    [InlineData("""{"commandId":"ID","kind":"lab","name":{"zh":"海","en":"H","fr":"M"},"uscc":"x"}""", "member-unknown", "name.fr")]
    [InlineData("""{"commandId":"ID","kind":"lab","name":null,"uscc":"x","isVerified":true}""", "value-malformed", "name")]
    [InlineData("""{"commandId":"ID","isVerified":true}""", "member-unknown", "isVerified")]
    [InlineData("""{"commandId":"ID","status":"verified"}""", "member-unknown", "status")]
    [InlineData("""{"commandId":"ID","commandId":"ID"}""", "member-unknown", "commandId")]
    [InlineData("""{"commandId":"ID","CommandId":"ID"}""", "member-unknown", "CommandId")]
    [InlineData("""{"commandId":"1"}""", "value-malformed", "commandId")]
    [InlineData("""{"commandId":"ID","kind":"royalty"}""", "value-malformed", "kind")]
    [InlineData("""{"commandId":"ID","kind":0}""", "value-malformed", "kind")]
    public async Task A_body_that_is_not_the_request_is_400_and_names_the_member(string body, string code, string? field)
    {
        var reply = await host.Post("/api/v1/organisations", body.Replace("ID", Id, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("application/problem+json", reply.ContentHeaders.ContentType?.MediaType);
        Assert.Equal((code, field), (reply.Code, reply.Field));
    }

    [Fact]
    public async Task An_id_in_the_body_cannot_override_the_address()
    {
        var reply = await host.Post(
            "/api/v1/organisations/org_00000000000000000000000000/verify",
            $$"""{"commandId":"{{Id}}","organisation":"org_00000000000000000000000001"}""", RunningHost.Administrator);
        Assert.Equal((HttpStatusCode.BadRequest, "member-unknown", "organisation"), (reply.Status, reply.Code, reply.Field));
    }

    [Theory]
    [InlineData("/api/v1/organisations?status=%00", "text-malformed", "status")]
    [InlineData("/api/v1/organisations?a.b=1", "member-unknown", "a")]
    [InlineData("/api/v1/organisations?status.a=1", "value-malformed", "status")]
    [InlineData("/api/v1/organisations?" + Deep + "=1", "member-unknown", Deep)]
    [InlineData("/api/v1/organisations?limit=many", "value-malformed", "limit")]
    [InlineData("/api/v1/organisations?limit=1&limit=2", "member-unknown", "limit")]
    [InlineData("/api/v1/organisations?sort=name", "member-unknown", "sort")]
    [InlineData("/api/v1/organisations?status=good", "value-malformed", "status")]
    [InlineData("/api/v1/organisations/org_1", "value-malformed", "organisation")]
    public async Task An_address_that_is_not_the_query_is_400_and_names_the_member(string path, string code, string field)
    {
        var reply = await host.Get(path, RunningHost.Administrator);
        Assert.Equal((HttpStatusCode.BadRequest, code, field), (reply.Status, reply.Code, reply.Field));
    }

    [Fact]
    public async Task A_wrong_checksum_is_422_and_says_which_digit()
    {
        var reply = await host.Post("/api/v1/organisations", RunningHost.Registration(Guid.NewGuid(), "91350100M000100Y44"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "uscc-check-digit", "uscc"), (reply.Status, reply.Code, reply.Field));
        Assert.Contains("18", reply.Detail);
    }

    [Fact]
    public async Task A_wrong_identifier_deep_in_the_body_is_422_and_says_where()
    {
        var lab = await host.Register();
        var reply = await host.Post(
            "/api/v1/results", $$$"""{"commandId":"{{{Id}}}","content":{"industry":"C9921"}}""", $"role=lab;organisation={lab};person=wang");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "industry-division", "content.industry"), (reply.Status, reply.Code, reply.Field));
    }

    [Fact]
    public async Task A_page_longer_than_allowed_is_422()
    {
        var reply = await host.Get("/api/v1/organisations?limit=101", RunningHost.Administrator);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "limit-out-of-range", "limit"), (reply.Status, reply.Code, reply.Field));
    }

    [Fact]
    public async Task What_is_not_JSON_is_415() => Assert.Equal(
        (HttpStatusCode.UnsupportedMediaType, "media-type"), StatusAndCode(await host.Post("/api/v1/organisations", "a=1", mediaType: "text/plain")));

    /// <summary>And the answer is read by who is still sending: what is sent in one piece may be all in the buffers of a socket, 8 MB are not.</summary>
    [Theory]
    [InlineData(1 << 20)]
    [InlineData(8 << 20)]
    public async Task A_body_over_one_megabyte_is_413(int characters) => Assert.Equal(
        (HttpStatusCode.RequestEntityTooLarge, "body-too-large"),
        StatusAndCode(await host.Post("/api/v1/organisations", $$"""{"commandId":"{{new string('x', characters)}}"}""")));

    [Fact]
    public async Task An_unknown_address_is_404() =>
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), StatusAndCode(await host.Get("/api/v1/nothing")));

    [Fact]
    public async Task A_wrong_method_is_405() => Assert.Equal(
        (HttpStatusCode.MethodNotAllowed, "method-not-allowed"),
        StatusAndCode(await host.Send(new HttpRequestMessage(HttpMethod.Delete, "/api/v1/organisations"))));

    private static (HttpStatusCode, string?) StatusAndCode(Reply reply) => (reply.Status, reply.Code);
}
