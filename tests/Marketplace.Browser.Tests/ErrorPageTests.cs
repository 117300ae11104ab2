using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class ErrorPageTests(Site site)
{
    [Theory]
    [InlineData("/nothing", 404, "找不到这一页")]
    [InlineData("/nothing?lang=en", 404, "There is no such page")]
    [InlineData("/results/res_1?lang=en", 404, "There is no such page")]
    [InlineData("/test/bug", 500, "出错了")]
    [InlineData("/test/bug?lang=en", 500, "Something went wrong")]
    [InlineData("/test/outage?lang=en", 503, "Not available just now")]
    public async Task What_cannot_be_shown_is_said_in_the_readers_language(string address, int status, string heading)
    {
        await using var visit = await site.Visit(address);
        Assert.Equal(status, visit.Status);
        await Assertions.Expect(visit.Heading).ToHaveTextAsync(heading);
        Assert.DoesNotContain("secret", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).Last).ToHaveAttributeAsync("href", "/");
    }

    [Fact]
    public async Task The_language_can_be_switched_on_an_error_page_and_the_address_stays()
    {
        await using var visit = await site.Visit("/nothing?a=1");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "English", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("There is no such page");
        Assert.Equal("/nothing?a=1&lang=en", visit.Where);
    }
}
