using Marketplace.StripeSimulation.State;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>All families of resources, over one world.</summary>
internal sealed class Families
{
    public Families(World world)
    {
        Disputes = new(world);
        Methods = new(world);
        Charging = new(world, Methods, Disputes);
        Setups = new(world, Methods);
        Checkout = new(world, Methods, Charging, Setups);
        Invoices = new(world, Methods, Charging);
        Refunds = new(world);
        Payouts = new(world);
        Accounts = new(world);
        Routes = new IEndpoints[]
        {
            new CustomerEndpoints(world, Methods), Methods, Setups, new PaymentIntentEndpoints(world, Methods, Charging), new ChargeEndpoints(world), Checkout,
            Refunds, Disputes, Invoices, new TransferEndpoints(world), new BalanceEndpoints(world), Payouts, Accounts,
            new EventEndpoints(world),
        }.SelectMany(f => f.Routes).ToDictionary(r => r.Endpoint, r => r.Handle);
    }

    public PaymentMethodEndpoints Methods { get; }

    public Charging Charging { get; }

    public SetupIntentEndpoints Setups { get; }

    public CheckoutEndpoints Checkout { get; }

    public InvoiceEndpoints Invoices { get; }

    public RefundEndpoints Refunds { get; }

    public DisputeEndpoints Disputes { get; }

    public PayoutEndpoints Payouts { get; }

    public AccountEndpoints Accounts { get; }

    /// <summary>By endpoint, as the contract spells it.</summary>
    public IReadOnlyDictionary<string, Func<Wire.Call, object>> Routes { get; }
}
