using Marketplace.StripeSimulation;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Many payments at once through random faults: each is made once, and the books are whole.</summary>
public sealed class SoakTests : SimulatedStripe
{
    private const int Payments = 400;
    private const int MostTries = 50;

    [Fact]
    public async Task Whoever_tries_again_under_the_same_key_pays_once()
    {
        Simulator.Faults.AtRandom(11, new FaultRates { DropBeforeWork = 0.1, DropAfterWork = 0.1, RateLimited = 0.1, LockTimeout = 0.05, Conflict = 0.05, ErrorBeforeWork = 0.1 });
        await Parallel.ForAsync(0, Payments, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await PayInTheEnd($"payment-{i}"));

        var moved = Simulator.Books.By("intent_id");
        Assert.Equal(Payments, moved.Count);
        Assert.All(moved.Values, m => Assert.Equal(new Moved(1, 10_000, 0, 0, 0, 0), m));
        Assert.All(Simulator.Books.ChargesPerPaymentIntent().Values, charges => Assert.Equal(1, charges));
        Assert.Equal(Payments * 9_680L, Simulator.Books.Pending("usd"));
    }

    private async Task PayInTheEnd(string id)
    {
        var options = Paying(10_000);
        options.Metadata = new() { ["intent_id"] = id };
        for (var i = 0; i < MostTries; i++)
        {
            try
            {
                await Pay(options, id);
                return;
            }
            catch (Exception again) when (again is HttpRequestException or StripeException)
            {
                // under the same key
            }
        }

        Assert.Fail($"{id} was not paid in {MostTries} tries");
    }
}
