using System.Net;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Lists and events: newest first, a page at a time, none twice and none missing.</summary>
public sealed class PagingTests : SimulatedStripe
{
    [Fact]
    public async Task Pages_join_without_a_gap()
    {
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Insert(0, (await Client.V1.Customers.CreateAsync(new CustomerCreateOptions { Name = $"{i}" })).Id);
        }

        var first = await Client.V1.Customers.ListAsync(new CustomerListOptions { Limit = 3 });
        Assert.True(first.HasMore);
        Assert.Equal(made[..3], first.Data.Select(c => c.Id));
        Assert.Equal(made, await Client.V1.Customers.ListAutoPagingAsync(new CustomerListOptions { Limit = 3 }).Select(c => c.Id).ToListAsync());
        var before = await Client.V1.Customers.ListAsync(new CustomerListOptions { Limit = 2, EndingBefore = made[4] });
        Assert.Equal(made[2..4], before.Data.Select(c => c.Id));
        Assert.True(before.HasMore);
        Assert.False((await Client.V1.Customers.ListAsync(new CustomerListOptions { Limit = 7 })).HasMore);
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Customers.ListAsync(new CustomerListOptions { Limit = 101 }));
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Customers.ListAsync(new CustomerListOptions { StartingAfter = "cus_nobody" }));
    }

    [Fact]
    public async Task Events_are_found_by_type_and_time_for_thirty_days()
    {
        await Pay(Paying(10_000));
        Time.Advance(TimeSpan.FromDays(29));
        await Pay(Paying(10_000));
        Assert.Equal(2, (await Client.V1.Events.ListAsync(new EventListOptions { Type = "payment_intent.succeeded" })).Data.Count);
        Assert.Equal(4, (await Client.V1.Events.ListAsync(new EventListOptions { Type = "payment_intent.*" })).Data.Count);
        Assert.Equal(4, (await Client.V1.Events.ListAsync(new EventListOptions { Types = ["charge.succeeded", "payment_intent.created"] })).Data.Count);
        var today = new DateRangeOptions { GreaterThan = Time.GetUtcNow().UtcDateTime.AddDays(-1) };
        Assert.Equal(3, (await Client.V1.Events.ListAsync(new EventListOptions { Created = today })).Data.Count);
        Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(3, (await Client.V1.Events.ListAsync()).Data.Count);
    }

    [Fact]
    public async Task Payments_are_found_by_customer_and_time()
    {
        var customer = await Client.V1.Customers.CreateAsync(new CustomerCreateOptions());
        var options = Paying(10_000);
        options.Customer = customer.Id;
        var early = await Pay(options);
        Time.Advance(TimeSpan.FromHours(1));
        var late = await Pay(options);
        await Pay(Paying(10_000));
        var found = await Client.V1.PaymentIntents.ListAsync(new PaymentIntentListOptions { Customer = customer.Id, Expand = ["data.latest_charge"] });
        Assert.Equal([late.Id, early.Id], found.Data.Select(i => i.Id));
        Assert.All(found.Data, i => Assert.True(i.LatestCharge.Paid));
        var until = new DateRangeOptions { LessThan = Time.GetUtcNow().UtcDateTime };
        Assert.Equal(early.Id, (await Client.V1.PaymentIntents.ListAsync(new PaymentIntentListOptions { Customer = customer.Id, Created = until })).Data.Single().Id);
    }

    [Fact]
    public async Task Movements_are_found_by_type_and_source()
    {
        var paid = await Pay(Paying(10_000));
        var refund = await Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = paid.Id, Amount = 1_000 });
        var moved = (await Client.V1.BalanceTransactions.ListAsync(new BalanceTransactionListOptions { Type = "refund" })).Data.Single();
        Assert.Equal((refund.Id, -1_000), (moved.SourceId, moved.Amount));
        Assert.Equal(moved.Id, (await Client.V1.BalanceTransactions.ListAsync(new BalanceTransactionListOptions { Source = refund.Id })).Data.Single().Id);
        Assert.IsType<Refund>((await Client.V1.BalanceTransactions.GetAsync(moved.Id, new BalanceTransactionGetOptions { Expand = ["source"] })).Source);
    }
}
