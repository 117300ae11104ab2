using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class PaymentIntent : DatedObject
{
    public override string Object => "payment_intent";

    public required long Amount { get; init; }

    public long AmountCapturable => 0;

    public long AmountReceived { get; internal set; }

    public required string Currency { get; init; }

    public required string? Customer { get; init; }

    public string? Description { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public string Status { get; internal set; } = "requires_payment_method";

    public string? PaymentMethod { get; internal set; }

    public IReadOnlyList<string>? AllowedPaymentMethodTypes { get; init; }

    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }

    public string? LatestCharge { get; internal set; }

    public JsonObject? LastPaymentError { get; internal set; }

    public JsonObject? NextAction { get; internal set; }

    public string? TransferGroup { get; init; }

    public string? SetupFutureUsage { get; init; }

    public string? ReceiptEmail { get; init; }

    public string? StatementDescriptor { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    public long? CanceledAt { get; internal set; }

    public string? CancellationReason { get; internal set; }

    public string CaptureMethod => "automatic_async";

    public string ConfirmationMethod => "automatic";

    public string ClientSecret => $"{Id}_secret_simulator";

    public bool Livemode => false;

    /// <summary>Made by a checkout session or an invoice, which alone may end it.</summary>
    internal bool IsOfAnother { get; init; }

    /// <summary>Of the invoice that made it, which says nothing of this here.</summary>
    internal IReadOnlyDictionary<string, string>? OwnersMetadata { get; init; }

    /// <summary>Whoever made it hears how it went.</summary>
    internal Action<PaymentIntent>? Changed { get; set; }
}

internal sealed class PaymentIntentEndpoints(World world, PaymentMethodEndpoints methods, Charging charging) : IEndpoints
{
    private static readonly string[] Confirmable = ["requires_payment_method", "requires_confirmation", "requires_action"];

    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/payment_intents", Create),
        new("GET /v1/payment_intents/{}", call => world.PaymentIntents.Get(call.Id, "id")),
        new("GET /v1/payment_intents", List),
        new("POST /v1/payment_intents/{}/confirm", call => Confirm(world.PaymentIntents.Get(call.Id), call)),
        new("POST /v1/payment_intents/{}/cancel", call => Cancel(world.PaymentIntents.Get(call.Id), call.Parameters.Text("cancellation_reason"))),
    ];

    private PaymentIntent Create(Call call)
    {
        var asked = call.Parameters;
        NotPlayed(asked, "application_fee_amount", "transfer_data", "on_behalf_of", "confirmation_token", "payment_method_configuration", "hooks");
        var currency = Currencies.Check(asked.Need("currency"));
        var amount = Currencies.CheckCharge(asked.Number("amount")!.Value, currency);
        if (asked.Text("capture_method") == "manual" || asked.Text("confirmation_method") == "manual")
        {
            throw new NotPlayedException("manual capture and manual confirmation");
        }

        var confirm = asked.Flag("confirm");
        if (asked.Has("off_session") && !confirm)
        {
            throw StripeError.Invalid("You can only use the parameter `off_session` when creating a PaymentIntent with `confirm=true`.", "off_session");
        }

        var customer = asked.Text("customer") is { } id ? world.Customers.Get(id, "customer").Id : null;
        var types = AllowedMethods.Of(asked, world.Options, currency, forLater: asked.Text("setup_future_usage") == "off_session");
        if (confirm && !OffSession(asked) && asked.Text("return_url") is null && asked.Texts("allowed_payment_method_types") is null
            && asked.Within("automatic_payment_methods")?.Text("allow_redirects") != "never" && types.Contains("alipay"))
        {
            throw StripeError.Invalid(
                "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
                "return_url");
        }

        var method = MethodOf(asked);
        var intent = world.PaymentIntents.Add(new PaymentIntent
        {
            Id = world.NewId("pi"), Created = world.Now, Amount = amount, Currency = currency, Customer = customer, Metadata = asked.Metadata(),
            Description = asked.Text("description"), TransferGroup = asked.Text("transfer_group"), SetupFutureUsage = asked.Text("setup_future_usage"),
            AllowedPaymentMethodTypes = asked.Texts("allowed_payment_method_types"), PaymentMethodTypes = types, ReceiptEmail = asked.Text("receipt_email"),
            StatementDescriptor = asked.Text("statement_descriptor"), StatementDescriptorSuffix = asked.Text("statement_descriptor_suffix"),
        });
        if (method is not null)
        {
            charging.Choose(intent, method);
            intent.Status = "requires_confirmation";
        }

        world.Emit("payment_intent.created", intent);
        return confirm ? Confirm(intent, call) : intent;
    }

    private PaymentIntent Confirm(PaymentIntent intent, Call call)
    {
        var asked = call.Parameters;
        if (!Confirmable.Contains(intent.Status))
        {
            throw Unexpected(intent, $"This PaymentIntent's status is {intent.Status}, so you cannot confirm it.");
        }

        if (call.Endpoint.Path.EndsWith("/confirm", StringComparison.Ordinal) && MethodOf(asked) is { } method)
        {
            charging.Choose(intent, method);
        }

        if (intent.PaymentMethod is null)
        {
            throw Unexpected(intent, "You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent, specify a payment method attached to a customer along with the customer ID.");
        }

        return charging.Attempt(intent, OffSession(asked) || asked.Flag("error_on_requires_action"), asked.Text("return_url"), call.Fault);
    }

    private PaymentIntent Cancel(PaymentIntent intent, string? reason)
    {
        if (!Confirmable.Contains(intent.Status))
        {
            throw Unexpected(intent, $"You cannot cancel this PaymentIntent because it has a status of {intent.Status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.");
        }

        if (intent.IsOfAnother)
        {
            throw Unexpected(intent, "You cannot cancel this PaymentIntent: it belongs to a Checkout Session or an Invoice.");
        }

        intent.Status = "canceled";
        intent.CanceledAt = world.Now;
        intent.CancellationReason = reason;
        intent.NextAction = null;
        world.Emit("payment_intent.canceled", intent);
        return intent;
    }

    private PaymentMethod? MethodOf(Parameters asked) =>
        asked.Text("payment_method") is { } id ? methods.Take(id, "payment_method")
        : asked.Within("payment_method_data") is { } data ? methods.Make(data, data.Need("type"), [])
        : null;

    private JsonObject List(Call call)
    {
        var customer = call.Parameters.Text("customer");
        return world.PaymentIntents.Page(call, i => customer is null || i.Customer == customer);
    }

    private static bool OffSession(Parameters asked) => asked.Text("off_session") is { } off && off != "false";

    internal static void NotPlayed(Parameters asked, params string[] names)
    {
        if (names.FirstOrDefault(asked.Has) is { } name)
        {
            throw new NotPlayedException($"the parameter {name}");
        }
    }

    internal static StripeError Unexpected(PaymentIntent intent, string message) =>
        new(400, StripeError.InvalidRequest, message) { Code = "payment_intent_unexpected_state", Details = new JsonObject { ["payment_intent"] = intent.ToJson() } };
}

/// <summary>Stripe can do it and the simulator cannot. Answered with 501, so that no test takes silence for success.</summary>
internal sealed class NotPlayedException(string what) : Exception($"The simulator does not play {what}.");
