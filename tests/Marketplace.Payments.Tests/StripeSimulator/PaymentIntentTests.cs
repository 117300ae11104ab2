using System.Net;
using Marketplace.StripeSimulation;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Payments through Stripe.net: what succeeds, what is declined, what waits for somebody.</summary>
public sealed class PaymentIntentTests : SimulatedStripe
{
    [Fact]
    public async Task A_card_pays_at_once_and_the_books_say_so()
    {
        var paid = await Pay(Paying(10_000));
        Assert.Equal(("succeeded", 10_000), (paid.Status, paid.AmountReceived));

        var found = await Client.V1.PaymentIntents.GetAsync(paid.Id, new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction"] });
        Assert.True(found.LatestCharge.Paid);
        var moved = found.LatestCharge.BalanceTransaction;
        Assert.Equal((10_000, 320, 9_680, "charge"), (moved.Amount, moved.Fee, moved.Net, moved.Type));
        Assert.Equal(new Moved(1, 10_000, 0, 0, 0, 0), Simulator.Books.Of("intent_id", "one"));
        Assert.Equal((0, 9_680), (Simulator.Books.Available("usd"), Simulator.Books.Pending("usd")));
        Assert.Equal(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"], await EventTypes());
    }

    [Fact]
    public async Task Funds_become_available_with_time()
    {
        await Pay(Paying(10_000));
        Assert.Equal(9_680, (await Client.V1.Balance.GetAsync()).Pending.Single().Amount);
        Time.Advance(Simulator.Options.FundsAvailableAfter);
        Assert.Equal(9_680, (await Client.V1.Balance.GetAsync()).Available.Single().Amount);
    }

    [Theory]
    [InlineData("pm_card_chargeCustomerFail", "card_declined", "generic_decline")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card")]
    public async Task A_declined_card_is_an_error_that_names_the_payment(string method, string code, string declineCode)
    {
        var refused = await Refused(HttpStatusCode.PaymentRequired, () => Pay(Paying(10_000, method: method)));
        var error = refused.StripeError;
        Assert.Equal(("card_error", code, declineCode), (error.Type, error.Code, error.DeclineCode));
        Assert.Equal("requires_payment_method", error.PaymentIntent.Status);

        var intent = await Client.V1.PaymentIntents.GetAsync(error.PaymentIntent.Id);
        Assert.Equal(declineCode, intent.LastPaymentError.DeclineCode);
        Assert.Equal(0, Simulator.Books.Of("intent_id", "one").Charges);
        Assert.Equal("failed", (await Client.V1.Charges.GetAsync(intent.LatestChargeId)).Status);
        Assert.Equal(["payment_intent.created", "charge.failed", "payment_intent.payment_failed"], await EventTypes());

        var retried = await Client.V1.PaymentIntents.ConfirmAsync(intent.Id, new PaymentIntentConfirmOptions { PaymentMethod = "pm_card_visa" });
        Assert.Equal("succeeded", retried.Status);
        Assert.Equal(2, (await Client.V1.Charges.ListAsync(new ChargeListOptions { PaymentIntent = intent.Id })).Data.Count);
    }

    [Fact]
    public async Task A_customer_who_must_act_is_waited_for()
    {
        var waiting = await Pay(Paying(10_000, method: "pm_card_authenticationRequired"));
        Assert.Equal(("requires_action", "redirect_to_url"), (waiting.Status, waiting.NextAction.Type));
        Simulator.Acts.CompleteAction(waiting.Id);
        Assert.Equal("succeeded", (await Client.V1.PaymentIntents.GetAsync(waiting.Id)).Status);
    }

    [Fact]
    public async Task A_customer_who_cannot_act_pays_nothing()
    {
        var waiting = await Pay(Paying(10_000, method: "pm_card_authenticationRequired"));
        Simulator.Acts.FailAction(waiting.Id);
        var failed = await Client.V1.PaymentIntents.GetAsync(waiting.Id);
        Assert.Equal(("requires_payment_method", "payment_intent_authentication_failure"), (failed.Status, failed.LastPaymentError.Code));
    }

    [Fact]
    public async Task Nobody_can_be_asked_off_session()
    {
        var options = Paying(10_000, method: "pm_card_authenticationRequired");
        options.OffSession = true;
        Assert.Equal("authentication_required", (await Refused(HttpStatusCode.PaymentRequired, () => Pay(options))).StripeError.Code);
    }

    [Fact]
    public async Task A_method_that_was_set_up_asks_no_more()
    {
        var customer = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions { Email = "lab@example.cn" });
        var setup = await Client.V1.SetupIntents.CreateAsync(new SetupIntentCreateOptions
        {
            Customer = customer.Id, PaymentMethod = "pm_card_authenticationRequiredOnSetup", Confirm = true, ReturnUrl = "https://marketplace.example/stored",
        });
        Assert.Equal("requires_action", setup.Status);
        Simulator.Acts.CompleteAction(setup.Id);
        setup = await Client.V1.SetupIntents.GetAsync(setup.Id);
        Assert.Equal("succeeded", setup.Status);

        var options = Paying(10_000, method: setup.PaymentMethodId);
        options.AllowedPaymentMethodTypes = ["card"];
        (options.Customer, options.OffSession) = (customer.Id, true);
        Assert.Equal("succeeded", (await Pay(options)).Status);
    }

    [Fact]
    public async Task A_method_of_another_customer_pays_nothing()
    {
        var owner = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions());
        var method = await Client.V1.PaymentMethods.AttachAsync("pm_card_visa", new PaymentMethodAttachOptions { Customer = owner.Id });
        var options = Paying(10_000);
        options.PaymentMethod = method.Id;
        await Refused(HttpStatusCode.BadRequest, () => Pay(options));
        options.Customer = (await Client.V1.Customers.CreateAsync(new CustomerCreateOptions())).Id;
        await Refused(HttpStatusCode.BadRequest, () => Pay(options));
        options.Customer = owner.Id;
        Assert.Equal("succeeded", (await Pay(options)).Status);
    }

    [Fact]
    public async Task A_debit_stays_processing_until_the_bank_answers()
    {
        var arrives = await Pay(Paying(10_000, "eur", "pm_sepa_debit"));
        var fails = await Pay(Paying(10_000, "eur", "pm_sepa_debit"));
        Assert.Equal("processing", arrives.Status);
        Assert.Empty(Simulator.Books.By("intent_id"));

        Simulator.Acts.SettlePayment(arrives.Id);
        Simulator.Acts.FailPayment(fails.Id);
        Assert.Equal("succeeded", (await Client.V1.PaymentIntents.GetAsync(arrives.Id)).Status);
        Assert.Equal("requires_payment_method", (await Client.V1.PaymentIntents.GetAsync(fails.Id)).Status);
        Assert.Equal(new Moved(1, 10_000, 0, 0, 0, 0), Simulator.Books.Of("intent_id", "one"));
        Assert.Throws<InvalidOperationException>(() => Simulator.Acts.SettlePayment(arrives.Id));
    }

    [Theory]
    [InlineData("pm_alipay", "alipay_handle_redirect")]
    [InlineData("pm_wechat_pay", "wechat_pay_display_qr_code")]
    public async Task Wallets_send_the_customer_away(string method, string action)
    {
        var waiting = await Pay(Paying(10_000, "cny", method));
        Assert.Equal(("requires_action", action), (waiting.Status, waiting.NextAction.Type));
        Simulator.Acts.CompleteAction(waiting.Id);
        Assert.Equal("payment", (await Client.V1.BalanceTransactions.ListAsync(new BalanceTransactionListOptions())).Data.Single().Type);
    }

    [Fact]
    public async Task What_does_not_fit_the_currency_is_dropped_without_a_word()
    {
        var intent = await Client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions
        {
            Amount = 1_000, Currency = "pln", AllowedPaymentMethodTypes = ["card", "alipay", "klarna"],
        });
        Assert.Equal(["card"], intent.PaymentMethodTypes);
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions
        {
            Amount = 1_000, Currency = "pln", AllowedPaymentMethodTypes = ["alipay"],
        }));
    }

    [Fact]
    public async Task A_payment_ends_once()
    {
        var paid = await Pay(Paying(10_000));
        Assert.Equal("payment_intent_unexpected_state", (await Refused(HttpStatusCode.BadRequest, () => Client.V1.PaymentIntents.CancelAsync(paid.Id))).StripeError.Code);
        Assert.Equal("succeeded", (await Refused(HttpStatusCode.BadRequest, () => Client.V1.PaymentIntents.ConfirmAsync(paid.Id))).StripeError.PaymentIntent.Status);

        var open = await Client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions { Amount = 1_000, Currency = "usd" });
        var cancelled = await Client.V1.PaymentIntents.CancelAsync(open.Id, new PaymentIntentCancelOptions { CancellationReason = "abandoned" });
        Assert.Equal(("canceled", "abandoned"), (cancelled.Status, cancelled.CancellationReason));
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.PaymentIntents.ConfirmAsync(open.Id, new PaymentIntentConfirmOptions { PaymentMethod = "pm_card_visa" }));
    }

    [Fact]
    public async Task What_nobody_made_is_missing()
    {
        var paid = await Pay(Paying(1_000));
        var missing = await Refused(HttpStatusCode.NotFound, () => Client.V1.PaymentIntents.GetAsync("pi_nobody"));
        Assert.Equal("resource_missing", missing.StripeError.Code);
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions { Amount = 100, Currency = "usd", Customer = "cus_nobody" }));
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.PaymentIntents.GetAsync(paid.Id, new PaymentIntentGetOptions { Expand = ["amount"] }));
    }
}
