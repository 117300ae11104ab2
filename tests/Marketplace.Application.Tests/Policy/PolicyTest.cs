using Marketplace.Application.Payments;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketplace.Application.Tests.Policy;

/// <summary>An engine on a fresh database for each test, with a lab's offer and two companies; 5 January 2026.</summary>
public abstract class PolicyTest(Func<Task<Database>> create) : IAsyncLifetime
{
    public static readonly Func<Task<Database>> OnSqlite = () => Task.FromResult<Database>(new SqliteDatabase());
    public static readonly Func<Task<Database>> OnPostgres = PostgresDatabase.Create;

    private Database database = null!;

    private protected IStorage Storage { get; private set; } = null!;

    private protected TestEngine Engine { get; private set; } = null!;

    private protected AgreementTestDeal Deal { get; private set; } = null!;

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));

    public virtual async ValueTask InitializeAsync()
    {
        database = await create();
        Storage = database.NewStorage();
        await Storage.Open();
        Engine = await TestEngine.Start(Storage, time: Time, configure: Add);
        Deal = new AgreementTestDeal(Engine, Time);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Storage.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a test has in the engine beside what belongs there.</summary>
    private protected virtual void Add(IServiceCollection services) => services.AddSingleton<IPaymentProvider, PaperProvider>();

    protected static Money Yuan(long amountMinor) => new(amountMinor, Currency.Cny);

    /// <summary>Knows one way to pay, and is never asked to.</summary>
    private sealed class PaperProvider : IPaymentProvider
    {
        public string Name => "paper";

        public bool Offers(string method) => method == "cheque";

        public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default) => throw new InvalidOperationException("Nobody sends here.");

        public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) => throw new InvalidOperationException("Nobody asks here.");

        public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) => throw new InvalidOperationException("Nobody cancels here.");
    }
}
