using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Host.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Marketplace.Browser.Tests;

/// <summary>
/// Pictures of the pages with the demo data: the few that the documentation shows, or, with <c>all</c>, every page as every reader sees it.
/// </summary>
internal static class Screenshots
{
    private const int Desk = 1400;
    private const int Phone = 390;

    /// <summary>The demo data lives until here, so that pictures taken later are the same.</summary>
    private static readonly DateTimeOffset Until = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    public static async Task<int> Take(string folder, bool everything)
    {
        Directory.CreateDirectory(folder);
        await using var server = await Server.Start($"--{ReplaySeeds.Enabled}=true");
        await server.Services.GetRequiredService<ReplayProgress>().Ended;
        await server.Services.GetRequiredService<PunctualAlarm>().RingUntil(Until, CancellationToken.None);
        server.Services.GetRequiredService<SettableTime>().StandAt(Until);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.Launch(playwright);
        foreach (var (name, address, guise) in everything ? await Everything(server.Services) : await Few(server.Services))
        {
            await using var visit = await Visit.Begin(browser, server.Address, guise);
            await visit.Go(address);
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = everything, Animations = ScreenshotAnimations.Disabled });
            Console.WriteLine($"{name}.png  {address}");
        }

        return 0;
    }

    private static async Task<IEnumerable<(string Name, string Address, Guise Guise)>> Few(IServiceProvider services) =>
    [
        ("catalog", "/", new Guise("zh")),
        ("agreement", $"/agreements/{await AgreementIn(services, AgreementState.Overdue, AgreementState.Cure, AgreementState.Settled)}", new Guise("en", As: Administrator)),
        ("settlement", "/settlement", new Guise("zh", Dark: true, As: Administrator)),
    ];

    private static async Task<IEnumerable<(string Name, string Address, Guise Guise)>> Everything(IServiceProvider services)
    {
        var door = services.GetRequiredService<MarketplaceDoor>();
        var results = (await door.Ask(Principal.Visitor, new Application.Catalog.SearchResults())).Value.Items;
        var company = (await door.Ask(Administrator, new ListOrganisations(OrganisationStatus.Verified, OrganisationKind.Company))).Value.Items[0];
        var agreement = await AgreementIn(services, AgreementState.Overdue, AgreementState.Cure, AgreementState.Settled);
        var deal = (await door.Ask(Administrator, new GetAgreement(agreement))).Value.Details;
        var (payer, payee) = (Principal.Whole(ActorRole.Company, deal.Company, "li"), Principal.Whole(ActorRole.Lab, deal.Lab, "wang"));
        var owed = deal.Obligations.First(o => o is { IsOpen: true, WasInvoiced: true }).Number;
        var payment = await Decline(services, agreement, payer, owed);
        (string Name, string Address, Principal? As)[] pages =
        [
            ("catalog", "/", null),
            ("catalog-empty", "/?text=永动机", null),
            ("result", $"/results/{results.First(r => r.Offers.Count > 0).Result}", null),
            ("result-royalty", $"/results/{results.First(r => r.Offers.Any(o => o.Payments.Contains(PaymentModel.TieredRoyalty))).Result}", null),
            ("templates", "/templates", null),
            ("template", "/templates/exclusive-milestones-tiered-royalty", null),
            ("sign-in", "/development/sign-in", null),
            ("home-lab", "/home", payee),
            ("home-company", "/home", payer),
            ("home-company-trial", "/home", await PartyOf(services, await AgreementIn(services, AgreementState.DecisionDue), ActorRole.Company)),
            ("home-guarantor", "/home", await PartyOf(services, SeedPlan.AgreementOf("agr-guaranteed"), ActorRole.Guarantor)),
            ("home-broker", "/home", await PartyOf(services, SeedPlan.AgreementOf("agr-brokered"), ActorRole.Broker)),
            ("home-administrator", "/home", Administrator),
            ("trial-decision", $"/agreements/{await AgreementIn(services, AgreementState.DecisionDue)}/decide", await PartyOf(services, await AgreementIn(services, AgreementState.DecisionDue), ActorRole.Company)),
            ("quote", $"/offers/{results.SelectMany(r => r.Offers).First(o => o.Payments.Contains(PaymentModel.TieredRoyalty)).Offer}/quote?sales=1000000", null),
            ("agreements", "/agreements", Administrator),
            ("agreements-company", "/agreements", Principal.Whole(ActorRole.Company, OrganisationId.Wrap(company.Organisation), "li")),
            ("agreement", $"/agreements/{agreement}", Administrator),
            ("contract", $"/agreements/{agreement}/contract", Administrator),
            ("negotiation", $"/agreements/{await AgreementIn(services, AgreementState.Negotiating)}/negotiation", Administrator),
            ("trial", $"/agreements/{await AgreementIn(services, AgreementState.DecisionDue)}/trial", Administrator),
            ("sales-reports", $"/agreements/{SeedPlan.AgreementOf("agr-royalty")}/reports", Administrator),
            ("fapiao", $"/agreements/{SeedPlan.AgreementOf("agr-royalty")}/obligations/1/fapiao", Administrator),
            ("obligations", "/obligations", Administrator),
            ("payments", "/payments", Administrator),
            ("pay", $"/agreements/{agreement}/pay", payer),
            ("payment-sheet", $"/agreements/{agreement}/obligations/{owed}/transfer", payer),
            ("payment", $"/agreements/{agreement}/payments/{payment}", payer),
            ("payment-settings-company", "/payment-settings", payer),
            ("payment-settings-lab", "/payment-settings", payee),
            ("money", $"/agreements/{agreement}/money", Administrator),
            ("settlement", "/settlement", Administrator),
            ("settlement-figure", "/settlement/figure?figure=Received&currency=CNY", Administrator),
            ("settlement-balances", "/settlement/postings?account=receivable.principal&currency=CNY", Administrator),
            ("settlement-postings", $"/settlement/postings?account=receivable.principal&currency=CNY&agreement={agreement}", Administrator),
            ("statement-company", "/statements?month=2026-10", await PartyOf(services, SeedPlan.AgreementOf("agr-royalty"), ActorRole.Company)),
            ("statement-lab", "/statements?month=2026-10", await PartyOf(services, SeedPlan.AgreementOf("agr-royalty"), ActorRole.Lab)),
            ("trial-balance", "/statements?month=2026-10", Administrator),
            ("quarantine", "/quarantine", Administrator),
            ("reconciliation", "/reconciliation", Administrator),
            ("bank", "/bank", Administrator),
            ("bank-statements", "/bank/statements", Administrator),
            ("bank-lines", "/bank/lines", Administrator),
            ("bank-lines-all", "/bank/lines?status=all", Administrator),
            ("bank-payments", "/bank/payments", Administrator),
            ("bank-mappings", "/bank/mappings", Administrator),
            ("bank-mapping", "/bank/mappings/new?bank=CMB", Administrator),
            ("provider-notices", "/provider-notices", Administrator),
            ("forbidden", "/settlement", Principal.Whole(ActorRole.Company, OrganisationId.Wrap(company.Organisation), "li")),
            ("not-found", "/nothing", null),
        ];
        return
            from page in pages
            from language in new[] { "zh", "en" }
            from width in new[] { Desk, Phone }
            from dark in new[] { false, true }
            where !dark || language == "zh"
            select ($"{page.Name}-{language}-{width}{(dark ? "-dark" : "")}", page.Address, new Guise(language, dark, width, As: page.As));
    }

    /// <summary>Somebody of the lab, the company or the third party of an agreement.</summary>
    private static async Task<Principal> PartyOf(IServiceProvider services, AgreementId agreement, ActorRole role)
    {
        var details = (await services.GetRequiredService<MarketplaceDoor>().Ask(Administrator, new GetAgreement(agreement))).Value.Details;
        return Principal.Whole(role, role switch { ActorRole.Lab => details.Lab, ActorRole.Company => details.Company, _ => ThirdParty.Of(details.Terms)!.Organisation }, "li");
    }

    /// <summary>An account to pay to, accounts to be paid on, and a payment that did not go through: the demo data has none.</summary>
    private static async Task<PaymentIntentId> Decline(IServiceProvider services, AgreementId agreement, Principal payer, int owed)
    {
        var door = services.GetRequiredService<MarketplaceDoor>();
        BankAccount account = new("示例平台有限公司", "6222 0200 0000 0001", "示例银行天津滨海支行", Cnaps: "102110000001");
        await door.Send(Administrator, new Application.Banking.RegisterBankAccount(Guid.NewGuid(), account, Currency.Cny));
        await door.Send(payer, new Application.Banking.RegisterPayoutAccount(Guid.NewGuid(), account with { Holder = "示例企业", Number = "6222 0200 0000 4242" }));
        await door.Send(payer, new Application.Agreements.PayObligations(Guid.NewGuid(), agreement, [owed], "sandbox", "sandbox:decline"));
        await services.GetRequiredService<WorkOffIntents>().WorkOff($"agreement/{agreement}");
        return (await door.Ask(payer, new GetAgreement(agreement))).Value.Details.Intents.Last(i => i.Pays(owed)).Id;
    }

    /// <summary>The first agreement in the first of these states that has one.</summary>
    private static async Task<AgreementId> AgreementIn(IServiceProvider services, params AgreementState[] states)
    {
        var all = (await services.GetRequiredService<MarketplaceDoor>().Ask(Administrator, new ListAgreements(Limit: Paging.MaxLimit))).Value.Items;
        return states.SelectMany(state => all.Where(a => a.State == state)).First().Agreement;
    }
}
