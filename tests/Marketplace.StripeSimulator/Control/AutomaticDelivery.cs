using System.Threading.Channels;

namespace Marketplace.StripeSimulation;

/// <summary>Mishaps of the automatic mode, each from 0 to 1.</summary>
/// <param name="Drops">It never arrives.</param>
/// <param name="Duplicates">It arrives twice.</param>
/// <param name="Delays">It arrives after the one behind it.</param>
public sealed record DeliveryRates(double Drops = 0, double Duplicates = 0, double Delays = 0);

/// <summary>Sends events as they come, one at a time, each up to three times.</summary>
internal sealed class AutomaticDelivery : IDisposable
{
    private const int MostAttempts = 3;

    private readonly Channel<Delivery> waiting = Channel.CreateUnbounded<Delivery>();
    private readonly CancellationTokenSource stopping = new();
    private readonly Deliveries deliveries;
    private readonly DeliveryRates rates;
    private readonly Random random;
    private readonly Lock gate = new();
    private TaskCompletionSource quiet = Done();
    private int open;

    public AutomaticDelivery(Deliveries deliveries, int seed, DeliveryRates rates)
    {
        (this.deliveries, this.rates, random) = (deliveries, rates, new Random(seed));
        _ = Run();
    }

    public void Take(Delivery delivery)
    {
        lock (gate)
        {
            if (open++ == 0)
            {
                quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        waiting.Writer.TryWrite(delivery);
    }

    public Task Quiet()
    {
        lock (gate)
        {
            return quiet.Task;
        }
    }

    public void Dispose() => stopping.Cancel();

    private async Task Run()
    {
        try
        {
            while (true)
            {
                var next = await waiting.Reader.ReadAsync(stopping.Token);
                if (random.NextDouble() < rates.Delays && waiting.Reader.TryRead(out var behind))
                {
                    await Deliver(behind);
                }

                await Deliver(next);
            }
        }
        catch (OperationCanceledException)
        {
            Finish(open); // disposed: nobody waits in vain
        }
    }

    private async Task Deliver(Delivery delivery)
    {
        if (random.NextDouble() < rates.Drops)
        {
            deliveries.Drop(delivery);
            Finish(1);
            return;
        }

        if (random.NextDouble() < rates.Duplicates)
        {
            await deliveries.Resend(delivery.EventId, delivery.Endpoint);
        }

        for (var attempt = 0; attempt < MostAttempts && !(await deliveries.Deliver(delivery with { Attempts = attempt })).IsTaken; attempt++)
        {
            // Stripe waits hours between attempts; the automatic mode does not wait.
        }

        Finish(1);
    }

    private void Finish(int count)
    {
        lock (gate)
        {
            open -= count;
            if (open == 0)
            {
                quiet.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
