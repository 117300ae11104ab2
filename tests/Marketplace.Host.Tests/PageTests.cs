using System.Net;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>What a browser is told beside the page itself.</summary>
public sealed class PageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/development/sign-in")]
    public async Task A_page_may_load_from_this_site_only_and_run_no_script_that_stands_in_it(string path)
    {
        var reply = await host.Get(path);
        var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.DoesNotMatch("<script(?![^>]* src=)", reply.Text);
        Assert.DoesNotMatch("<[^>]* (style|onclick|onload)=", reply.Text);
        Assert.Equal("text/html", reply.ContentHeaders.ContentType?.MediaType);
    }

    [Fact]
    public async Task Programs_are_answered_in_JSON_where_people_get_a_page()
    {
        Assert.Equal("application/problem+json", (await host.Get("/api/v1/nothing")).ContentHeaders.ContentType?.MediaType);
        Assert.Equal("text/html", (await host.Get("/nothing")).ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/lib/tabler/tabler.used.css", "text/css")]
    [InlineData("/marketplace.css", "text/css")]
    [InlineData("/theme.js", "text/javascript")]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    public async Task Assets_come_from_this_site(string path, string type)
    {
        var reply = await host.Get(path);
        Assert.Equal((HttpStatusCode.OK, type), (reply.Status, reply.ContentHeaders.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/appearance/dark?back=/results/x", "/results/x")]
    [InlineData("/appearance/dark?back=https://evil.example/", "/")]
    [InlineData("/appearance/dark?back=//evil.example/", "/")]
    [InlineData("/appearance/dark?back=/\\evil.example/", "/")]
    [InlineData("/appearance/dark?back=/%0d%0aSet-Cookie:a=b", "/")]
    [InlineData("/appearance/dark", "/")]
    public async Task Choosing_an_appearance_leads_back_inside_this_site(string path, string location)
    {
        var reply = await host.Get(path);
        Assert.Equal(HttpStatusCode.Redirect, reply.Status);
        Assert.Equal(location, reply.Headers.Location?.ToString());
        Assert.StartsWith("appearance=dark;", Assert.Single(reply.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?lang=en", "lang=en;")]
    [InlineData("/nothing?lang=zh", "lang=zh;")]
    public async Task A_language_that_an_address_asks_for_is_remembered(string path, string cookie) =>
        Assert.Contains((await host.Get(path)).Headers.GetValues("Set-Cookie"), c => c.StartsWith(cookie, StringComparison.Ordinal));

    [Theory]
    [InlineData("/?lang=fr")]
    [InlineData("/")]
    public async Task A_language_that_we_do_not_speak_is_not(string path)
    {
        var reply = await host.Get(path, language: "en-GB");
        Assert.DoesNotContain("lang=", reply.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Concat(cookies) : "");
        Assert.Contains("<html lang=\"zh-CN\"", reply.Text);
    }
}
