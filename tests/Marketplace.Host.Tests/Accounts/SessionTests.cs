using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>A session ends when it is said to, with the next request, whoever still holds its cookie.</summary>
public sealed class SessionTests(AccountHost host) : IClassFixture<AccountHost>
{
    private const string Name = "李雷";

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var (surfer, _) = await host.NewPerson();
        var cookie = surfer.CookieHeaders.Last(c => c.StartsWith("marketplace-session=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains("path=/", cookie);
        Assert.DoesNotContain("domain=", cookie);
        Assert.DoesNotContain("secure", cookie); // over http a browser would throw it away
    }

    [Fact]
    public async Task Over_HTTPS_the_cookie_never_travels_otherwise()
    {
        await using var secure = AccountHost.On("Data Source=:memory:", isDemo: true, "--Site:Address=https://market.example");
        await secure.InitializeAsync();
        var surfer = secure.NewSurfer();
        await surfer.Send("/account/sign-in", "/account/demo", ("mail", "lab@demo.example"));
        var cookie = surfer.CookieHeaders.Last(c => c.Contains("marketplace-session", StringComparison.Ordinal));
        Assert.StartsWith("__Host-marketplace-session=", cookie);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("林海 Lin Hai", await surfer.Who());
    }

    [Fact]
    public async Task Signing_out_ends_it_also_for_whoever_has_copied_the_cookie()
    {
        var (surfer, _) = await host.NewPerson();
        var thief = Copy(surfer);
        Assert.Equal(Name, await thief.Who());
        var reply = await surfer.Send("/account", "/account/sign-out");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (reply.Status, reply.Headers.Location?.OriginalString));
        Assert.Null(surfer.SessionSecret);
        Assert.Equal("nobody", await thief.Who());
        Assert.Null(thief.SessionSecret); // taken back
    }

    [Fact]
    public async Task Signing_in_anew_ends_the_session_before_and_makes_a_new_secret()
    {
        var (surfer, mail) = await host.NewPerson();
        var before = Copy(surfer);
        await AccountHost.SignIn(surfer, mail);
        Assert.NotEqual(before.SessionSecret, surfer.SessionSecret);
        Assert.Equal(("nobody", Name), (await before.Who(), await surfer.Who()));
    }

    [Fact]
    public async Task One_session_can_be_ended_from_another_and_so_can_all_others()
    {
        var (first, mail) = await host.NewPerson();
        Surfer[] others = [await host.Again(mail), await host.Again(mail), await host.Again(mail)];
        var page = await first.Get("/account");
        Assert.Equal(4, Regex.Count(page.Text, "value=\"end-[0-9a-f]{64}\""));
        Assert.Contains("Chrome · Linux", page.Text);
        Assert.Contains("127.0.0.0/24", page.Text);
        Assert.DoesNotContain("127.0.0.1", page.Text);

        var one = Regex.Matches(page.Text, "value=\"(end-[0-9a-f]{64})\"").Select(m => m.Groups[1].Value).First(h => !page.Text[..page.Text.IndexOf(h, StringComparison.Ordinal)].EndsWith("本设备"));
        await first.Send("/account", one);
        Assert.Equal(3, new[] { await first.Who(), await others[0].Who(), await others[1].Who(), await others[2].Who() }.Count(w => w == Name));

        var survivor = await first.Who() == Name ? first : others.First();
        await survivor.Send("/account", "end-others");
        Assert.Equal(1, new[] { await first.Who(), await others[0].Who(), await others[1].Who(), await others[2].Who() }.Count(w => w == Name));
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var ((mine, _), (theirs, _)) = (await host.NewPerson(), await host.NewPerson());
        var handler = Regex.Match((await theirs.Get("/account")).Text, "end-[0-9a-f]{64}").Value;
        var page = await mine.Get("/account");
        var own = Regex.Match(page.Text, "end-[0-9a-f]{64}").Value;
        await mine.SendFrom(page, "/account", own, ("_handler", handler));
        Assert.Equal((Name, Name), (await mine.Who(), await theirs.Who()));
    }

    [Fact]
    public async Task Changing_the_password_ends_the_others_and_keeps_this_one()
    {
        var (surfer, mail) = await host.NewPerson();
        var other = await host.Again(mail);
        const string Next = "a new tin roof in autumn rain";
        Assert.Contains("密码不对", (await surfer.Send("/account", "password", ("password", "not my password"), ("next", Next))).Text);
        Assert.Equal(Name, await other.Who());
        Assert.Equal("/account?done=password", (await surfer.Send("/account", "password", ("password", AccountHost.Password), ("next", Next))).Headers.Location?.OriginalString);
        Assert.Equal((Name, "nobody"), (await surfer.Who(), await other.Who()));
        Assert.Contains("密码已更改", (await host.NewestTo(mail)).Subject);
    }

    [Fact]
    public async Task A_session_lapses_when_nobody_uses_it_for_a_fortnight()
    {
        var (surfer, _) = await host.NewPerson();
        host.Later(Sessions.Idle - TimeSpan.FromMinutes(1));
        Assert.Equal(Name, await surfer.Who());
        host.Later(Sessions.Idle - TimeSpan.FromMinutes(1)); // counted from its last use
        Assert.Equal(Name, await surfer.Who());
        host.Later(Sessions.Idle);
        Assert.Equal("nobody", await surfer.Who());
    }

    [Fact]
    public async Task However_much_it_is_used_it_ends_after_ninety_days()
    {
        var (surfer, _) = await host.NewPerson();
        for (var days = 0; days < 80; days += 10)
        {
            host.Later(TimeSpan.FromDays(10));
            Assert.Equal(Name, await surfer.Who());
        }

        host.Later(TimeSpan.FromDays(10));
        Assert.Equal("nobody", await surfer.Who());
    }

    [Fact]
    public async Task Under_api_a_cookie_says_who_reads_and_never_who_acts()
    {
        var (surfer, _) = await host.NewPerson();
        Assert.Equal(Name, await surfer.Who());
        Assert.Equal("nobody", (await surfer.Pass(new HttpRequestMessage(HttpMethod.Post, "/api/v1/test/person"))).Text);
    }

    [Fact]
    public async Task A_form_of_another_session_is_refused()
    {
        var (surfer, mail) = await host.NewPerson();
        var page = await surfer.Get("/account");
        await surfer.Send("/account", "/account/sign-out");
        await AccountHost.SignIn(surfer, mail);
        var replayed = await surfer.SendFrom(page, "/account", "profile", ("name", "改过的名字"), ("language", "zh"));
        Assert.Equal(HttpStatusCode.BadRequest, replayed.Status);
        Assert.Equal(Name, await surfer.Who());
    }

    [Fact]
    public async Task A_form_without_our_token_is_refused()
    {
        var (surfer, _) = await host.NewPerson();
        foreach (var (address, handler) in new[] { ("/account", "profile"), ("/account", "end-others"), ("/account/sign-out", "") })
        {
            var reply = await surfer.Pass(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("_handler", handler), new("name", "x")]) });
            Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        }

        Assert.Equal(Name, await surfer.Who());
    }

    [Fact]
    public async Task A_form_that_was_opened_signed_in_and_sent_signed_out_changes_nothing()
    {
        var (surfer, _) = await host.NewPerson();
        var page = await surfer.Get("/account");
        surfer.Cookies.Remove("marketplace-session");
        Assert.Equal(HttpStatusCode.BadRequest, (await surfer.SendFrom(page, "/account", "profile", ("name", "改过的名字"), ("language", "zh"))).Status);
    }

    [Fact]
    public async Task The_mail_address_is_changed_by_its_own_link_and_the_one_before_is_told()
    {
        var (surfer, mail) = await host.NewPerson();
        var next = AccountHost.NewMail();
        Assert.Contains("密码不对", (await surfer.Send("/account", "mail", ("mail", next), ("password", "not my password"))).Text);
        await surfer.Send("/account", "mail", ("mail", next), ("password", AccountHost.Password));
        var link = await host.LinkTo(next);
        Assert.StartsWith("/account/confirm-mail?note=", link);

        var (stranger, _) = await host.NewPerson();
        Assert.Contains("链接无效", (await stranger.Get(link)).Text);
        Assert.Equal("/account?done=mail", (await surfer.Send(link, "confirm")).Headers.Location?.OriginalString);
        Assert.Contains("邮箱已更换", (await host.NewestTo(mail)).Subject);
        Assert.Contains("链接无效", (await surfer.Get(link)).Text);
        await host.Again(next);
        Assert.Contains("邮箱或密码不对", (await AccountHost.SignIn(host.NewSurfer(), mail)).Text);
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_not_taken_from_them()
    {
        var ((surfer, _), (_, taken)) = (await host.NewPerson(), await host.NewPerson());
        var reply = await surfer.Send("/account", "mail", ("mail", taken), ("password", AccountHost.Password));
        Assert.Equal("/account?done=asked", reply.Headers.Location?.OriginalString); // as if it were free
        Assert.Contains("您已有帐号", (await host.NewestTo(taken)).Subject);
    }

    [Fact]
    public async Task Of_their_own_account_people_change_name_and_language_and_nothing_else()
    {
        var (surfer, mail) = await host.NewPerson();
        await surfer.Send("/account", "profile", ("name", "李雷雷"), ("language", "en"), ("mail", "other@example.cn"), ("isMailConfirmed", "false"), ("provenAtUtc", "2030-01-01"));
        Assert.Equal("李雷雷", await surfer.Who());
        Assert.Contains(mail, (await surfer.Get("/account")).Text);
    }

    private Surfer Copy(Surfer surfer)
    {
        var copy = host.NewSurfer();
        copy.Cookies["marketplace-session"] = surfer.SessionSecret!;
        return copy;
    }
}
