using Marketplace.Host.Api;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task One_click_signs_in_as_a_company_and_one_signs_out()
    {
        await using var visit = await site.Visit("/?field=NewEnergy&lang=en");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Enter as any organisation" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Example Storage Company" }).ClickAsync();

        await Assertions.Expect(visit.Page.GetByText("Company · Example Storage Company")).ToBeVisibleAsync();
        Assert.Equal("/?field=NewEnergy&lang=en", visit.Where);
        var cookie = Assert.Single(await visit.Page.Context.CookiesAsync(), c => c.Name == DevelopmentPrincipal.Cookie);
        Assert.True(cookie.HttpOnly);
        Assert.Equal((SameSiteAttribute.Strict, -1), (cookie.SameSite, cookie.Expires));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.DoesNotContain(await visit.Page.Context.CookiesAsync(), c => c.Name == DevelopmentPrincipal.Cookie);
    }

    [Fact]
    public async Task Every_page_says_that_this_is_the_development_mode()
    {
        await using var visit = await site.Visit("/nothing");
        await Assertions.Expect(visit.Page.GetByText("开发模式 development mode")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("沙盒 sandbox").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_administrator_finds_the_settlement_and_a_visitor_does_not()
    {
        await using var visit = await site.Visit("/development/sign-in?lang=en");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Settlement" })).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Administrator" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Settlement" })).ToBeVisibleAsync();
    }
}
