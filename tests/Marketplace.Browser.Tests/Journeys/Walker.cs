using Marketplace.Domain.Teams;
using Marketplace.Host.Components.Words;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

/// <summary>Somebody who walks through the site by what they read on it, in Chinese where nothing else is said.</summary>
public sealed class Walker(Stage stage, Visit visit) : IAsyncDisposable
{
    private const string Password = "an old tin roof in spring rain";

    private string key = "";

    public IPage Page => visit.Page;

    public string Where => visit.Where;

    /// <summary>HTTP status of the page that was gone to last.</summary>
    public int Status => visit.Status;

    private ILocator Main => Page.GetByRole(AriaRole.Main);

    public Task Go(string address) => visit.Go(address);

    /// <summary>A link, by its whole text.</summary>
    public Task Follow(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    /// <summary>Sends a form, and waits for its answer: whoever goes elsewhere before has not sent it.</summary>
    public async Task Press(string button)
    {
        var before = Page.Url;
        await Page.EvaluateAsync("() => { window.isPressed = true; }");
        await Main.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Page.WaitForFunctionAsync("before => !window.isPressed || location.href !== before", before);
    }

    public Task Fill(string label, string text) => Main.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task Choose(string label, string option) => Main.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    public Task Tick(string label) => Main.GetByLabel(label, new() { Exact = true }).CheckAsync();

    /// <summary>A link whose text or name begins so.</summary>
    public Task FollowOne(string beginning) => Main.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{System.Text.RegularExpressions.Regex.Escape(beginning)}") }).First.ClickAsync();

    /// <summary>Goes to a link or a button by Tab alone, and presses a key on it.</summary>
    public async Task Key(AriaRole role, string name, string key = "Enter")
    {
        await visit.TabTo(Main.GetByRole(role, new() { Name = name, Exact = true }).First);
        await Page.Keyboard.PressAsync(key);
    }

    /// <summary>Proves who they are without a mouse, on the page that asks for it.</summary>
    public async Task ProveByKeyboard()
    {
        await IsHeaded("验证身份");
        await visit.TabTo(Main.GetByLabel("验证器上的 6 位数字", new() { Exact = true }));
        await Page.Keyboard.TypeAsync(stage.NextCode(key));
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the page says so.</summary>
    public Task Reads(string text) => Assertions.Expect(Main).ToContainTextAsync(text);

    /// <summary>All that the page says.</summary>
    public Task<string> Text() => visit.MainText();

    public Task IsHeaded(string title) => Assertions.Expect(visit.Heading).ToContainTextAsync(title);

    /// <summary>Nothing on the page is Chinese but what people have typed.</summary>
    public async Task IsEnglish(params IReadOnlyList<string> data)
    {
        await visit.HasCome();
        await Assertions.Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        var chinese = await visit.Chinese(data);
        Assert.True(chinese.Length == 0, $"{Where}\n{string.Join('\n', chinese)}");
    }

    /// <summary>There is nothing to press that would change anything.</summary>
    public async Task CommandsNothing()
    {
        await visit.HasCome();
        Assert.Empty(await Main.Locator("form[method=post] button").AllInnerTextsAsync());
    }

    /// <summary>What a link hands out to be saved.</summary>
    public async Task<string> Download(string link) => System.Text.Encoding.UTF8.GetString((await visit.Download(link)).Content);

    /// <summary>Fits the window and passes axe.</summary>
    public async Task LooksWell()
    {
        await Page.Mouse.MoveAsync(0, 0); // off whatever was pressed
        await visit.FitsItsWindow();
        await visit.IsAccessible();
    }

    /// <summary>The same in both languages and themes, at a desk and on a phone; then they read Chinese at their desk again.</summary>
    public async Task LooksWellInEveryGuise(string name)
    {
        foreach (var (language, dark, width) in EveryPageTests.Guises)
        {
            await visit.ComeAgain(language, dark, width);
            await LooksWell();
            await visit.Shoot($"{name}-{language}-{width}{(dark ? "-dark" : "")}");
        }

        await visit.ComeAgain("zh", dark: false, 1400);
    }

    /// <summary>From the front page to an account with codes.</summary>
    public async Task Register(string mail, string name)
    {
        await Follow("登录");
        await Follow("注册帐号");
        await Enrol(mail, name);
    }

    /// <summary>From the page where one registers to an account with codes.</summary>
    public async Task Enrol(string mail, string name)
    {
        await Fill("姓名", name);
        await Fill("邮箱", mail);
        await Fill("密码", Password);
        await Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Press("注册");
        await Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToContainTextAsync("请查收邮件");
        await Go("/development/mail");
        await OpenLetter(mail, "/account/confirm?");
        await Fill("注册时设定的密码", Password);
        await Press("确认并登录");
        await IsHeaded("我的帐号");

        await Follow("动态验证码与恢复码");
        key = (await Page.Locator("code.to-copy").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await Fill("验证器上的 6 位数字", stage.NextCode(key));
        await Fill("现在的密码", Password);
        await Press("启用");
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "恢复码：只显示这一次" })).ToBeVisibleAsync();
    }

    /// <summary>Follows a link of the newest letter to an address that has one like it; the page of mails is open.</summary>
    public Task OpenLetter(string mail, string link) =>
        Page.GetByRole(AriaRole.Article).Filter(new() { HasText = mail }).Locator($"a[href^='{link}']").First.ClickAsync();

    /// <summary>Into the team that a letter asks them into.</summary>
    /// <param name="roles">That the page says they are to have.</param>
    public async Task Join(string mail, params IReadOnlyList<MemberRole> roles)
    {
        await Go("/development/mail");
        await OpenLetter(mail, "/account/join?");
        foreach (var role in roles)
        {
            await Reads(Names.Of(role).Zh);
        }

        await Press("接受邀请");
    }

    /// <summary>A number at the head of a page.</summary>
    public Task ReadsFigure(string label, string value) => Assertions.Expect(
        Page.Locator(".figure", new() { Has = Page.GetByText(label, new() { Exact = true }) }).Locator("strong")).ToHaveTextAsync(value);

    /// <summary>An organisation that they lead from now on, and that nobody has verified.</summary>
    public async Task Found(string kind, string seventeen, string nameZh, string nameEn)
    {
        await Go("/home");
        await Follow("选择或注册机构");
        await Follow("注册机构");
        await Choose("机构种类", kind);
        await Fill("统一社会信用代码", Market.CodeOf(seventeen).Value);
        await Fill("中文名称", nameZh);
        await Fill("英文名称", nameEn);
        await Press("注册机构");
        await Reads(nameZh);
    }

    /// <summary>On the page that asks for it, then back.</summary>
    public async Task Prove()
    {
        await Follow("先验证身份");
        await ProveHere();
    }

    public async Task ProveHere()
    {
        await Fill("验证器上的 6 位数字", stage.NextCode(key));
        await Press("验证");
        await Assertions.Expect(Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/prove"));
    }

    public ValueTask DisposeAsync() => visit.DisposeAsync();
}
