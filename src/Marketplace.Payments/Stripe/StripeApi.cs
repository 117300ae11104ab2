using System.Net;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>
/// The client, with the one rule for what an error means. Nothing is sent twice here: whoever got no answer looks up what became of it, and
/// that is the only retrier.
/// </summary>
internal sealed class StripeApi(StripeSettings settings, HttpClient http)
{
    public static readonly Refusal KeyReused = Refusal.State(
        "stripe-key-reused", "Stripe：同一支付编号下已有另一笔不同的请求。", "Stripe: another request was sent under this intent id.");

    public Api.StripeClient Client { get; } = new(new Api.StripeClientOptions
    {
        ApiKey = settings.SecretKey,
        ApiBase = settings.ApiBase.AbsoluteUri.TrimEnd('/'),
        HttpClient = new Api.SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
    });

    public Api.V1Services V1 => Client.V1;

    /// <summary>A call that only looks, or whose refusal is a bug.</summary>
    /// <exception cref="ProviderUnreachableException">No answer, or one that says nothing about the order: limits, outages, a wrong key.</exception>
    /// <exception cref="PaymentOrderRefusedException">Stripe cannot read the order.</exception>
    public static async Task<T> Ask<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await Reach(call, cancel);
        }
        catch (Api.StripeException refused)
        {
            throw new PaymentOrderRefusedException(RefusalOf(refused));
        }
    }

    /// <summary>The same, for callers who know what to make of an error that Stripe has decided on.</summary>
    /// <exception cref="Api.StripeException">Stripe has read the order and said no.</exception>
    public static async Task<T> Reach<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (Api.StripeException silence) when (IsSilence(silence))
        {
            throw new ProviderUnreachableException($"Stripe says {(int)silence.HttpStatusCode} {silence.StripeError?.Code}", silence);
        }
        catch (Api.StripeException reused) when (reused.StripeError?.Type == "idempotency_error")
        {
            throw new PaymentOrderRefusedException(KeyReused);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException || (lost is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProviderUnreachableException("Stripe cannot be reached", lost);
        }
    }

    /// <summary>Whether Stripe has said that it has no such thing.</summary>
    public static bool IsMissing(Api.StripeException refused) => refused.StripeError?.Code == "resource_missing" || refused.HttpStatusCode == HttpStatusCode.NotFound;

    public static Refusal RefusalOf(Api.StripeException refused) => Refusal.State(
        "stripe-refused",
        $"Stripe 拒绝了请求（{refused.StripeError?.Code ?? refused.StripeError?.Type}）。",
        $"Stripe refuses the request ({refused.StripeError?.Code ?? refused.StripeError?.Type}, {refused.StripeError?.Param}).");

    // 409 and 429 mean "not now", and a key that is not accepted says nothing about the order either.
    private static bool IsSilence(Api.StripeException said) =>
        said.HttpStatusCode is 0 or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout
        || (int)said.HttpStatusCode >= 500;
}
