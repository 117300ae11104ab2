using System.Globalization;
using System.Net;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>
/// Every page × everybody who has nothing to do with what it shows. <c>PagesOfStrangers.txt</c> says what each of them is answered: 200 is
/// public or a list of one's own, 401 and 403 ask who they are, 404 looks like nothing. With <c>MARKETPLACE_APPROVE=1</c> it is written anew:
/// read what has changed.
/// </summary>
public sealed class StrangerTests(Site site)
{
    private const string Approved = "PagesOfStrangers.txt";
    private const string ErrorPage = "/error/{Status:int}";
    private const string Organisation = "organisation=org_00000000000000000000000009;";

    private static readonly (string Name, string? Header)[] Strangers =
    [
        ("visitor", null),
        ("person", "role=person;person=psn_00000000000000000000000009"),
        .. new[] { ActorRole.Company, ActorRole.Lab, ActorRole.Guarantor, ActorRole.Broker }
            .Select(role => (role.ToString().ToLowerInvariant(), (string?)$"role={role};{Organisation}person=stranger")),
    ];

    [Fact]
    public async Task Every_page_answers_strangers_as_it_is_written_down()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Address) };
        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(e => e.RoutePattern.RawText!).Distinct().Order(StringComparer.Ordinal).ToList();
        var addresses = EveryPageTests.AddressesIn(site.Market).ToList();
        var byRoute = addresses.ToLookup(a => MostExact(a, routes));
        Assert.Equal("", string.Join(' ', routes.Where(r => !byRoute.Contains(r)))); // all are among the pages of EveryPageTests
        var lines = new List<string>();
        foreach (var route in routes)
        {
            foreach (var address in byRoute[route])
            {
                var statuses = new List<string>();
                foreach (var (name, header) in Strangers)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, address);
                    if (header is not null)
                    {
                        request.Headers.Add(DevelopmentPrincipal.Header, header);
                    }

                    using var answer = await client.SendAsync(request);
                    Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError || route == ErrorPage, $"{address} to {name}: {answer.StatusCode}");
                    statuses.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {(int)answer.StatusCode}"));
                }

                lines.Add($"{route}: {string.Join(", ", statuses)}");
            }
        }

        string[] told = [.. lines.Distinct()];
        if (Environment.GetEnvironmentVariable("MARKETPLACE_APPROVE") == "1")
        {
            await File.WriteAllLinesAsync(Path.Combine(SourceFolder(), Approved), told, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(SourceFolder(), Approved), TestContext.Current.CancellationToken), told);
    }

    /// <summary>Of several routes that fit, the one with the fewest blanks, as routing does.</summary>
    private static string? MostExact(string address, IEnumerable<string> routes) => routes
        .Where(r => new TemplateMatcher(TemplateParser.Parse(r), []).TryMatch(new PathString(address.Split('?')[0]), []))
        .MinBy(r => r.Count(c => c == '{'));

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
