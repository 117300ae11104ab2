using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class CheckoutSession : DatedObject
{
    public override string Object => "checkout.session";

    public required string Mode { get; init; }

    public string? Status { get; internal set; } = "open";

    public required string PaymentStatus { get; set; }

    public required long? AmountTotal { get; init; }

    public long? AmountSubtotal => AmountTotal;

    public required string? Currency { get; init; }

    public string? Customer { get; internal set; }

    public string? CustomerEmail { get; init; }

    public string? ClientReferenceId { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public IReadOnlyList<string>? AllowedPaymentMethodTypes { get; init; }

    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }

    public string? PaymentIntent { get; internal set; }

    public string? SetupIntent { get; internal set; }

    public string? SuccessUrl { get; init; }

    public string? CancelUrl { get; init; }

    public string UiMode => "hosted_page";

    public required long ExpiresAt { get; init; }

    public string? Url => Status == "open" ? $"https://checkout.stripe.com/c/pay/{Id}" : null;

    public bool Livemode => false;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReturnUrl => null;

    /// <summary>payment_intent_data or setup_intent_data.</summary>
    internal required Parameters Data { get; init; }
}

internal sealed class CheckoutEndpoints(World world, PaymentMethodEndpoints methods, Charging charging, SetupIntentEndpoints setups) : IEndpoints
{
    private const long ShortestSeconds = 30 * 60;
    private const long LongestSeconds = 24 * 60 * 60;

    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/checkout/sessions", Create),
        new("GET /v1/checkout/sessions/{}", call => world.Sessions.Get(call.Id)),
        new("GET /v1/checkout/sessions", List),
        new("POST /v1/checkout/sessions/{}/expire", Expire),
    ];

    /// <summary>The customer fills in the page and pays, or stores a method.</summary>
    /// <returns>Null, or why the page said no. The session stays open then.</returns>
    public Decline? Submit(CheckoutSession session, string methodOrToken)
    {
        if (session.Status != "open")
        {
            throw new InvalidOperationException($"{session.Id} is {session.Status}: its page is gone.");
        }

        var method = methods.Take(methodOrToken, "payment_method");
        if (!session.PaymentMethodTypes.Contains(method.Type))
        {
            throw new InvalidOperationException($"The page of {session.Id} offers {string.Join(", ", session.PaymentMethodTypes)}, not {method.Type}.");
        }

        if (method.Behaviour.Decline is { } decline && (session.Mode == "payment" || method.Behaviour.DeclinesWhenStored))
        {
            if (session.Mode == "payment")
            {
                charging.Fail(IntentOf(session), method, decline);
            }

            return decline;
        }

        if (session.Mode == "setup")
        {
            Store(session, method);
        }
        else
        {
            Pay(session, method);
        }

        return null;
    }

    public void Expire(CheckoutSession session)
    {
        session.Status = "expired";
        if (session.PaymentIntent is { } id && world.PaymentIntents.Get(id) is { Status: not "canceled" } intent)
        {
            intent.Status = "canceled";
            intent.CanceledAt = world.Now;
            intent.CancellationReason = "expired";
            world.Emit("payment_intent.canceled", intent);
        }

        world.Emit("checkout.session.expired", session);
    }

    private void Pay(CheckoutSession session, PaymentMethod method)
    {
        var intent = IntentOf(session);
        intent.PaymentMethod = method.Id;
        session.Status = "complete";
        charging.Complete(intent, method, method.Behaviour.IsSlow); // whatever the method asks for, the page has done it
        if (intent.Status == "succeeded")
        {
            session.PaymentStatus = "paid";
        }
        else
        {
            intent.Changed = later =>
            {
                session.PaymentStatus = later.Status == "succeeded" ? "paid" : "unpaid";
                world.Emit(later.Status == "succeeded" ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed", session);
            };
        }

        world.Emit("checkout.session.completed", session);
    }

    private void Store(CheckoutSession session, PaymentMethod method)
    {
        var intent = world.SetupIntents.Add(new SetupIntent
        {
            Id = world.NewId("seti"), Created = world.Now, Customer = session.Customer, Description = session.Data.Text("description"), Metadata = session.Data.Metadata(),
            PaymentMethodTypes = session.PaymentMethodTypes, Usage = "off_session",
        });
        world.Emit("setup_intent.created", intent);
        intent.PaymentMethod = method.Id;
        session.SetupIntent = intent.Id;
        session.Status = "complete";
        setups.Complete(intent, method);
        world.Emit("checkout.session.completed", session);
    }

    /// <summary>Made when somebody first tries to pay, not with the session.</summary>
    private PaymentIntent IntentOf(CheckoutSession session)
    {
        if (session.PaymentIntent is { } known)
        {
            return world.PaymentIntents.Get(known);
        }

        var data = session.Data;
        var intent = world.PaymentIntents.Add(new PaymentIntent
        {
            Id = world.NewId("pi"), Created = world.Now, Amount = session.AmountTotal!.Value, Currency = session.Currency!, Customer = session.Customer, Metadata = data.Metadata(),
            Description = data.Text("description"), TransferGroup = data.Text("transfer_group"), SetupFutureUsage = data.Text("setup_future_usage"),
            PaymentMethodTypes = session.PaymentMethodTypes, ReceiptEmail = data.Text("receipt_email"), IsOfAnother = true,
        });
        session.PaymentIntent = intent.Id;
        world.Emit("payment_intent.created", intent);
        return intent;
    }

    private CheckoutSession Create(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "discounts", "optional_items", "shipping_options", "subscription_data", "adaptive_pricing", "managed_payments", "invoice_creation");
        var mode = asked.Text("mode") ?? "payment";
        if (mode == "subscription" || asked.Text("ui_mode") is not (null or "hosted_page"))
        {
            throw new NotPlayedException("subscriptions and pages that are not Stripe's own");
        }

        if (asked.Text("success_url") is null)
        {
            throw StripeError.Missing("success_url");
        }

        var expiresAt = asked.Number("expires_at") ?? world.Now + LongestSeconds;
        if (expiresAt < world.Now + ShortestSeconds || expiresAt > world.Now + LongestSeconds)
        {
            throw StripeError.Invalid("The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", "expires_at");
        }

        var data = asked.Within(mode == "payment" ? "payment_intent_data" : "setup_intent_data") ?? new Parameters([]);
        PaymentIntentEndpoints.NotPlayed(data, "application_fee_amount", "transfer_data", "on_behalf_of");
        var (amount, currency) = mode == "payment" ? TotalOf(asked) : (null, asked.Text("currency"));
        if (mode == "setup" && asked.Text("customer") is null && asked.Text("customer_creation") is null && currency is null && asked.Texts("allowed_payment_method_types") is null)
        {
            throw StripeError.Missing("currency");
        }

        var session = world.Sessions.Add(new CheckoutSession
        {
            Id = world.NewId("cs"), Created = world.Now, Mode = mode, PaymentStatus = mode == "payment" ? "unpaid" : "no_payment_required", AmountTotal = amount, Currency = currency,
            Customer = asked.Text("customer") is { } id ? world.Customers.Get(id, "customer").Id : null, CustomerEmail = asked.Text("customer_email"),
            ClientReferenceId = asked.Text("client_reference_id"), Metadata = asked.Metadata(), AllowedPaymentMethodTypes = asked.Texts("allowed_payment_method_types"),
            PaymentMethodTypes = AllowedMethods.Of(asked, world.Options, currency, forLater: mode == "setup" || data.Text("setup_future_usage") == "off_session"),
            SuccessUrl = asked.Text("success_url"), CancelUrl = asked.Text("cancel_url"), ExpiresAt = expiresAt, Data = data,
        });
        world.At(expiresAt, () =>
        {
            if (session.Status == "open")
            {
                Expire(session);
            }
        });
        return session;
    }

    private static (long? Amount, string Currency) TotalOf(Parameters asked)
    {
        var items = asked.Each("line_items");
        if (items.Count == 0)
        {
            throw StripeError.Missing("line_items");
        }

        long total = 0;
        string? currency = null;
        for (var i = 0; i < items.Count; i++)
        {
            var price = items[i].Within("price_data") ?? throw new NotPlayedException("line items without price_data");
            var of = Currencies.Check(price.Need("currency"));
            if (currency is not null && currency != of)
            {
                throw StripeError.Invalid("All line items must have the same currency.", "line_items");
            }

            currency = of;
            var unit = price.Number("unit_amount") ?? throw StripeError.Missing($"line_items[{i}][price_data][unit_amount]");
            total += unit * (items[i].Number("quantity") ?? throw StripeError.Missing($"line_items[{i}][quantity]"));
        }

        return (Currencies.CheckCharge(total, currency!, "line_items"), currency!);
    }

    private CheckoutSession Expire(Call call)
    {
        var session = world.Sessions.Get(call.Id);
        if (session.Status != "open")
        {
            throw StripeError.Invalid($"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `{session.Status}`.");
        }

        Expire(session);
        return session;
    }

    private JsonObject List(Call call)
    {
        var (customer, status, intent) = (call.Parameters.Text("customer"), call.Parameters.Text("status"), call.Parameters.Text("payment_intent"));
        return world.Sessions.Page(call, s =>
            (customer is null || s.Customer == customer) && (status is null || s.Status == status) && (intent is null || s.PaymentIntent == intent));
    }
}
