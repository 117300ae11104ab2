using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.Invariants;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Application.Teams;
using Marketplace.Domain.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Organisations;
using Marketplace.Host.Accounts;
using Marketplace.Host.Seeds;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests.Seeds;

/// <summary>What a newcomer finds on the first start.</summary>
public sealed class DemoDataTests(PlayedSeeds played) : IClassFixture<PlayedSeeds>
{
    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    private MarketplaceDoor Door => played.Engine.Services.GetRequiredService<MarketplaceDoor>();

    [Fact]
    public async Task Every_listing_is_in_the_catalog_in_both_languages()
    {
        var catalog = (await Door.Ask(Principal.Visitor, new SearchResults(Limit: Paging.MaxLimit))).Value.Items;

        Assert.Equal(SeedPlan.Steps().Count(s => s.Type == typeof(Application.LabResults.DraftResult)), catalog.Count);
        Assert.All(catalog, result =>
        {
            Assert.Equal(Domain.LabResults.ResultStatus.Listed, result.Status);
            Assert.All<BilingualText>([result.Title, result.Summary, result.LabName], text =>
            {
                Assert.Contains(text.Zh, IsChinese);
                Assert.NotEmpty(text.En);
                Assert.DoesNotContain(text.En, IsChinese);
            });
        });
    }

    [Fact]
    public async Task Every_demo_account_belongs_to_one_team_and_may_do_what_it_says()
    {
        foreach (var demo in DemoAccounts.All)
        {
            var membership = Assert.Single((await Door.Ask(Principal.System, new ListMemberships(demo.Person))).Value);
            Assert.Equal(demo.Role, membership.Principal(isProven: false).Role);
        }

        async Task<Duty> DutiesOf(string mail) => (await Door.Ask(Principal.System, new ListMemberships(DemoAccounts.Find(mail)!.Person))).Value[0].Principal(isProven: true).Duties;
        Assert.False((await DutiesOf("company-viewer@demo.example")).HasFlag(Duty.Sign));
        Assert.True((await DutiesOf("company-signatory@demo.example")).HasFlag(Duty.Sign));
        Assert.True((await DutiesOf("lab-finance@demo.example")).HasFlag(Duty.Finance));
        Assert.False((await DutiesOf("auditor@demo.example")).HasFlag(Duty.Approve));
        Assert.Equal(Duty.Self | Duty.Inventor, await DutiesOf("lab-inventor@demo.example"));
    }

    [Fact]
    public async Task Nobody_real_is_a_debtor()
    {
        var companies = (await Door.Ask(Administrator, new ListOrganisations(Limit: Paging.MaxLimit))).Value.Items
            .ToDictionary(o => o.Organisation);
        var agreements = await Agreements();

        Assert.NotEmpty(agreements);
        Assert.All(agreements, agreement =>
        {
            var company = companies[agreement.Company];
            Assert.Equal(OrganisationKind.Company, company.Kind);
            Assert.StartsWith("示例", company.NameZh, StringComparison.Ordinal);
            Assert.StartsWith("Example", company.NameEn, StringComparison.Ordinal);
            Assert.Equal("EXAMPLE", company.Uscc[8..15]);
        });
    }

    [Theory]
    [InlineData("agr-applied", AgreementState.Applied)]
    [InlineData("agr-negotiating", AgreementState.Negotiating)]
    [InlineData("agr-signed", AgreementState.Signed)]
    [InlineData("agr-in-trial", AgreementState.InTrial)]
    [InlineData("agr-measured", AgreementState.DecisionDue)]
    [InlineData("agr-extended", AgreementState.Extended)]
    [InlineData("agr-returned", AgreementState.Returned)]
    [InlineData("agr-instalments", AgreementState.Converted)]
    [InlineData("agr-royalty", AgreementState.Converted)]
    [InlineData("agr-overdue", AgreementState.Overdue)]
    [InlineData("agr-cure", AgreementState.Cure)]
    [InlineData("agr-disputed", AgreementState.Disputed)]
    [InlineData("agr-settled", AgreementState.Settled)]
    [InlineData("agr-guaranteed", AgreementState.Converted)]
    [InlineData("agr-guarantee-to-sign", AgreementState.Agreed)]
    [InlineData("agr-brokered", AgreementState.Converted)]
    public async Task Agreements_stand_where_their_stories_end(string key, AgreementState state) =>
        Assert.Equal(state, (await Agreement(key)).State);

    [Fact]
    public async Task Every_agreement_of_the_files_is_there() =>
        Assert.Equal(16, (await Agreements()).Count);

    [Fact]
    public async Task Instalments_were_paid_on_time_and_the_income_reached_lab_and_inventors()
    {
        var agreement = await Agreement("agr-instalments");

        Assert.Equal([ObligationStatus.Paid, ObligationStatus.Paid, ObligationStatus.Planned], agreement.Obligations.Select(o => o.Status));
        Assert.All(agreement.Obligations, o => Assert.Null(o.Late));
        Assert.Equal(6, agreement.Intents.Count);
        Assert.All(agreement.Intents, i => Assert.Equal(IntentStatus.Succeeded, i.Status));
    }

    [Fact]
    public async Task Royalties_were_collected_on_the_day_they_fell_due()
    {
        var agreement = await Agreement("agr-royalty");

        Assert.Equal([2, 2], [agreement.Reports.Count, agreement.Obligations.Count]);
        Assert.All(agreement.Obligations, o => Assert.Equal((ObligationStatus.Paid, null), (o.Status, o.Late)));
    }

    [Fact]
    public async Task A_guarantor_stands_for_what_it_signed_has_more_to_sign_and_the_broker_is_paid()
    {
        var (guaranteed, waiting, brokered) = (await Agreement("agr-guaranteed"), await Agreement("agr-guarantee-to-sign"), await Agreement("agr-brokered"));

        Assert.Equal(ObligationStatus.Paid, Assert.Single(guaranteed.Obligations, o => o.Principal.AllocatedMinor > 0).Status);
        Assert.True(guaranteed.SignedBy.HasFlag(Party.Third) && brokered.SignedBy.HasFlag(Party.Third));
        Assert.Equal(Party.Lab | Party.Company, waiting.SignedBy);
        Assert.All(brokered.Intents, i => Assert.Equal(IntentStatus.Succeeded, i.Status));
        Assert.Equal(2, brokered.Intents.Count); // broker and laboratory
    }

    [Fact]
    public async Task The_late_payer_has_interest_costs_and_a_breach_notice_that_waits()
    {
        var owed = Assert.Single((await Agreement("agr-overdue")).Obligations);

        Assert.Equal(ObligationStatus.Overdue, owed.Status);
        Assert.True(owed.Interest.ChargedMinor > 0 && owed.Costs.AllocatedMinor > 0 && owed.Principal.AllocatedMinor > 0);
        Assert.Equal(EnforcementStep.BreachNotice, Assert.Single(owed.Proposed).Step);
    }

    [Fact]
    public async Task The_bank_has_brought_one_booking_of_each_kind_and_a_payment_waits_for_approval()
    {
        await using var reads = await played.Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        var lines = await reads.Of<BankLineRow>().OrderBy(l => l.ServicerReference).ToListAsync();

        Assert.Equal([BankLineStatus.Posted, BankLineStatus.Proposed, BankLineStatus.Parked], lines.Select(l => l.Status));
        Assert.Equal([SeedPlan.AgreementOf("agr-overdue").Value, SeedPlan.AgreementOf("agr-disputed").Value, null], lines.Select(l => l.Agreement));
        Assert.Equal(BankPaymentStatus.Ordered, (await reads.Of<BankPaymentRow>().SingleAsync()).Status);
        Assert.Equal([PayoutAccountStatus.Registered, PayoutAccountStatus.Verified], (await reads.Of<PayoutAccountRow>().ToListAsync()).Select(a => a.Status).Order());
    }

    [Fact]
    public async Task Everything_was_written_in_the_order_of_time()
    {
        var written = await played.Engine.Journal.ReadAll(JournalPosition.Start, 10_000);

        Assert.Equal(written.Select(e => e.RecordedAtUtc).Order(), written.Select(e => e.RecordedAtUtc));
        Assert.DoesNotContain(written, e => e.Type == "filing-deadline-missed");
    }

    [Fact]
    public async Task Everything_that_must_be_true_is_true()
    {
        var check = played.Engine.Services.GetRequiredService<MarketplaceCheck>();
        var findings = new List<Finding>();
        await foreach (var finding in check.Run(played.Engine.Services.GetRequiredService<IJournalAudit>()))
        {
            findings.Add(finding);
        }

        Assert.Empty(findings);
    }

    private async Task<Agreement> Agreement(string key) =>
        (await Door.Ask(Administrator, new GetAgreement(SeedPlan.AgreementOf(key)))).Value.Details;

    private async Task<List<AgreementRow>> Agreements()
    {
        await using var reads = await played.Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await reads.Of<AgreementRow>().ToListAsync();
    }

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';
}
