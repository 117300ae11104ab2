using System.Net;
using Marketplace.Host.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>Whoever wants to be forgotten is, and nobody else.</summary>
public sealed class EraseTests(AccountHost host) : IClassFixture<AccountHost>
{
    private const string Page = "/account/erase";

    [Fact]
    public async Task An_account_goes_with_its_sessions_and_its_address_can_register_again()
    {
        var (surfer, mail) = await host.NewPerson();
        var elsewhere = await host.Again(mail);
        Assert.Contains("请核对后勾选确认。", (await surfer.Send(Page, "erase", ("password", AccountHost.Password))).Text);
        Assert.Contains("密码不对", (await surfer.Send(Page, "erase", ("password", "something else altogether"), ("confirm", "true"))).Text);
        var erased = await surfer.Send(Page, "erase", ("password", AccountHost.Password), ("confirm", "true"));
        Assert.Equal((HttpStatusCode.Redirect, "/"), (erased.Status, erased.Headers.Location?.OriginalString));
        Assert.Equal(("nobody", "nobody"), (await surfer.Who(), await elsewhere.Who()));
        Assert.Contains("帐号已注销", (await host.NewestTo(mail)).Subject);

        await using (var database = await host.Services.GetRequiredService<IDbContextFactory<AccountsDatabase>>().CreateDbContextAsync())
        {
            Assert.False(await database.Accounts.AnyAsync(a => a.Email == mail));
        }

        var again = host.NewSurfer();
        await AccountHost.Register(again, mail);
        await again.Send(await host.LinkTo(mail), "confirm", ("password", AccountHost.Password));
        Assert.Equal("李雷", await again.Who());
    }

    [Fact]
    public async Task Whoever_leads_a_team_leaves_it_first()
    {
        var (surfer, _) = await host.NewPerson();
        var page = await surfer.Get(Page); // while they belong to none
        await surfer.Send("/organisations/new", "register", ("kind", "Company"), ("uscc", RunningHost.ValidUscc), ("name.zh", "公司"), ("name.en", "Company"));
        Assert.Contains("请先退出所有团队", (await surfer.Get(Page)).Text);
        await surfer.SendFrom(page, Page, "erase", ("password", AccountHost.Password), ("confirm", "true"));
        Assert.Equal("李雷", await surfer.Who());
    }

    [Fact]
    public async Task Whoever_has_codes_proves_who_they_are()
    {
        var (surfer, _) = await host.NewPerson();
        await host.TurnOnCodes(surfer);
        host.Later(TimeSpan.FromMinutes(10));
        var page = (await surfer.Get(Page)).Text;
        Assert.Contains("验证身份", page);
        Assert.DoesNotContain("value=\"erase\"", page);
    }
}
