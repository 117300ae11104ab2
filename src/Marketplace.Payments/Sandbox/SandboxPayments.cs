using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;
using Orleans;
using Orleans.Runtime;

namespace Marketplace.Payments.Sandbox;

/// <summary>
/// A provider that moves no money and behaves in every other way like a real one: it keeps its own books, takes its time, declines, pays in
/// part, and does not always answer. What it does is decided by the method of each payment.
/// </summary>
internal sealed class SandboxPayments(IGrainFactory grains, MarketplaceClock clock) : IPaymentProvider
{
    public const string ProviderName = "sandbox";

    /// <summary>Said of everything that did not move.</summary>
    public const string Declined = "sandbox-declined";

    public string Name => ProviderName;

    public bool Offers(string method) => SandboxMethod.Parse(method) is not null;

    public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default) => Reaching(async () =>
    {
        var grain = GrainOf(order);
        var asked = OrderOf(order);
        var lost = (await grain.State()).LostARequest;

        // The id says what was asked: the same again is the same command, something else meets the rules.
        var id = DerivedId.Guid(
            order.Intent.Value, "send", $"{asked.Kind}", asked.Amount.ToString(), asked.Method, lost.ToString(CultureInfo.InvariantCulture));
        if (await grain.Execute(CommandEnvelope.BySystem(id, new TakeOrder(asked))) is Refused refused)
        {
            throw new PaymentOrderRefusedException(refused.Refusal);
        }

        return await grain.State() is { Order: not null } payment && SandboxMethod.Parse(asked.Method) is { IsSilent: false }
            ? AnswerOf(payment)
            : throw new ProviderUnreachableException($"The sandbox does not answer: {asked.Method}.");
    });

    public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) => Reaching(async () =>
    {
        var grain = GrainOf(order);
        var payment = await grain.State();
        if (payment.DecidesAtUtc <= clock.NowUtc)
        {
            await grain.Wake(ISandboxPaymentGrain.Decision);
            payment = await grain.State();
        }

        return payment.Order is null ? null
            : payment.Order == OrderOf(order) ? AnswerOf(payment)
            : throw new PaymentOrderRefusedException(SandboxRules.KeyReused);
    });

    public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) => Reaching(async () =>
    {
        var grain = GrainOf(order);
        if ((await grain.State()).Order is null)
        {
            return null;
        }

        var id = DerivedId.Guid(order.Intent.Value, "cancel");
        await grain.Execute(CommandEnvelope.BySystem(id, new CancelOrder()));
        return await LookUp(order, cancel);
    });

    private static SandboxOrder OrderOf(PaymentOrder order) => new(order.Intent, order.Kind, order.Amount, order.Method);

    private static ProviderAnswer AnswerOf(SandboxPayment payment)
    {
        var asked = payment.Order!;
        var id = SandboxPaymentId.For(asked.Intent).Value;
        if (payment.DecidesAtUtc is { } next)
        {
            return new ProviderAnswer(IntentStatus.Processing, id, 0, next);
        }

        return payment.MovedMinor == asked.Amount.AmountMinor
            ? new ProviderAnswer(IntentStatus.Succeeded, id, payment.MovedMinor, MovedOn: payment.EndedOn)
            : payment.MovedMinor == 0
            ? new ProviderAnswer(IntentStatus.Failed, id, 0, Reason: Declined)
            : new ProviderAnswer(IntentStatus.PartlySucceeded, id, payment.MovedMinor, Reason: Declined, MovedOn: payment.EndedOn);
    }

    private ISandboxPaymentGrain GrainOf(PaymentOrder order) => grains.GetGrain<ISandboxPaymentGrain>(order.Intent.Value);

    /// <summary>Whatever keeps the sandbox from answering is what a lost connection is to a real provider.</summary>
    private static async Task<T> Reaching<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception silence) when (silence is JournalUnavailableException or TimeoutException or OrleansMessageRejectionException)
        {
            throw new ProviderUnreachableException("The sandbox does not answer: its journal or its silo is out of reach.", silence);
        }
    }
}
