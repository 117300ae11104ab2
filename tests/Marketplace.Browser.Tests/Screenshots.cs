using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
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

    private static readonly Principal Administrator = new(ActorRole.Administrator, null, "zhang");

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
        (string Name, string Address, Principal? As)[] pages =
        [
            ("catalog", "/", null),
            ("catalog-empty", "/?text=永动机", null),
            ("result", $"/results/{results.First(r => r.Offers.Count > 0).Result}", null),
            ("result-royalty", $"/results/{results.First(r => r.Offers.Any(o => o.Payments.Contains(Domain.Licensing.PaymentModel.TieredRoyalty))).Result}", null),
            ("templates", "/templates", null),
            ("template", "/templates/exclusive-milestones-tiered-royalty", null),
            ("sign-in", "/development/sign-in", null),
            ("agreements", "/agreements", Administrator),
            ("agreements-company", "/agreements", new Principal(ActorRole.Company, OrganisationId.Wrap(company.Organisation), "li")),
            ("agreement", $"/agreements/{agreement}", Administrator),
            ("contract", $"/agreements/{agreement}/contract", Administrator),
            ("negotiation", $"/agreements/{await AgreementIn(services, AgreementState.Negotiating)}/negotiation", Administrator),
            ("trial", $"/agreements/{await AgreementIn(services, AgreementState.DecisionDue)}/trial", Administrator),
            ("sales-reports", $"/agreements/{SeedPlan.AgreementOf("agr-royalty")}/reports", Administrator),
            ("obligations", "/obligations", Administrator),
            ("payments", "/payments", Administrator),
            ("settlement", "/settlement", Administrator),
            ("quarantine", "/quarantine", Administrator),
            ("bank", "/bank", Administrator),
            ("bank-statements", "/bank/statements", Administrator),
            ("bank-lines", "/bank/lines", Administrator),
            ("bank-lines-all", "/bank/lines?status=all", Administrator),
            ("bank-payments", "/bank/payments", Administrator),
            ("bank-mappings", "/bank/mappings", Administrator),
            ("bank-mapping", "/bank/mappings/new?bank=CMB", Administrator),
            ("provider-notices", "/provider-notices", Administrator),
            ("forbidden", "/settlement", new Principal(ActorRole.Company, OrganisationId.Wrap(company.Organisation), "li")),
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

    /// <summary>The first agreement in the first of these states that has one.</summary>
    private static async Task<AgreementId> AgreementIn(IServiceProvider services, params AgreementState[] states)
    {
        var all = (await services.GetRequiredService<MarketplaceDoor>().Ask(Administrator, new ListAgreements(Limit: Paging.MaxLimit))).Value.Items;
        return states.SelectMany(state => all.Where(a => a.State == state)).First().Agreement;
    }
}
