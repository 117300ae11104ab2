using System.Globalization;
using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

internal sealed class InvoiceItem : StripeObject
{
    public override string Object => "invoiceitem";

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Customer { get; init; }

    public required long Date { get; init; }

    internal override long MadeAt => Date;

    public string? Description { get; init; }

    public string? Invoice { get; internal set; }

    public required Dictionary<string, string> Metadata { get; init; }

    public long Quantity => 1;

    public bool Livemode => false;

    public bool Discountable => true;

    public bool Proration => false;
}

/// <summary>What pays an invoice, or did.</summary>
internal sealed class InvoicePayment : DatedObject
{
    public override string Object => "invoice_payment";

    public required string Invoice { get; init; }

    public required long AmountRequested { get; init; }

    public long? AmountPaid => Status == "paid" ? Intent.AmountReceived : null;

    public required string Currency { get; init; }

    public bool IsDefault => true;

    public bool Livemode => false;

    public JsonObject Payment => new() { ["type"] = "payment_intent", ["payment_intent"] = Intent.Id };

    public string Status => Intent.Status switch { "succeeded" => "paid", "canceled" => "canceled", _ => "open" };

    public JsonObject StatusTransitions => new() { ["canceled_at"] = Intent.CanceledAt, ["paid_at"] = null };

    internal required PaymentIntent Intent { get; init; }
}

internal sealed class Invoice : DatedObject
{
    public override string Object => "invoice";

    public long AmountDue => Total;

    public long AmountPaid { get; internal set; }

    public long AmountRemaining => Total - AmountPaid;

    public long AttemptCount { get; internal set; }

    public bool Attempted => AttemptCount > 0;

    public required bool AutoAdvance { get; init; }

    public required string CollectionMethod { get; init; }

    public required string Currency { get; init; }

    public required string Customer { get; init; }

    public string? CustomerEmail { get; init; }

    public string? DefaultPaymentMethod { get; init; }

    public string? Description { get; init; }

    public long? DueDate { get; internal set; }

    public string? HostedInvoiceUrl => Status is "draft" ? null : $"https://invoice.stripe.com/i/{Id}";

    public required Dictionary<string, string> Metadata { get; init; }

    public string? Number { get; internal set; }

    public string? Status { get; internal set; } = "draft";

    public long Subtotal => Total;

    public long Total => Items.Sum(i => i.Amount);

    public JsonObject StatusTransitions => new() { ["finalized_at"] = FinalizedAt, ["marked_uncollectible_at"] = UncollectibleAt, ["paid_at"] = PaidAt, ["voided_at"] = VoidedAt };

    public JsonObject Lines => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. Items.Select(i => new JsonObject
        {
            ["id"] = $"il_{i.Id}", ["object"] = "line_item", ["amount"] = i.Amount, ["currency"] = i.Currency, ["description"] = i.Description, ["metadata"] = StripeObject.ToNode(i.Metadata), ["quantity"] = i.Quantity,
        })]),
        ["has_more"] = false,
        ["url"] = $"/v1/invoices/{Id}/lines",
    };

    public JsonObject Payments => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. Paying is { } payment ? new[] { payment.ToJson() } : []]),
        ["has_more"] = false,
        ["url"] = "/v1/invoice_payments",
    };

    public JsonObject PaymentSettings => new()
    {
        ["default_mandate"] = null, ["payment_method_options"] = null,
        ["payment_method_types"] = Methods is { } types ? new JsonArray([.. types.Select(t => (JsonNode)t)]) : null,
    };

    public bool Livemode => false;

    internal List<InvoiceItem> Items { get; } = [];

    /// <summary>What it may be paid with; null: whatever the account takes.</summary>
    internal IReadOnlyList<string>? Methods { get; init; }

    internal InvoicePayment? Paying { get; set; }

    internal PaymentIntent? Intent => Paying?.Intent;

    internal long? UncollectibleAt { get; set; }

    internal long? DaysUntilDue { get; init; }

    internal long? FinalizedAt { get; set; }

    internal long? PaidAt { get; set; }

    internal long? VoidedAt { get; set; }
}

internal sealed class InvoiceEndpoints(World world, PaymentMethodEndpoints methods, Charging charging) : IEndpoints
{
    private const long DaySeconds = 24 * 60 * 60;

    public IEnumerable<Route> Routes =>
    [
        new("POST /v1/invoiceitems", CreateItem),
        new("GET /v1/invoiceitems/{}", call => world.InvoiceItems.Get(call.Id)),
        new("POST /v1/invoices", Create),
        new("GET /v1/invoices/{}", call => world.Invoices.Get(call.Id)),
        new("GET /v1/invoices", List),
        new("POST /v1/invoices/{}/add_lines", AddLines),
        new("GET /v1/invoice_payments", ListPayments),
        new("POST /v1/invoices/{}/finalize", call => Finalize(InState(call, "draft", "finalize"))),
        new("POST /v1/invoices/{}/pay", Pay),
        new("POST /v1/invoices/{}/void", call => Void(world.Invoices.Get(call.Id) is { Status: "uncollectible" } given ? given : InState(call, "open", "void"))),
    ];

    /// <summary>The customer pays on the page.</summary>
    /// <returns>Null, or why the page said no. The invoice stays open then.</returns>
    public Decline? Submit(Invoice invoice, string methodOrToken)
    {
        if (invoice.Status is not ("open" or "uncollectible") || invoice.Intent!.Status == "processing")
        {
            throw new InvalidOperationException($"{invoice.Id} is {invoice.Status}, and its payment {invoice.Intent?.Status}: its page takes no payment.");
        }

        var method = methods.Take(methodOrToken, "payment_method");
        charging.Choose(invoice.Intent, method);
        if (method.Behaviour.Decline is { } decline)
        {
            charging.Fail(invoice.Intent, method, decline);
            return decline;
        }

        charging.Complete(invoice.Intent, method, method.Behaviour.IsSlow); // whatever the method asks for, the page has done it
        return null;
    }

    /// <summary>Somebody says in the Dashboard that it was paid in another way.</summary>
    public void PayElsewhere(Invoice invoice)
    {
        Cancel(invoice);
        invoice.AmountPaid = invoice.Total;
        Paid(invoice, null);
    }

    /// <summary>Somebody gives it up in the Dashboard. It can still be paid.</summary>
    public void GiveUp(Invoice invoice)
    {
        invoice.Status = "uncollectible";
        invoice.UncollectibleAt = world.Now;
        world.Emit("invoice.marked_uncollectible", invoice);
    }

    private InvoiceItem CreateItem(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "price_data", "pricing", "unit_amount_decimal", "subscription", "discounts", "tax_rates", "quantity", "quantity_decimal");
        var invoice = asked.Text("invoice") is { } id ? world.Invoices.Get(id, "invoice") : null;
        if (invoice is { Status: not "draft" })
        {
            throw StripeError.Invalid("This invoice is no longer editable", "invoice", "invoice_not_editable");
        }

        var customer = world.Customers.Get(asked.Need("customer"), "customer").Id;
        var currency = Currencies.Check(asked.Text("currency") ?? invoice?.Currency ?? throw StripeError.Missing("currency"));
        if (invoice is not null && (invoice.Customer != customer || invoice.Currency != currency))
        {
            throw StripeError.Invalid("The customer and the currency of an invoice item must be those of its invoice.", "invoice");
        }

        var item = world.InvoiceItems.Add(new InvoiceItem
        {
            Id = world.NewId("ii"), Date = world.Now, Amount = asked.Number("amount") ?? throw StripeError.Missing("amount"), Currency = currency, Customer = customer,
            Description = asked.Text("description"), Invoice = invoice?.Id, Metadata = asked.Metadata(),
        });
        invoice?.Items.Add(item);
        world.Emit("invoiceitem.created", item);
        return item;
    }

    private Invoice Create(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "application_fee_amount", "transfer_data", "on_behalf_of", "from_invoice", "subscription", "discounts", "default_tax_rates", "shipping_cost");
        var customer = world.Customers.Get(asked.Need("customer"), "customer");
        var sent = asked.Text("collection_method") == "send_invoice";
        if (sent && asked.Number("days_until_due") is null && asked.Number("due_date") is null)
        {
            throw StripeError.Invalid("If invoices are sent by email, you must specify one of `days_until_due` or `due_date`.", code: "parameter_missing");
        }

        if (sent && customer.Email is null)
        {
            throw StripeError.Invalid("Missing email. In order to create invoices that are sent to the customer, the customer must have a valid email.");
        }

        var invoice = world.Invoices.Add(new Invoice
        {
            Id = world.NewId("in"), Created = world.Now, AutoAdvance = asked.Flag("auto_advance"), CollectionMethod = sent ? "send_invoice" : "charge_automatically",
            Currency = Currencies.Check(asked.Text("currency") ?? world.Options.DefaultCurrency), Customer = customer.Id, CustomerEmail = customer.Email,
            DefaultPaymentMethod = asked.Text("default_payment_method"), Description = asked.Text("description"), DueDate = asked.Number("due_date"),
            DaysUntilDue = asked.Number("days_until_due"), Metadata = asked.Metadata(), Methods = asked.Within("payment_settings")?.Texts("payment_method_types"),
        });
        if (asked.Text("pending_invoice_items_behavior") == "include")
        {
            foreach (var item in world.InvoiceItems.All.Where(i => i.Invoice is null && i.Customer == customer.Id && i.Currency == invoice.Currency))
            {
                item.Invoice = invoice.Id;
                invoice.Items.Add(item);
            }
        }

        world.Emit("invoice.created", invoice);
        return invoice;
    }

    private Invoice AddLines(Call call)
    {
        var invoice = InState(call, "draft", "add lines to");
        foreach (var line in call.Parameters.Each("lines"))
        {
            PaymentIntentEndpoints.NotPlayed(line, "invoice_item", "price_data", "pricing", "quantity", "quantity_decimal", "discounts", "tax_amounts", "tax_rates");
            var item = world.InvoiceItems.Add(new InvoiceItem
            {
                Id = world.NewId("ii"), Date = world.Now, Amount = line.Number("amount") ?? throw StripeError.Missing("lines[amount]"), Currency = invoice.Currency,
                Customer = invoice.Customer, Description = line.Text("description"), Invoice = invoice.Id, Metadata = line.Metadata(),
            });
            invoice.Items.Add(item);
            world.Emit("invoiceitem.created", item);
        }

        world.Emit("invoice.updated", invoice);
        return invoice;
    }

    private Invoice Finalize(Invoice invoice)
    {
        if (invoice.Total < 0)
        {
            throw new NotPlayedException("invoices of negative amount");
        }

        invoice.Status = "open";
        invoice.FinalizedAt = world.Now;
        invoice.Number = string.Create(CultureInfo.InvariantCulture, $"SIM-{world.Invoices.All.Count(i => i.Number is not null) + 1:D4}");
        invoice.DueDate ??= invoice.DaysUntilDue is { } days ? world.Now + (days * DaySeconds) : null;
        if (invoice.Total > 0)
        {
            Currencies.CheckCharge(invoice.Total, invoice.Currency);
            var allowed = invoice.Methods is { } asked ? new JsonObject { ["allowed_payment_method_types"] = new JsonArray([.. asked.Select(t => (JsonNode)t)]) } : [];
            var intent = world.PaymentIntents.Add(new PaymentIntent
            {
                Id = world.NewId("pi"), Created = world.Now, Amount = invoice.Total, Currency = invoice.Currency, Customer = invoice.Customer, Metadata = [],
                Description = $"Payment for Invoice {invoice.Number}", IsOfAnother = true, OwnersMetadata = invoice.Metadata,
                PaymentMethodTypes = AllowedMethods.Of(new Parameters(allowed), world.Options, invoice.Currency, forLater: false), Changed = intent => Paid(invoice, intent),
            });
            invoice.Paying = world.InvoicePayments.Add(new InvoicePayment
            {
                Id = world.NewId("inpay"), Created = world.Now, Invoice = invoice.Id, AmountRequested = invoice.Total, Currency = invoice.Currency, Intent = intent,
            });
            world.Emit("payment_intent.created", intent);
        }

        world.Emit("invoice.finalized", invoice);
        if (invoice.Total == 0)
        {
            Paid(invoice, null);
        }

        return invoice;
    }

    private Invoice Pay(Call call)
    {
        var invoice = InState(call, "open", "pay");
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "forgive", "mandate", "source");
        if (asked.Flag("paid_out_of_band"))
        {
            PayElsewhere(invoice);
            return invoice;
        }

        var method = asked.Text("payment_method") ?? invoice.DefaultPaymentMethod ?? world.Customers.Get(invoice.Customer).InvoiceSettings.DefaultPaymentMethod
            ?? throw StripeError.Invalid("There is no `default_payment_method` set on this Customer or Invoice. Please provide a payment method with the `payment_method` parameter or set a `default_payment_method`.", code: "resource_missing");
        invoice.AttemptCount++;
        charging.Choose(invoice.Intent!, methods.Take(method, "payment_method"));
        charging.Attempt(invoice.Intent!, offSession: asked.Text("off_session") != "false", returnUrl: null, call.Fault);
        return invoice;
    }

    private void Paid(Invoice invoice, PaymentIntent? intent)
    {
        if (intent is { Status: not "succeeded" })
        {
            if (intent.Status == "requires_payment_method")
            {
                world.Emit("invoice.payment_failed", invoice);
            }

            return;
        }

        if (invoice.Status == "void")
        {
            return; // the money came all the same
        }

        invoice.Status = "paid";
        invoice.AmountPaid = invoice.Total;
        invoice.PaidAt = world.Now;
        world.Emit("invoice.paid", invoice);
        world.Emit("invoice.payment_succeeded", invoice);
    }

    private Invoice Void(Invoice invoice)
    {
        Cancel(invoice);
        invoice.Status = "void";
        invoice.VoidedAt = world.Now;
        world.Emit("invoice.voided", invoice);
        return invoice;
    }

    private void Cancel(Invoice invoice)
    {
        if (invoice.Intent is { Status: not ("succeeded" or "processing") } intent)
        {
            intent.Status = "canceled";
            intent.CanceledAt = world.Now;
            intent.CancellationReason = "void_invoice";
            world.Emit("payment_intent.canceled", intent);
        }
    }

    private Invoice InState(Call call, string status, string verb)
    {
        var invoice = world.Invoices.Get(call.Id);
        return invoice.Status == status ? invoice
            : throw StripeError.Invalid(
                verb == "pay" && invoice.Status == "paid" ? "Invoice is already paid" : $"You can only {verb} {status} invoices. This invoice isn't {status}; it is {invoice.Status}.",
                code: verb == "finalize" ? "invoice_not_editable" : null);
    }

    private JsonObject ListPayments(Call call)
    {
        var (invoice, status) = (call.Parameters.Text("invoice"), call.Parameters.Text("status"));
        var intent = call.Parameters.Within("payment")?.Text("payment_intent");
        return world.InvoicePayments.Page(call, p => (invoice is null || p.Invoice == invoice) && (status is null || p.Status == status) && (intent is null || p.Intent.Id == intent));
    }

    private JsonObject List(Call call)
    {
        var (customer, status) = (call.Parameters.Text("customer"), call.Parameters.Text("status"));
        return world.Invoices.Page(call, i => (customer is null || i.Customer == customer) && (status is null || i.Status == status));
    }
}
