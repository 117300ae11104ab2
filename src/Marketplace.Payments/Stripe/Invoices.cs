using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>
/// An invoice of Stripe, with a line for each obligation and a page on which the company pays it. Stripe sends nothing and charges nothing by
/// itself: we show the page.
/// </summary>
/// <remarks>
/// Only payments of Stripe are money. An invoice that somebody has marked as paid elsewhere, or whose sum was credited, brought none of it:
/// what came to a bank is a receipt of the bank. Parts that were paid count when the invoice has ended.
/// </remarks>
internal sealed class Invoices(StripeApi stripe, StripeCustomers customers, StripePaymentIntents made, StripeSettings settings) : IStripeWay
{
    private const string Payments = "payments";

    public bool Takes(PaymentOrder order) => order is { Kind: IntentKind.Collection, Method: StripePayments.Invoice };

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel)
    {
        var known = await customers.CustomerOf(order.Company, cancel);
        var customer = await StripeApi.Ask(() => stripe.V1.Customers.GetAsync(known, cancellationToken: cancel), cancel);
        var isSent = customer.Email is not null; // Stripe addresses no invoice to nobody; on the page it is the same
        var draft = await StripeApi.Ask(
            () => stripe.V1.Invoices.CreateAsync(
                new Api.InvoiceCreateOptions
                {
                    Customer = customer.Id,
                    Currency = StripeAmount.CodeOf(order.Amount.Currency),
                    CollectionMethod = isSent ? "send_invoice" : "charge_automatically",
                    DaysUntilDue = isSent ? 0 : null,
                    AutoAdvance = false,
                    PendingInvoiceItemsBehavior = "exclude",
                    PaymentSettings = new() { PaymentMethodTypes = [.. settings.MethodTypes] },
                    Description = order.Agreement.Value,
                    Metadata = StripeMark.Of(order),
                },
                new Api.RequestOptions { IdempotencyKey = order.Intent.Value }, cancel),
            cancel);
        return await Answer(await Finished(draft, order, cancel), order, null, cancel);
    }

    public async Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel) =>
        await Find(order, cancel) is { } invoice ? await Answer(await Finished(invoice, order, cancel), order, null, cancel) : null;

    public async Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel)
    {
        if (await Find(order, cancel) is not { } found)
        {
            return null;
        }

        var invoice = await Finished(found, order, cancel);
        return await Answer(invoice.Status == "open" ? await Void(invoice, cancel) : invoice, order, "withdrawn", cancel);
    }

    /// <summary>Where the company pays; null when the invoice is not open any more.</summary>
    public async Task<HostedPage?> Page(PaymentOrder order, CancellationToken cancel) =>
        await Find(order, cancel) is { Status: "open", HostedInvoiceUrl: { } url } ? new HostedPage(new Uri(url), []) : null;

    public Task<Api.Invoice> Get(string id, CancellationToken cancel) =>
        StripeApi.Ask(() => stripe.V1.Invoices.GetAsync(id, new Api.InvoiceGetOptions { Expand = [Payments] }, cancellationToken: cancel), cancel);

    /// <summary>The invoice that a PaymentIntent pays; null when it pays none.</summary>
    public async Task<Api.Invoice?> OfPayment(string paymentIntent, CancellationToken cancel)
    {
        var paid = await StripeApi.Ask(
            () => stripe.V1.InvoicePayments.ListAsync(
                new Api.InvoicePaymentListOptions
                {
                    Payment = new() { Type = "payment_intent", PaymentIntent = paymentIntent },
                    Limit = 1,
                    Expand = [$"data.invoice.{Payments}"],
                },
                cancellationToken: cancel),
            cancel);
        return paid.FirstOrDefault()?.Invoice;
    }

    private async Task<Api.Invoice?> Find(PaymentOrder order, CancellationToken cancel)
    {
        if (order.ExternalId is { } known)
        {
            return known.StartsWith("in_", StringComparison.Ordinal) ? await Get(known, cancel) : await OfPayment(known, cancel);
        }

        if ((await customers.Of(order.Company)).Customer is not { } customer)
        {
            return null;
        }

        return await StripeApi.Ask(
            async () =>
            {
                var options = new Api.InvoiceListOptions { Customer = customer, Created = StripePaymentIntents.Since(order), Limit = 100, Expand = [$"data.{Payments}"] };
                await foreach (var invoice in stripe.V1.Invoices.ListAutoPagingAsync(options, cancellationToken: cancel))
                {
                    if (StripeMark.IsOf(invoice.Metadata, order))
                    {
                        return invoice;
                    }
                }

                return null;
            },
            cancel);
    }

    /// <summary>Whoever began an invoice may have been killed before it was one: its lines come all at once or not at all, so that it can be gone on with.</summary>
    private async Task<Api.Invoice> Finished(Api.Invoice invoice, PaymentOrder order, CancellationToken cancel)
    {
        if (invoice.Status != "draft")
        {
            return invoice;
        }

        if (!invoice.Lines.Any())
        {
            invoice = await StripeApi.Ask(
                () => stripe.V1.Invoices.AddLinesAsync(
                    invoice.Id, new Api.InvoiceAddLinesOptions { Lines = [.. LinesOf(order)] }, new Api.RequestOptions { IdempotencyKey = $"{order.Intent}:lines" }, cancel),
                cancel);
        }

        if (StripeAmount.Back(invoice.Total, invoice.Currency) != order.Amount)
        {
            throw new PaymentOrderRefusedException(StripeApi.KeyReused);
        }

        return await StripeApi.Ask(
            () => stripe.V1.Invoices.FinalizeInvoiceAsync(
                invoice.Id, new Api.InvoiceFinalizeOptions { AutoAdvance = false, Expand = [Payments] }, new Api.RequestOptions { IdempotencyKey = $"{order.Intent}:final" }, cancel),
            cancel);
    }

    private static IEnumerable<Api.InvoiceLineOptions> LinesOf(PaymentOrder order)
    {
        long?[] parts = [.. order.PartsMinor.Select(minor => StripeAmount.Of(order.Amount with { AmountMinor = minor }))];
        return parts.Length == order.Obligations.Count && !parts.Contains(null)
            ? parts.Zip(order.Obligations, (part, obligation) => Line(part, $"{obligation}"))
            : [Line(StripeAmount.Of(order.Amount), string.Join("、", order.Obligations))];

        Api.InvoiceLineOptions Line(long? amount, string numbers) =>
            new() { Amount = amount, Description = $"{order.Agreement} · {numbers}", Metadata = StripeMark.Of(order) };
    }

    private async Task<Api.Invoice> Void(Api.Invoice invoice, CancellationToken cancel)
    {
        try
        {
            return await StripeApi.Reach(
                () => stripe.V1.Invoices.VoidInvoiceAsync(invoice.Id, new Api.InvoiceVoidOptions { Expand = [Payments] }, cancellationToken: cancel), cancel);
        }
        catch (Api.StripeException) // too late: it has been paid, or was voided before
        {
            return await Get(invoice.Id, cancel);
        }
    }

    private async Task<ProviderAnswer> Answer(Api.Invoice invoice, PaymentOrder order, string? reason, CancellationToken cancel)
    {
        // One that was given up at Stripe can still be paid, and one that asks for an old debt as well asks for what nobody ordered.
        if (invoice.Status == "uncollectible" || (invoice.Status == "open" && StripeAmount.Back(invoice.AmountDue, invoice.Currency).AmountMinor > order.Amount.AmountMinor))
        {
            reason ??= invoice.Status == "open" ? "amount-differs" : invoice.Status;
            invoice = await Void(invoice, cancel);
        }

        if (invoice.Status is "draft" or "open")
        {
            return new ProviderAnswer(IntentStatus.Processing, invoice.Id, 0);
        }

        var (paidBy, moved, fee, movedOn) = ((string?)null, 0L, 0L, (DateOnly?)null);
        foreach (var part in invoice.Payments.Where(p => p is { Status: "paid", Payment.PaymentIntentId: not null }))
        {
            var payment = await made.AnswerOf(await made.Get(part.Payment.PaymentIntentId, cancel), order, null, cancel);
            (paidBy, moved, fee, movedOn) = (
                paidBy ?? payment.ExternalId, checked(moved + StripeAmount.Back(part.AmountPaid ?? 0, part.Currency).AmountMinor), checked(fee + payment.FeeMinor),
                payment.MovedOn > movedOn ? payment.MovedOn : movedOn ?? payment.MovedOn);
        }

        return paidBy is null
            ? new ProviderAnswer(IntentStatus.Failed, invoice.Id, 0, Reason: invoice.Status == "paid" ? "paid-elsewhere" : reason ?? invoice.Status)
            : new ProviderAnswer(moved == order.Amount.AmountMinor ? IntentStatus.Succeeded : IntentStatus.PartlySucceeded, paidBy, moved, MovedOn: movedOn, FeeMinor: fee);
    }
}
