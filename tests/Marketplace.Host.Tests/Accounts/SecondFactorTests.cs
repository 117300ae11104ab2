using Marketplace.Application.Door;
using System.Text.RegularExpressions;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>Codes beside the password, recovery codes in their place, and proving once more that it is still them.</summary>
public sealed class SecondFactorTests(AccountHost host) : IClassFixture<AccountHost>
{
    /// <summary>RFC 6238, appendix B, the last six digits of SHA-1; the key is the ASCII text 12345678901234567890.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, TimeBasedCode.At("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTime.UnixEpoch.AddSeconds(seconds)));

    [Fact]
    public void A_code_fits_its_half_minute_and_those_beside_it_and_none_twice()
    {
        var (key, now) = (TimeBasedCode.NewKey(), DateTime.UnixEpoch.AddDays(20_000));
        var step = TimeBasedCode.StepAt(now);
        Assert.Equal(step, TimeBasedCode.Matching(key, TimeBasedCode.At(key, now), now, null));
        Assert.Equal(step - 1, TimeBasedCode.Matching(key, TimeBasedCode.At(key, now.AddSeconds(-30)), now, null));
        Assert.Equal(step + 1, TimeBasedCode.Matching(key, TimeBasedCode.At(key, now.AddSeconds(30)), now, null));
        Assert.Null(TimeBasedCode.Matching(key, TimeBasedCode.At(key, now.AddSeconds(90)), now, null));
        Assert.Null(TimeBasedCode.Matching(key, TimeBasedCode.At(key, now), now, step));
        Assert.Null(TimeBasedCode.Matching(key, "", now, null));
    }

    [Fact]
    public async Task Signing_in_then_asks_for_a_code_and_takes_none_twice()
    {
        var (owner, mail) = await host.NewPerson();
        var (key, _) = await host.TurnOnCodes(owner);
        host.Later(TimeSpan.FromMinutes(1));

        var surfer = host.NewSurfer();
        var asked = await AccountHost.SignIn(surfer, mail, page: "/account/sign-in?back=/agreements");
        Assert.Equal("/account/sign-in/code?back=%2Fagreements", asked.Headers.Location?.OriginalString);
        Assert.Equal("nobody", await surfer.Who());
        Assert.Contains("验证码不对", (await surfer.Send("/account/sign-in/code?back=/agreements", "code", ("code", "000000"))).Text);
        var code = host.CodeOf(key);
        Assert.Equal("/agreements", (await surfer.Send("/account/sign-in/code?back=/agreements", "code", ("code", code))).Headers.Location?.OriginalString);
        Assert.Equal("李雷", await surfer.Who());

        var shoulder = host.NewSurfer();
        await AccountHost.SignIn(shoulder, mail);
        Assert.Contains("已经用过", (await shoulder.Send("/account/sign-in/code", "code", ("code", code))).Text);
        Assert.Equal("nobody", await shoulder.Who());
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        var (owner, mail) = await host.NewPerson();
        var (_, recovery) = await host.TurnOnCodes(owner);
        var (first, second) = (host.NewSurfer(), host.NewSurfer());
        await AccountHost.SignIn(first, mail);
        await AccountHost.SignIn(second, mail);
        Assert.Equal("/", (await first.Send("/account/sign-in/code", "code", ("code", recovery[3].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal)))).Headers.Location?.OriginalString);
        Assert.Contains("还剩 9 个", (await host.NewestTo(mail)).Text);
        Assert.Contains("验证码不对", (await second.Send("/account/sign-in/code", "code", ("code", recovery[3]))).Text);
        Assert.Equal("/", (await second.Send("/account/sign-in/code", "code", ("code", recovery[4]))).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Guessing_codes_is_locked_out_and_knowing_the_password_does_not_help()
    {
        var (owner, mail) = await host.NewPerson();
        var (key, _) = await host.TurnOnCodes(owner);
        host.Later(TimeSpan.FromMinutes(1));
        var guesser = host.NewSurfer();
        for (var i = 0; i < Attempts.Most; i++)
        {
            await AccountHost.SignIn(guesser, mail); // right each time
            Assert.Contains("验证码不对", (await guesser.Send("/account/sign-in/code", "code", ("code", $"00000{i}"))).Text);
        }

        Assert.Contains("连续失败次数过多", (await guesser.Send("/account/sign-in/code", "code", ("code", host.CodeOf(key)))).Text);
        Assert.Contains("连续失败次数过多", (await AccountHost.SignIn(guesser, mail)).Text);
    }

    [Fact]
    public async Task The_step_between_lapses_and_belongs_to_one_password()
    {
        var (owner, mail) = await host.NewPerson();
        var (key, _) = await host.TurnOnCodes(owner);
        var surfer = host.NewSurfer();
        await AccountHost.SignIn(surfer, mail);
        var page = await surfer.Get("/account/sign-in/code");
        host.Later(SignInSteps.Patience);
        Assert.Null((await surfer.SendFrom(page, "/account/sign-in/code", "code", ("code", host.CodeOf(key)))).Headers.Location);
        Assert.DoesNotContain("name=\"code\"", (await surfer.Get("/account/sign-in/code")).Text);
        Assert.Equal("nobody", await surfer.Who());
    }

    [Fact]
    public async Task Turning_codes_on_takes_the_password_and_a_code_of_the_key_that_was_shown()
    {
        var (surfer, _) = await host.NewPerson();
        var page = await surfer.Get("/account/codes");
        Assert.Contains("<svg", page.Text);
        var shown = KeyOn(page);
        var wrong = await surfer.SendFrom(page, "/account/codes", "turn-on", ("code", "000000"), ("password", AccountHost.Password));
        Assert.Contains("验证码不对", wrong.Text);
        Assert.Equal(shown, KeyOn(wrong)); // the application has it already
        Assert.Contains("密码不对", (await surfer.SendFrom(page, "/account/codes", "turn-on", ("code", host.CodeOf(shown)), ("password", "not my password"))).Text);
        Assert.Contains("只显示这一次", (await surfer.SendFrom(page, "/account/codes", "turn-on", ("code", host.CodeOf(shown)), ("password", AccountHost.Password))).Text);

        var (other, _) = await host.NewPerson();
        var theirs = await other.Get("/account/codes");
        var note = Regex.Match(page.Text, "name=\"note\" value=\"([^\"]*)\"").Groups[1].Value;
        var swapped = await other.SendFrom(theirs, "/account/codes", "turn-on", ("note", note), ("code", host.CodeOf(shown)), ("password", AccountHost.Password));
        Assert.DoesNotContain("只显示这一次", swapped.Text); // a key that was shown to somebody else
    }

    [Fact]
    public async Task A_proof_holds_for_five_minutes_and_leads_back()
    {
        var (surfer, mail) = await host.NewPerson();
        var (key, _) = await host.TurnOnCodes(surfer);
        host.Later(TimeSpan.FromMinutes(1));
        Assert.Contains("验证身份", (await surfer.Get("/account/codes")).Text);
        Assert.DoesNotContain("value=\"turn-off\"", (await surfer.Get("/account/codes")).Text);

        Assert.Contains("验证码不对", (await surfer.Send("/account/prove?back=/account/codes", "code", ("code", "000000"))).Text);
        Assert.Equal("/account/codes", (await surfer.Send("/account/prove?back=/account/codes", "code", ("code", host.CodeOf(key)))).Headers.Location?.OriginalString);
        var proven = await surfer.Get("/account/codes");
        Assert.Contains("value=\"turn-off\"", proven.Text);

        host.Later(Principal.ProofLasts);
        await surfer.SendFrom(proven, "/account/codes", "turn-off"); // opened in time, sent too late
        Assert.Equal("/account/sign-in/code", (await AccountHost.SignIn(host.NewSurfer(), mail)).Headers.Location?.OriginalString);

        await surfer.Send("/account/prove", "code", ("code", host.CodeOf(key)));
        await surfer.Send("/account/codes", "turn-off");
        await host.Again(mail);
        Assert.Contains("已停用动态验证码", (await host.NewestTo(mail)).Subject);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    public async Task Proving_leads_inside_this_site_only(string back)
    {
        var (surfer, _) = await host.NewPerson();
        var (key, _) = await host.TurnOnCodes(surfer);
        host.Later(TimeSpan.FromMinutes(1));
        Assert.Equal("/", (await surfer.Send($"/account/prove?back={Uri.EscapeDataString(back)}", "code", ("code", host.CodeOf(key)))).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Who_has_nothing_to_prove_it_by_is_told_to_set_it_up() =>
        Assert.Contains("请先设置一种", (await (await host.NewPerson()).Surfer.Get("/account/prove")).Text);

    private static string KeyOn(Reply page) =>
        Regex.Match(page.Text, "<code class=\"to-copy\">([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
}
