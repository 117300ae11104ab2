using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class PaymentMethod : DatedObject
{
    public override string Object => "payment_method";

    public required string Type { get; init; }

    public string? Customer { get; internal set; }

    public string? CustomerAccount => null;

    public bool Livemode => false;

    public required BillingAddress BillingDetails { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CardFace? Card => Type == "card" ? new CardFace(Behaviour.Brand) : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Alipay => Type == "alipay" ? [] : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? WechatPay => Type == "wechat_pay" ? [] : null;

    internal required TestMethod Behaviour { get; init; }

    /// <summary>It asked its holder once and was set up for later payments.</summary>
    internal bool SetUp { get; set; }

    public sealed record BillingAddress(string? Email, string? Name, string? Phone)
    {
        public JsonObject? Address => null;

        public string? TaxId => null;
    }

    public sealed record CardFace(string Brand)
    {
        public string? DisplayBrand => Brand;

        public string Last4 => "4242";

        public int ExpMonth => 12;

        public int ExpYear => 2099;

        public string Country => "US";

        public string Funding => "credit";
    }
}

internal sealed class PaymentMethodEndpoints(World world) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/payment_methods", call => Make(call.Parameters, call.Parameters.Need("type"), call.Parameters.Metadata())),
        new("GET /v1/payment_methods/{}", call => world.PaymentMethods.Get(call.Id)),
        new("GET /v1/payment_methods", List),
        new("POST /v1/payment_methods/{}/attach", call => Attach(Take(call.Id, "id"), Customer(call))),
        new("POST /v1/payment_methods/{}/detach", call => Detach(world.PaymentMethods.Get(call.Id))),
    ];

    /// <summary>A method that exists, or a new one where a test token stands for it.</summary>
    public PaymentMethod Take(string idOrToken, string param) =>
        TestMethod.Tokens.TryGetValue(idOrToken, out var behaviour)
            ? Add(behaviour, new PaymentMethod.BillingAddress(null, null, null), [])
            : world.PaymentMethods.Get(idOrToken, param);

    /// <summary>From payment_method_data, or the parameters of its own creation. Cards come from tokens only.</summary>
    public PaymentMethod Make(Parameters data, string type, Dictionary<string, string> metadata)
    {
        var billing = data.Within("billing_details");
        var behaviour = type == "card"
            ? TestMethod.Tokens.GetValueOrDefault(data.Within("card")?.Text("token")?.Replace("tok_", "pm_card_", StringComparison.Ordinal) ?? "pm_card_visa", TestMethod.Visa)
            : TestMethod.Tokens.Values.FirstOrDefault(t => t.Type == type) ?? throw StripeError.Invalid($"The payment method type '{type}' is not played here.", "type");
        return Add(behaviour, new PaymentMethod.BillingAddress(billing?.Text("email"), billing?.Text("name"), billing?.Text("phone")), metadata);
    }

    /// <exception cref="StripeError">402: the card is declined when it is stored.</exception>
    public PaymentMethod Attach(PaymentMethod method, Customer customer)
    {
        if (method.Behaviour is { DeclinesWhenStored: true, Decline: { } decline })
        {
            throw decline.ToError();
        }

        if (method.Behaviour.IsSingleUse)
        {
            throw StripeError.Invalid($"Payment methods of type {method.Type} cannot be attached to a customer.", "payment_method", "payment_method_unexpected_state");
        }

        if (method.Customer is { } other && other != customer.Id)
        {
            throw StripeError.Invalid("The payment method you provided has already been attached to a customer.", "payment_method", "payment_method_unexpected_state");
        }

        if (method.Customer is null)
        {
            method.Customer = customer.Id;
            world.Emit("payment_method.attached", method);
        }

        return method;
    }

    private PaymentMethod Add(TestMethod behaviour, PaymentMethod.BillingAddress billing, Dictionary<string, string> metadata) => world.PaymentMethods.Add(new PaymentMethod
    {
        Id = world.NewId("pm"), Created = world.Now, Type = behaviour.Type, Behaviour = behaviour, BillingDetails = billing, Metadata = metadata,
    });

    private PaymentMethod Detach(PaymentMethod method)
    {
        if (method.Customer is null)
        {
            throw StripeError.Invalid("The payment method you provided is not attached to a customer so detachment is impossible.", "payment_method", "payment_method_unexpected_state");
        }

        method.Customer = null;
        world.Emit("payment_method.detached", method);
        return method;
    }

    private Customer Customer(Call call) => world.Customers.Get(call.Parameters.Need("customer"), "customer");

    private JsonObject List(Call call)
    {
        var customer = call.Parameters.Text("customer") is { } id ? world.Customers.Get(id, "customer") : null;
        var type = call.Parameters.Text("type");
        return world.PaymentMethods.Page(call, m => customer is not null && m.Customer == customer.Id && (type is null || m.Type == type));
    }
}
