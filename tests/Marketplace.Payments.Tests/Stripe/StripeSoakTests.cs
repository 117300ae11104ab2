using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Payments.Stripe;
using Marketplace.StripeSimulation;
using Marketplace.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>Thousands of payments with a Stripe that fails at random, worked off by the same sweeps as in production.</summary>
public abstract class StripeSoakTests : StripeTest
{
    private const int Payments = 2_000;
    private const int Companies = 50;
    private const int InvoicedEvery = 5;
    private const int Seed = 20261129;

    private static readonly FaultRates Faults = new()
    {
        DropBeforeWork = 0.05, DropAfterWork = 0.05, RateLimited = 0.05, LockTimeout = 0.02, Conflict = 0.03, ErrorBeforeWork = 0.03, ErrorAfterWork = 0.03,
        Declines = 0.05, StaysProcessing = 0.05,
    };

    [Fact]
    public async Task What_was_owed_is_charged_once_whatever_fails_and_the_books_agree()
    {
        var companies = new List<(Actor Company, string Method)>();
        for (var c = 0; c < Companies; c++)
        {
            var company = new Actor(ActorRole.Company, DerivedId.From<OrganisationId>($"company {c}"), $"officer {c}");
            companies.Add((company, c % InvoicedEvery == 0 ? "invoice" : await SaveCard(by: company.Organisation)));
        }

        var random = new Random(Seed);
        long[] owed = [.. Enumerable.Range(0, Payments).Select(_ => random.NextInt64(100, 5_000_000))];
        var agreements = await Engine.CollectionsDue("soak", Payments, "", i => owed[i], i => companies[i % Companies]);
        Stripe.Faults.AtRandom(Seed, Faults);
        Stripe.Deliveries.StartAutomatic(Seed, new DeliveryRates(Drops: 0.2, Duplicates: 0.2, Delays: 0.2));

        var sweep = Engine.Services.GetRequiredService<DueWorkSweep>();
        var intents = Engine.Services.GetRequiredService<WorkOffIntents>();
        var notices = Engine.Services.GetRequiredService<WorkOffProviderNotices>();
        var invoices = new HashSet<string>(StringComparer.Ordinal);
        var rounds = 0;
        for (; rounds < 200 && await Open() > 0; rounds++)
        {
            await sweep.Run(DueWork.Intent, stream => intents.WorkOff(stream));
            await sweep.Run(DueWork.Notices, stream => notices.WorkOff(stream));
            foreach (var processing in await Processing())
            {
                if (!processing.StartsWith("in_", StringComparison.Ordinal))
                {
                    Stripe.Acts.SettlePayment(processing);
                }
                else if (invoices.Add(processing))
                {
                    Stripe.Acts.PayInvoice(processing, "pm_card_visa");
                }
            }

            Engine.Pass(TimeSpan.FromHours(1));
        }

        Stripe.Faults.Clear();
        await Stripe.Deliveries.Quiet();
        await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember);
        await sweep.Run(DueWork.Notices, stream => notices.WorkOff(stream));

        var (paid, declined, doubles) = (0, 0, 0);
        for (var i = 0; i < Payments; i++)
        {
            var state = await Engine.StateOf(agreements[i]);
            var moved = Stripe.Books.Of("intent", state.Intents[0].Id.Value);
            Assert.Equal(state.Intents[0].MovedMinor, moved.Captured);
            Assert.True(moved.Captured == 0 || moved.Captured == owed[i]);
            Assert.Equal(moved.Captured, state.Receipts.Sum(r => r.Amount.AmountMinor));
            (paid, declined) = state.Intents[0].Status == IntentStatus.Succeeded ? (paid + 1, declined) : (paid, declined + 1);
            doubles += moved.Charges > 1 && moved.Captured > owed[i] ? 1 : 0;
        }

        Assert.Equal(0, doubles);
        Assert.Empty((await Reconciled()).Differences);
        Assert.Equal(Payments / InvoicedEvery, invoices.Count);
        Assert.InRange(declined, 1, Payments / 4);
        await Tell(
            $"soak {Database}: seed {Seed}, {Payments} payments, {paid} paid, {invoices.Count} of them by invoice, {declined} declined, {rounds} rounds, ledger {await CashInTheLedger()} = Stripe {BalanceAtStripe()}");
    }

    protected abstract string Database { get; }

    protected override IReadOnlyList<string> Listens => StripeRegistration.NoticeTypes;

    /// <summary>The test runner shows nothing of a test that passes: whoever runs all of them names a file.</summary>
    private static async Task Tell(string line)
    {
        if (Environment.GetEnvironmentVariable("MARKETPLACE_REPORT") is { Length: > 0 } report)
        {
            await File.AppendAllLinesAsync(report, [line]);
        }
    }

    private async Task<int> Open()
    {
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await database.Of<PaymentIntentRow>().CountAsync(i => i.NextLookAtUtc != null);
    }

    private async Task<List<string>> Processing()
    {
        await using var database = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await database.Of<PaymentIntentRow>().Where(i => i.Status == IntentStatus.Processing && i.ExternalId != null).Select(i => i.ExternalId!).ToListAsync();
    }
}

public sealed class SqliteStripeSoakTests : StripeSoakTests
{
    protected override string Database => "SQLite";
}

public sealed class PostgresStripeSoakTests : StripeSoakTests
{
    private string? connectionString;

    protected override string Database => "PostgreSQL";

    protected override string ConnectionString => connectionString!;

    public override async ValueTask InitializeAsync()
    {
        connectionString = await (await PostgresCluster.Shared).CreateDatabase();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await PostgresCluster.Shared).DropDatabase(ConnectionString);
        GC.SuppressFinalize(this);
    }
}
