using Marketplace.Application.Reconciliations;
using Marketplace.Domain.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>An engine with one bank account of the platform's own, in yuan. Ends with ledger and statements saying the same, unless something waits for a person.</summary>
public abstract class BankTest(bool onPostgres) : EngineTest(onPostgres)
{
    private protected BankBooks Books => new(Engine);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Books.Open();
    }

    public override async ValueTask DisposeAsync()
    {
        await Books.Sweep();
        var found = (await Engine.Services.GetRequiredService<ReconcileProviders>().Find("bank")).Differences;
        Assert.Equal(found.Any(d => d.Kind == DifferenceKind.OfNoPayment), found.Count > 0);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
