using Marketplace.Application.Agreements;
using Marketplace.Application.Credit;
using Marketplace.Application.Door;
using Marketplace.Application.Invariants;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Rights;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Agreements;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Credit;

/// <summary>What a signature takes from the registers of its party, however many sign at the same time on however many hosts.</summary>
public sealed class ReservationTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;
    private TestEngine otherEngine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time);
        otherEngine = await Start(storage, time: time); // of another cluster: two grains for one stream
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await otherEngine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Signatures_at_the_same_time_never_pass_the_limit_together()
    {
        var deal = await new AgreementTestDeal(engine, time).Open();
        await engine.Accept(Administrator, new SetExposureLimit(Guid.NewGuid(), deal.Company.Organisation!.Value, new Money(350_000_00, Currency.Cny), "示例额度"));
        var agreed = await Agreed(deal, 6);

        var answers = await Task.WhenAll(agreed.Select((a, i) =>
            (i % 2 == 0 ? engine : otherEngine).Door.Send(deal.Company, new SignAgreement(Guid.NewGuid(), a.Id, a.Document))));

        Assert.Equal(3, answers.OfType<Accepted>().Count()); // 3 × 100 000.00 of 350 000.00
        Assert.All(answers.OfType<Refused>(), r => Assert.Equal("exposure-over-limit", r.Refusal.Code));
        var credit = (await otherEngine.Door.Ask(deal.Company, new GetCredit(deal.Company.Organisation!.Value))).Value;
        Assert.Equal(new LimitView(new Money(350_000_00, Currency.Cny), new Money(300_000_00, Currency.Cny)), Assert.Single(credit.Limits));
        await AllIsWell();
    }

    [Fact]
    public async Task Of_two_exclusive_licences_that_are_signed_at_the_same_time_one_is()
    {
        var deal = await new AgreementTestDeal(engine, time).Open(AgreementTestDeal.Terms with { Licence = LicenceKind.Exclusive });
        var agreed = await Agreed(deal, 4);

        var answers = await Task.WhenAll(agreed.Select((a, i) =>
            (i % 2 == 0 ? engine : otherEngine).Door.Send(deal.Lab, new SignAgreement(Guid.NewGuid(), a.Id, a.Document))));

        Assert.Single(answers.OfType<Accepted>());
        Assert.All(answers.OfType<Refused>(), r => Assert.Equal("rights-conflict", r.Refusal.Code));
        await AllIsWell();
    }

    [Fact]
    public async Task The_lab_sees_which_of_its_agreements_is_in_the_way_and_nobody_else_does()
    {
        var deal = await new AgreementTestDeal(engine, time).Open(AgreementTestDeal.Terms with { Licence = LicenceKind.Exclusive });
        var agreed = await Agreed(deal, 2);
        await engine.Accept(deal.Lab, new SignAgreement(Guid.NewGuid(), agreed[0].Id, agreed[0].Document));

        var check = (await engine.Door.Ask(deal.Lab, new CheckRights(agreed[1].Id))).Value;
        var conflict = Assert.Single(check.Conflicts);
        Assert.Equal((agreed[0].Id, Overlap.Certain), (conflict.Agreement, conflict.Overlap));
        Assert.Equal(RefusalKind.Forbidden, (await engine.Door.Ask(deal.Company, new CheckRights(agreed[1].Id))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(deal.OtherLab, new CheckRights(agreed[1].Id))).Refusal?.Kind);

        // The company signs as far as it is concerned; the lab cannot.
        await engine.Accept(deal.Company, new SignAgreement(Guid.NewGuid(), agreed[1].Id, agreed[1].Document));
        Assert.Equal("rights-conflict", await engine.Refuse(deal.Lab, new SignAgreement(Guid.NewGuid(), agreed[1].Id, agreed[1].Document)));
    }

    [Fact]
    public async Task What_an_ended_agreement_held_is_free_again()
    {
        var deal = await new AgreementTestDeal(engine, time).Open(AgreementTestDeal.Terms with { Licence = LicenceKind.Exclusive });
        await engine.Accept(Administrator, new SetExposureLimit(Guid.NewGuid(), deal.Company.Organisation!.Value, new Money(150_000_00, Currency.Cny), "示例额度"));
        var agreed = await Agreed(deal, 2);
        foreach (var by in new[] { deal.Lab, deal.Company })
        {
            await engine.Accept(by, new SignAgreement(Guid.NewGuid(), agreed[0].Id, agreed[0].Document));
        }

        Assert.Equal("rights-conflict", await engine.Refuse(deal.Lab, new SignAgreement(Guid.NewGuid(), agreed[1].Id, agreed[1].Document)));
        Assert.Equal("exposure-over-limit", await engine.Refuse(deal.Company, new SignAgreement(Guid.NewGuid(), agreed[1].Id, agreed[1].Document)));

        await engine.Accept(Administrator, new FileAgreement(Guid.NewGuid(), agreed[0].Id, "津备-1"));
        await engine.Accept(deal.Lab, new DeliverResult(Guid.NewGuid(), agreed[0].Id, "资料"));
        await engine.Accept(deal.Company, new AcceptDelivery(Guid.NewGuid(), agreed[0].Id));
        await engine.Accept(deal.Company, new ReturnResult(Guid.NewGuid(), agreed[0].Id, "已停止使用", "已销毁"));

        foreach (var by in new[] { deal.Lab, deal.Company })
        {
            await engine.Accept(by, new SignAgreement(Guid.NewGuid(), agreed[1].Id, agreed[1].Document));
        }

        await AllIsWell();
    }

    [Fact]
    public async Task A_signature_that_is_repeated_takes_nothing_twice()
    {
        var deal = await new AgreementTestDeal(engine, time).Open();
        await engine.Accept(Administrator, new SetExposureLimit(Guid.NewGuid(), deal.Company.Organisation!.Value, new Money(100_000_00, Currency.Cny), "示例额度"));
        var (id, document) = Assert.Single(await Agreed(deal, 1));
        var signature = new SignAgreement(Guid.NewGuid(), id, document);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? engine : otherEngine).Door.Send(deal.Company, signature)));
        Assert.Single(answers.Distinct());
        Assert.IsType<Accepted>(answers[0]);
        await AllIsWell();
    }

    [Fact]
    public async Task Only_companies_have_credit_and_others_see_none()
    {
        var deal = await new AgreementTestDeal(engine, time).Open();
        var limit = new Money(5, Currency.Cny);
        Assert.Equal("not-found", await engine.Refuse(Administrator, new SetExposureLimit(Guid.NewGuid(), deal.Lab.Organisation!.Value, limit, "x")));
        Assert.Equal("not-found", (await engine.Door.Ask(deal.OtherCompany, new GetCredit(deal.Company.Organisation!.Value))).Refusal?.Code);
        Assert.Equal(RefusalKind.Forbidden, (await engine.Door.Ask(deal.Lab, new GetCredit(deal.Company.Organisation!.Value))).Refusal?.Kind);
    }

    private async Task<IReadOnlyList<(AgreementId Id, string Document)>> Agreed(AgreementTestDeal deal, int count)
    {
        var agreed = new List<(AgreementId, string)>();
        for (var i = 0; i < count; i++)
        {
            var id = await deal.Apply();
            await engine.Accept(deal.Lab, new AcceptApplication(Guid.NewGuid(), id));
            await engine.Accept(deal.Lab, new AcceptTerms(Guid.NewGuid(), id, 1));
            await engine.Accept(deal.Company, new AcceptTerms(Guid.NewGuid(), id, 1));
            agreed.Add((id, (await engine.Door.Ask(deal.Company, new GetAgreement(id))).Value.Details.DocumentHash!));
        }

        return agreed;
    }

    private async Task AllIsWell() => Assert.Empty(await engine.Services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit).ToListAsync());
}
