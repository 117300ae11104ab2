using Marketplace.StripeSimulation.Resources;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation;

/// <summary>
/// What happens without a request of ours: customers pay or walk away, banks answer days later, somebody clicks in the Dashboard. Payments are
/// named by their PaymentIntent or their charge.
/// </summary>
/// <remarks>What cannot happen (settling what is settled) throws InvalidOperationException.</remarks>
public sealed class Acts
{
    private readonly World world;
    private readonly Families families;

    internal Acts(World world, Families families) => (this.world, this.families) = (world, families);

    /// <summary>The customer proves who they are, or pays in Alipay. Its bank may still decline.</summary>
    public void CompleteAction(string intent) => Act(() =>
    {
        if (intent.StartsWith("seti_", StringComparison.Ordinal))
        {
            var setup = world.SetupIntents.Get(intent);
            families.Setups.Complete(InState(setup, setup.Status, "requires_action"), world.PaymentMethods.Get(setup.PaymentMethod!));
            return;
        }

        var payment = world.PaymentIntents.Get(intent);
        var method = world.PaymentMethods.Get(InState(payment, payment.Status, "requires_action").PaymentMethod!);
        if (method.Behaviour.Decline is { } decline)
        {
            families.Charging.Fail(payment, method, decline);
        }
        else
        {
            families.Charging.Complete(payment, method, method.Behaviour.IsSlow);
        }
    });

    /// <summary>The customer cannot prove it, or refuses.</summary>
    public void FailAction(string intent) => Act(() =>
    {
        var why = new Decline(intent.StartsWith("seti_", StringComparison.Ordinal) ? "setup_intent_authentication_failure" : "payment_intent_authentication_failure", "authentication_required");
        if (intent.StartsWith("seti_", StringComparison.Ordinal))
        {
            var setup = world.SetupIntents.Get(intent);
            families.Setups.Fail(InState(setup, setup.Status, "requires_action"), world.PaymentMethods.Get(setup.PaymentMethod!), why);
            return;
        }

        var payment = world.PaymentIntents.Get(intent);
        families.Charging.Fail(InState(payment, payment.Status, "requires_action"), world.PaymentMethods.Get(payment.PaymentMethod!), why);
    });

    /// <summary>A payment that was processing arrives.</summary>
    public void SettlePayment(string payment) => Act(() =>
    {
        var intent = world.PaymentIntents.Get(payment);
        families.Charging.Settle(InState(intent, intent.Status, "processing"), world.Charges.Get(intent.LatestCharge!));
    });

    /// <summary>A payment that was processing does not arrive.</summary>
    public void FailPayment(string payment, Decline? why = null) => Act(() =>
    {
        var intent = world.PaymentIntents.Get(payment);
        families.Charging.Fail(InState(intent, intent.Status, "processing"), world.PaymentMethods.Get(intent.PaymentMethod!), why ?? Decline.InsufficientFunds);
    });

    /// <summary>The customer fills in the page of a checkout session.</summary>
    /// <param name="method">A test token, or a method of the customer.</param>
    /// <returns>Null, or why the page said no; it stays open then.</returns>
    public Decline? SubmitCheckout(string session, string method) => Act(() => families.Checkout.Submit(world.Sessions.Get(session), method));

    /// <summary>As time does with a page that nobody fills in.</summary>
    public void ExpireCheckout(string session) => Act(() =>
    {
        var open = world.Sessions.Get(session);
        families.Checkout.Expire(InState(open, open.Status!, "open"));
    });

    /// <summary>The customer pays an invoice on its page.</summary>
    /// <param name="method">A test token, or a method of the customer.</param>
    /// <returns>Null, or why the page said no; the invoice stays open then.</returns>
    public Decline? PayInvoice(string invoice, string method) => Act(() => families.Invoices.Submit(world.Invoices.Get(invoice), method));

    /// <summary>Somebody says in the Dashboard that an invoice was paid in another way.</summary>
    public void PayInvoiceElsewhere(string invoice) => Act(() =>
    {
        var open = world.Invoices.Get(invoice);
        families.Invoices.PayElsewhere(InState(open, open.Status!, "open"));
    });

    /// <summary>Somebody gives an invoice up in the Dashboard. It can still be paid.</summary>
    public void GiveUpInvoice(string invoice) => Act(() =>
    {
        var open = world.Invoices.Get(invoice);
        families.Invoices.GiveUp(InState(open, open.Status!, "open"));
    });

    /// <summary>Somebody refunds in the Dashboard, with no metadata of ours.</summary>
    /// <param name="amountMinor">All that is left, where none is given.</param>
    /// <returns>The refund.</returns>
    public string Refund(string payment, long? amountMinor = null) => Act(() => families.Refunds.Refund(ChargeOf(payment), amountMinor, "requested_by_customer", []).Id);

    /// <summary>A pending refund arrives.</summary>
    public void SettleRefund(string refund) => Act(() =>
    {
        var pending = world.Refunds.Get(refund);
        families.Refunds.Settle(InState(pending, pending.Status, "pending"));
    });

    /// <summary>A refund comes back: its money is in the balance again, and is still owed.</summary>
    public void FailRefund(string refund) => Act(() =>
    {
        var made = world.Refunds.Get(refund);
        families.Refunds.Fail(made.Status == "failed" ? throw Cannot(made, made.Status) : made);
    });

    /// <param name="amountMinor">All of it, where none is given.</param>
    /// <returns>The dispute.</returns>
    public string OpenDispute(string payment, long? amountMinor = null, string reason = "fraudulent") =>
        Act(() => families.Disputes.Open(ChargeOf(payment), amountMinor ?? ChargeOf(payment).Amount, reason).Id);

    /// <summary>Evidence was sent; the bank thinks.</summary>
    public void RespondToDispute(string dispute) => Act(() => families.Disputes.Respond(world.Disputes.Get(dispute)));

    public void WinDispute(string dispute) => Act(() => families.Disputes.Close(world.Disputes.Get(dispute), won: true));

    public void LoseDispute(string dispute) => Act(() => families.Disputes.Close(world.Disputes.Get(dispute), won: false));

    /// <summary>All that is available of a currency goes to the bank.</summary>
    /// <param name="account">A connected account; the platform, where none is given.</param>
    /// <returns>The payout; null where nothing is available.</returns>
    public string? PayOut(string currency, string? account = null) => Act(() => families.Payouts.PayOut(account ?? world.Options.Account, currency)?.Id);

    public void SettlePayout(string payout) => Act(() =>
    {
        var sent = world.Payouts.Get(payout);
        families.Payouts.Settle(InState(sent, sent.Status, "in_transit"));
    });

    /// <summary>The bank sends it back.</summary>
    public void FailPayout(string payout) => Act(() =>
    {
        var sent = world.Payouts.Get(payout);
        families.Payouts.Fail(InState(sent, sent.Status, "in_transit"));
    });

    /// <summary>Stripe says another fee of a payment than before, which it says that it never does.</summary>
    public void RestateFee(string payment, long feeMinor) => Act(() => world.Platform.Restate(ChargeOf(payment).Moved!, feeMinor));

    /// <summary>Money from the platform's own bank, available at once.</summary>
    public void TopUp(string currency, long amountMinor) => Act(() => world.Move(world.Options.Account, "topup", amountMinor, currency, null));

    /// <summary>Stripe bills the platform itself, for something that is no payment.</summary>
    public void Bill(string currency, long amountMinor) => Act(() => world.Move(world.Options.Account, "stripe_fee", -amountMinor, currency, null));

    /// <summary>A connected account told Stripe all that it asks, and may receive transfers.</summary>
    public void CompleteOnboarding(string account) => Act(() => families.Accounts.CompleteOnboarding(world.Accounts.Get(account)));

    /// <summary>Stripe asks a connected account again, and lets no money in until it answers.</summary>
    public void RestrictAccount(string account) => Act(() => families.Accounts.Restrict(world.Accounts.Get(account)));

    private Charge ChargeOf(string payment) =>
        payment.StartsWith("pi_", StringComparison.Ordinal)
            ? world.Charges.Get(world.PaymentIntents.Get(payment).LatestCharge ?? throw new InvalidOperationException($"{payment} has no charge."))
            : world.Charges.Get(payment);

    private static T InState<T>(T thing, string status, string needed)
        where T : StripeObject => status == needed ? thing : throw Cannot(thing, status);

    private static InvalidOperationException Cannot(StripeObject thing, string status) => new($"{thing.Id} is {status}: this cannot happen to it.");

    private void Act(Action act) => Act(() =>
    {
        act();
        return 0;
    });

    private T Act<T>(Func<T> act)
    {
        lock (world.Gate)
        {
            world.CatchUp();
            try
            {
                return act();
            }
            catch (StripeError error)
            {
                throw new InvalidOperationException(error.Message, error);
            }
        }
    }
}
