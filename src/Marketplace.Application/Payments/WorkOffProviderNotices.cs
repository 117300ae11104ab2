using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Payments;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>
/// Gives notices their effect. A notice is a hint: the thing that it is about is looked up and recorded as it now stands, so that repeated,
/// late, lost and unordered notices all end the same. Safe to repeat and to be killed at any point.
/// </summary>
public sealed class WorkOffProviderNotices(IGrainFactory grains, IEnumerable<IProviderBooks> books, WorkOffIntents intents, MarketplaceClock clock)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <param name="stream"><c>provider-notice/stripe:evt_…</c>, as in the due-work table.</param>
    /// <exception cref="Journal.JournalUnavailableException">The next run begins anew.</exception>
    public async Task<Answer> WorkOff(string stream, CancellationToken cancel = default)
    {
        var grain = grains.GetGrain<IProviderNoticeGrain>(StreamDirectory.IdOf(stream));
        var notice = await grain.State();
        return notice is { Status: NoticeStatus.Waiting, Received: { } received }
            ? await Tell(grain, notice, await Effect(notice, received, cancel))
            : new Accepted(stream, 0);
    }

    private async Task<ProviderNoticeCommand> Effect(ProviderNotice notice, NoticeReceived received, CancellationToken cancel)
    {
        if (books.FirstOrDefault(b => b.Name == received.Provider) is not { } provider)
        {
            return new ParkNotice($"no provider called {received.Provider} is in use here");
        }

        try
        {
            return await provider.Read(received, cancel) switch
            {
                ProviderNews.OfPayment about => await Look(about, cancel),
                ProviderNews.OfChargeback about => await Chargeback(about, cancel),
                ProviderNews.OfRefund about => await Refund(provider.Name, about, cancel),
                ProviderNews.OfProfile about => await Profile(received.Provider, Turn(notice), about),
                ProviderNews.Nothing about => new ConcludeNotice(about.Why),
                ProviderNews.NotUnderstood about => new ParkNotice(about.Why),
                var other => throw new InvalidOperationException($"Unknown news {other}"),
            };
        }
        catch (ProviderUnreachableException silence)
        {
            var pause = TimeSpan.FromTicks(Math.Min(ShortestPause.Ticks << Math.Min(notice.Attempts, 6), LongestPause.Ticks));
            return new PostponeNotice(silence.Message, clock.NowUtc + pause);
        }
    }

    private async Task<ProviderNoticeCommand> Look(ProviderNews.OfPayment about, CancellationToken cancel) =>
        await intents.Look(about.Agreement, about.Intent, cancel) is Refused { Refusal: var refusal }
            ? new ParkNotice($"{refusal.Code}: {refusal.En}")
            : new ConcludeNotice($"{about.Intent} was looked up");

    private async Task<ProviderNoticeCommand> Chargeback(ProviderNews.OfChargeback about, CancellationToken cancel)
    {
        // The payment comes first: what nobody recorded as received cannot be held.
        if (await intents.Look(about.Agreement, about.Chargeback.Intent, cancel) is Refused { Refusal: var unseen })
        {
            return new ParkNotice($"{unseen.Code}: {unseen.En}");
        }

        var done = await Do(about.Agreement, about.Chargeback, "chargeback", about.Chargeback.Reference, about.Chargeback.Status.ToString());
        return done is Refused { Refusal: var refusal }
            ? new ParkNotice($"{refusal.Code}: {refusal.En}")
            : new ConcludeNotice($"chargeback {about.Chargeback.Reference} is {about.Chargeback.Status.ToString().ToLowerInvariant()}");
    }

    private async Task<ProviderNoticeCommand> Refund(string provider, ProviderNews.OfRefund about, CancellationToken cancel)
    {
        if (await intents.Look(about.Agreement, about.Collection, cancel) is Refused { Refusal: var unseen })
        {
            return new ParkNotice($"{unseen.Code}: {unseen.En}");
        }

        var done = await Do(
            about.Agreement, new Domain.Agreements.RecordReversal(provider, about.Reference, about.Collection.Value, about.Amount, about.Reason), "refund", about.Reference);
        return done switch
        {
            Refused { Refusal.Code: "reversal-recorded" } => new ConcludeNotice($"refund {about.Reference} was recorded before"),
            Refused { Refusal: var refusal } => new ParkNotice($"{refusal.Code}: {refusal.En}"),
            _ => new ConcludeNotice($"refund {about.Reference} of {about.Amount}, which we had not asked for"),
        };
    }

    /// <summary>The id is that of the turn, not of the change: somebody may be cleared, barred and cleared again.</summary>
    private async Task<ProviderNoticeCommand> Profile(string provider, string turn, ProviderNews.OfProfile about)
    {
        var id = DerivedId.Guid("profile", provider, about.Organisation.Value, turn);
        return await grains.GetGrain<IPaymentProfileGrain>(IPaymentProfileGrain.KeyOf(provider, about.Organisation)).Execute(CommandEnvelope.BySystem(id, about.Change)) is Refused { Refusal: var refusal }
            ? new ParkNotice($"{refusal.Code}: {refusal.En}")
            : new ConcludeNotice($"{about.Organisation}: {about.Change.GetType().Name}");
    }

    /// <summary>The id is that of the effect, not of the notice: two notices of one fact have it once.</summary>
    private Task<Answer> Do(AgreementId agreement, AgreementCommand command, params string[] effect) =>
        grains.GetGrain<IAgreementGrain>(agreement.Value).Execute(CommandEnvelope.BySystem(DerivedId.Guid([agreement.Value, .. effect]), command));

    private static Task<Answer> Tell(IProviderNoticeGrain grain, ProviderNotice notice, ProviderNoticeCommand outcome) =>
        grain.Execute(CommandEnvelope.BySystem(DerivedId.Guid("notice-outcome", notice.Received!.Provider, Turn(notice)), outcome));

    /// <summary>Which time it is that this notice is worked off.</summary>
    private static string Turn(ProviderNotice notice) =>
        string.Create(CultureInfo.InvariantCulture, $"{notice.Received!.Notice} {notice.Attempts} {notice.NextLookUtc?.UtcTicks}");
}
