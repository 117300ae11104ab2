using System.Net;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>What must not be written down, and what must not be asked for too often.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task Nothing_that_opens_an_account_is_logged()
    {
        await using var host = new AccountHost();
        await host.InitializeAsync();
        var (surfer, mail) = await host.NewPerson();
        var confirm = await host.LinkTo(mail);
        await AccountHost.Register(host.NewSurfer(), mail, "the second password typed"); // somebody has it already
        var (key, recovery) = await host.TurnOnCodes(surfer);
        host.Later(TimeSpan.FromMinutes(1));
        var again = host.NewSurfer();
        await AccountHost.SignIn(again, mail, "a wrong password\r\nroot: signed in");
        await AccountHost.SignIn(again, mail + "\r\nroot: signed in");
        await AccountHost.SignIn(again, mail);
        var between = again.Cookies["marketplace-sign-in"];
        await again.Send("/account/sign-in/code", "code", ("code", "999999"));
        var code = host.CodeOf(key);
        await again.Send("/account/sign-in/code", "code", ("code", code));
        await again.Send("/account/forgot", "forgot", ("mail", mail));
        var reset = await host.LinkTo(mail);
        await again.Send(reset, "reset", ("password", "yet another tin roof"));
        await again.Get("/account/confirm?note=nonsense");
        await again.Send("/account/sign-in", "passkey", ("credential", "{\"id\":\"forged\"}"));

        var log = string.Join('\n', host.Log.Lines);
        Assert.NotEmpty(log); // it was listened to
        string[] secrets =
        [
            AccountHost.Password, "the second password typed", "a wrong password", "yet another tin roof", key, code, .. recovery,
            surfer.SessionSecret!, between, confirm.Split("note=")[1], reset.Split("note=")[1],
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log));
        Assert.DoesNotContain("root: signed in", log);
    }

    [Fact]
    public async Task One_network_address_sends_only_so_many_forms_and_is_told_when_to_come_again()
    {
        await using var host = RunningHost.With(_ => { }, more: "--Accounts:PostsPerMinute=3");
        await host.InitializeAsync();
        var surfer = new Surfer(host);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AccountHost.SignIn(surfer, "li@example.cn")).Status);
        }

        var page = await surfer.Get("/account/sign-in"); // looking is free
        var reply = await surfer.SendFrom(page, "/account/sign-in", "password", ("mail", "li@example.cn"), ("password", "x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, reply.Status);
        Assert.Contains("请求过于频繁", reply.Text);
        Assert.NotNull(reply.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await host.Post("/api/v1/organisations", RunningHost.Registration(Guid.NewGuid()))).Status);
    }

    [Theory]
    [InlineData("an old tin roof in spring rain", false)]
    [InlineData("三个臭皮匠顶个诸葛亮好厉害", false)]
    [InlineData("password1234", true)]
    [InlineData("P@ssw0rd!!!!", true)]
    [InlineData("Qwertyuiop123!", true)]
    [InlineData("woainiwoaini", true)]
    [InlineData("abababababab", true)]
    [InlineData("23456789012345", true)]
    [InlineData("abcdefghijklmnop", true)]
    [InlineData("monkeymonkeymonkey", true)]
    [InlineData("li.lei.li.lei", true)]
    [InlineData("with li.lei.li.lei@example.cn inside", true)]
    public void A_password_that_is_guessed_first_is_none(string password, bool isRefused) =>
        Assert.Equal(isRefused ? "password-common" : null, AccountRules.CheckNewPassword(password, "li.lei.li.lei@example.cn", "password")?.Code);

    [Fact]
    public void Recovery_codes_are_told_apart_from_each_other_and_kept_as_hashes()
    {
        var (codes, kept) = RecoveryCodes.New();
        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        Assert.All(codes, c => Assert.DoesNotContain(c, kept));
        Assert.Equal(RecoveryCodes.Count - 1, RecoveryCodes.CountOf(RecoveryCodes.Use(kept, codes[0])!));
        Assert.Null(RecoveryCodes.Use(RecoveryCodes.Use(kept, codes[0])!, codes[0]));
        Assert.Null(RecoveryCodes.Use(kept, ""));
    }
}
