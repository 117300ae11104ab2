using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Notices;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

public sealed class RemindOfDatesOnSqlite() : RemindOfDatesTests(OnSqlite);

public sealed class RemindOfDatesOnPostgres() : RemindOfDatesTests(OnPostgres);

/// <summary>Each date is told of at each distance, to whom it concerns, once.</summary>
public abstract class RemindOfDatesTests(Func<Task<Database>> create) : NoticeTest(create)
{
    [Fact]
    public async Task A_sum_is_told_of_six_times_to_the_payer_and_twice_to_the_payee()
    {
        await Deal.Open();
        var (payer, payee, signatory) = (await Join(Deal.Company, MemberRole.Finance), await Join(Deal.Lab, MemberRole.Finance), await Join(Deal.Company, MemberRole.Signatory));
        var agreement = await Deal.Convert();
        var dueOn = await DueOn(agreement);
        for (Go(dueOn.AddDays(-40)); Deal.Today < dueOn.AddDays(20); Deal.Sleep(1))
        {
            await Remind();
            await Remind(); // twice a day, and it is told once
        }

        Assert.Equal(ComingDates.Offsets.Select(o => (ComingDateKind.Payment, (int?)1, dueOn, o)), await Dates(payer));
        Assert.Equal([3, 7], (await Dates(payee)).Select(d => d.Offset));
        Assert.Empty(await Dates(signatory));
        Assert.Equal((100_000_00, "CNY"), CanonicalJson.Read<ComingDate>((await List(payer)).First(n => n.Type == "due/Payment").Body) is var date ? (date.AmountMinor, date.Currency) : default);
    }

    [Fact]
    public async Task A_day_begins_at_midnight_in_Tianjin()
    {
        await Deal.Open();
        var payer = await Join(Deal.Company, MemberRole.Finance);
        var dueOn = await DueOn(await Deal.Convert());
        Time.SetUtcNow(LocalTime.StartOf(dueOn.AddDays(-1)).AddTicks(-TimeSpan.TicksPerMicrosecond)); // the last moment of two days before
        await Remind();
        Assert.Empty(await Dates(payer));
        Time.Advance(TimeSpan.FromMicroseconds(1));
        await Remind();
        Assert.Equal([-1], (await Dates(payer)).Select(d => d.Offset));
    }

    [Fact]
    public async Task After_ninety_days_of_sleep_each_date_is_told_of_once_by_the_latest_distance()
    {
        await Deal.Open();
        var (payer, other) = (await Join(Deal.Company, MemberRole.Finance), await Join(Deal.OtherCompany, MemberRole.Finance));
        var dueOn = await DueOn(await Deal.Convert());
        Go(dueOn.AddDays(-50));
        await Remind();
        var later = await DueOn(await Deal.Convert(Deal.OtherCompany));
        Deal.Sleep(90);
        await Remind();
        Assert.Equal([7], (await Dates(payer)).Select(d => d.Offset)); // due 40 days ago
        Assert.Empty(await Dates(other)); // due in some months
        Deal.Sleep(1);
        await Remind();
        Assert.Single(await Dates(payer));

        Go(later.AddDays(-5));
        await Remind();
        Assert.Equal([-7], (await Dates(other)).Select(d => d.Offset));
    }

    [Fact]
    public async Task What_is_paid_is_not_told_of()
    {
        await Deal.Open();
        var payer = await Join(Deal.Company, MemberRole.Finance);
        var agreement = await Deal.Convert();
        var dueOn = await DueOn(agreement);
        Go(dueOn.AddDays(-7));
        await Remind();
        await Engine.Accept(AgreementTestDeal.Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "REF-1", Yuan(100_000_00), Deal.Today));
        Go(dueOn);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake("obligations"); // what came early pays what is due
        await Remind();
        Assert.Equal([-7], (await Dates(payer)).Select(d => d.Offset));
    }

    [Fact]
    public async Task A_date_that_moves_is_told_of_anew()
    {
        await Deal.Open();
        var company = await Join(Deal.Company, MemberRole.Negotiator);
        var agreement = await InTrial();
        var ends = await TrialEnd(agreement);
        Go(ends.AddDays(-7));
        await Remind();
        Assert.Equal([(ComingDateKind.TrialEnd, null, ends, -7)], await Dates(company));
        await Engine.Accept(Deal.Company, new RequestExtension(Guid.NewGuid(), agreement, 2, "再测一轮"));
        await Engine.Accept(Deal.Lab, new AnswerExtension(Guid.NewGuid(), agreement, Consent: true));
        var moved = await TrialEnd(agreement);
        Assert.True(moved > ends.AddDays(30));
        Go(ends);
        await Remind();
        Go(moved.AddDays(-30));
        await Remind();
        Go(moved.AddDays(3));
        await Remind();
        Assert.Equal([(ComingDateKind.TrialEnd, (int?)null, ends, -7), (ComingDateKind.TrialEnd, null, moved, -30)], await Dates(company)); // what ends is over afterwards
    }

    [Fact]
    public async Task Terms_and_signatures_are_told_to_who_has_yet_to_give_theirs()
    {
        await Deal.Open();
        var (labNegotiator, companyNegotiator) = (await Join(Deal.Lab, MemberRole.Negotiator), await Join(Deal.Company, MemberRole.Negotiator));
        var (labSignatory, companySignatory) = (await Join(Deal.Lab, MemberRole.Signatory), await Join(Deal.Company, MemberRole.Signatory));
        var agreement = await Deal.Apply();
        await Engine.Accept(Deal.Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await Engine.Accept(Deal.Lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        Deal.Sleep(Domain.Agreements.AgreementRules.SilentDays - 7);
        await Remind();
        Assert.Equal([-7], (await Dates(companyNegotiator)).Select(d => d.Offset));
        Assert.Empty(await Dates(labNegotiator));

        await Engine.Accept(Deal.Company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await Engine.Door.Ask(Deal.Company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await Engine.Accept(Deal.Company, new SignAgreement(Guid.NewGuid(), agreement, document));
        var since = Deal.Today;
        for (Deal.Sleep(1); Deal.Today < since.AddDays(10); Deal.Sleep(1))
        {
            await Remind();
        }

        Assert.Equal([(ComingDateKind.Signature, (int?)1, since, 3), (ComingDateKind.Signature, 1, since, 7)], await Dates(labSignatory));
        Assert.Empty(await Dates(companySignatory));
    }

    [Fact]
    public async Task A_report_and_the_end_of_a_licence_are_told_of()
    {
        await Deal.Open(AgreementTestDeal.Terms with { Payments = [new RunningRoyalty(30_000)], Reporting = new SalesReporting(6, 30, 30) });
        var (finance, negotiator) = (await Join(Deal.Company, MemberRole.Finance), await Join(Deal.Lab, MemberRole.Negotiator));
        var agreement = await Deal.Convert();
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<Application.Reads.MarketplaceReads>>().CreateDbContextAsync();
        var row = await database.Of<AgreementRow>().SingleAsync();
        Assert.Equal((1, agreement.Value), (row.ReportPeriod, row.Agreement));
        Go(row.ReportDueOn!.Value.AddDays(3));
        await Remind();
        Assert.Equal([(ComingDateKind.Report, (int?)1, row.ReportDueOn.Value, 3)], await Dates(finance));
        Go(row.LicenceEndsOn!.Value.AddDays(-30));
        await Remind();
        Assert.Contains((ComingDateKind.LicenceEnd, null, row.LicenceEndsOn.Value, -30), await Dates(negotiator));
    }

    [Fact]
    public async Task Two_who_look_at_once_tell_as_much_as_one()
    {
        await Deal.Open();
        var payer = await Join(Deal.Company, MemberRole.Finance);
        var dueOn = await DueOn(await Deal.Convert());
        Go(dueOn);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Remind)));
        Assert.Equal([0], (await Dates(payer)).Select(d => d.Offset));
    }

    private Task Remind() => Engine.Services.GetRequiredService<RemindOfDates>().Run();

    private void Go(DateOnly day) => Time.SetUtcNow(LocalTime.StartOf(day).AddHours(9));

    private async Task<DateOnly> DueOn(AgreementId agreement) =>
        (await Engine.Door.Ask(AgreementTestDeal.Administrator, new GetAgreement(agreement))).Value.Details.Obligations.Single().DueOn;

    private async Task<DateOnly> TrialEnd(AgreementId agreement) =>
        (await Engine.Door.Ask(AgreementTestDeal.Administrator, new GetAgreement(agreement))).Value.Details.TrialEndsOn!.Value;

    private async Task<AgreementId> InTrial()
    {
        var agreement = await Deal.Apply();
        await Engine.Accept(Deal.Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await Engine.Accept(Deal.Lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await Engine.Accept(Deal.Company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await Engine.Door.Ask(Deal.Company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await Engine.Accept(Deal.Company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Engine.Accept(Deal.Lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Engine.Accept(AgreementTestDeal.Administrator, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await Engine.Accept(Deal.Lab, new DeliverResult(Guid.NewGuid(), agreement, "资料"));
        await Engine.Accept(Deal.Company, new AcceptDelivery(Guid.NewGuid(), agreement));
        return agreement;
    }

    /// <summary>In the order in which they were told.</summary>
    private async Task<List<(ComingDateKind Kind, int? Number, DateOnly On, int Offset)>> Dates(Principal person) =>
    [
        .. (await List(person)).Where(n => n.Type.StartsWith("due/", StringComparison.Ordinal)).OrderBy(n => n.AtUtc)
            .Select(n => CanonicalJson.Read<ComingDate>(n.Body)).Select(d => (d.Kind, d.Number, d.On, d.Offset)),
    ];
}
