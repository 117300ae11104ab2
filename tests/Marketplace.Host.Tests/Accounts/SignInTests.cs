using System.Net;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>Getting in by password, being kept out, and getting in again by mail.</summary>
public sealed class SignInTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        var (_, mail) = await host.NewPerson();
        var stranger = AccountHost.NewMail();
        var known = await AccountHost.SignIn(host.NewSurfer(), mail, "not their password");
        var unknown = await AccountHost.SignIn(host.NewSurfer(), stranger, "not their password");
        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.Contains("邮箱或密码不对", known.Text);
        Assert.Equal(RegistrationTests.Bare(unknown.Text).Replace(stranger, mail, StringComparison.Ordinal), RegistrationTests.Bare(known.Text));
        Assert.Contains($"value=\"{mail}\"", known.Text);
        Assert.DoesNotContain("not their password", known.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_failures_even_the_right_password_waits_a_quarter_of_an_hour(bool isRegistered)
    {
        var mail = isRegistered ? (await host.NewPerson()).Mail : AccountHost.NewMail();
        var surfer = host.NewSurfer();
        for (var i = 0; i < Attempts.Most; i++)
        {
            Assert.Contains("邮箱或密码不对", (await AccountHost.SignIn(surfer, mail, $"guess number {i}")).Text);
        }

        Assert.Contains("连续失败次数过多，请 15 分钟后再试", (await AccountHost.SignIn(surfer, mail)).Text);
        host.Later(Attempts.LockedFor - TimeSpan.FromSeconds(1));
        Assert.Contains("连续失败次数过多", (await AccountHost.SignIn(surfer, mail)).Text);
        host.Later(TimeSpan.FromSeconds(1));
        Assert.Equal(isRegistered ? "/" : null, (await AccountHost.SignIn(surfer, mail)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Signing_in_wipes_out_the_failures_before_it()
    {
        var (_, mail) = await host.NewPerson();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < Attempts.Most - 1; i++)
            {
                await AccountHost.SignIn(host.NewSurfer(), mail, $"guess number {i}");
            }

            await host.Again(mail);
        }
    }

    [Fact]
    public async Task Asking_for_a_new_password_is_answered_alike_whoever_has_an_account()
    {
        var (_, mail) = await host.NewPerson();
        var (unconfirmed, stranger) = (AccountHost.NewMail(), AccountHost.NewMail());
        await AccountHost.Register(host.NewSurfer(), unconfirmed);
        string[] mails = [mail, unconfirmed, stranger];
        var replies = await Task.WhenAll(mails.Select(m => host.NewSurfer().Send("/account/forgot", "forgot", ("mail", m))));
        Assert.All(replies, r => Assert.Equal((HttpStatusCode.Redirect, "/account/forgot?done=sent"), (r.Status, r.Headers.Location?.OriginalString)));
        Assert.Single(replies.Zip(mails, (r, m) => RegistrationTests.Bare(r.Text).Replace(m, "", StringComparison.Ordinal)).Distinct());
        Assert.Contains("重设密码", (await host.NewestTo(mail)).Subject);
        Assert.Contains("确认邮箱", (await host.NewestTo(unconfirmed)).Subject);
        Assert.Equal(0, await host.CountTo(stranger));
    }

    [Fact]
    public async Task A_new_password_signs_everybody_out_and_its_link_is_void_afterwards()
    {
        var (surfer, mail) = await host.NewPerson();
        await surfer.Send("/account/forgot", "forgot", ("mail", mail));
        var link = await host.LinkTo(mail);
        await surfer.Send("/account/forgot", "forgot", ("mail", mail));
        var second = await host.LinkTo(mail);

        const string Next = "a new tin roof in autumn rain";
        var (locked, forgetful) = (host.NewSurfer(), host.NewSurfer());
        for (var i = 0; i <= Attempts.Most; i++)
        {
            await AccountHost.SignIn(locked, mail, "forgotten altogether");
        }

        Assert.Contains("至少 12 个字符", (await forgetful.Send(link, "reset", ("password", "short"))).Text);
        Assert.Equal("/account/sign-in?done=reset", (await forgetful.Send(link, "reset", ("password", Next))).Headers.Location?.OriginalString);
        Assert.Equal("nobody", await surfer.Who());
        Assert.Contains("密码已更改", (await host.NewestTo(mail)).Subject);
        Assert.All([(await forgetful.Get(link)).Text, (await forgetful.Get(second)).Text], text => Assert.Contains("链接无效", text));
        Assert.Equal("/", (await AccountHost.SignIn(forgetful, mail, Next)).Headers.Location?.OriginalString); // whoever was locked out is not any more
    }

    [Fact]
    public async Task A_link_for_a_new_password_lapses()
    {
        var (surfer, mail) = await host.NewPerson();
        await surfer.Send("/account/forgot", "forgot", ("mail", mail));
        var link = await host.LinkTo(mail);
        host.Later(AccountMails.ResetWithin);
        Assert.Contains("链接无效", (await surfer.Get(link)).Text);
    }

    [Theory]
    [InlineData("/results/x", "/results/x")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/%0d%0aSet-Cookie:a=b", "/%0d%0aSet-Cookie:a=b")] // stays encoded
    [InlineData("", "/")]
    public async Task Afterwards_one_goes_on_inside_this_site_only(string back, string location)
    {
        var (_, mail) = await host.NewPerson();
        var reply = await AccountHost.SignIn(host.NewSurfer(), mail, page: $"/account/sign-in?back={Uri.EscapeDataString(back)}");
        Assert.Equal(location, reply.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Pages_of_accounts_are_kept_nowhere_on_their_way()
    {
        var (surfer, _) = await host.NewPerson();
        foreach (var page in new[] { "/account", "/account/sign-in", "/account/register", "/account/forgot", "/account/reset", "/account/codes", "/account/passkeys", "/account/prove" })
        {
            Assert.True((await surfer.Get(page)).Headers.CacheControl?.NoStore, page);
        }
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/codes")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/prove")]
    [InlineData("/account/confirm-mail?note=x")]
    public async Task Personal_pages_ask_for_signing_in_first(string page)
    {
        var reply = await host.NewSurfer().Get(page);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Contains($"href=\"/account/sign-in?back={Uri.EscapeDataString(page)}\"", reply.Text);
    }
}
