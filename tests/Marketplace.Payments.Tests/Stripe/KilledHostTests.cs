using System.Diagnostics;
using Marketplace.Application.Reads;
using Marketplace.Domain.Agreements;
using Marketplace.StripeSimulation;
using Marketplace.Testing;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>A real host, a process of its own with its own clock, killed (SIGKILL: no handler, no flush) at the worst moment.</summary>
public sealed class KilledHostTests : StripeTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("marketplace-killed-");

    /// <summary>So that what falls due a year later has just fallen due by the clock of a real host.</summary>
    protected override DateTimeOffset BeginsAtUtc => PaymentEngine.Noon($"{TimeProvider.System.GetUtcNow().AddDays(-370):yyyy-MM-dd}");

    [Fact]
    public async Task F01_A_host_killed_when_Stripe_has_charged_and_not_answered_charges_once()
    {
        var agreement = await Engine.CollectionDue("kill -9", await SaveCard(), provider: "stripe");
        var intent = (await Engine.IntentOf(agreement)).Id;
        Stripe.Deliveries.Unregister(Endpoint);
        await Engine.DisposeAsync();

        var hold = new Hold();
        Stripe.Faults.Next(Charge, new Fault.HeldAfterWork(hold));
        using var victim = Host();
        await hold.Arrived.WaitAsync(Patience);
        Assert.Equal(1, Charges(intent));
        victim.Kill();
        await victim.WaitForExitAsync();
        hold.Release();

        using var next = Host();
        await WorkedOff(next).WaitAsync(Patience);
        next.Kill();
        await next.WaitForExitAsync();

        Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        await StartEngine();
        var state = await Engine.StateOf(agreement);
        Assert.Equal((IntentStatus.Succeeded, 1), (state.Intents[0].Status, Charges(intent)));
        Assert.Equal(100_000, state.Receipts.Single().Amount.AmountMinor);
        Assert.Equal(1, Stripe.Books.PaymentIntentsBy("intent")[intent.Value]);
        home.Delete(recursive: true);
    }

    private Process Host() => HostProgram.Start(
        home.FullName, "C.UTF-8", $"--Storage:ConnectionString={ConnectionString}", "--Seeds:Enabled=false", "--urls=http://127.0.0.1:0",
        $"--Payments:Stripe:SecretKey={Stripe.ApiKey}", $"--Payments:Stripe:WebhookSecrets={Stripe.WebhookSecrets[0]}", $"--Payments:Stripe:ApiBase={Stripe.Url}");

    /// <summary>The host says that it has worked off an intent.</summary>
    private static async Task WorkedOff(Process host)
    {
        var said = new List<string>();
        while (await host.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.Contains($"Due work '{DueWork.Intent}': 1 woken, 0 failed", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The host ended by itself: {string.Join('\n', said)}");
    }
}
