namespace Marketplace.Payments.Tests.Bank;

/// <summary>An engine with one bank account of the platform's own, in yuan.</summary>
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
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
