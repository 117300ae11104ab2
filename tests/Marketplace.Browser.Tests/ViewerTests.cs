using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>Every page, to those who may look at it and nothing else: viewers of organisations, and auditors.</summary>
public sealed partial class ViewerTests(Site site)
{
    /// <summary>What their forms send changes nothing: how to pay by transfer, a file of what one may see, columns tried on a file that is not kept.</summary>
    [GeneratedRegex("/pay$|^/exports$|^/bank/mappings/")]
    private static partial Regex Harmless();

    [Fact]
    public async Task Whoever_only_looks_is_offered_nothing_to_send()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Address) };
        var ofAll = 0;
        var offered = new List<string>();
        foreach (var (address, principal) in EveryPageTests.PagesIn(site.Market))
        {
            if (principal is not null)
            {
                ofAll += (await Forms(client, address, principal)).Count;
                offered.AddRange((await Forms(client, address, principal with { Duties = Duty.Read })).Select(form => $"{address}: {form}"));
            }
        }

        Assert.True(ofAll > 80, $"Those who may do everything are offered {ofAll} forms: they are not found.");
        Assert.True(offered.Count == 0, string.Join('\n', offered)); // told whole
    }

    /// <summary>Where the forms of a page send to that could change something.</summary>
    private static async Task<IReadOnlyList<string>> Forms(HttpClient client, string address, Principal principal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add(DevelopmentPrincipal.Header, Visit.TextOf(principal));
        using var answer = await client.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{address} to {principal.Duties}: {answer.StatusCode}");
        return [.. Form().Matches(InMain().Match(page).Value).Select(form => form.Groups["action"].Value).Where(action => !Harmless().IsMatch(action.Split('?')[0]))];
    }

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex InMain();

    /// <summary>With something to press: a list keeps its form where no line of it offers anything.</summary>
    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\"((?!</form>).)*<button", RegexOptions.Singleline)]
    private static partial Regex Form();
}
