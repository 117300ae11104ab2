using System.Net;
using Marketplace.Host.Api;
using Marketplace.Host.Components.Development;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>Signing in by choosing who to be: in the embedded mode, from this machine, with a form of our own.</summary>
public sealed class DevelopmentSignInTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_cookie_says_the_same_as_the_header()
    {
        var reply = await host.Send(WithCookie("/api/v1/organisations"));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
    }

    [Fact]
    public async Task The_header_outweighs_the_cookie()
    {
        var request = WithCookie("/api/v1/organisations");
        var reply = await host.Send(request, "role=lab;organisation=org_00000000000000000000000001;person=wang");
        Assert.Equal("role-not-allowed", reply.Code);
    }

    [Theory]
    [InlineData("role=system;person=wang")]
    [InlineData("role=administrator")]
    [InlineData("nonsense")]
    public async Task A_cookie_that_is_none_makes_a_visitor(string principal)
    {
        Assert.Equal("sign-in-required", (await host.Send(WithCookie("/api/v1/organisations", principal))).Code);
        Assert.Equal(HttpStatusCode.OK, (await host.Send(WithCookie("/", principal))).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task Who_comes_through_a_proxy_is_not_on_this_machine(string header)
    {
        var byCookie = WithCookie("/api/v1/organisations");
        byCookie.Headers.Add(header, "203.0.113.7");
        Assert.Equal("sign-in-required", (await host.Send(byCookie)).Code);

        var byHeader = new HttpRequestMessage(HttpMethod.Get, "/api/v1/organisations");
        byHeader.Headers.Add(header, "203.0.113.7");
        Assert.Equal("development-principal-refused", (await host.Send(byHeader, RunningHost.Administrator)).Code);

        var page = new HttpRequestMessage(HttpMethod.Get, DevelopmentSession.SignInPage);
        page.Headers.Add(header, "203.0.113.7");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Send(page)).Status);
    }

    [Fact]
    public async Task Another_name_of_this_machine_is_refused()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "rebound.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Send(request)).Status);
    }

    [Fact]
    public async Task A_form_of_ours_signs_in_and_goes_back_inside_this_site_only()
    {
        var (cookies, token) = await Antiforgery(host);
        var reply = await host.Send(SignIn(cookies, token, RunningHost.Administrator, "//evil.example"));
        Assert.Equal(HttpStatusCode.Redirect, reply.Status);
        Assert.Equal("/", reply.Headers.Location?.ToString());
        var cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie"), c => c.StartsWith(DevelopmentPrincipal.Cookie, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_signs_nobody_in()
    {
        var (cookies, _) = await Antiforgery(host);
        var reply = await host.Send(SignIn(cookies, "forged", RunningHost.Administrator));
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.False(reply.Headers.Contains("Set-Cookie") && reply.Headers.GetValues("Set-Cookie").Any(c => c.StartsWith(DevelopmentPrincipal.Cookie, StringComparison.Ordinal)));
        Assert.Contains("<h1", reply.Text, StringComparison.Ordinal); // a page, not a blank one
    }

    [Fact]
    public async Task A_principal_that_is_none_signs_nobody_in()
    {
        var (cookies, token) = await Antiforgery(host);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Send(SignIn(cookies, token, "role=system;person=x"))).Status);
    }

    /// <summary>Signed in as an administrator unless said otherwise.</summary>
    internal static HttpRequestMessage WithCookie(string path, string principal = RunningHost.Administrator)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{DevelopmentPrincipal.Cookie}={Uri.EscapeDataString(principal)}");
        return request;
    }

    /// <summary>A pair as a page of this host would hand it out.</summary>
    internal static async Task<(string Cookies, string Token)> Antiforgery(RunningHost host)
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return (http.Response.Headers.SetCookie.ToString().Split(';')[0], tokens.RequestToken!);
    }

    internal static HttpRequestMessage SignIn(string cookies, string token, string principal, string back = "/") => new(HttpMethod.Post, DevelopmentSession.Address)
    {
        Headers = { { "Cookie", cookies } },
        Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("principal", principal), new("back", back)]),
    };
}
