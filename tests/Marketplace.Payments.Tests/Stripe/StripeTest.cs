using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Reconciliations;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Payments;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Stripe;
using Marketplace.StripeSimulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>
/// The engine before a Stripe of our own. Every test ends with all invariants, and with the ledger's cash and Stripe's balance the same to the
/// last minor unit.
/// </summary>
public abstract class StripeTest : IAsyncLifetime
{
    protected const string Charge = "POST /v1/payment_intents";

    private readonly List<string> secrets = ["whsec_simulator"];

    /// <summary>Where the clock stands at first.</summary>
    protected virtual DateTimeOffset BeginsAtUtc => PaymentEngine.Noon("2025-03-03");

    protected FakeTimeProvider Time { get; private set; } = null!;

    protected StripeSimulator Stripe { get; private set; } = null!;

    protected PaymentEngine Engine { get; private set; } = null!;

    /// <summary>What administrators are told of the books of providers.</summary>
    protected Alerts Alerts { get; } = new();

    protected WebhookEndpoint Endpoint { get; private set; } = null!;

    /// <summary>Money with Stripe that belongs to no agreement.</summary>
    protected long PlatformsOwnMinor { get; set; }

    /// <summary>What a test leaves for a person to clear up.</summary>
    protected DifferenceKind? StaysDifferent { get; set; }

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-stripe-");

    /// <summary>A file of its own, that outlives a restart.</summary>
    protected virtual string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "marketplace.db")}";

    protected StripeSettings Settings => StripeSettings.Of(Stripe.ApiKey, secrets, Stripe.Url, ["card", "alipay", "wechat_pay"], new Uri("http://localhost:5080"));

    public virtual async ValueTask InitializeAsync()
    {
        Time = new FakeTimeProvider(BeginsAtUtc);
        Stripe = StripeSimulator.Start(Time);
        await StartEngine();
    }

    public virtual async ValueTask DisposeAsync()
    {
        Stripe.Faults.Clear();
        await Engine.Services.GetRequiredService<DueWorkSweep>().Run(DueWork.Obligations); // tests move the clock further than they ring
        Assert.Empty(await Engine.Check());
        Assert.Empty(Stripe.Books.Broken());
        Assert.Equal(BalanceAtStripe(), await CashInTheLedger() + PlatformsOwnMinor);
        Assert.DoesNotContain((await Reconciled()).Differences, d => d.Kind != DifferenceKind.OfNoPayment && d.Kind != StaysDifferent);
        await Engine.DisposeAsync();
        await Stripe.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The ledger held against Stripe's account, which was read to its beginning before.</summary>
    protected async Task<ProviderReconciled> Reconciled()
    {
        await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(TimeSpan.FromDays(3_650));
        return await Engine.Services.GetRequiredService<ReconcileProviders>().Find("stripe");
    }

    /// <summary>What Stripe sends to our endpoint; null: everything.</summary>
    protected virtual IReadOnlyList<string>? Listens => null;

    protected async Task StartEngine()
    {
        Engine = await PaymentEngine.Start(ConnectionString, stripe: Settings, clock: Time, configure: services => services.AddLogging(log => log
            .AddProvider(Alerts).AddFilter<Alerts>(typeof(SweepProviderBooks).FullName, LogLevel.Error)));
        Endpoint = Stripe.Deliveries.Register(Engine.Webhooks, types: Listens);
    }

    /// <summary>The process ends, and another one begins on the same database.</summary>
    protected async Task Restart()
    {
        Stripe.Deliveries.Unregister(Endpoint);
        await Engine.DisposeAsync();
        await StartEngine();
    }

    protected long BalanceAtStripe(string currency = "cny") => Stripe.Books.Available(currency) + Stripe.Books.Pending(currency);

    protected async Task<long> CashInTheLedger(string currency = "CNY")
    {
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        var cash = ChartOfAccounts.CashAt("stripe");
        return await database.Of<Application.Agreements.AccountBalanceRow>().Where(b => b.Account == cash && b.Currency == currency).SumAsync(b => b.BalanceMinor);
    }

    /// <summary>The company leaves a card with Stripe, as it would: on Stripe's page, of which a webhook tells.</summary>
    /// <returns>The method of a mandate.</returns>
    protected async Task<string> SaveCard(string card = "pm_card_visa", OrganisationId? by = null)
    {
        var company = by ?? Deals.Company.Organisation!.Value;
        var page = await Engine.Services.GetRequiredService<IHostedPages>().ToSaveMethod(company, new Uri("http://localhost:5080/"));
        Assert.Null(Stripe.Acts.SubmitCheckout(page.Address.Segments[^1], card));
        await Hear();
        return (await Profile(company)).Saved.Keys.Last();
    }

    /// <summary>The laboratory says to Stripe who it is.</summary>
    protected async Task OpenLabsAccount()
    {
        await Engine.Services.GetRequiredService<IHostedPages>().ToBePaid(Deals.Lab.Organisation!.Value, "示例实验室", "HK", new Uri("http://localhost:5080/"));
        var account = (await Profile(Deals.Lab.Organisation!.Value)).Payee!;
        Stripe.Acts.CompleteOnboarding(account);
        await Hear();
        Assert.True((await Profile(Deals.Lab.Organisation!.Value)).MayBePaid);
    }

    protected Task<PaymentProfile> Profile(OrganisationId organisation) =>
        Engine.Grains.GetGrain<IPaymentProfileGrain>(IPaymentProfileGrain.KeyOf("stripe", organisation)).State();

    /// <summary>All webhooks arrive, and are worked off.</summary>
    protected async Task Hear()
    {
        Assert.All(await Stripe.Deliveries.DeliverAll(), d => Assert.True(d.IsTaken, $"{d.Delivery.Type}: {d.Status}"));
        await WorkOffNotices();
    }

    protected async Task WorkOffNotices()
    {
        foreach (var row in await Notices())
        {
            Assert.IsType<Accepted>(await Engine.Services.GetRequiredService<WorkOffProviderNotices>().WorkOff($"provider-notice/{row.Notice}"));
        }
    }

    protected async Task<List<ProviderNoticeRow>> Notices()
    {
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await database.Of<ProviderNoticeRow>().OrderBy(n => n.Notice).ToListAsync();
    }

    protected async Task<List<ProviderMovementRow>> Movements()
    {
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await database.Of<ProviderMovementRow>().OrderBy(m => m.Movement).ToListAsync();
    }

    /// <summary>Works off one agreement's intents until Stripe has concluded them.</summary>
    protected async Task Conclude(AgreementId agreement)
    {
        for (var i = 0; i < 20 && (await Engine.StateOf(agreement)).Intents.Any(intent => intent.IsOpen); i++)
        {
            Assert.IsType<Accepted>(await Engine.WorkOff(agreement));
            Engine.Pass(TimeSpan.FromHours(1));
        }
    }

    protected int Charges(PaymentIntentId intent) => Stripe.Books.Of("intent", intent.Value).Charges;
}
