using System.Text;
using System.Text.RegularExpressions;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using Marketplace.Documents.Pdf;
using Marketplace.Host.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using Xunit;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;
using Marketplace.Application.Teams;

/// <summary>A lab's files and a company's way to them, as both see it, without JavaScript; on a site of its own since it changes it.</summary>
public sealed class DisclosureTests : IAsyncLifetime
{
    private const string Signatory = "company-signatory@demo.example";

    private readonly Site site = new();

    private string Result => $"/results/{site.Market.Catalyst}";

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_company_signs_has_its_marked_copy_and_the_lab_sees_who_has_what()
    {
        await using var lab = await site.Visit($"{Result}/files", new Guise("zh", JavaScript: false, As: site.Market.Lab));
        await Attach(lab, "产品单页", "公开：所有人", "leaflet");
        await Attach(lab, "工艺数据", "保密协议：签署保密协议的企业", "process window");
        await Attach(lab, "完整图纸", "合同：已签合同的企业", "drawings");

        var (session, person) = await SignatoryOf(site.Market.OtherCompany);
        await using var company = await site.Visit(Result, new Guise("zh", JavaScript: false, Session: session));
        Assert.Equal(["leaflet"], TextsOf((await company.Download("下载：产品单页")).Content).Select(t => t.Trim()));
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "完整图纸" })).ToContainTextAsync("签订合同后提供。");
        Assert.Equal(404, await StatusOf(company, 2));
        Assert.Equal(404, await StatusOf(company, 3));

        // Asked for a proof of who signs, then back.
        await company.Page.GetByRole(AriaRole.Link, new() { Name = "签署保密协议后可下载" }).ClickAsync();
        await Assertions.Expect(company.Heading).ToHaveTextAsync("签署保密协议");
        await company.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await company.Page.GetByRole(AriaRole.Button, new() { Name = "签署保密协议" }).ClickAsync();
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("验证");
        await company.Page.GetByRole(AriaRole.Link, new() { Name = "先验证身份" }).ClickAsync();
        await company.Page.GetByLabel("验证器上的 6 位数字").FillAsync((await site.Services.GetRequiredService<DemoAccounts>().CodeOf(person, default))!);
        await company.Page.GetByRole(AriaRole.Button, new() { Name = "验证", Exact = true }).ClickAsync();
        await company.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await company.Page.GetByRole(AriaRole.Button, new() { Name = "签署保密协议" }).ClickAsync();
        await Assertions.Expect(company.Heading).ToHaveTextAsync("氢燃料催化剂");

        var (name, marked) = await company.Download("下载：工艺数据");
        Assert.Equal($"{site.Market.Catalyst}-2.pdf", name);
        var text = Assert.Single(TextsOf(marked));
        Assert.All([site.Market.OtherCompany.Organisation!.Value.Value, person.Value, "process window"], said => Assert.Contains(said, text, StringComparison.Ordinal));
        await Assertions.Expect(company.Page.GetByText("非公开文件的每次下载均有记录")).ToBeVisibleAsync();
        Assert.Equal(404, await StatusOf(company, 3));

        await Agree();
        await company.Page.ReloadAsync();
        Assert.Contains("drawings", Assert.Single(TextsOf((await company.Download("下载：完整图纸")).Content)), StringComparison.Ordinal);

        await lab.Go($"{Result}/files/accesses");
        var rows = lab.Page.GetByRole(AriaRole.Row);
        await Assertions.Expect(rows).ToHaveCountAsync(3); // with the one that names the columns
        await Assertions.Expect(rows.Filter(new() { HasText = "工艺数据" })).ToContainTextAsync(person.Value);
        var record = await rows.Filter(new() { HasText = "工艺数据" }).Locator(".id").Last.InnerTextAsync();
        Assert.Contains(record, text, StringComparison.Ordinal);
        await lab.FitsItsWindow();
        await lab.Go($"{Result}/files");
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "示例电力公司" })).ToContainTextAsync(person.Value);
    }

    private static async Task Attach(Visit lab, string title, string tier, string says)
    {
        var form = lab.Page.Locator("form").Filter(new() { HasText = "添加文件" });
        await form.GetByLabel("标题").FillAsync(title);
        await form.GetByLabel("谁可以下载").SelectOptionAsync(new SelectOptionValue { Label = tier });
        await form.GetByRole(AriaRole.Button, new() { Name = "添加文件", Exact = true }).ClickAsync();
        var file = form.GetByLabel(new Regex("^文件"));
        await Assertions.Expect(file).ToHaveAccessibleDescriptionAsync("请选择文件。");
        await file.SetInputFilesAsync(new FilePayload { Name = $"{title}.pdf", MimeType = "application/pdf", Buffer = PlainPdf.Of([says]) });
        await form.GetByRole(AriaRole.Button, new() { Name = "添加文件", Exact = true }).ClickAsync();
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("文件已添加。");
    }

    /// <summary>Somebody with codes who may sign for it, and has not proven who they are.</summary>
    private async Task<(string Session, PersonId Person)> SignatoryOf(Principal company)
    {
        const string Secret = "what the mail says";
        var (demo, invitation) = (DemoAccounts.Find(Signatory)!, Guid.NewGuid());
        await site.Services.GetRequiredService<DemoAccounts>().Prepare(demo, default);
        await site.Market.Accept(company, new InviteMember(invitation, [MemberRole.Signatory], Sha256Hex.Of(Secret)));
        await site.Market.Accept(new Principal(ActorRole.Person, null, demo.Person.Value, Duty.Self, IsProven: false), new JoinTeam(Guid.NewGuid(), InviteMember.IdOf(invitation), Secret));
        return (await site.Services.GetRequiredService<Sessions>().Begin(demo.Person, new DefaultHttpContext(), isProven: false), demo.Person);
    }

    private async Task Agree()
    {
        var (market, lab, company) = (site.Market, site.Market.Lab, site.Market.OtherCompany);
        var offer = OfferId.Wrap((await market.Accept(lab, new MakeOffer(Guid.NewGuid(), market.Catalyst, Market.Terms, market.Today.AddYears(2)))).Id);
        var agreement = AgreementId.Wrap((await market.Accept(company, new ApplyForTrial(Guid.NewGuid(), offer, "中试"))).Id);
        await market.Accept(lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await market.Accept(lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await market.Accept(company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await market.Ask(company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await market.Accept(company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await market.Accept(lab, new SignAgreement(Guid.NewGuid(), agreement, document));
    }

    private async Task<int> StatusOf(Visit visit, int number) =>
        (await visit.Page.Context.APIRequest.GetAsync($"{new Uri(visit.Page.Url).GetLeftPart(UriPartial.Authority)}/api/v1/results/{site.Market.Catalyst}/files/{number}/file")).Status;

    private static IReadOnlyList<string> TextsOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(p => ContentOrderTextExtractor.GetText(p))];
    }
}
