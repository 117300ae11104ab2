using System.Net;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Invoices from draft to paid or void.</summary>
public sealed class InvoiceTests : SimulatedStripe
{
    [Fact]
    public async Task An_invoice_is_paid_by_a_card()
    {
        var invoice = await Finalized("send_invoice");
        Assert.Equal(("open", 7_000, 7_000), (invoice.Status, invoice.AmountDue, invoice.AmountRemaining));
        Assert.Equal(Time.GetUtcNow().UtcDateTime.AddDays(30), invoice.DueDate);
        await Refused(HttpStatusCode.PaymentRequired, () => Client.V1.Invoices.PayAsync(invoice.Id, new InvoicePayOptions { PaymentMethod = "pm_card_chargeCustomerFail" }));
        var paid = await Client.V1.Invoices.PayAsync(invoice.Id, new InvoicePayOptions { PaymentMethod = "pm_card_visa" });
        Assert.Equal(("paid", 7_000, 0), (paid.Status, paid.AmountPaid, paid.AmountRemaining));
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Invoices.PayAsync(invoice.Id));
        Assert.Equal(
            ["invoice.created", "invoice.finalized", "invoice.payment_failed", "invoice.paid", "invoice.payment_succeeded"],
            (await EventTypes()).Where(t => t.StartsWith("invoice.")));
    }

    [Fact]
    public async Task An_invoice_is_paid_by_a_bank_transfer_that_Stripe_does_not_see()
    {
        var invoice = await Finalized("send_invoice");
        Assert.Equal("paid", (await Client.V1.Invoices.PayAsync(invoice.Id, new InvoicePayOptions { PaidOutOfBand = true })).Status);
        Assert.Equal(0, Simulator.Books.Pending("usd"));
    }

    [Fact]
    public async Task A_void_invoice_is_paid_by_nobody()
    {
        var invoice = await Finalized("charge_automatically");
        Assert.Equal("void", (await Client.V1.Invoices.VoidInvoiceAsync(invoice.Id)).Status);
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Invoices.PayAsync(invoice.Id, new InvoicePayOptions { PaymentMethod = "pm_card_visa" }));
        Assert.Equal(invoice.Id, (await Client.V1.Invoices.ListAsync(new InvoiceListOptions { Status = "void" })).Data.Single().Id);
    }

    [Fact]
    public async Task A_final_invoice_takes_no_more_items()
    {
        var invoice = await Finalized("send_invoice");
        Assert.Equal("invoice_not_editable", (await Refused(HttpStatusCode.BadRequest, () => Item(invoice.CustomerId, invoice.Id, 100))).StripeError.Code);
    }

    [Fact]
    public async Task Lines_come_at_once_and_a_payment_names_its_invoice()
    {
        var customer = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions());
        var invoice = await Client.V1.Invoices.CreateAsync(new InvoiceCreateOptions { Customer = customer.Id, Currency = "usd", Metadata = new() { ["of"] = "us" } });
        invoice = await Client.V1.Invoices.AddLinesAsync(invoice.Id, new InvoiceAddLinesOptions { Lines = [new() { Amount = 5_000 }, new() { Amount = 2_000 }] });
        Assert.Equal((7_000, 2), (invoice.Total, invoice.Lines.Count()));
        await Client.V1.Invoices.FinalizeInvoiceAsync(invoice.Id);
        Assert.Null(Simulator.Acts.PayInvoice(invoice.Id, "pm_card_visa"));
        var paid = (await Client.V1.Invoices.GetAsync(invoice.Id, new InvoiceGetOptions { Expand = ["payments"] })).Payments.Single();
        var intent = await Client.V1.PaymentIntents.GetAsync(paid.Payment.PaymentIntentId);
        Assert.Equal(("paid", 7_000, 0), (paid.Status, paid.AmountPaid, intent.Metadata.Count));
        var options = new InvoicePaymentListOptions { Payment = new() { Type = "payment_intent", PaymentIntent = intent.Id }, Expand = ["data.invoice.payments"] };
        Assert.Equal("us", (await Client.V1.InvoicePayments.ListAsync(options)).Single().Invoice.Metadata["of"]);
        Assert.Equal(1, Simulator.Books.Of("of", "us").Charges);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_customer_without_a_mail_address()
    {
        var customer = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions());
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Invoices.CreateAsync(new InvoiceCreateOptions { Customer = customer.Id, CollectionMethod = "send_invoice", DaysUntilDue = 0 }));
    }

    [Fact]
    public async Task A_given_up_invoice_can_be_paid_or_void()
    {
        var (paid, given) = (await Finalized("send_invoice"), await Finalized("send_invoice"));
        Simulator.Acts.GiveUpInvoice(paid.Id);
        Simulator.Acts.GiveUpInvoice(given.Id);
        Assert.Null(Simulator.Acts.PayInvoice(paid.Id, "pm_card_visa"));
        Assert.Equal("paid", (await Client.V1.Invoices.GetAsync(paid.Id)).Status);
        Assert.Equal("void", (await Client.V1.Invoices.VoidInvoiceAsync(given.Id)).Status);
    }

    private async Task<Invoice> Finalized(string collection)
    {
        var customer = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions { Email = "company@example.cn" });
        var invoice = await Client.V1.Invoices.CreateAsync(new InvoiceCreateOptions
        {
            Customer = customer.Id, Currency = "usd", CollectionMethod = collection, DaysUntilDue = collection == "send_invoice" ? 30 : null, AutoAdvance = false,
        });
        await Item(customer.Id, invoice.Id, 5_000);
        var item = await Item(customer.Id, invoice.Id, 2_000);
        Assert.Equal(invoice.Id, (await Client.V1.InvoiceItems.GetAsync(item.Id)).InvoiceId);
        return await Client.V1.Invoices.FinalizeInvoiceAsync(invoice.Id);
    }

    private Task<InvoiceItem> Item(string customer, string invoice, long amountMinor) =>
        Client.V1.InvoiceItems.CreateAsync(new InvoiceItemCreateOptions { Customer = customer, Invoice = invoice, Amount = amountMinor, Currency = "usd" });
}
