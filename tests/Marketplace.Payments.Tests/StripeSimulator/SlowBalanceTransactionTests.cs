using Marketplace.StripeSimulation;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Stripe captures asynchronously by default: a charge that succeeded may not name its movement, and thus its fee, yet.</summary>
public sealed class SlowBalanceTransactionTests() : SimulatedStripe(new StripeOptions { BalanceTransactionAfter = TimeSpan.FromMinutes(10) })
{
    [Fact]
    public async Task A_charge_names_its_movement_later()
    {
        var paid = await Pay(Paying(10_000));
        var expanded = new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction"] };
        Assert.Null((await Client.V1.PaymentIntents.GetAsync(paid.Id, expanded)).LatestCharge.BalanceTransaction);
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(320, (await Client.V1.PaymentIntents.GetAsync(paid.Id, expanded)).LatestCharge.BalanceTransaction.Fee);
        Assert.Equal("charge.updated", (await EventTypes())[^1]);
    }
}
