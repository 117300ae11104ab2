using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Host.Accounts;
using Marketplace.Host.Api;
using Marketplace.Host.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>The whole host on a free loopback port, and a client that speaks to it.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    public const string Administrator = "role=administrator;person=zhang";
    public const string ValidUscc = "91350100M000100Y43";

    private const string NoSeeds = "--Seeds:Enabled=false";
    private const string NoAlarmClock = "--AlarmClock:Enabled=false";

    private string connectionString = "Data Source=:memory:";
    private Action<WebApplicationBuilder>? configure;
    private string[] settings = [NoSeeds, NoAlarmClock];
    private HttpClient client = null!;

    /// <summary>A host on another database than one in memory; not started.</summary>
    public static RunningHost On(string connectionString) => new() { connectionString = connectionString };

    /// <summary>A host whose alarm clock runs, which would wake things behind the back of any other test; not started.</summary>
    public static RunningHost Ringing(string connectionString, Action<WebApplicationBuilder> configure) =>
        new() { connectionString = connectionString, configure = configure, settings = [NoSeeds] };

    /// <summary>A host with the demo data where that is the default, and without an alarm clock; not started.</summary>
    public static RunningHost AsShipped(string connectionString, Action<WebApplicationBuilder>? configure = null) =>
        new() { connectionString = connectionString, configure = configure, settings = [NoAlarmClock] };

    /// <summary>A host without demo data and alarm clock, with the last word on its services and settings; not started.</summary>
    public static RunningHost With(Action<WebApplicationBuilder> configure, string connectionString = "Data Source=:memory:", params string[] more) =>
        new() { connectionString = connectionString, configure = configure, settings = [NoSeeds, NoAlarmClock, .. more] };

    public WebApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = MarketplaceHost.Build(
            ["--urls=http://127.0.0.1:0", $"--Storage:ConnectionString={connectionString}", .. settings],
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            });
        App.MapGet("/api/v1/test/bug", string () => throw new InvalidOperationException("secret inside"));
        App.MapGet("/api/v1/test/outage", string () => throw new Journal.JournalUnavailableException("secret inside"));
        App.MapMethods("/api/v1/test/person", [HttpMethods.Get, HttpMethods.Post], (HttpContext http) => http.Person()?.Name ?? "nobody");
        await App.StartEngine();
        var address = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    public Task<Reply> Get(string path, string? principal = null, string? language = null) =>
        Send(new HttpRequestMessage(HttpMethod.Get, path), principal, language);

    public Task<Reply> Post(string path, string json, string? principal = null, string? language = null, string mediaType = "application/json") =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, mediaType) }, principal, language);

    public async Task<Reply> Send(HttpRequestMessage request, string? principal = null, string? language = null)
    {
        if (principal is not null)
        {
            request.Headers.Add(DevelopmentPrincipal.Header, principal);
        }

        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await client.SendAsync(request);
        return new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers, response.Headers);
    }

    /// <summary>A file that is no text; it has to be there.</summary>
    public async Task<byte[]> GetBytes(string path, string principal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(DevelopmentPrincipal.Header, principal);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Registers an organisation that is not there yet, and returns its id.</summary>
    public async Task<string> Register(string uscc = ValidUscc)
    {
        var reply = await Post("/api/v1/organisations", Registration(Guid.NewGuid(), uscc));
        return reply.Json["id"]?.GetValue<string>() ?? throw new InvalidOperationException(reply.Text);
    }

    public static string Registration(Guid commandId, string uscc = ValidUscc) => new JsonObject
    {
        ["commandId"] = commandId,
        ["kind"] = "lab",
        ["name"] = new JsonObject { ["zh"] = "海河实验室", ["en"] = "Haihe Laboratory" },
        ["uscc"] = uscc,
    }.ToJsonString();
}

public sealed record Reply(HttpStatusCode Status, string Text, HttpContentHeaders ContentHeaders, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["code"];

    public string? Field => (string?)Json["field"];

    public string? Detail => (string?)Json["detail"];
}
