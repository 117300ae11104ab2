using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>What happens when a payment is attempted, and what the bank and the customer say of it later.</summary>
internal sealed class Charging(World world, PaymentMethodEndpoints methods, DisputeEndpoints disputes)
{
    private const long Million = 1_000_000;

    public void Choose(PaymentIntent intent, PaymentMethod method)
    {
        if (!intent.PaymentMethodTypes.Contains(method.Type))
        {
            throw StripeError.Invalid(
                $"The PaymentMethod provided ({method.Type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: {string.Join(", ", intent.PaymentMethodTypes)}.",
                "payment_method", "payment_intent_incompatible_payment_method");
        }

        if (method.Customer is { } owner && owner != intent.Customer)
        {
            throw StripeError.Invalid(
                intent.Customer is null
                    ? $"The provided PaymentMethod is attached to Customer {owner}; you must pass that customer."
                    : $"The customer {intent.Customer} does not have a payment method with the ID {method.Id}. The payment method must be attached to the customer.",
                "payment_method");
        }

        intent.PaymentMethod = method.Id;
    }

    /// <exception cref="StripeError">402: declined, or the customer would have to do something and is not there.</exception>
    public PaymentIntent Attempt(PaymentIntent intent, bool offSession, string? returnUrl, Fault? fault)
    {
        var method = world.PaymentMethods.Get(intent.PaymentMethod!, "payment_method");
        var behaviour = method.Behaviour;
        if (fault is Fault.Declines { Why: var why })
        {
            throw Fail(intent, method, why);
        }

        if (fault is Fault.RequiresAction || Asks(method, offSession))
        {
            if (offSession)
            {
                throw Fail(intent, method, Decline.AuthenticationRequired);
            }

            if (behaviour.Authentication == Authentication.Redirect && returnUrl is null)
            {
                throw StripeError.Invalid("You must provide a `return_url` when confirming using payment_method_types[]=alipay.", "return_url");
            }

            intent.Status = "requires_action";
            intent.LastPaymentError = null;
            intent.NextAction = ActionOf(intent, behaviour, returnUrl);
            world.Emit("payment_intent.requires_action", intent);
            return intent;
        }

        return Complete(intent, method, isSlow: behaviour.IsSlow || fault is Fault.StaysProcessing);
    }

    /// <summary>The customer did what was asked, or nothing was.</summary>
    /// <exception cref="StripeError">402: declined.</exception>
    public PaymentIntent Complete(PaymentIntent intent, PaymentMethod method, bool isSlow)
    {
        if (method.Behaviour.Decline is { } decline)
        {
            throw Fail(intent, method, decline);
        }

        intent.NextAction = null;
        intent.LastPaymentError = null;
        if (intent.SetupFutureUsage is not null && intent.Customer is { } customer)
        {
            method.SetUp = true;
            methods.Attach(method, world.Customers.Get(customer, "customer"));
        }

        var charge = NewCharge(intent, method, "pending");
        if (isSlow)
        {
            intent.Status = "processing";
            world.Emit("payment_intent.processing", intent);
            world.Emit("charge.pending", charge);
            intent.Changed?.Invoke(intent);
            return intent;
        }

        return Settle(intent, charge);
    }

    /// <summary>The money is there.</summary>
    public PaymentIntent Settle(PaymentIntent intent, Charge charge)
    {
        var fee = FeeOf(charge.Amount);
        var availableOn = world.Now + (charge.Behaviour.FundsAtOnce ? 0 : (long)world.Options.FundsAvailableAfter.TotalSeconds);
        charge.Status = "succeeded";
        charge.Moved = world.Move(world.Options.Account, charge.PaymentMethodDetails.ContainsKey("card") ? "charge" : "payment", charge.Amount, charge.Currency, charge.Id, fee, availableOn, charge.Description);
        charge.Outcome = new JsonObject
        {
            ["network_status"] = "approved_by_network", ["reason"] = null, ["risk_level"] = "normal", ["seller_message"] = "Payment complete.", ["type"] = "authorized",
        };
        intent.Status = "succeeded";
        intent.AmountReceived = intent.Amount;
        ShowBalanceTransaction(charge);
        world.Emit("charge.succeeded", charge);
        world.Emit("payment_intent.succeeded", intent);
        intent.Changed?.Invoke(intent);
        if (charge.Behaviour.Disputes)
        {
            disputes.Open(charge, charge.Amount, "fraudulent");
        }

        return intent;
    }

    /// <summary>No money came. The intent waits for another method.</summary>
    /// <returns>The error to answer with, where somebody waits for an answer.</returns>
    public StripeError Fail(PaymentIntent intent, PaymentMethod method, Decline why)
    {
        var charge = intent.Status == "processing" && intent.LatestCharge is { } pending ? world.Charges.Get(pending) : NewCharge(intent, method, "failed");
        charge.Status = "failed";
        charge.FailureCode = why.Code;
        charge.FailureMessage = why.Message;
        charge.Outcome = new JsonObject
        {
            ["network_status"] = "declined_by_network", ["reason"] = why.DeclineCode, ["risk_level"] = "normal",
            ["seller_message"] = "The bank did not return any further details with this decline.", ["type"] = "issuer_declined",
        };
        intent.Status = "requires_payment_method";
        intent.PaymentMethod = null;
        intent.NextAction = null;
        intent.LastPaymentError = new JsonObject
        {
            ["type"] = "card_error", ["code"] = why.Code, ["decline_code"] = why.DeclineCode, ["message"] = why.Message, ["charge"] = charge.Id, ["payment_method"] = method.ToJson(),
        };
        world.Emit("charge.failed", charge);
        world.Emit("payment_intent.payment_failed", intent);
        intent.Changed?.Invoke(intent);
        return why.ToError(new JsonObject { ["charge"] = charge.Id, ["payment_intent"] = intent.ToJson(), ["payment_method"] = method.ToJson() });
    }

    private long FeeOf(long amount) =>
        (long)Math.Round((decimal)amount * world.Options.FeeRatePpm / Million, MidpointRounding.AwayFromZero) + world.Options.FixedFeeMinor;

    private void ShowBalanceTransaction(Charge charge)
    {
        if (world.Options.BalanceTransactionAfter == TimeSpan.Zero)
        {
            charge.BalanceTransaction = charge.Moved!.Id;
            return;
        }

        world.At(world.Now + (long)world.Options.BalanceTransactionAfter.TotalSeconds, () =>
        {
            charge.BalanceTransaction = charge.Moved!.Id;
            world.Emit("charge.updated", charge, new JsonObject { ["balance_transaction"] = null });
        });
    }

    private Charge NewCharge(PaymentIntent intent, PaymentMethod method, string status)
    {
        var charge = world.Charges.Add(new Charge
        {
            Id = world.NewId(method.Type == "card" ? "ch" : "py"), Created = world.Now, Amount = intent.Amount, Currency = intent.Currency, Customer = intent.Customer,
            Description = intent.Description, Metadata = new(intent.Metadata), PaymentIntent = intent.Id, PaymentMethod = method.Id, BillingDetails = method.BillingDetails,
            Status = status, TransferGroup = intent.TransferGroup, ReceiptEmail = intent.ReceiptEmail, Behaviour = method.Behaviour,
            PaymentMethodDetails = new JsonObject
            {
                ["type"] = method.Type,
                [method.Type] = method.Card is { } card
                    ? new JsonObject { ["brand"] = card.Brand, ["last4"] = card.Last4, ["exp_month"] = card.ExpMonth, ["exp_year"] = card.ExpYear, ["country"] = card.Country, ["funding"] = card.Funding }
                    : new JsonObject(),
            },
        });
        intent.LatestCharge = charge.Id;
        return charge;
    }

    private static bool Asks(PaymentMethod method, bool offSession) => method.Behaviour.Authentication switch
    {
        Authentication.None => false,
        Authentication.Always or Authentication.Redirect or Authentication.QrCode => true,
        Authentication.UnlessSetUp => !method.SetUp,
        Authentication.UnlessOffSession => !(method.SetUp && offSession),
    };

    internal static JsonObject ActionOf(StripeObject intent, TestMethod behaviour, string? returnUrl)
    {
        var url = $"https://hooks.stripe.com/redirect/{intent.Id}";
        return behaviour.Authentication switch
        {
            Authentication.Redirect => new()
            {
                ["type"] = "alipay_handle_redirect",
                ["alipay_handle_redirect"] = new JsonObject { ["native_data"] = null, ["native_url"] = null, ["return_url"] = returnUrl, ["url"] = url },
            },
            Authentication.QrCode => new()
            {
                ["type"] = "wechat_pay_display_qr_code",
                ["wechat_pay_display_qr_code"] = new JsonObject
                {
                    ["data"] = $"weixin://wxpay/{intent.Id}", ["hosted_instructions_url"] = url, ["image_data_url"] = "data:image/png;base64,", ["image_url_png"] = url, ["image_url_svg"] = url,
                },
            },
            _ when returnUrl is not null => new() { ["type"] = "redirect_to_url", ["redirect_to_url"] = new JsonObject { ["return_url"] = returnUrl, ["url"] = url } },
            _ => new() { ["type"] = "use_stripe_sdk", ["use_stripe_sdk"] = new JsonObject { ["type"] = "three_d_secure_redirect", ["stripe_js"] = url } },
        };
    }
}
