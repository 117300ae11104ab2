using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>Finds what providers have said and nobody heard, and follows their account of our balance. Looking twice changes nothing.</summary>
public sealed partial class SweepProviderBooks(
    IGrainFactory grains, IEnumerable<IProviderBooks> books, ReceiveProviderNotice notices, MarketplaceClock clock, ILogger<SweepProviderBooks> log)
{
    /// <summary>How far back the frequent look goes.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromHours(3);

    /// <summary>As far back as providers remember what they said.</summary>
    public static readonly TimeSpan AsFarAsTheyRemember = TimeSpan.FromDays(30);

    /// <summary>Looks through all providers' books of the latest time.</summary>
    /// <returns>How many notices and movements were looked at.</returns>
    public async Task<(int Notices, int Movements)> Run(TimeSpan back, CancellationToken cancel = default)
    {
        var (heard, moved) = (0, 0);
        foreach (var provider in books)
        {
            try
            {
                await foreach (var notice in provider.NoticesSince(clock.NowUtc - back, cancel))
                {
                    await notices.Keep(notice);
                    heard++;
                }

                await foreach (var movement in provider.MovementsSince(clock.NowUtc - back, cancel))
                {
                    await See(movement);
                    moved++;
                }
            }
            catch (ProviderUnreachableException silence)
            {
                LogSilence(silence, provider.Name); // the next look begins as far back
            }
        }

        return (heard, moved);
    }

    private async Task See(MovementSeen line)
    {
        var key = $"{line.Provider}:{line.Movement}";
        var id = DerivedId.Guid("movement", key, CanonicalJson.Write(line)); // another text under the same key meets the rules
        if (await grains.GetGrain<IProviderMovementGrain>(key).Execute(CommandEnvelope.BySystem(id, new SeeMovement(line)))
            is Refused { Refusal: var refusal })
        {
            LogChanged(key, refusal.En);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} does not answer; its books are looked through again at the next sweep.")]
    private partial void LogSilence(Exception silence, string provider);

    [LoggerMessage(Level = LogLevel.Error, Message = "Movement {Movement}: {Reason}")]
    private partial void LogChanged(string movement, string reason);
}
