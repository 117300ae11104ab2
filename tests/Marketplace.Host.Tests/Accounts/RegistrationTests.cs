using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Host.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>Opening an account: what is asked for, what is answered, and what a link by mail can do.</summary>
public sealed partial class RegistrationTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task Whoever_opens_the_link_and_knows_the_password_is_signed_in()
    {
        var (surfer, mail) = (host.NewSurfer(), AccountHost.NewMail());
        var sent = await AccountHost.Register(surfer, mail, name: "韩梅梅");
        Assert.Equal((HttpStatusCode.Redirect, "/account/register?done=sent"), (sent.Status, sent.Headers.Location?.OriginalString));
        Assert.Equal("nobody", await surfer.Who());

        var link = await host.LinkTo(mail);
        Assert.StartsWith("/account/confirm?note=", link);
        Assert.Contains("密码不对", (await surfer.Send(link, "confirm", ("password", "some other password"))).Text);
        Assert.Equal("/account?done=confirmed", (await surfer.Send(link, "confirm", ("password", AccountHost.Password))).Headers.Location?.OriginalString);
        Assert.Equal("韩梅梅", await surfer.Who());
    }

    [Fact]
    public async Task The_mail_speaks_the_language_of_the_page_that_was_read()
    {
        var (surfer, mail) = (host.NewSurfer(), AccountHost.NewMail());
        await surfer.Get("/account/register?lang=en");
        await AccountHost.Register(surfer, mail, name: "Li <b>Lei</b>");
        var letter = await host.NewestTo(mail);
        Assert.Equal("en", letter.Language);
        Assert.Contains("Dear Li <b>Lei</b>,", letter.Text);
        Assert.Contains("Dear Li &lt;b&gt;Lei&lt;/b&gt;,", letter.Html);
    }

    [Theory]
    [InlineData("", "li@example.cn", AccountHost.Password, true, "此项不能为空")]
    [InlineData("李雷", "nonsense", AccountHost.Password, true, "这不是邮箱地址")]
    [InlineData("李雷", "li@example.cn\r\nBcc: all@example.cn", AccountHost.Password, true, "这不是邮箱地址")]
    [InlineData("李雷", "li@example.cn", "short", true, "至少 12 个字符")]
    [InlineData("李雷", "li@example.cn", "password1234", true, "太常见")]
    [InlineData("李雷", "li@example.cn", "aaaaaaaaaaaaaaaa", true, "太常见")]
    [InlineData("李雷", "li@example.cn", AccountHost.Password, false, "请确认同意")]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_typed_stays_but_the_password(string name, string mail, string password, bool consents, string fault)
    {
        var reply = await host.NewSurfer().Send("/account/register", "register", ("name", name), ("mail", mail), ("password", password), ("confirm", consents ? "true" : ""));
        Assert.Matches($"<p class=\"field-fault\" id=\"[^\"]*\">[^<]*{fault}", reply.Text);
        Assert.Contains($"name=\"name\" type=\"text\" value=\"{name}\"", reply.Text);
        Assert.DoesNotContain(password, reply.Text);
    }

    [Fact]
    public async Task Who_has_an_account_already_is_told_so_by_mail_only()
    {
        var (_, mail) = await host.NewPerson();
        var (first, second) = (host.NewSurfer(), host.NewSurfer());
        var (typed, stranger) = (mail.ToUpperInvariant(), AccountHost.NewMail());
        var known = await AccountHost.Register(first, typed, "another old tin roof");
        var unknown = await AccountHost.Register(second, stranger, "another old tin roof");
        Assert.Equal((unknown.Status, unknown.Headers.Location), (known.Status, known.Headers.Location));
        Assert.Equal(Bare(unknown.Text).Replace(stranger, "", StringComparison.Ordinal), Bare(known.Text).Replace(typed, "", StringComparison.Ordinal));
        Assert.Equal(Bare((await second.Get("/account/register?done=sent")).Text), Bare((await first.Get("/account/register?done=sent")).Text));

        Assert.Contains("您已有帐号", (await host.NewestTo(mail)).Subject);
        Assert.Equal("/account/sign-in", await host.LinkTo(mail));
        await host.Again(mail); // with the password that they had
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var (surfer, mail) = (host.NewSurfer(), AccountHost.NewMail());
        await AccountHost.Register(surfer, mail);
        var link = await host.LinkTo(mail);
        await surfer.Send(link, "confirm", ("password", AccountHost.Password));
        Assert.Contains("链接无效", (await host.NewSurfer().Get(link)).Text);
    }

    [Fact]
    public async Task A_link_lapses_and_cannot_be_altered_or_used_for_something_else()
    {
        var (surfer, mail) = (host.NewSurfer(), AccountHost.NewMail());
        await AccountHost.Register(surfer, mail);
        var link = await host.LinkTo(mail);
        Assert.Contains("<form", Body((await surfer.Get(link)).Text));
        Assert.DoesNotContain("<form", Body((await surfer.Get(link[..^3] + "AAA")).Text));
        Assert.DoesNotContain("<form", Body((await surfer.Get("/account/confirm?note=nonsense")).Text));
        Assert.DoesNotContain("<form", Body((await surfer.Get("/account/confirm")).Text));
        Assert.DoesNotContain("<form", Body((await surfer.Get(link.Replace("/confirm", "/reset", StringComparison.Ordinal))).Text));
        var opened = await surfer.Get(link);

        host.Later(AccountMails.ConfirmWithin);
        Assert.Contains("链接无效", (await surfer.Get(link)).Text);
        Assert.Null((await surfer.SendFrom(opened, link, "confirm", ("password", AccountHost.Password))).Headers.Location); // opened in time, sent too late
        Assert.Equal("nobody", await surfer.Who());
    }

    [Fact]
    public async Task Who_registers_an_address_last_is_believed_and_older_links_are_void()
    {
        var (stranger, owner, mail) = (host.NewSurfer(), host.NewSurfer(), AccountHost.NewMail());
        await AccountHost.Register(stranger, mail, "the password of a stranger", "陌生人");
        var first = await host.LinkTo(mail);
        await AccountHost.Register(owner, mail, name: "主人");
        var second = await host.LinkTo(mail);
        Assert.Contains("链接无效", (await owner.Get(first)).Text);
        Assert.Contains("密码不对", (await owner.Send(second, "confirm", ("password", "the password of a stranger"))).Text);
        await owner.Send(second, "confirm", ("password", AccountHost.Password));
        Assert.Equal("主人", await owner.Who());
    }

    [Fact]
    public async Task A_form_sent_twice_at_once_opens_one_account()
    {
        var (surfer, mail) = (host.NewSurfer(), AccountHost.NewMail());
        var page = await surfer.Get("/account/register");
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => surfer.SendFrom(
            page, "/account/register", "register", ("name", "李雷"), ("mail", mail), ("password", AccountHost.Password), ("confirm", "true"))));
        Assert.All(replies, r => Assert.Equal("/account/register?done=sent", r.Headers.Location?.OriginalString));
        Assert.NotNull(await host.Services.GetRequiredService<AccountStore>().FindByMail(mail));
    }

    [Fact]
    public async Task Members_that_the_form_does_not_have_are_not_taken()
    {
        var (surfer, mail) = (host.NewSurfer(), AccountHost.NewMail());
        await surfer.Send(
            "/account/register", "register", ("name", "李雷"), ("mail", mail), ("password", AccountHost.Password), ("confirm", "true"),
            ("EmailConfirmed", "true"), ("emailConfirmed", "true"), ("id", "psn_00000000000000000000000001"), ("person", "psn_00000000000000000000000001"),
            ("totpKey", "x"), ("role", "administrator"), ("language", "fr"));
        var account = await host.Services.GetRequiredService<AccountStore>().FindByMail(mail);
        Assert.NotNull(account);
        Assert.Equal((false, null, "zh"), (account.EmailConfirmed, account.TotpKey, account.Language));
        Assert.NotEqual("psn_00000000000000000000000001", account.Id);
        Assert.Contains("邮箱还没有确认", (await AccountHost.SignIn(surfer, mail)).Text);
        Assert.Equal("nobody", await surfer.Who());
    }

    /// <summary>Without what differs each time: tokens of forms.</summary>
    internal static string Bare(string html) => Tokens().Replace(html, "");

    private static string Body(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..];

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+")] // how everything begins that data protection has sealed
    private static partial Regex Tokens();
}
