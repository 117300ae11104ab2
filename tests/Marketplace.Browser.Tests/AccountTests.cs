using Marketplace.Host.Accounts;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>The way of a person into the marketplace, as they see it.</summary>
public sealed class AccountTests(Site site)
{
    private const string Password = "an old tin roof in spring rain";

    [Fact]
    public async Task Somebody_registers_confirms_by_mail_turns_on_codes_signs_out_and_in_again()
    {
        await using var visit = await site.Visit("/");
        await Register(visit, "han@example.cn", "韩梅梅");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "动态验证码与恢复码" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Img, new() { Name = "验证器扫描用的二维码" })).ToBeVisibleAsync();
        await visit.IsAccessible();
        await visit.FitsItsWindow();
        var key = (await visit.Page.Locator("code.to-copy").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await visit.Page.GetByLabel("验证器上的 6 位数字").FillAsync(Code(key));
        await visit.Page.GetByLabel("现在的密码").FillAsync(Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "启用" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "恢复码：只显示这一次" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("code.to-copy")).ToHaveCountAsync(RecoveryCodes.Count);
        var recovery = await visit.Page.Locator("code.to-copy").First.InnerTextAsync();
        await visit.IsAccessible();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "退出帐号" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "登录", Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("邮箱", new() { Exact = true }).FillAsync("han@example.cn");
        await visit.Page.GetByLabel("密码", new() { Exact = true }).FillAsync(Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("动态验证码");
        await visit.IsAccessible();
        await visit.Page.GetByLabel("验证器上的 6 位数字").FillAsync(recovery);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "韩梅梅" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_and_proves_who_it_is()
    {
        await using var visit = await site.VisitByName("/");
        await Register(visit, "li@example.cn", "李雷");
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "通行密钥" }).ClickAsync();
        await visit.Page.GetByLabel("名称，例如“办公室电脑”").FillAsync("办公室电脑");
        await visit.Page.GetByLabel("现在的密码").FillAsync(Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "办公室电脑" })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "退出帐号" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "登录", Exact = true })).ToBeVisibleAsync();
        await visit.Go("/account/sign-in?back=/account/passkeys");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("通行密钥");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "移除 办公室电脑" })).ToBeVisibleAsync(); // it proves on the way in

        await visit.Go("/account/prove?back=/account");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥验证" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("我的帐号");

        await visit.Go("/account/passkeys");
        await visit.IsAccessible();
        await visit.Page.GetByLabel("名称", new() { Exact = true }).FillAsync("家里电脑");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "改名" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "家里电脑" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "移除 家里电脑" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("还没有通行密钥。")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_that_is_not_there_leaves_a_sentence()
    {
        await using var visit = await site.VisitByName("/account/sign-in");
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("没能用通行密钥验证");
    }

    /// <summary>As far as their own account.</summary>
    private static async Task Register(Visit visit, string mail, string name)
    {
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "登录", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "注册帐号" }).ClickAsync();
        await visit.Page.GetByLabel("姓名", new() { Exact = true }).FillAsync(name);
        await visit.Page.GetByLabel("邮箱", new() { Exact = true }).FillAsync(mail);
        await visit.Page.GetByLabel("密码", new() { Exact = true }).FillAsync(Password);
        await visit.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "注册" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("请查收邮件");

        await visit.Go("/development/mail");
        await visit.IsAccessible();
        var letter = visit.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = mail });
        await letter.GetByRole(AriaRole.Link).ClickAsync();
        await visit.Page.GetByLabel("注册时设定的密码").FillAsync(Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "确认并登录" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("我的帐号");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
    }

    private static string Code(string key) => TimeBasedCode.At(key, People.Now.UtcDateTime);
}
