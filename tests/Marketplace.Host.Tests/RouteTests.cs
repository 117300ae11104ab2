using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>Every address of the API × every role, over HTTP. The default is no, before anything that was sent is read.</summary>
public sealed partial class RouteTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Organisation = "organisation=org_00000000000000000000000001;";

    /// <summary>Everybody who can come in.</summary>
    private static readonly (ActorRole Role, string? Header)[] Senders =
    [
        (ActorRole.Visitor, null),
        (ActorRole.Person, "role=person;person=psn_00000000000000000000000001"),
        (ActorRole.Administrator, "role=administrator;person=zhang"),
        .. new[] { ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker }.Select(role => (role, (string?)$"role={role};{Organisation}person=li")),
    ];

    /// <summary>Beside the requests, what else a reader finds below /api, and what it asks of them.</summary>
    private static readonly string[] NoRequests = ["/api/v1/test/bug", "/api/v1/test/outage", "/api/v1/test/person"];

    private IEnumerable<RouteEndpoint> Endpoints => host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public async Task Every_address_is_open_to_those_whom_its_request_names_and_to_nobody_else()
    {
        var (opened, refused) = (0, 0);
        foreach (var endpoint in Endpoints.Where(e => e.Metadata.GetMetadata<RequestOf>() is not null))
        {
            var mayAsk = MayAskAttribute.Of(endpoint.Metadata.GetMetadata<RequestOf>()!.Request);
            var method = new HttpMethod(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single());
            foreach (var (role, header) in Senders)
            {
                // Nothing that it could do: no id is one, and no body says anything.
                using var request = new HttpRequestMessage(method, Blank().Replace(endpoint.RoutePattern.RawText!, "0"));
                var reply = await host.Send(request, header);
                var says = $"{method} {endpoint.RoutePattern.RawText} to {role}: {(int)reply.Status} {reply.Text}";
                if (!mayAsk.Roles.Contains(role))
                {
                    var expected = role == ActorRole.Visitor ? (HttpStatusCode.Unauthorized, "sign-in-required") : (HttpStatusCode.Forbidden, "role-not-allowed");
                    Assert.True(expected == (reply.Status, reply.Code), says);
                    refused++;
                }
                else
                {
                    Assert.False(reply.Status is HttpStatusCode.Unauthorized or >= HttpStatusCode.InternalServerError || reply.Text.Contains("role-not-allowed", StringComparison.Ordinal), says);
                    opened++;
                }
            }
        }

        Assert.True(refused > 500 && opened > 200, $"{refused} refused and {opened} opened: that is not the whole API.");
    }

    [Fact]
    public void Below_the_api_there_is_nothing_but_requests() => Assert.Equal(
        NoRequests,
        Endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && e.Metadata.GetMetadata<RequestOf>() is null)
            .Select(e => e.RoutePattern.RawText).Distinct().Order());

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Blank();
}
