using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;
using Marketplace.Application.Needs;

/// <summary>One deal from the catalog to the books, by readers of English who meet no Chinese on the way.</summary>
public sealed class EnglishTests : Journey
{
    private static readonly string[] Inventors = ["示例甲", "示例乙"];

    [Fact]
    public async Task A_deal_is_made_and_settled_in_English()
    {
        var lab = await Laboratory();
        var company = await Company();
        await Offered(lab, "try-and-buy", """
            {"fieldOfUse":"grid storage","territory":"mainland China","labContact":"Wang, Tianjin","companyContact":"Zhao, Tianjin","deliverables":"a prototype and its papers",
            "acceptanceCriteria":"complete and readable","periodMonths":3,"commercialMonths":24}
            """);
        await Market.Accept(company, new PublishNeed(Guid.NewGuid(), Market.NeedFor(new("电网侧长时储能", "Storage of power for long"))));
        await Stage.Pass(0);

        await Visits();
        await using var buyer = await Reading(company, "/");
        await using var seller = await Reading(lab, "/home");
        var agreement = await Applies(buyer);
        await Negotiate(buyer, seller);
        await Sign(buyer, seller, agreement);
        await Try(buyer, seller);
        await Stage.Pass(100);
        await Pays(buyer, lab, agreement);

        // The books of the month, as each of them reads them.
        var month = Market.Today.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        foreach (var (reader, title) in new[] { (buyer, "Statement of a company"), (seller, "Statement of a laboratory") })
        {
            await reader.Follow("Statements");
            await reader.Go($"/statements?month={month}");
            await reader.IsHeaded("Monthly statements");
            await reader.Reads(title);
            await reader.Reads("CNY 40,000.00");
            await reader.Reads(Day(Market.Today));
            await reader.IsEnglish(Inventors);
        }

        await seller.Go("/home");
        await seller.FollowOne("Distribute what has been received");
        await seller.IsHeaded("Income: Zinc-iron flow battery");
        await seller.IsEnglish(Inventors);
        await Settles(agreement);
    }

    /// <summary>Catalog, result, price, needs, templates and notices, by somebody who has come for the first time.</summary>
    private async Task Visits()
    {
        await using var visitor = await Stage.Newcomer();
        await visitor.Follow("English");
        await visitor.IsHeaded("Research results to use first and pay for later");
        await visitor.IsEnglish();
        await visitor.Fill("Words", "battery");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Follow("Zinc-iron flow battery");
        await visitor.IsHeaded("Zinc-iron flow battery");
        await visitor.Reads("The problem it solves");
        await visitor.Reads("Free trial");
        await visitor.IsEnglish();
        await visitor.LooksWell();
        await visitor.FollowOne("What would it cost?");
        await visitor.Fill("Net sales of the first year (CNY)", "5000000");
        await visitor.Press("Calculate");
        await visitor.Reads("CNY");
        await visitor.IsEnglish();
        await visitor.Follow("Needs");
        await visitor.IsHeaded("What companies look for");
        await visitor.IsEnglish();
        await visitor.Follow("Storage of power for long");
        await visitor.IsEnglish();
        await visitor.Follow("Templates");
        await visitor.IsHeaded("Contract templates");
        await visitor.IsEnglish();
        await visitor.Follow("Public notices");
        await visitor.IsHeaded("Public notices");
        await visitor.IsEnglish();
        await visitor.Follow("Sign in");
        await visitor.IsEnglish();
        await visitor.Follow("Register an account");
        await visitor.IsEnglish();
    }

    private async Task<AgreementId> Applies(Walker buyer)
    {
        await buyer.Follow("Zinc-iron flow battery");
        await buyer.FollowOne("Apply for a trial");
        await buyer.IsHeaded("Apply for a trial: Zinc-iron flow battery");
        await buyer.IsEnglish();
        await buyer.Fill("What you want to try, and where", "A pilot of twenty kilowatts in a microgrid.");
        await buyer.Press("Send the application");
        await buyer.IsHeaded("Zinc-iron flow battery");
        return AgreementId.Wrap(buyer.Where.Split('/')[^1]);
    }

    private async Task Negotiate(Walker buyer, Walker seller)
    {
        await seller.Go("/home");
        await seller.IsEnglish();
        await seller.Follow("Answer an application for a trial");
        await seller.IsEnglish();
        await seller.Press("Take it up");
        await buyer.Follow("Home");
        await buyer.Follow("Answer version 1 of the terms");
        await buyer.IsEnglish();
        await buyer.Follow("Propose another version");
        await buyer.Fill("Trial period (months)", "99");
        await buyer.Press("Propose this version");
        await Assertions.Expect(buyer.Page.GetByLabel("Trial period (months)", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await buyer.IsEnglish();
        await buyer.Fill("Trial period (months)", "9");
        await buyer.Press("Propose this version");
        await buyer.Reads("You have accepted this version");
        await buyer.IsEnglish();
        await seller.Go("/home");
        await seller.Follow("Answer version 2 of the terms");
        await seller.Reads("9 months");
        await seller.IsEnglish();
        await seller.Press("Accept version 2");
    }

    private async Task Sign(Walker buyer, Walker seller, AgreementId agreement)
    {
        foreach (var each in new[] { buyer, seller })
        {
            await each.Go("/home");
            await each.Follow("Sign the agreement");
            await each.IsHeaded("Sign the agreement: Zinc-iron flow battery");
            await each.IsEnglish();
            await each.Tick("I have read the whole contract and sign it for my organisation.");
            await each.Press("Sign");
            await each.Page.WaitForURLAsync($"**/agreements/{agreement}");
        }

        await buyer.Go($"/agreements/{agreement}");
        await buyer.Reads(Day(Market.Today));
        await buyer.IsEnglish();
        await buyer.LooksWell();
        await buyer.Follow("Contract");
        await buyer.IsEnglish();
    }

    private static async Task Try(Walker buyer, Walker seller)
    {
        await seller.Go("/home");
        await seller.Follow("File the agreement");
        await seller.Fill("Number of the filing", "TJ-1");
        await seller.Press("Record the filing");
        await seller.Fill("What was handed over, and how", "A prototype and its papers.");
        await seller.Press("Record the delivery");
        await seller.IsEnglish();
        await buyer.Go("/home");
        await buyer.FollowOne("Accept the delivery");
        await buyer.IsEnglish();
        await buyer.Tick("I have checked what was delivered.");
        await buyer.Press("Accept it and begin the trial");
        await buyer.IsHeaded("Zinc-iron flow battery");
        await buyer.IsEnglish();
        await buyer.Follow("Convert, extend or return");
        await buyer.IsEnglish();
        await buyer.Tick("I have read the contract and convert: this cannot be undone.");
        await buyer.Press("Convert");
        await buyer.Reads("Licence after conversion");
    }

    private async Task Pays(Walker buyer, Principal lab, AgreementId agreement)
    {
        await buyer.Go("/home");
        await buyer.IsEnglish();
        await buyer.FollowOne("Report the sales of period 1");
        await buyer.Fill("Gross sales (CNY)", "1,000,000.00");
        await buyer.Press("Send the report of period 1");
        await buyer.IsEnglish();
        await buyer.Page.Locator("#figures-name").FillAsync("Zhao");
        await buyer.Page.Locator("#figures-position").FillAsync("Chief financial officer");
        await buyer.Press("Send the report of period 1");
        await buyer.Reads("The report of period 1 was sent.");
        await buyer.Reads("CNY 1,000,000.00");
        await buyer.IsEnglish();
        await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await buyer.Go("/home");
        await buyer.FollowOne("Pay sum 1: CNY 40,000.00");
        await buyer.IsEnglish();
        await buyer.Page.GetByLabel("Simulated").First.CheckAsync();
        await buyer.Press("Go on");
        await Assertions.Expect(buyer.Page.GetByRole(AriaRole.Heading, new() { Name = "Paid" })).ToBeVisibleAsync();
        await buyer.IsEnglish();
        await buyer.Go($"/agreements/{agreement}");
        await buyer.IsEnglish();
    }

    /// <summary>The control room, and what it leads to.</summary>
    private async Task Settles(AgreementId agreement)
    {
        await using var administrator = await Reading(Market.Administrator, "/home");
        foreach (var (address, heading) in new[]
        {
            ("/home", "Home"), ("/settlement", "Settlement"), ("/settlement/figure?figure=Received&currency=CNY", "Received"),
            ($"/settlement/postings?account=receivable.principal&currency=CNY&agreement={agreement}", "Account"), ("/agreements", "All agreements"), ("/obligations", "Sums owed"),
            ("/payments", "Payments ordered"), ("/records", "Records"), ("/organisations", "Organisations"), ("/statements", "Monthly statements"), ("/statistics", "How the scheme does"),
            ("/bank", "Bank accounts"), ("/bank/payments", "Bank payments"), ("/reconciliation", "Reconciliation"), ("/team", "The marketplace's team"),
        })
        {
            await administrator.Go(address);
            Assert.True(administrator.Status == 200, $"{address} answered {administrator.Status}");
            await administrator.IsHeaded(heading);
            await administrator.IsEnglish();
        }

        await administrator.Go("/settlement");
        await administrator.Reads("CNY 40,000.00");
        await administrator.LooksWell();
    }

    private async Task<Walker> Reading(Principal principal, string address)
    {
        var reader = await Stage.Known(principal);
        await reader.Go(address);
        await reader.Follow("English");
        return reader;
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}
