using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Host.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>What makes it easy on one's own machine, and must be nowhere else.</summary>
public sealed class DemoAndDevelopmentTests : IAsyncLifetime
{
    private readonly AccountHost host = new() { IsDemo = true };

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_click_signs_in_as_each_demo_account_and_the_code_to_prove_it_stands_there()
    {
        foreach (var demo in DemoAccounts.All)
        {
            var surfer = host.NewSurfer();
            var reply = await surfer.Send("/account/sign-in?back=/agreements", "/account/demo", ("mail", demo.Mail));
            Assert.Equal((HttpStatusCode.Redirect, "/agreements"), (reply.Status, reply.Headers.Location?.OriginalString));
            Assert.Equal(demo.Name, await surfer.Who());

            for (var time = 0; time < 2; time++) // the code of this half-minute, then the one after it
            {
                var prove = await surfer.Get("/account/prove?back=/account");
                Assert.Contains("sandbox-mark", prove.Text);
                var code = Regex.Match(prove.Text, "<code class=\"to-copy\">(\\d{6})</code>").Groups[1].Value;
                Assert.Equal("/account", (await surfer.SendFrom(prove, "/account/prove", "code", ("code", code))).Headers.Location?.OriginalString);
            }

            Assert.DoesNotContain("演示帐号当前的验证码", (await surfer.Get("/account/prove")).Text); // both used up
        }
    }

    [Fact]
    public async Task The_accounts_have_the_same_ids_everywhere_and_no_password()
    {
        var accounts = host.Services.GetRequiredService<AccountStore>();
        await host.Services.GetRequiredService<DemoAccounts>().Prepare(DemoAccounts.All[0], default);
        var account = await accounts.Find(DemoAccounts.All[0].Person);
        Assert.Equal("psn_", account!.Id[..4]);
        Assert.Equal(DemoAccounts.All.Count, DemoAccounts.All.Select(a => a.Person).Distinct().Count());
        Assert.Null(account.PasswordHash);
        Assert.Contains("邮箱或密码不对", (await AccountHost.SignIn(host.NewSurfer(), account.MailAddress, "")).Text);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task Who_comes_through_a_proxy_finds_none_of_it(string header)
    {
        var surfer = host.NewSurfer();
        var page = await surfer.Get("/account/sign-in");
        Assert.Contains("lab@demo.example", page.Text);
        HttpRequestMessage Through(string path) => new(HttpMethod.Get, path) { Headers = { { header, "203.0.113.7" } } };
        Assert.DoesNotContain("lab@demo.example", (await surfer.Pass(Through("/account/sign-in"))).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await surfer.Pass(Through("/development/mail"))).Status);

        var token = Regex.Match(page.Text, "name=\"__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value;
        var click = new HttpRequestMessage(HttpMethod.Post, AccountEndpointsDemo)
        {
            Headers = { { header, "203.0.113.7" } },
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("mail", "lab@demo.example")]),
        };
        Assert.Equal(HttpStatusCode.NotFound, (await surfer.Pass(click)).Status);
        Assert.Equal("nobody", await surfer.Who());
    }

    [Fact]
    public async Task Without_demo_data_there_are_no_demo_accounts()
    {
        await using var plain = new AccountHost();
        await plain.InitializeAsync();
        var surfer = plain.NewSurfer();
        var page = await surfer.Get("/account/sign-in");
        Assert.DoesNotContain("demo.example", page.Text);
        var token = Regex.Match(page.Text, "name=\"__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value;
        var click = new HttpRequestMessage(HttpMethod.Post, AccountEndpointsDemo)
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("mail", "lab@demo.example")]),
        };
        Assert.Equal(HttpStatusCode.NotFound, (await surfer.Pass(click)).Status);
    }

    [Fact]
    public async Task An_account_alone_may_do_nothing_for_anybody()
    {
        var surfer = host.NewSurfer();
        await surfer.Send("/account/sign-in", "/account/demo", ("mail", "administrator@demo.example"));
        Assert.Equal("role-not-allowed", (await surfer.Get("/api/v1/organisations")).Code);
        Assert.Equal(HttpStatusCode.OK, (await host.Running.Get("/api/v1/organisations", RunningHost.Administrator)).Status);
    }

    private const string AccountEndpointsDemo = "/account/demo";
}
