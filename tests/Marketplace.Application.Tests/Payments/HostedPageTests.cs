using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Payments;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Organisations;

/// <summary>Who may ask for pages of a provider, and where people come back to.</summary>
public sealed class HostedPageTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private readonly PageProvider provider = new();
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;
    private AgreementTestDeal deal = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time, configure: services => services
            .AddSingleton<IPaymentProvider>(provider).AddSingleton<IHostedPages>(provider).AddSingleton(new SiteAddress(new Uri("https://market.example/"))));
        deal = await new AgreementTestDeal(engine, time).Open();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_company_leaves_a_way_to_pay_and_comes_back_to_this_site()
    {
        foreach (var asker in new[] { deal.Company, Administrator })
        {
            var page = (await engine.Door.Ask(asker, new SaveMethodPage(Of(deal.Company), "pages"))).Value;
            Assert.Equal($"{PageProvider.Site}/save/{Of(deal.Company)}", page.Address.AbsoluteUri);
            Assert.Equal("https://market.example/payment-settings", provider.ReturnTo?.AbsoluteUri);
        }
    }

    [Fact]
    public async Task A_lab_says_who_it_is_under_the_name_and_country_that_it_is_registered_with()
    {
        foreach (var asker in new[] { deal.Lab, Administrator })
        {
            var page = (await engine.Door.Ask(asker, new PayeePage(Of(deal.Lab), "pages"))).Value;
            Assert.Equal($"{PageProvider.Site}/payee/{Of(deal.Lab)}", page.Address.AbsoluteUri);
        }

        Assert.Equal(("示例91350100M000100Y43", "CN"), (provider.NameOf(Of(deal.Lab)), provider.Country));
    }

    [Theory]
    [InlineData("visitor", "sign-in-required", "sign-in-required", "sign-in-required")]
    [InlineData("company", "", "role-not-allowed", "")]
    [InlineData("other company", "not-found", "role-not-allowed", "not-found")]
    [InlineData("company that says it is a lab", "role-not-allowed", "not-found", "")]
    [InlineData("lab", "role-not-allowed", "not-found", "not-found")]
    [InlineData("guarantor", "role-not-allowed", "not-found", "not-found")]
    [InlineData("administrator", "", "not-found", "")]
    [InlineData("system", "role-not-allowed", "role-not-allowed", "role-not-allowed")]
    public async Task About_a_company_only_itself_and_administrators_may_ask(string asker, string saves, string isPaid, string profile)
    {
        var principal = asker switch
        {
            "visitor" => Principal.Visitor,
            "company" => deal.Company,
            "other company" => deal.OtherCompany,
            "company that says it is a lab" => deal.Company with { Role = ActorRole.Lab },
            "lab" => deal.Lab,
            "guarantor" => deal.Lab with { Role = ActorRole.Guarantor },
            "administrator" => Administrator,
            _ => Principal.System,
        };
        Assert.Equal(saves, (await engine.Door.Ask(principal, new SaveMethodPage(Of(deal.Company), "pages"))).Refusal?.Code ?? "");
        Assert.Equal(isPaid, (await engine.Door.Ask(principal, new PayeePage(Of(deal.Company), "pages"))).Refusal?.Code ?? "");
        Assert.Equal(profile, (await engine.Door.Ask(principal, new GetPaymentProfile(Of(deal.Company)))).Refusal?.Code ?? "");
    }

    [Fact]
    public async Task Nobody_unregistered_or_unverified_is_made_known_to_a_provider()
    {
        Assert.Equal("not-found", (await engine.Door.Ask(deal.OtherLab, new PayeePage(Of(deal.OtherLab), "pages"))).Refusal?.Code);
        Assert.Equal("not-found", (await engine.Door.Ask(deal.OtherLab, new GetPaymentProfile(Of(deal.OtherLab)))).Refusal?.Code);
        var code = "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => "99000000L00000001" + c).First(c => !Uscc.Parse(c, "uscc").IsRefused);
        await engine.Accept(Principal.Visitor, new RegisterOrganisation(Guid.NewGuid(), Domain.Organisations.OrganisationKind.Lab, new("新院所", "New laboratory"), code));
        Assert.Equal("organisation-not-verified", (await engine.Door.Ask(deal.OtherLab, new PayeePage(Of(deal.OtherLab), "pages"))).Refusal?.Code);
        Assert.Null(provider.ReturnTo); // it was never asked
    }

    [Fact]
    public async Task A_provider_without_pages_or_without_an_answer_says_so()
    {
        Assert.Equal("provider-unknown", (await engine.Door.Ask(deal.Company, new SaveMethodPage(Of(deal.Company), "sandbox"))).Refusal?.Code);
        provider.IsSilent = true;
        Assert.Equal("provider-unreachable", (await engine.Door.Ask(deal.Company, new SaveMethodPage(Of(deal.Company), "pages"))).Refusal?.Code);
    }

    [Fact]
    public async Task A_profile_tells_what_is_saved_and_whether_the_payee_is_cleared()
    {
        Assert.Equal(PayeeStanding.Unknown, Assert.Single((await engine.Door.Ask(deal.Lab, new GetPaymentProfile(Of(deal.Lab)))).Value.Providers).Standing);
        await Tell(deal.Company, new NameCustomer("cus_1"));
        await Tell(deal.Company, new SaveMethod("saved:pm_1", "visa •••• 4242"));
        await Tell(deal.Lab, new NamePayee("acct_1", MayBePaid: false));

        var company = Assert.Single((await engine.Door.Ask(deal.Company, new GetPaymentProfile(Of(deal.Company)))).Value.Providers);
        Assert.Equal(("pages", "page", "cus_1", "visa •••• 4242"), (company.Provider, company.PageWays.Single().Method, company.Customer, company.Saved["saved:pm_1"]));
        var lab = Assert.Single((await engine.Door.Ask(deal.Lab, new GetPaymentProfile(Of(deal.Lab)))).Value.Providers);
        Assert.Equal(("acct_1", PayeeStanding.Barred), (lab.Payee, lab.Standing));

        await Tell(deal.Lab, new NamePayee("acct_1", MayBePaid: true));
        Assert.Equal(PayeeStanding.Cleared, Assert.Single((await engine.Door.Ask(Administrator, new GetPaymentProfile(Of(deal.Lab)))).Value.Providers).Standing);
    }

    [Fact]
    public async Task A_payment_that_was_begun_is_sent_once_and_its_page_is_the_companys_to_open()
    {
        var agreement = await deal.Convert();
        await engine.Accept(deal.Lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await engine.Accept(deal.Company, new PayObligations(Guid.NewGuid(), agreement, [1], "pages", "page"));
        var intent = (await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Details.Intents.Single().Id;
        foreach (var stranger in new[] { deal.OtherCompany, deal.Company with { Organisation = deal.Lab.Organisation } })
        {
            Assert.Equal("not-found", (await engine.Door.Ask(stranger, new OpenPaymentPage(agreement, intent))).Refusal?.Code);
        }

        Assert.Equal("role-not-allowed", (await engine.Door.Ask(deal.Lab, new OpenPaymentPage(agreement, intent))).Refusal?.Code);
        Assert.Equal(0, provider.Sent);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal($"{PageProvider.Site}/pay/{intent}", (await engine.Door.Ask(deal.Company, new OpenPaymentPage(agreement, intent))).Value.Address.AbsoluteUri);
        }

        Assert.Equal(1, provider.Sent);
    }

    [Fact]
    public async Task Who_pays_late_is_asked_for_what_the_sheet_of_that_day_says()
    {
        var agreement = await deal.Convert();
        deal.Sleep(366 + 10);
        await engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        deal.Sleep(5); // nobody has looked since
        var sheet = (await engine.Door.Ask(deal.Company, new GetPaymentSheet(agreement, [1]))).Value;
        await engine.Accept(deal.Company, new PayObligations(Guid.NewGuid(), agreement, [1], "pages", "page"));
        Assert.Equal(sheet.Total, (await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Details.Intents.Single().Amount);
    }

    [Fact]
    public async Task Collection_by_itself_is_set_up_and_ended_by_the_company_alone()
    {
        var agreement = await deal.Convert();
        Assert.Equal("no-mandate", await engine.Refuse(deal.Company, new EndCollection(Guid.NewGuid(), agreement)));
        await engine.Accept(deal.Company, new AuthoriseCollection(Guid.NewGuid(), agreement, "pages", "page"));
        Assert.Equal("not-found", await engine.Refuse(deal.OtherCompany, new EndCollection(Guid.NewGuid(), agreement)));
        Assert.Equal("role-not-allowed", await engine.Refuse(Administrator, new EndCollection(Guid.NewGuid(), agreement)));
        await engine.Accept(deal.Company, new EndCollection(Guid.NewGuid(), agreement));
        Assert.Null((await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Details.Mandate);
    }

    private Task Tell(Principal about, PaymentProfileCommand change) => engine.Grains
        .GetGrain<IPaymentProfileGrain>(IPaymentProfileGrain.KeyOf("pages", Of(about)))
        .Execute(CommandEnvelope.BySystem(Guid.NewGuid(), change));

    private static OrganisationId Of(Principal principal) => principal.Organisation!.Value;
}
