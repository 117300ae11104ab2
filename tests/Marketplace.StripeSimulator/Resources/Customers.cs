using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class Customer : DatedObject
{
    public override string Object => "customer";

    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Description { get; init; }

    public long Balance => 0;

    public string? Currency => null;

    public string? DefaultSource => null;

    public bool Delinquent => false;

    public bool Livemode => false;

    public Defaults InvoiceSettings { get; } = new();

    public required Dictionary<string, string> Metadata { get; init; }

    public sealed class Defaults
    {
        public string? DefaultPaymentMethod { get; internal set; }

        public string? Footer => null;
    }
}

internal sealed class CustomerEndpoints(World world, PaymentMethodEndpoints methods) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/customers", Create),
        new("GET /v1/customers/{}", call => world.Customers.Get(call.Id)),
        new("GET /v1/customers", call => world.Customers.Page(call, call.Parameters.Text("email") is { } email ? c => c.Email == email : null)),
    ];

    private Customer Create(Call call)
    {
        var customer = new Customer
        {
            Id = world.NewId("cus"), Created = world.Now, Email = call.Parameters.Text("email"), Name = call.Parameters.Text("name"),
            Phone = call.Parameters.Text("phone"), Description = call.Parameters.Text("description"), Metadata = call.Parameters.Metadata(),
        };
        world.Customers.Add(customer);
        if (call.Parameters.Text("payment_method") is { } method)
        {
            methods.Attach(methods.Take(method, "payment_method"), customer);
        }

        if (call.Parameters.Within("invoice_settings")?.Text("default_payment_method") is { } standard)
        {
            customer.InvoiceSettings.DefaultPaymentMethod = methods.Take(standard, "invoice_settings[default_payment_method]").Id;
        }

        world.Emit("customer.created", customer);
        return customer;
    }
}
