using System.Net;
using Marketplace.StripeSimulation;
using Stripe;
using Stripe.Checkout;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Stripe's own page: paid, declined, abandoned, expired, and paid by a bank that takes its time.</summary>
public sealed class CheckoutTests : SimulatedStripe
{
    [Fact]
    public async Task A_page_that_is_paid_makes_a_payment()
    {
        var session = await Open();
        Assert.Equal(("open", "unpaid", 30_000), (session.Status, session.PaymentStatus, session.AmountTotal));
        Assert.Null(session.PaymentIntentId);
        Assert.Null(Simulator.Acts.SubmitCheckout(session.Id, "pm_card_visa"));

        var paid = await Client.V1.Checkout.Sessions.GetAsync(session.Id, new SessionGetOptions { Expand = ["payment_intent.latest_charge"] });
        Assert.Equal(("complete", "paid", "succeeded"), (paid.Status, paid.PaymentStatus, paid.PaymentIntent.Status));
        Assert.Equal(30_000, Simulator.Books.Of("intent_id", "one").Captured);
        Assert.Equal("checkout.session.completed", (await EventTypes())[^1]);
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Checkout.Sessions.ExpireAsync(session.Id));
        Assert.Throws<InvalidOperationException>(() => Simulator.Acts.SubmitCheckout(session.Id, "pm_card_visa"));
    }

    [Fact]
    public async Task A_declined_card_leaves_the_page_open()
    {
        var session = await Open();
        Assert.Equal(Decline.Generic, Simulator.Acts.SubmitCheckout(session.Id, "pm_card_chargeDeclined"));
        Assert.Null(Simulator.Acts.SubmitCheckout(session.Id, "pm_card_visa"));
        Assert.Equal(1, Simulator.Books.Of("intent_id", "one").Charges);
        Assert.Single(await Client.V1.PaymentIntents.ListAsync());
    }

    [Fact]
    public async Task A_page_that_nobody_fills_in_expires_at_its_time()
    {
        var session = await Open(minutes: 45);
        Time.Advance(TimeSpan.FromMinutes(45));
        var expired = await Client.V1.Checkout.Sessions.GetAsync(session.Id);
        Assert.Equal("expired", expired.Status);
        Assert.Null(expired.Url);
        var said = Assert.Single(await Events());
        Assert.Equal(("checkout.session.expired", session.ExpiresAt), (said.Type, said.Created));
    }

    [Fact]
    public async Task We_close_a_page_ourselves()
    {
        var session = await Open();
        Assert.Equal("expired", (await Client.V1.Checkout.Sessions.ExpireAsync(session.Id)).Status);
        Assert.Equal(session.Id, (await Client.V1.Checkout.Sessions.ListAsync(new SessionListOptions { Status = "expired" })).Data.Single().Id);
    }

    [Theory]
    [InlineData(true, "paid", "checkout.session.async_payment_succeeded")]
    [InlineData(false, "unpaid", "checkout.session.async_payment_failed")]
    public async Task A_bank_answers_after_the_page_is_gone(bool arrives, string status, string said)
    {
        var session = await Open("eur");
        Simulator.Acts.SubmitCheckout(session.Id, "pm_sepa_debit");
        session = await Client.V1.Checkout.Sessions.GetAsync(session.Id);
        Assert.Equal(("complete", "unpaid"), (session.Status, session.PaymentStatus));
        if (arrives)
        {
            Simulator.Acts.SettlePayment(session.PaymentIntentId);
        }
        else
        {
            Simulator.Acts.FailPayment(session.PaymentIntentId);
        }

        Assert.Equal(status, (await Client.V1.Checkout.Sessions.GetAsync(session.Id)).PaymentStatus);
        Assert.Equal(said, (await EventTypes())[^1]);
    }

    [Fact]
    public async Task A_setup_keeps_a_method_for_later()
    {
        var customer = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions { Email = "company@example.cn" });
        var session = await Client.V1.Checkout.Sessions.CreateAsync(new SessionCreateOptions
        {
            Mode = "setup", Customer = customer.Id, Currency = "cny", SuccessUrl = "https://marketplace.example/done", SetupIntentData = new() { Metadata = new() { ["mandate_id"] = "m" } },
        });
        Assert.Equal("no_payment_required", session.PaymentStatus);
        Simulator.Acts.SubmitCheckout(session.Id, "pm_card_visa");
        session = await Client.V1.Checkout.Sessions.GetAsync(session.Id, new SessionGetOptions { Expand = ["setup_intent"] });
        Assert.Equal(("succeeded", "m"), (session.SetupIntent.Status, session.SetupIntent.Metadata["mandate_id"]));
        var kept = (await Client.V1.PaymentMethods.ListAsync(new PaymentMethodListOptions { Customer = customer.Id })).Data.Single();
        Assert.Equal(session.SetupIntent.PaymentMethodId, kept.Id);
        Assert.Equal(customer.Id, (await Client.V1.Customers.ListAsync(new CustomerListOptions { Email = "company@example.cn" })).Data.Single().Id);
    }

    [Theory]
    [InlineData(29)]
    [InlineData((24 * 60) + 1)]
    public async Task A_page_lives_from_half_an_hour_to_a_day(int minutes) =>
        Assert.Equal("expires_at", (await Refused(HttpStatusCode.BadRequest, () => Open(minutes: minutes))).StripeError.Param);

    private Task<Session> Open(string currency = "usd", int minutes = 60) => Client.V1.Checkout.Sessions.CreateAsync(new SessionCreateOptions
    {
        Mode = "payment",
        SuccessUrl = "https://marketplace.example/done",
        CancelUrl = "https://marketplace.example/back",
        ExpiresAt = Time.GetUtcNow().UtcDateTime.AddMinutes(minutes),
        LineItems = [new() { Quantity = 3, PriceData = new() { Currency = currency, UnitAmount = 10_000, ProductData = new() { Name = "Licence" } } }],
        PaymentIntentData = new() { Metadata = new() { ["intent_id"] = "one" }, TransferGroup = "group" },
    });
}
