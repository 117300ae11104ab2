using Marketplace.Application.Payments;
using Marketplace.Domain;

namespace Marketplace.Payments.Tests;

/// <summary>A real provider whose caller a test may kill, whose answers it may lose, and whose calls it counts.</summary>
public sealed class ScriptedProvider(IPaymentProvider inner) : IPaymentProvider
{
    private int sends, lookUps;

    /// <summary>Called before an order reaches the provider; throws to keep it from it.</summary>
    public Func<PaymentOrder, CancellationToken, Task> BeforeSend { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after the provider has done its work; throws to lose the answer, or to play the caller's death.</summary>
    public Action<ProviderAnswer> AfterSend { get; set; } = _ => { };

    /// <summary>Called before a look-up reaches the provider.</summary>
    public Func<PaymentOrder, CancellationToken, Task> BeforeLookUp { get; set; } = (_, _) => Task.CompletedTask;

    public int Sends => sends;

    public int LookUps => lookUps;

    public string Name => inner.Name;

    public bool Offers(string method) => inner.Offers(method);

    public Task<bool> MayName(OrganisationId company, string method) => inner.MayName(company, method);

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref sends);
        await BeforeSend(order, cancel);
        var answer = await inner.Send(order, cancel);
        AfterSend(answer);
        return answer;
    }

    public async Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref lookUps);
        await BeforeLookUp(order, cancel);
        return await inner.LookUp(order, cancel);
    }

    public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) => inner.Cancel(order, cancel);
}

/// <summary>The caller's process dies.</summary>
public sealed class KilledException : Exception;
