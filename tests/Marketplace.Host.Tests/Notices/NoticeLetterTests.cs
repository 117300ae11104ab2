using System.Net;
using Marketplace.Application.Door;
using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Application.Organisations;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Host.Accounts;
using Marketplace.Host.Mail;
using Marketplace.Host.Notices;
using Marketplace.Host.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using RegisterOrganisation = Marketplace.Application.Organisations.RegisterOrganisation;
using RejectOrganisation = Marketplace.Application.Organisations.RejectOrganisation;
using VerifyOrganisation = Marketplace.Application.Organisations.VerifyOrganisation;

namespace Marketplace.Host.Tests.Notices;

/// <summary>What happens reaches whoever is to know, in the app and by mail, and nobody else.</summary>
public sealed class NoticeLetterTests(AccountHost host) : IClassFixture<AccountHost>
{
    private static int organisations;

    private MarketplaceDoor Door => host.Services.GetRequiredService<MarketplaceDoor>();

    [Fact]
    public async Task Somebody_is_written_once_in_their_language_and_reads_it_in_the_app()
    {
        var (owner, mail, organisation) = await NewOwner();
        await Choose(owner, mail, NoticeMail.AtOnce);
        await Accept(Principal.Whole(ActorRole.Administrator, null, "zhang"), new VerifyOrganisation(Guid.NewGuid(), organisation));
        var letters = await host.CountTo(mail);
        await Tell();
        var letter = await host.NewestTo(mail);
        Assert.Equal((letters + 1, "zh-CN", "【先使用后付费】机构与成员：示例机构"), (await host.CountTo(mail), letter.Language, letter.Subject));
        Assert.Contains("机构已通过核验", letter.Text);
        Assert.Contains("http://localhost:5080/team\n", letter.Text);
        Assert.Contains("http://localhost:5080/account/notices\n", letter.Text);
        await Tell();
        Assert.Equal(letters + 1, await host.CountTo(mail));

        var page = await owner.Get("/notices");
        Assert.Contains("机构已通过核验", page.Text);
        Assert.Contains("（1 条未读）", page.Text);
        var read = await owner.SendFrom(page, "/notices", $"read-organisation/{organisation}/2");
        Assert.Equal("/notices", read.Headers.Location?.OriginalString);
        Assert.DoesNotContain("条未读", (await owner.Get("/notices")).Text);
    }

    [Fact]
    public async Task What_others_typed_stays_text_on_one_line()
    {
        var (owner, mail, organisation) = await NewOwner("坏<b>名</b>\u202E机构");
        await Choose(owner, mail, NoticeMail.AtOnce, "en");
        await Accept(Principal.Whole(ActorRole.Administrator, null, "zhang"), new RejectOrganisation(Guid.NewGuid(), organisation, "<script>alert(1)</script>\r\n\r\nhttps://evil.example/"));
        await Tell();
        var letter = await host.NewestTo(mail);
        Assert.Equal("[Use first, pay later] Organisation and members: Example<b>", letter.Subject);
        Assert.DoesNotContain("<script", letter.Html);
        Assert.DoesNotContain("<b>", letter.Html);
        Assert.Contains("&lt;script&gt;", letter.Html);
        Assert.DoesNotContain(letter.Text.Split('\n'), line => line.StartsWith("https://evil.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_wants_no_mail_gets_none_and_what_was_read_is_not_written()
    {
        var (owner, mail, organisation) = await NewOwner();
        await Choose(owner, mail, NoticeMail.None);
        var letters = await host.CountTo(mail);
        await Accept(Principal.Whole(ActorRole.Administrator, null, "zhang"), new VerifyOrganisation(Guid.NewGuid(), organisation));
        await Tell();
        Assert.Equal(letters, await host.CountTo(mail));
        Assert.Contains("机构已通过核验", (await owner.Get("/notices")).Text);
    }

    [Fact]
    public async Task A_choice_is_kept_and_what_is_about_money_cannot_be_hidden()
    {
        var (owner, mail, organisation) = await NewOwner();
        await Choose(owner, mail, NoticeMail.Weekly, "en");
        var page = (await owner.Get("/account/notices")).Text;
        Assert.Contains("<option value=\"en\" selected>", page);
        Assert.Contains("始终显示", page);
        Assert.Contains("<option value=\"Weekly\" selected>", page);
        Assert.DoesNotContain("checked", page);
        Assert.Equal("en", (await host.Services.GetRequiredService<AccountStore>().FindByMail(mail))!.Language);

        var us = await As(mail, organisation);
        var refused = await host.Running.Post("/api/v1/notices/choices", $$"""{"commandId":"{{Guid.NewGuid()}}","choices":[{"topic":"money","isShown":false,"mail":"none"}]}""", us);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "always-shown"), (refused.Status, refused.Code));
        var taken = await host.Running.Post("/api/v1/notices/choices", $$"""{"commandId":"{{Guid.NewGuid()}}","choices":[{"topic":"trial","isShown":true,"mail":"atOnce"}]}""", us);
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        var choices = (await owner.Get("/api/v1/notices/choices")).Json.AsArray();
        Assert.Equal("atOnce", (string?)choices.Single(c => (string?)c!["topic"] == "trial")!["mail"]);
    }

    [Fact]
    public async Task Over_the_API_each_sees_their_own_and_others_are_not_there()
    {
        var (owner, mail, organisation) = await NewOwner();
        var (_, otherMail, otherOrganisation) = await NewOwner();
        var (us, stranger) = (await As(mail, organisation), await As(otherMail, otherOrganisation));
        await Accept(Principal.Whole(ActorRole.Administrator, null, "zhang"), new VerifyOrganisation(Guid.NewGuid(), organisation));
        await Tell();
        var told = (await owner.Get("/api/v1/notices?unreadOnly=true")).Json["items"]!.AsArray().Single(n => (string?)n!["type"] == "organisation/organisation-verified")!;
        Assert.Equal(("/team", "organisation"), ((string?)told["address"], (string?)told["topic"]));
        Assert.StartsWith("The organisation was verified", (string?)told["text"]!["en"]);
        Assert.Null(told["body"]);
        var body = $$"""{"commandId":"{{Guid.NewGuid()}}","notice":"{{told["notice"]}}"}""";
        Assert.Equal(HttpStatusCode.NotFound, (await host.Running.Post("/api/v1/notices/read", body, stranger)).Status);
        Assert.Equal(1, (int?)(await owner.Get("/api/v1/notices/unread")).Json["number"]);
        Assert.Equal(HttpStatusCode.OK, (await host.Running.Post("/api/v1/notices/read", body, us)).Status);
        Assert.Equal(0, (int?)(await owner.Get("/api/v1/notices/unread")).Json["number"]);
        Assert.Equal(HttpStatusCode.OK, (await host.Running.Post("/api/v1/notices/read-all", $$"""{"commandId":"{{Guid.NewGuid()}}"}""", us)).Status);

        foreach (var address in new[] { "/api/v1/notices", "/api/v1/notices/unread", "/api/v1/notices/choices", "/api/v1/unsent-mails", "/notices", "/account/notices", "/unsent-mails" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.NewSurfer().Get(address)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await owner.Get("/api/v1/unsent-mails")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.Get("/unsent-mails")).Status);
    }

    [Fact]
    public async Task A_visitor_has_no_bell_and_whoever_is_signed_in_has_one_on_every_page()
    {
        Assert.DoesNotContain("notice-bell", (await host.NewSurfer().Get("/")).Text);
        var (surfer, _) = await host.NewPerson();
        foreach (var page in new[] { "/", "/templates", "/account", "/nothing" })
        {
            Assert.Contains("notice-bell", (await surfer.Get(page)).Text);
        }
    }

    /// <summary>Somebody who has registered an organisation that nobody has verified yet.</summary>
    private async Task<(Surfer Surfer, string Mail, OrganisationId Organisation)> NewOwner(string nameZh = "示例机构")
    {
        var (surfer, mail) = await host.NewPerson();
        var person = (await host.Services.GetRequiredService<AccountStore>().FindByMail(mail))!.Person;
        var self = new Principal(ActorRole.Person, null, person.Value, Duty.Self, IsProven: true);
        var organisation = OrganisationId.Wrap((await Accept(self, new RegisterOrganisation(
            Guid.NewGuid(), OrganisationKind.Lab, new BilingualText(nameZh, nameZh == "示例机构" ? "Example" : "Example<b>"), Code(Interlocked.Increment(ref organisations))))).Id);
        await Accept(self, new LeadOrganisation(Guid.NewGuid(), organisation));
        return (surfer, mail, organisation);
    }

    /// <summary>The same for all topics.</summary>
    private static async Task Choose(Surfer surfer, string mail, NoticeMail how, string language = "zh")
    {
        var chosen = await surfer.Send("/account/notices", "choices", [("language", language), .. Enum.GetValues<NoticeTopic>().Select(t => ($"mail-{t}", how.ToString())), ("shown", how == NoticeMail.Weekly ? "" : "Organisation")]);
        Assert.Equal("/account/notices?done=saved", chosen.Headers.Location?.OriginalString);
    }

    /// <summary>Until all that has happened is told, and written to whom it is to be.</summary>
    private async Task Tell()
    {
        var (follow, letters) = (host.Services.GetRequiredService<FollowNotices>(), host.Services.GetRequiredService<WriteNoticeLetters>());
        while (await follow.Step())
        {
        }

        while (await letters.Step())
        {
        }

        await host.Services.GetRequiredService<MailQueue>().Settled();
    }

    private async Task<Accepted> Accept(Principal principal, ICommandRequest command) =>
        await Door.Send(principal, command) as Accepted ?? throw new InvalidOperationException($"{command} was not accepted.");

    /// <summary>A person of an organisation who only says who they are: under /api a cookie reads, and never acts.</summary>
    private async Task<string> As(string mail, OrganisationId organisation) =>
        $"role=lab;organisation={organisation};person={(await host.Services.GetRequiredService<AccountStore>().FindByMail(mail))!.Id}";

    /// <summary>Fictional: no registration authority has the number 99.</summary>
    private static string Code(int number) =>
        "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => $"99000000N{number:00000000}{c}").First(code => !Uscc.Parse(code, "uscc").IsRefused);
}
