using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Reconciliations;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Payments;
using Marketplace.StripeSimulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>Each thing in which ledger and provider differ is found, by its name, and gone when it is told.</summary>
public sealed class ReconciliationTests : StripeTest
{
    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "administrator");

    [Fact]
    public async Task A_payment_whose_outcome_is_not_known_is_in_flight()
    {
        var agreement = await Engine.CollectionDue("in flight", await SaveCard(), provider: "stripe");
        var intent = await Engine.IntentOf(agreement);
        Stripe.Faults.Next(Charge, new Fault.DropAfterWork());
        await Engine.WorkOff(agreement);

        var found = await Reconciled();
        var difference = Assert.Single(found.Differences);
        Assert.Equal((DifferenceKind.InFlight, agreement, intent.Id, 0), (difference.Kind, difference.Agreement!.Value, difference.Intent!.Value, difference.LedgerMinor));
        Assert.Equal((BalanceAtStripe(), BalanceAtStripe(), intent.Amount.AmountMinor), (difference.ProviderMinor, found.Currencies[0].LinesMinor, found.Currencies[0].InFlightMinor));

        await Conclude(agreement);
        Assert.Empty((await Reconciled()).Differences);
    }

    [Fact]
    public async Task What_no_line_shows_is_named_with_the_day_on_which_it_was_found_first()
    {
        var agreement = await Engine.CollectionDue("not seen", await SaveCard(), provider: "stripe");
        await Conclude(agreement);
        var reconcile = Engine.Services.GetRequiredService<ReconcileProviders>();
        await reconcile.Run(); // nobody has read Stripe's account yet
        var first = await Recorded(LocalTime.DateOf(Time.GetUtcNow()));
        Assert.Equal(
            [DifferenceKind.NotAtProvider, DifferenceKind.Balance],
            first.Differences.Select(d => d.Kind));

        Engine.Pass(TimeSpan.FromDays(1));
        await reconcile.Run();
        await reconcile.Run(); // twice on a day says the same
        var second = await Recorded(LocalTime.DateOf(Time.GetUtcNow()));
        Assert.All(second.Differences, d => Assert.Equal(first.Day, d.Since));

        var list = (await Engine.Door.Ask(Administrator, new ListReconciliations())).Value;
        Assert.Equal([(2, 2), (2, 0)], list.Days.Where(d => d.Provider == "stripe").Select(d => (d.Differences, d.Lasting)));
        Assert.Equal(["bank", "stripe"], list.Providers);
        Assert.Null(list.Next);
        var page = (await Engine.Door.Ask(Administrator, new ListReconciliations(Days: 1))).Value;
        Assert.Equal((second.Day, second.Day), (page.Days.Select(d => d.Day).Distinct().Single(), page.Next));
    }

    [Fact]
    public async Task A_line_of_no_payment_is_named_until_a_person_says_what_it_is()
    {
        Stripe.Acts.TopUp("cny", 70_000); // from our bank, which explains itself
        Stripe.Acts.Bill("cny", 2_000);
        PlatformsOwnMinor = 68_000;
        var line = Assert.Single((await Reconciled()).Differences);
        Assert.Equal((DifferenceKind.OfNoPayment, -2_000), (line.Kind, line.ProviderMinor));

        Assert.Equal("not-found", await Explain(Administrator, "stripe:txn_of_nothing"));
        Assert.Null(await Explain(Administrator, line.Line!));
        Assert.Equal("movement-explained", await Explain(Administrator, line.Line!));
        Assert.Empty((await Reconciled()).Differences);
    }

    [Fact]
    public async Task What_a_payment_moved_cannot_be_explained_away()
    {
        var agreement = await Engine.CollectionDue("of a payment", await SaveCard(), provider: "stripe");
        await Conclude(agreement);
        await Reconciled();
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var line = await database.Of<ProviderMovementRow>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("movement-of-payment", await Explain(Administrator, line.Movement));
    }

    private async Task<string?> Explain(Principal by, string movement) =>
        (await Engine.Door.Send(by, new ExplainProviderMovement(Guid.NewGuid(), movement, IsFee: true, "月度服务费"))) is Refused { Refusal.Code: var code } ? code : null;

    private async Task<ProviderReconciled> Recorded(DateOnly day) => (await Engine.Door.Ask(Administrator, new GetReconciliation("stripe", day))).Value;
}
