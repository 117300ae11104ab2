using System.Net;
using Marketplace.StripeSimulation;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Money that goes back: because we send it, because somebody clicks, because a bank takes it.</summary>
public sealed class RefundAndDisputeTests : SimulatedStripe
{
    [Fact]
    public async Task Refunds_end_when_nothing_is_left()
    {
        var paid = await Pay(Paying(10_000));
        var part = await Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = paid.Id, Amount = 4_000, Metadata = new() { ["refund_id"] = "r" } });
        Assert.Equal(("succeeded", 4_000, "r"), (part.Status, part.Amount, part.Metadata["refund_id"]));
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = paid.Id, Amount = 6_001 }));
        await Client.V1.Refunds.CreateAsync(new RefundCreateOptions { Charge = paid.LatestChargeId });
        Assert.Equal("charge_already_refunded", (await Refused(HttpStatusCode.BadRequest, () => Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = paid.Id }))).StripeError.Code);

        Assert.Equal(2, (await Client.V1.Refunds.ListAsync(new RefundListOptions { PaymentIntent = paid.Id })).Data.Count);
        Assert.True((await Client.V1.Charges.GetAsync(paid.LatestChargeId)).Refunded);
        Assert.Equal(-320, Simulator.Books.Available("usd") + Simulator.Books.Pending("usd")); // the fee stays with Stripe
    }

    [Fact]
    public async Task Somebody_refunds_in_the_Dashboard()
    {
        var paid = await Pay(Paying(10_000));
        var refund = Simulator.Acts.Refund(paid.Id, 2_500);
        Assert.Empty((await Client.V1.Refunds.GetAsync(refund)).Metadata);
        Assert.Equal(2_500, Simulator.Books.Of("intent_id", "one").Refunded);
        Assert.Contains("charge.refunded", await EventTypes());
    }

    [Fact]
    public async Task A_refund_that_comes_back_is_owed_again()
    {
        var paid = await Pay(Paying(10_000, method: "pm_card_pendingRefund"));
        var refund = await Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = paid.Id });
        Assert.Equal("pending", refund.Status);
        Simulator.Acts.SettleRefund(refund.Id);
        Simulator.Acts.FailRefund(refund.Id);
        refund = await Client.V1.Refunds.GetAsync(refund.Id);
        Assert.Equal(("failed", "expired_or_canceled_card"), (refund.Status, refund.FailureReason));
        Assert.Equal(0, Simulator.Books.Of("intent_id", "one").Refunded);
        Assert.Equal(9_680, Simulator.Books.Available("usd") + Simulator.Books.Pending("usd"));
    }

    [Theory]
    [InlineData(true, "won", 9_680 - 1_500, 0)]
    [InlineData(false, "lost", -320 - 1_500, 10_000)]
    public async Task A_dispute_takes_the_money_until_it_is_decided(bool won, string status, long balance, long disputed)
    {
        var paid = await Pay(Paying(10_000));
        var id = Simulator.Acts.OpenDispute(paid.Id);
        Assert.Equal(-320 - 1_500, Simulator.Books.Available("usd") + Simulator.Books.Pending("usd"));
        Assert.Equal("charge_disputed", (await Refused(HttpStatusCode.BadRequest, () => Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = paid.Id }))).StripeError.Code);
        if (won)
        {
            Simulator.Acts.RespondToDispute(id);
            Simulator.Acts.WinDispute(id);
        }
        else
        {
            Simulator.Acts.LoseDispute(id);
        }

        var dispute = await Client.V1.Disputes.GetAsync(id);
        Assert.Equal((status, paid.Id), (dispute.Status, dispute.PaymentIntentId));
        Assert.Equal(won ? 2 : 1, dispute.BalanceTransactions.Count);
        Assert.Equal(id, (await Client.V1.Disputes.ListAsync(new DisputeListOptions { PaymentIntent = paid.Id })).Data.Single().Id);
        Assert.Equal(balance, Simulator.Books.Available("usd") + Simulator.Books.Pending("usd"));
        Assert.Equal(disputed, Simulator.Books.Of("intent_id", "one").Disputed);
        Assert.Throws<InvalidOperationException>(() => Simulator.Acts.WinDispute(id));
        Assert.Equal(
            won
                ? ["charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.updated", "charge.dispute.funds_reinstated", "charge.dispute.closed"]
                : ["charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed"],
            (await EventTypes()).Where(t => t.StartsWith("charge.dispute")));
    }

    [Fact]
    public async Task A_card_that_disputes_does_so_by_itself()
    {
        await Pay(Paying(10_000, method: "pm_card_createDispute"));
        Assert.Equal("needs_response", (await Client.V1.Disputes.ListAsync()).Data.Single().Status);
    }
}
