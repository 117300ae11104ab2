using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class SetupIntent : DatedObject
{
    public override string Object => "setup_intent";

    public required string? Customer { get; init; }

    public string? Description { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public string Status { get; internal set; } = "requires_payment_method";

    public string? PaymentMethod { get; internal set; }

    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }

    public required string Usage { get; init; }

    public JsonObject? NextAction { get; internal set; }

    public JsonObject? LastSetupError { get; internal set; }

    public string? CancellationReason { get; internal set; }

    public string ClientSecret => $"{Id}_secret_simulator";

    public bool Livemode => false;

    internal Action<SetupIntent>? Changed { get; set; }
}

internal sealed class SetupIntentEndpoints(World world, PaymentMethodEndpoints methods) : IEndpoints
{
    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/setup_intents", Create),
        new("GET /v1/setup_intents/{}", call => world.SetupIntents.Get(call.Id)),
        new("GET /v1/setup_intents", List),
        new("POST /v1/setup_intents/{}/confirm", call => Confirm(world.SetupIntents.Get(call.Id), call)),
        new("POST /v1/setup_intents/{}/cancel", call => Cancel(world.SetupIntents.Get(call.Id), call.Parameters.Text("cancellation_reason"))),
    ];

    /// <summary>The customer agreed, or was not asked: the method is kept for payments in their absence.</summary>
    public SetupIntent Complete(SetupIntent intent, PaymentMethod method)
    {
        intent.Status = "succeeded";
        intent.NextAction = null;
        intent.LastSetupError = null;
        method.SetUp = true;
        if (intent.Customer is { } customer)
        {
            methods.Attach(method, world.Customers.Get(customer, "customer"));
        }

        world.Emit("setup_intent.succeeded", intent);
        intent.Changed?.Invoke(intent);
        return intent;
    }

    public StripeError Fail(SetupIntent intent, PaymentMethod method, Decline why)
    {
        intent.Status = "requires_payment_method";
        intent.PaymentMethod = null;
        intent.NextAction = null;
        intent.LastSetupError = new JsonObject
        {
            ["type"] = "card_error", ["code"] = why.Code, ["decline_code"] = why.DeclineCode, ["message"] = why.Message, ["payment_method"] = method.ToJson(),
        };
        world.Emit("setup_intent.setup_failed", intent);
        intent.Changed?.Invoke(intent);
        return why.ToError(new JsonObject { ["setup_intent"] = intent.ToJson(), ["payment_method"] = method.ToJson() });
    }

    /// <exception cref="StripeError">402: declined.</exception>
    public SetupIntent Attempt(SetupIntent intent, PaymentMethod method, string? returnUrl, Fault? fault)
    {
        intent.PaymentMethod = method.Id;
        if (fault is Fault.Declines { Why: var why })
        {
            throw Fail(intent, method, why);
        }

        if (method.Behaviour is { Decline: { } decline, DeclinesWhenStored: true })
        {
            throw Fail(intent, method, decline);
        }

        if (fault is Fault.RequiresAction || method.Behaviour.Authentication != Authentication.None)
        {
            intent.Status = "requires_action";
            intent.NextAction = Charging.ActionOf(intent, TestMethod.Visa, returnUrl);
            world.Emit("setup_intent.requires_action", intent);
            return intent;
        }

        return Complete(intent, method);
    }

    private SetupIntent Create(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "attach_to_self", "confirmation_token", "on_behalf_of", "payment_method_configuration", "single_use");
        var customer = asked.Text("customer") is { } id ? world.Customers.Get(id, "customer").Id : null;
        var usage = asked.Text("usage") ?? "off_session";
        var method = MethodOf(asked);
        var intent = world.SetupIntents.Add(new SetupIntent
        {
            Id = world.NewId("seti"), Created = world.Now, Customer = customer, Description = asked.Text("description"), Metadata = asked.Metadata(), Usage = usage,
            PaymentMethodTypes = AllowedMethods.Of(asked, world.Options, null, forLater: usage == "off_session"),
        });
        if (method is not null)
        {
            Check(intent, method);
            intent.PaymentMethod = method.Id;
            intent.Status = "requires_confirmation";
        }

        world.Emit("setup_intent.created", intent);
        return asked.Flag("confirm") ? Confirm(intent, call) : intent;
    }

    private SetupIntent Confirm(SetupIntent intent, Call call)
    {
        if (intent.Status is "succeeded" or "canceled")
        {
            throw Unexpected(intent, $"This SetupIntent's status is {intent.Status}, so you cannot confirm it.");
        }

        var method = call.Endpoint.Path.EndsWith("/confirm", StringComparison.Ordinal) ? MethodOf(call.Parameters) : null;
        method ??= intent.PaymentMethod is { } chosen ? world.PaymentMethods.Get(chosen) : throw Unexpected(intent, "You cannot confirm this SetupIntent because it's missing a payment method.");
        Check(intent, method);
        return Attempt(intent, method, call.Parameters.Text("return_url"), call.Fault);
    }

    private SetupIntent Cancel(SetupIntent intent, string? reason)
    {
        if (intent.Status is "succeeded" or "canceled")
        {
            throw Unexpected(intent, $"You cannot cancel this SetupIntent because it has a status of {intent.Status}.");
        }

        intent.Status = "canceled";
        intent.CancellationReason = reason;
        intent.NextAction = null;
        world.Emit("setup_intent.canceled", intent);
        return intent;
    }

    private PaymentMethod? MethodOf(Parameters asked) =>
        asked.Text("payment_method") is { } id ? methods.Take(id, "payment_method")
        : asked.Within("payment_method_data") is { } data ? methods.Make(data, data.Need("type"), [])
        : null;

    private static void Check(SetupIntent intent, PaymentMethod method)
    {
        if (!intent.PaymentMethodTypes.Contains(method.Type))
        {
            throw StripeError.Invalid($"The PaymentMethod provided ({method.Type}) is not allowed for this SetupIntent.", "payment_method");
        }
    }

    private JsonObject List(Call call)
    {
        var (customer, method) = (call.Parameters.Text("customer"), call.Parameters.Text("payment_method"));
        return world.SetupIntents.Page(call, i => (customer is null || i.Customer == customer) && (method is null || i.PaymentMethod == method));
    }

    private static StripeError Unexpected(SetupIntent intent, string message) =>
        new(400, StripeError.InvalidRequest, message) { Code = "setup_intent_unexpected_state", Details = new JsonObject { ["setup_intent"] = intent.ToJson() } };
}
