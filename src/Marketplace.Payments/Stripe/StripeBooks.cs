using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Payments;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>What Stripe says by itself, and its account of our balance.</summary>
internal sealed partial class StripeBooks(StripeApi stripe, Invoices invoices, StripeSettings settings) : IProviderBooks
{
    /// <summary>Older signatures are refused: somebody may have kept them.</summary>
    private const long ToleranceSeconds = 300;

    /// <summary>What a webhook endpoint must be registered for, and what the sweep looks for: everything that changes something here.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled", "charge.updated", "charge.refunded",
        "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
        "refund.created", "refund.updated", "refund.failed", "checkout.session.completed", "checkout.session.expired",
        "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed", "transfer.updated", "transfer.reversed", "account.updated",
        "invoice.paid", "invoice.voided", "invoice.marked_uncollectible",
    ];

    /// <summary>Of how many types Stripe lists events at a time.</summary>
    private const int MostTypes = 20;

    private static readonly Refusal Forged = Refusal.Invalid("notice-forged", "签名无效。", "The signature is not Stripe's.");
    private static readonly Refusal Stale = Refusal.Invalid("notice-stale", "签名已过期。", "The signature is too old.");
    private static readonly Refusal Foreign = Refusal.Invalid("notice-foreign", "该通知属于另一账户或另一模式。", "The notice is for another account or mode.");
    private static readonly Refusal Malformed = Refusal.Invalid("notice-malformed", "通知内容无法读取。", "The notice cannot be read.");

    public string Name => StripeSettings.ProviderName;

    public Result<ReceiveNotice> Verify(string body, string? signature, DateTimeOffset nowUtc)
    {
        if (signature is null || !Header().IsMatch(signature) || !settings.WebhookSecrets.Any(secret => IsSigned(body, signature, secret, long.MaxValue / 2, nowUtc)))
        {
            return Forged;
        }

        if (!settings.WebhookSecrets.Any(secret => IsSigned(body, signature, secret, ToleranceSeconds, nowUtc)))
        {
            return Stale;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement, body, NoticeVia.Webhook);
        }
        catch (JsonException)
        {
            return Malformed;
        }
    }

    public async IAsyncEnumerable<ReceiveNotice> NoticesSince(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var types in Types.Chunk(MostTypes))
        {
            var options = new Api.EventListOptions { Created = new Api.DateRangeOptions { GreaterThanOrEqual = since.UtcDateTime }, Types = [.. types], Limit = 100 };
            await foreach (var said in Paged(stripe.V1.Events.ListAutoPagingAsync(options, cancellationToken: cancel), cancel))
            {
                var body = said.ToJson();
                using var json = JsonDocument.Parse(body);
                if (Read(json.RootElement, body, NoticeVia.Sweep) is { Refusal: null, Value: var notice })
                {
                    yield return notice;
                }
            }
        }
    }

    public async IAsyncEnumerable<MovementSeen> MovementsSince(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var options = new Api.BalanceTransactionListOptions
        {
            Created = new Api.DateRangeOptions { GreaterThanOrEqual = since.UtcDateTime },
            Limit = 100,
            Expand = ["data.source"],
        };
        await foreach (var line in Paged(stripe.V1.BalanceTransactions.ListAutoPagingAsync(options, cancellationToken: cancel), cancel))
        {
            var ours = StripeMark.Read(await MetadataOf(line.Source, cancel));
            yield return new MovementSeen(
                Name, line.Id, line.Type, line.SourceId, ours?.Agreement, ours?.Intent, StripeAmount.Back(line.Net, line.Currency), StripeAmount.Back(line.Fee, line.Currency),
                line.Type is "payout" or "payout_cancel" or "payout_failure" or "topup" or "topup_reversal", new DateTimeOffset(line.Created, TimeSpan.Zero));
        }
    }

    public async Task<IReadOnlyList<Money>> Balances(CancellationToken cancel = default)
    {
        var balance = await StripeApi.Ask(() => stripe.V1.Balance.GetAsync(cancellationToken: cancel), cancel);
        return
        [
            .. balance.Available.Select(a => (a.Currency, a.Amount)).Concat(balance.Pending.Select(p => (p.Currency, p.Amount)))
                .GroupBy(part => part.Currency)
                .Select(all => StripeAmount.Back(all.Sum(part => part.Amount), all.Key)),
        ];
    }

    public async Task<ProviderNews> Read(NoticeReceived notice, CancellationToken cancel = default)
    {
        if (notice.About is not { } about)
        {
            return new ProviderNews.NotUnderstood("it names nothing that it is about");
        }

        try
        {
            return await (notice.Type switch
            {
                var t when t.StartsWith("charge.dispute.", StringComparison.Ordinal) => OfDispute(about, cancel),
                var t when t.StartsWith("refund.", StringComparison.Ordinal) || t == "charge.refund.updated" => OfRefund(about, cancel),
                var t when t.StartsWith("charge.", StringComparison.Ordinal) => OfCharge(about, cancel),
                var t when t.StartsWith("payment_intent.", StringComparison.Ordinal) => OfPaymentIntent(about, cancel),
                var t when t.StartsWith("checkout.session.", StringComparison.Ordinal) => OfSession(about, cancel),
                var t when t.StartsWith("invoice.", StringComparison.Ordinal) => OfInvoice(about, cancel),
                var t when t.StartsWith("transfer.", StringComparison.Ordinal) => OfTransfer(about, cancel),
                var t when t.StartsWith("v2.core.account", StringComparison.Ordinal) || t == "account.updated" => OfAccount(about, cancel),
                var t when WithoutEffect.Any(known => t.StartsWith(known, StringComparison.Ordinal)) => Task.FromResult<ProviderNews>(new ProviderNews.Nothing("changes nothing here")),
                _ => Task.FromResult<ProviderNews>(new ProviderNews.NotUnderstood($"nobody here knows what {notice.Type} means")),
            });
        }
        catch (PaymentOrderRefusedException refused)
        {
            return new ProviderNews.NotUnderstood(refused.Refusal.En);
        }
    }

    /// <summary>Known, and seen elsewhere or of no consequence: movements are read from the balance.</summary>
    private static readonly string[] WithoutEffect =
        ["payout.", "balance.", "customer.", "payment_method.", "setup_intent.", "product.", "price.", "invoiceitem.", "invoice_payment.", "topup.", "reporting.", "radar.", "capability.", "person."];

    private Result<ReceiveNotice> Read(JsonElement said, string body, NoticeVia via)
    {
        if (said.ValueKind != JsonValueKind.Object || Text(said, "id") is not { } id || Text(said, "type") is not { } type || type.Length > 100 || Created(said) is not { } created)
        {
            return Malformed;
        }

        // Notices of version 2 are thin: they name their thing, and bind themselves to no version.
        var isThin = Text(said, "object") == "v2.core.event";
        var about = isThin ? Text(said, "related_object", "id") : Text(said, "data", "object", "id");
        var isOfPayee = Text(said, "account") is { } account && !(type == "account.updated" && account == about); // theirs, not ours
        if (isOfPayee || (said.TryGetProperty("livemode", out var live) && live.ValueKind is JsonValueKind.True or JsonValueKind.False && live.GetBoolean() != settings.IsLive))
        {
            return Foreign;
        }

        var version = Text(said, "api_version");
        return new ReceiveNotice(
            Name, id, type, about, created, version, body, via,
            isThin || version == Api.StripeConfiguration.ApiVersion ? null : $"written in version {version ?? "none"}, not in {Api.StripeConfiguration.ApiVersion}");
    }

    private async Task<ProviderNews> OfPaymentIntent(string id, CancellationToken cancel) =>
        Ours(await MetadataOf(await StripeApi.Ask(() => stripe.V1.PaymentIntents.GetAsync(id, cancellationToken: cancel), cancel), cancel));

    private async Task<ProviderNews> OfCharge(string id, CancellationToken cancel)
    {
        var charge = await StripeApi.Ask(
            () => stripe.V1.Charges.GetAsync(id, new Api.ChargeGetOptions { Expand = ["payment_intent"] }, cancellationToken: cancel), cancel);
        return Ours(charge.PaymentIntent is { } paid ? await MetadataOf(paid, cancel) : charge.Metadata);
    }

    private async Task<ProviderNews> OfInvoice(string id, CancellationToken cancel) => Ours((await invoices.Get(id, cancel)).Metadata);

    private async Task<ProviderNews> OfSession(string id, CancellationToken cancel)
    {
        var session = await StripeApi.Ask(
            () => stripe.V1.Checkout.Sessions.GetAsync(
                id, new Api.Checkout.SessionGetOptions { Expand = ["setup_intent.payment_method"] }, cancellationToken: cancel), cancel);
        return session switch
        {
            { Mode: "setup", Status: "complete", SetupIntent.PaymentMethod: { } left } when StripeMark.ReadOrganisation(session.Metadata) is { } company =>
                new ProviderNews.OfProfile(company, new SaveMethod(StripePayments.Saved + left.Id, LabelOf(left))),
            { Mode: "setup" } => new ProviderNews.Nothing("nothing was left on the page"),
            _ => Ours(session.Metadata),
        };
    }

    private async Task<ProviderNews> OfDispute(string id, CancellationToken cancel)
    {
        var dispute = await StripeApi.Ask(
            () => stripe.V1.Disputes.GetAsync(id, new Api.DisputeGetOptions { Expand = ["payment_intent"] }, cancellationToken: cancel), cancel);
        if (StripeMark.Read(await MetadataOf(dispute.PaymentIntent, cancel)) is not { } ours)
        {
            return new ProviderNews.Nothing("no payment of ours");
        }

        ChargebackStatus? status = dispute.Status switch
        {
            "needs_response" or "under_review" => ChargebackStatus.Open,
            "won" => ChargebackStatus.Won,
            "lost" => ChargebackStatus.Lost,
            _ => null, // an inquiry: no money is taken
        };
        return status is null ? new ProviderNews.Nothing($"an inquiry, {dispute.Status}") : new ProviderNews.OfChargeback(
            ours.Agreement, new RecordChargeback(ours.Intent, dispute.Id, StripeAmount.Back(dispute.Amount, dispute.Currency), status.Value, dispute.Reason));
    }

    private async Task<ProviderNews> OfRefund(string id, CancellationToken cancel)
    {
        var refund = await StripeApi.Ask(
            () => stripe.V1.Refunds.GetAsync(id, new Api.RefundGetOptions { Expand = ["payment_intent"] }, cancellationToken: cancel), cancel);
        var collected = StripeMark.Read(await MetadataOf(refund.PaymentIntent, cancel));
        if (StripeMark.Read(refund.Metadata) is { } asked && collected?.Intent != asked.Intent)
        {
            return new ProviderNews.OfPayment(asked.Agreement, asked.Intent);
        }

        return collected is not { } ours ? new ProviderNews.Nothing("no payment of ours")
            : refund.Status is "failed" or "canceled" ? new ProviderNews.NotUnderstood($"a refund that was made at Stripe has {refund.Status}: the money is back there")
            : new ProviderNews.OfRefund(ours.Agreement, ours.Intent, refund.Id, StripeAmount.Back(refund.Amount, refund.Currency), refund.Reason ?? "refunded at Stripe");
    }

    private async Task<ProviderNews> OfTransfer(string id, CancellationToken cancel)
    {
        var transfer = await StripeApi.Ask(() => stripe.V1.Transfers.GetAsync(id, cancellationToken: cancel), cancel);
        if (StripeMark.Read(transfer.Metadata) is not { } ours)
        {
            return new ProviderNews.Nothing("no transfer of ours");
        }

        return transfer.Reversals.FirstOrDefault(r => StripeMark.Read(r.Metadata) is null) is { } foreign
            ? new ProviderNews.NotUnderstood($"reversal {foreign.Id} of {StripeAmount.Back(foreign.Amount, foreign.Currency)} was made at Stripe")
            : transfer.Reversals.LastOrDefault(r => StripeMark.Read(r.Metadata) is not null) is { } reversal && StripeMark.Read(reversal.Metadata) is { } recovery
            ? new ProviderNews.OfPayment(recovery.Agreement, recovery.Intent)
            : new ProviderNews.OfPayment(ours.Agreement, ours.Intent);
    }

    private async Task<ProviderNews> OfAccount(string id, CancellationToken cancel)
    {
        var account = await StripeApi.Ask(
            () => stripe.Client.V2.Core.Accounts.GetAsync(id, new Api.V2.Core.AccountGetOptions { Include = ["configuration.recipient"] }, cancellationToken: cancel), cancel);
        return StripeMark.ReadOrganisation(account.Metadata) is { } organisation
            ? new ProviderNews.OfProfile(organisation, new NamePayee(account.Id, StripePages.MayBePaid(account)))
            : new ProviderNews.Nothing("no account of ours");
    }

    private static ProviderNews Ours(IDictionary<string, string>? metadata) =>
        StripeMark.Read(metadata) is { } ours ? new ProviderNews.OfPayment(ours.Agreement, ours.Intent) : new ProviderNews.Nothing("no payment of ours");

    /// <summary>Where a line of the balance says what of ours moved; a chargeback, and a refund that was made at Stripe, by what they take from.</summary>
    private async Task<IDictionary<string, string>?> MetadataOf(Api.IBalanceTransactionSource? source, CancellationToken cancel)
    {
        switch (source)
        {
            case Api.Charge charge when StripeMark.Read(charge.Metadata) is not null || charge.PaymentIntentId is null:
                return charge.Metadata;
            case Api.Charge { PaymentIntentId: var charged }:
                return (await invoices.OfPayment(charged, cancel))?.Metadata;
            case Api.Transfer transfer:
                return transfer.Metadata;
            case Api.TransferReversal reversal:
                return reversal.Metadata;
            case Api.Refund refund when StripeMark.Read(refund.Metadata) is not null || refund.PaymentIntentId is null:
                return refund.Metadata;
            case Api.Refund { PaymentIntentId: var refunded }:
                return await MetadataOf(await StripeApi.Ask(() => stripe.V1.PaymentIntents.GetAsync(refunded, cancellationToken: cancel), cancel), cancel);
            case Api.Dispute { PaymentIntentId: { } disputed }:
                return await MetadataOf(await StripeApi.Ask(() => stripe.V1.PaymentIntents.GetAsync(disputed, cancellationToken: cancel), cancel), cancel);
            default:
                return null;
        }
    }

    /// <summary>Stripe writes nothing of ours on the payment of an invoice: then it stands on the invoice.</summary>
    private async Task<IDictionary<string, string>?> MetadataOf(Api.PaymentIntent? made, CancellationToken cancel) =>
        made is null || StripeMark.Read(made.Metadata) is not null ? made?.Metadata : (await invoices.OfPayment(made.Id, cancel))?.Metadata;

    private static string LabelOf(Api.PaymentMethod left) => left.Card is { } card ? $"{card.Brand} •••• {card.Last4}" : left.Type;

    private static bool IsSigned(string body, string signature, string secret, long toleranceSeconds, DateTimeOffset nowUtc)
    {
        try
        {
            Api.EventUtility.ValidateSignature(body, signature, secret, toleranceSeconds, nowUtc.ToUnixTimeSeconds());
            return true;
        }
        catch (Api.StripeException)
        {
            return false;
        }
    }

    private static DateTimeOffset? Created(JsonElement said) => said.TryGetProperty("created", out var created) ? created.ValueKind switch
    {
        JsonValueKind.Number when created.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        JsonValueKind.String when DateTimeOffset.TryParse(created.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at.ToUniversalTime(),
        _ => null,
    }
    : null;

    private static string? Text(JsonElement from, params ReadOnlySpan<string> path)
    {
        foreach (var member in path)
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(member, out from))
            {
                return null;
            }
        }

        return from.ValueKind == JsonValueKind.String ? from.GetString() : null;
    }

    private static async IAsyncEnumerable<T> Paged<T>(IAsyncEnumerable<T> pages, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var page = pages.GetAsyncEnumerator(cancel);
        while (await StripeApi.Ask(async () => await page.MoveNextAsync(), cancel))
        {
            yield return page.Current;
        }
    }

    // The library reads the instant into 32 bits, and throws when it does not fit.
    [GeneratedRegex(@"^t=[12]?\d{1,9}(,v\d{1,2}=[0-9a-fA-F]{1,128}){1,10}$", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
