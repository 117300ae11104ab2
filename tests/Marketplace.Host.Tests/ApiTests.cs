using System.Net;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Host.Api;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

public sealed class ApiTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_command_sent_twice_has_one_effect_and_one_answer()
    {
        var body = RunningHost.Registration(Guid.NewGuid(), "91120116MA00000014");
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Post("/api/v1/organisations", body)));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        Assert.Single(replies.Select(r => r.Text).Distinct());
        Assert.Equal(1, (long?)replies[0].Json["version"]);

        var other = await host.Post("/api/v1/organisations", body.Replace("Haihe", "Other", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.Conflict, "command-id-reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task What_belongs_to_others_looks_exactly_like_what_is_not_there()
    {
        var mine = await host.Register();
        const string Stranger = "role=company;organisation=org_00000000000000000000000001;person=li";
        var others = await host.Get($"/api/v1/organisations/{mine}", Stranger);
        var absent = await host.Get("/api/v1/organisations/org_00000000000000000000000002", Stranger);

        Assert.Equal(HttpStatusCode.NotFound, others.Status);
        Assert.Equal(absent.Text, others.Text);
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"/api/v1/organisations/{mine}", $"role=lab;organisation={mine};person=wang")).Status);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "sign-in-required")]
    [InlineData("role=lab;organisation=org_00000000000000000000000001;person=wang", HttpStatusCode.Forbidden, "role-not-allowed")]
    [InlineData("role=king;person=wang", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=system;person=wang", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=visitor;person=wang", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=company;person=wang", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=administrator;organisation=org_00000000000000000000000001;person=wang", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=administrator", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=administrator;person=wang;rights=all", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=administrator;person=wang;duties=rule", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    [InlineData("role=administrator;person=wang;duties=512", HttpStatusCode.Unauthorized, "development-principal-malformed")]
    public async Task Who_may_not_ask_is_told_so(string? principal, HttpStatusCode status, string code)
    {
        var reply = await host.Get("/api/v1/organisations", principal);
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("/api/v1/organisations", null, "请先登录。", "zh-CN")]
    [InlineData("/api/v1/organisations", "en-GB,en;q=0.9", "Sign in first.", "en")]
    [InlineData("/api/v1/organisations", "zh-CN,zh;q=0.9,en;q=0.8", "请先登录。", "zh-CN")]
    [InlineData("/api/v1/organisations", "fr,en;q=0.5", "Sign in first.", "en")]
    [InlineData("/api/v1/organisations", "de", "请先登录。", "zh-CN")]
    [InlineData("/api/v1/organisations?lang=en", "zh-CN", "Sign in first.", "en")]
    [InlineData("/api/v1/organisations?lang=zh", "en", "请先登录。", "zh-CN")]
    public async Task A_refusal_speaks_the_readers_language(string path, string? language, string detail, string contentLanguage)
    {
        var reply = await host.Get(path, language: language);
        Assert.Equal(detail, reply.Detail);
        Assert.Equal([contentLanguage], reply.ContentHeaders.ContentLanguage);
    }

    [Fact]
    public async Task A_bug_is_500_without_its_inside()
    {
        var reply = await host.Get("/api/v1/test/bug");
        Assert.Equal((HttpStatusCode.InternalServerError, "internal-error"), (reply.Status, reply.Code));
        Assert.DoesNotContain("secret", reply.Text);
        Assert.DoesNotContain(" at ", reply.Text);
    }

    [Fact]
    public async Task An_outage_is_503_and_asks_to_repeat_the_same_command()
    {
        var reply = await host.Get("/api/v1/test/outage");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "outcome-unknown"), (reply.Status, reply.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("secret", reply.Text);
    }

    [Fact]
    public async Task Answers_carry_security_headers_and_not_the_servers_name()
    {
        var reply = await host.Get("/api/v1/reference");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(["nosniff"], reply.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(reply.Headers.Contains("Content-Security-Policy"));
        Assert.False(reply.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Health_is_told_without_a_principal()
    {
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/ready")).Status);
    }

    [Fact]
    public void Every_use_case_has_an_address()
    {
        var mapped = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<RequestOf>()?.Request).OfType<Type>().ToHashSet();
        var requests = typeof(MarketplaceDoor).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)));
        Assert.Empty(requests.Where(r => MayAskAttribute.Of(r).Roles is not [ActorRole.System]).Except(mapped)); // what only the host asks needs none
    }

    [Fact]
    public async Task The_description_lists_every_address_with_its_parameters()
    {
        var document = (await host.Get("/openapi/v1.json")).Json;
        foreach (var endpoint in host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<RequestOf>() is null)
            {
                continue;
            }

            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single().ToLowerInvariant();
            var operation = document["paths"]![endpoint.RoutePattern.RawText!]?[method];
            Assert.NotNull(operation);
            var described = operation["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!) ?? [];
            Assert.Equal(endpoint.RoutePattern.Parameters.Select(p => p.Name).Order(), described.Order());
        }
    }

    [Fact]
    public async Task The_description_of_a_body_leaves_out_what_the_address_says()
    {
        var document = (await host.Get("/openapi/v1.json")).Json;
        var members = document["components"]!["schemas"]!["SuspendOrganisation"]!["properties"]!.AsObject().Select(p => p.Key);
        Assert.Equal(["commandId", "reason"], members.Order());
    }
}
