using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Host.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>What programs may do by a token, and above all what they may not.</summary>
public sealed class AccessTokenTests : IAsyncLifetime
{
    private const string Page = "/account/tokens";
    private const string Draft = """{"title":{"zh":"电池","en":"Battery"},"summary":{"zh":"","en":""},"problemSolved":{"zh":"","en":""},"comparison":{"zh":"","en":""},"benefit":{"zh":"","en":""},"field":"newEnergy","industry":"C3841","readiness":null,"rights":[],"regionCode":"120116","inventors":[],"inventorPoolPpm":500000}""";

    private readonly AccountHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_program_acts_as_the_member_who_made_its_token_until_it_is_ended()
    {
        var (owner, key) = await Owner();
        var secret = await Make(owner, key, "all");
        Assert.StartsWith("mkt_", secret);
        Assert.Equal(HttpStatusCode.OK, (await By(secret, HttpMethod.Get, "results")).Status);
        var drafted = await By(secret, HttpMethod.Post, "results", $$"""{"commandId":"{{Guid.NewGuid()}}","content":{{Draft}}}""");
        Assert.True(drafted.Status is HttpStatusCode.OK or HttpStatusCode.Created, drafted.Text);
        Assert.Contains("电池", (await By(secret, HttpMethod.Get, "results")).Text);

        var page = await owner.Get(Page);
        Assert.DoesNotContain(secret, page.Text); // shown once
        Assert.Contains("最近使用", page.Text);
        await owner.SendFrom(page, Page, Regex.Match(page.Text, "value=\"(end-[0-9a-f]{64})\"").Groups[1].Value);
        var after = await By(secret, HttpMethod.Get, "results");
        Assert.Equal((HttpStatusCode.Unauthorized, "token-refused"), (after.Status, after.Code));
        Assert.DoesNotContain(host.Log.Lines, l => l.Contains(secret, StringComparison.Ordinal));
        Assert.Contains("访问令牌", (await host.NewestTo(owner.Mail)).Subject);
    }

    [Fact]
    public async Task One_that_only_reads_changes_nothing()
    {
        var (owner, key) = await Owner();
        var secret = await Make(owner, key, "reads");
        Assert.Equal(HttpStatusCode.OK, (await By(secret, HttpMethod.Get, "results")).Status);
        Assert.Equal("token-only-reads", (await By(secret, HttpMethod.Post, "results", $$"""{"commandId":"{{Guid.NewGuid()}}","content":{{Draft}}}""")).Code);
    }

    [Fact]
    public async Task What_asks_for_a_proof_is_never_done_by_a_program()
    {
        var (owner, key) = await Owner();
        var secret = await Make(owner, key, "all");
        var invited = await By(secret, HttpMethod.Post, "team/invitations", $$"""{"commandId":"{{Guid.NewGuid()}}","roles":["viewer"],"secretHash":"{{new string('a', 64)}}"}""");
        Assert.Equal("proof-required", invited.Code);
    }

    [Theory]
    [InlineData("mkt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("mkt_")]
    [InlineData("x")]
    public async Task One_that_is_none_is_refused_and_not_taken_for_a_visitor(string secret)
    {
        var reply = await By(secret, HttpMethod.Get, "catalog");
        Assert.Equal((HttpStatusCode.Unauthorized, "token-refused"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task It_expires_and_a_new_password_ends_it()
    {
        var (owner, key) = await Owner();
        var secret = await Make(owner, key, "all", "30");
        host.Later(TimeSpan.FromDays(29));
        Assert.Equal(HttpStatusCode.OK, (await By(secret, HttpMethod.Get, "results")).Status);
        host.Later(TimeSpan.FromDays(1));
        Assert.Equal("token-refused", (await By(secret, HttpMethod.Get, "results")).Code);

        var (other, otherKey) = await Owner();
        var second = await Make(other, otherKey, "all");
        var stranger = host.NewSurfer();
        await stranger.Send("/account/forgot", "forgot", ("mail", other.Mail));
        await stranger.Send(await host.LinkTo(other.Mail), "reset", ("password", "another tin roof in autumn rain"));
        Assert.Equal("token-refused", (await By(second, HttpMethod.Get, "results")).Code);
    }

    [Fact]
    public async Task Nobody_makes_one_without_a_proof_nor_for_a_team_of_others()
    {
        var (owner, key) = await Owner();
        Assert.DoesNotContain("value=\"make\"", (await owner.Get(Page)).Text);
        await Prove(owner, key);
        var page = await owner.Get(Page);
        Assert.Contains("请选择机构。", (await owner.SendFrom(page, Page, "make", ("name", "x"), ("team", "platform"), ("reach", "all"), ("days", "9"))).Text);
        Assert.Contains("有效期为 1 至 366 天。", (await owner.SendFrom(page, Page, "make", ("name", "x"), ("reach", "all"), ("days", "367"), ("team", TeamOn(page)))).Text);
        host.Later(TimeSpan.FromMinutes(6));
        Assert.Contains("验证身份", (await owner.SendFrom(page, Page, "make", ("name", "x"), ("reach", "all"), ("days", "9"), ("team", TeamOn(page)))).Text);
        await using var database = await host.Services.GetRequiredService<IDbContextFactory<AccountsDatabase>>().CreateDbContextAsync();
        Assert.False(await database.AccessTokens.AnyAsync());
    }

    /// <summary>The owner of a laboratory, with codes.</summary>
    private async Task<(Member Surfer, string Key)> Owner()
    {
        var (surfer, mail) = await host.NewPerson();
        var (key, _) = await host.TurnOnCodes(surfer);
        var registered = await surfer.Send(
            "/organisations/new", "register", ("kind", "Lab"), ("uscc", NextUscc()), ("name.zh", "实验室"), ("name.en", "Laboratory"));
        Assert.Equal("/team?done=registered", registered.Headers.Location?.OriginalString);
        return (new Member(surfer, mail), key);
    }

    private async Task Prove(Member member, string key)
    {
        host.Later(TimeSpan.FromMinutes(1)); // each code once
        Assert.Equal("/account", (await member.Send("/account/prove?back=/account", "code", ("code", host.CodeOf(key)))).Headers.Location?.OriginalString);
    }

    private async Task<string> Make(Member member, string key, string reach, string days = "90")
    {
        await Prove(member, key);
        var page = await member.Get(Page);
        var made = await member.SendFrom(page, Page, "make", ("name", "ERP"), ("team", TeamOn(page)), ("reach", reach), ("days", days));
        return Regex.Match(made.Text, "<code class=\"to-copy\">(mkt_[A-Za-z0-9_-]+)</code>").Groups[1].Value;
    }

    private static string TeamOn(Reply page) => Regex.Match(page.Text, "<option value=\"(org_[0-9a-z]+)\"").Groups[1].Value;

    private Task<Reply> By(string secret, HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Headers = { { "Authorization", $"Bearer {secret}" } } };
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return host.Running.Send(request);
    }

    private static int organisations;

    private static string NextUscc()
    {
        var seventeen = $"99000000T{Interlocked.Increment(ref organisations):00000000}";
        return "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => Domain.Uscc.Parse(seventeen + c, "uscc")).First(code => !code.IsRefused).Value.Value;
    }

    private sealed record Member(Surfer Surfer, string Mail)
    {
        public Task<Reply> Get(string path) => Surfer.Get(path);

        public Task<Reply> Send(string page, string form, params (string Name, string Value)[] fields) => Surfer.Send(page, form, fields);

        public Task<Reply> SendFrom(Reply opened, string page, string form, params (string Name, string Value)[] fields) => Surfer.SendFrom(opened, page, form, fields);
    }
}
