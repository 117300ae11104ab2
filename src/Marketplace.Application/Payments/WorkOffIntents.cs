using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>
/// Moves the money of committed intents: asks the provider, outside of every grain, and records what it says as a command.
/// Safe to repeat, to overlap and to be killed at any point: the intent's id is the key of the one payment that there can be.
/// </summary>
public sealed partial class WorkOffIntents(
    IGrainFactory grains, PaymentProviders providers, MarketplaceClock clock, TimeProvider time, ILogger<WorkOffIntents> log)
{
    /// <summary>How long one question may stay unanswered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Works off what is due of one agreement's intents.</summary>
    /// <param name="stream"><c>agreement/agr_…</c>, as in the due-work table.</param>
    /// <returns>
    /// Accepted: every due intent was asked about, and the answers, silence included, are recorded (version 0: none was due).
    /// Refused: an intent that only people can help; the others were worked off all the same.
    /// </returns>
    /// <exception cref="Journal.JournalUnavailableException">Not all answers are recorded: the next run looks them up.</exception>
    public async Task<Answer> WorkOff(string stream, CancellationToken cancel = default)
    {
        var id = StreamDirectory.IdOf(stream);
        var grain = grains.GetGrain<IAgreementGrain>(id);
        var agreement = await grain.State();
        var now = clock.NowUtc;
        Answer answer = new Accepted(id, 0);
        foreach (var intent in agreement.Intents.Where(i => i.IsOpen && i.NextLookUtc <= now))
        {
            var worked = await WorkOff(grain, agreement, intent, now, cancel);
            answer = answer is Refused ? answer : worked is Refused { Refusal: var refusal } ? About(intent, refusal) : worked;
        }

        return answer;
    }

    /// <summary>
    /// Looks one intent up now, whatever became of it before: a payment that was concluded may have moved, or have cost, more since.
    /// </summary>
    /// <returns>Refused: there is no such intent, or the provider now says that less has moved than before, which a person must look into.</returns>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    /// <exception cref="Journal.JournalUnavailableException">The answer is not recorded.</exception>
    public async Task<Answer> Look(AgreementId id, PaymentIntentId about, CancellationToken cancel = default)
    {
        var grain = grains.GetGrain<IAgreementGrain>(id.Value);
        var agreement = await grain.State();
        if (agreement.Stage == Stage.None || agreement.Intent(about) is not { } intent)
        {
            return Refusal.NotFound();
        }

        var provider = providers.Find(intent.Provider);
        if (provider.Refusal is { } unknown)
        {
            return unknown;
        }

        var said = await Ask(provider.Value, PaymentOrder.Of(agreement, intent), intent, cancel);
        if (said.Refusal is { } refusal)
        {
            return refusal;
        }

        var answer = said.Value ?? throw new ProviderUnreachableException($"{intent.Provider} does not answer about {intent.Id}.");
        if (!intent.IsOpen && answer.MovedMinor < intent.MovedMinor)
        {
            return Refusal.State(
                "payment-regressed", $"支付渠道现称只划转了 {answer.MovedMinor}，此前为 {intent.MovedMinor}（最小货币单位）。",
                $"The provider now says that {answer.MovedMinor} has moved, and said {intent.MovedMinor} before (minor units).");
        }

        return await Record(grain, intent, OutcomeOf(intent, answer, clock.NowUtc));
    }

    private async Task<Answer> WorkOff(IAgreementGrain grain, Agreement agreement, PaymentIntent intent, DateTimeOffset now, CancellationToken cancel)
    {
        var provider = providers.Find(intent.Provider);
        if (provider.Refusal is { } unknown)
        {
            return unknown;
        }

        var said = await Ask(provider.Value, PaymentOrder.Of(agreement, intent), intent, cancel);
        return said.Refusal is { } refusal ? refusal : await Record(grain, intent, OutcomeOf(intent, said.Value, now));
    }

    /// <summary>
    /// What the provider says; null when it does not answer. The look-up comes before the sending, even of an intent that looks new: whoever
    /// worked on it before may have been killed after sending. That never charges twice if the provider's look-up knows at once of what was
    /// sent; with one whose look-up lags behind, only its own key keeps two sendings from being two payments.
    /// </summary>
    private async Task<Result<ProviderAnswer?>> Ask(IPaymentProvider provider, PaymentOrder order, PaymentIntent intent, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            if (intent.IsWithdrawn)
            {
                return await provider.Cancel(order, either.Token).WaitAsync(either.Token) ?? new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "withdrawn before it was sent");
            }

            if (await provider.LookUp(order, either.Token).WaitAsync(either.Token) is { } known)
            {
                return known;
            }

            return intent.ExternalId is null
                ? await provider.Send(order, either.Token).WaitAsync(either.Token)
                : Refusal.State(
                    "payment-lost", "支付渠道曾受理这笔支付，现称从未收到。", "The provider had this payment, and now says that it never heard of it.");
        }
        catch (ProviderUnreachableException silence)
        {
            LogSilence(silence, intent.Id, intent.Provider);
            return (ProviderAnswer?)null;
        }
        catch (OperationCanceledException silence) when (!cancel.IsCancellationRequested)
        {
            LogSilence(silence, intent.Id, intent.Provider);
            return (ProviderAnswer?)null;
        }
        catch (PaymentOrderRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static RecordPaymentOutcome OutcomeOf(PaymentIntent intent, ProviderAnswer? said, DateTimeOffset now)
    {
        // As long as it has waited so far, so pauses double; the same moment gives the same pause, whoever computes it.
        var pause = TimeSpan.FromTicks(Math.Clamp((now - intent.RequestedAtUtc).Ticks, ShortestPause.Ticks, LongestPause.Ticks));
        if (said is null)
        {
            return new RecordPaymentOutcome(intent.Id, IntentStatus.Unknown, null, 0, now + pause, "no answer");
        }

        DateTimeOffset? nextLook = said.Status != IntentStatus.Processing ? null
            : said.NextLookUtc is { } asked && asked > now ? asked
            : now + pause;
        return new RecordPaymentOutcome(intent.Id, said.Status, said.ExternalId is "" ? null : said.ExternalId, said.MovedMinor, nextLook, said.Reason, said.MovedOn, said.FeeMinor);
    }

    private static Task<Answer> Record(IAgreementGrain grain, PaymentIntent intent, RecordPaymentOutcome outcome)
    {
        // The id says which look this was and what it brought: whoever repeats it says nothing new.
        var word = DerivedId.Guid(
            intent.Id.Value, "outcome", Text($"{intent.Status} {intent.NextLookUtc.UtcTicks}"),
            Text($"{outcome.Status} {outcome.ExternalId} {outcome.MovedMinor} {outcome.FeeMinor} {outcome.NextLookUtc?.UtcTicks}"));
        return grain.Execute(CommandEnvelope.BySystem(word, outcome));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Refusal About(PaymentIntent intent, Refusal refusal) => refusal with
    {
        Zh = $"支付 {intent.Id}（{intent.Provider}）：{refusal.Zh}",
        En = $"Payment {intent.Id} ({intent.Provider}): {refusal.En}",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "No answer about payment {Intent} from {Provider}; it will be looked up.")]
    private partial void LogSilence(Exception silence, PaymentIntentId intent, string provider);
}
