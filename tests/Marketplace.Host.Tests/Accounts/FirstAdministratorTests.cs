using System.Net;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>How a marketplace without anybody comes to have somebody who runs it.</summary>
public sealed class FirstAdministratorTests
{
    private const string Named = "first@example.cn";

    [Fact]
    public async Task Whoever_confirms_the_named_address_runs_the_marketplace_and_nobody_after_them()
    {
        await using var host = AccountHost.On("Data Source=:memory:", settings: $"--Accounts:FirstAdministrator={Named}");
        await host.InitializeAsync();
        var (stranger, _) = await host.NewPerson();
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get("/api/v1/organisations")).Status);

        var first = host.NewSurfer();
        await AccountHost.Register(first, Named);
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.Get("/api/v1/organisations")).Status); // not before the address is confirmed
        await first.Send(await host.LinkTo(Named), "confirm", ("password", AccountHost.Password));
        Assert.Equal(HttpStatusCode.OK, (await first.Get("/api/v1/organisations")).Status);
        Assert.Contains("审批人", (await first.Get("/team")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get("/api/v1/organisations")).Status);
    }

    [Fact]
    public async Task Where_nobody_is_named_nobody_comes_in()
    {
        await using var host = new AccountHost();
        await host.InitializeAsync();
        var surfer = host.NewSurfer();
        await AccountHost.Register(surfer, Named);
        await surfer.Send(await host.LinkTo(Named), "confirm", ("password", AccountHost.Password));
        Assert.Equal(HttpStatusCode.Forbidden, (await surfer.Get("/api/v1/organisations")).Status);
    }
}
