using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Licensing;
using Marketplace.Journal;
using Orleans;
using Orleans.Runtime;

namespace Marketplace.Application.Banking;

/// <summary>
/// Pays out and refunds by bank transfer. It moves nothing by itself: an order waits for two administrators and a file, and a statement says what
/// became of it. Nothing can be collected so: whoever owes pays by transfer.
/// </summary>
public sealed class BankPayments(IGrainFactory grains, MarketplaceClock clock) : IPaymentProvider
{
    /// <summary>People and banks need days.</summary>
    private static readonly TimeSpan NextLook = TimeSpan.FromHours(4);

    private const string MethodPrefix = "account:";

    public string Name => BankMatching.Source;

    /// <summary>The method that pays on this account.</summary>
    public static string MethodOf(PayoutAccountId account) => $"{MethodPrefix}{account}";

    public bool Offers(string method) => AccountOf(method) is not null;

    public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default) => Reaching(async () =>
    {
        var grain = GrainOf(order);
        if ((await grain.State()).Order is null && await WhyNot(order) is { } why)
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: why);
        }

        var account = AccountOf(order.Method) ?? throw new PaymentOrderRefusedException(MethodUnknown);
        var payee = (await grain.State()).Order?.Payee ?? (await grains.GetGrain<IPayoutAccountGrain>(account.Value).State()).Account!;
        var id = DerivedId.Guid(order.Intent.Value, "order", $"{order.Kind}", order.Amount.ToString(), order.Method);
        var ordered = new OrderBankPayment(new BankPaymentOrder(order.Intent, order.Agreement, order.Kind, order.Amount, account, payee));
        return await Execute(grain, id, ordered) is Refused { Refusal: var refusal } ? throw new PaymentOrderRefusedException(refusal) : AnswerOf(await grain.State());
    });

    public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) => Reaching(async () =>
        await GrainOf(order).State() is { Order: { } known } payment
            ? (known.Kind, known.Amount, MethodOf(known.Account)) == (order.Kind, order.Amount, order.Method)
                ? AnswerOf(payment)
                : throw new PaymentOrderRefusedException(BankPaymentRules.KeyReused)
            : null);

    public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) => Reaching(async () =>
    {
        if ((await GrainOf(order).State()).Order is null)
        {
            return null;
        }

        await Execute(GrainOf(order), DerivedId.Guid(order.Intent.Value, "cancel"), new CancelBankPayment());
        return await LookUp(order, cancel);
    });

    /// <summary>What keeps an order from being taken, for the agreement's record; null: nothing.</summary>
    private async Task<string?> WhyNot(PaymentOrder order)
    {
        if (order.Kind is not (IntentKind.Payout or IntentKind.Refund))
        {
            return "bank-collects-nothing";
        }

        if (AccountOf(order.Method) is not { } id)
        {
            throw new PaymentOrderRefusedException(MethodUnknown);
        }

        var account = await grains.GetGrain<IPayoutAccountGrain>(id.Value).State();
        return account.Status != PayoutAccountStatus.Verified ? "payout-account-not-verified"
            : account.Organisation != await PayeeOf(order) ? "payout-account-of-another"
            : null;
    }

    /// <summary>Whose account it must be; inventors are paid on their laboratory's.</summary>
    private async Task<OrganisationId?> PayeeOf(PaymentOrder order) => order.Payee switch
    {
        "company" => order.Company,
        "guarantor" or PaymentIntent.Broker => ThirdParty.Of((await grains.GetGrain<IAgreementGrain>(order.Agreement.Value).State()).Terms)?.Organisation,
        _ => order.Lab,
    };

    private ProviderAnswer AnswerOf(BankPayment payment)
    {
        var externalId = payment.Order!.EndToEndId;
        return payment.Status switch
        {
            BankPaymentStatus.Made => new ProviderAnswer(IntentStatus.Succeeded, externalId, payment.MovedMinor, MovedOn: payment.MovedOn),
            BankPaymentStatus.Returned or BankPaymentStatus.Rejected or BankPaymentStatus.Cancelled => new ProviderAnswer(IntentStatus.Failed, externalId, 0, Reason: payment.Reason),
            _ => new ProviderAnswer(IntentStatus.Processing, externalId, 0, clock.NowUtc + NextLook),
        };
    }

    private IBankPaymentGrain GrainOf(PaymentOrder order) => grains.GetGrain<IBankPaymentGrain>(order.Intent.Value);

    private static PayoutAccountId? AccountOf(string method) =>
        method.StartsWith(MethodPrefix, StringComparison.Ordinal) && Id.TryParse<PayoutAccountId>(method[MethodPrefix.Length..], out var account) ? account : null;

    private static Refusal MethodUnknown => Refusal.Invalid("method-unknown", "银行转账没有这种支付方式。", "There is no such way to pay by bank.", "method");

    private static Task<Answer> Execute(IBankPaymentGrain grain, Guid command, BankPaymentCommand content) =>
        grain.Execute(CommandEnvelope.BySystem(command, content));

    /// <summary>Whatever keeps our own books from answering is what a lost connection is to a provider elsewhere.</summary>
    private static async Task<T> Reaching<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception silence) when (silence is JournalUnavailableException or TimeoutException or OrleansMessageRejectionException)
        {
            throw new ProviderUnreachableException("The bank's orders are out of reach: the journal or the silo does not answer.", silence);
        }
    }
}
