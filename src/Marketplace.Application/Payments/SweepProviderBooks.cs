using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>
/// Finds what providers have said and nobody heard, follows their account of our balance, and names to administrators what waits for one of
/// them, at every look until somebody has seen to it. Looking twice changes nothing.
/// </summary>
public sealed partial class SweepProviderBooks(
    IGrainFactory grains, IEnumerable<IProviderBooks> books, ReceiveProviderNotice notices, IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock,
    ILogger<SweepProviderBooks> log)
{
    /// <summary>How far back the frequent look goes.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromHours(3);

    /// <summary>As far back as providers remember what they said.</summary>
    public static readonly TimeSpan AsFarAsTheyRemember = TimeSpan.FromDays(30);

    /// <summary>How many parked notices are named at a time.</summary>
    private const int MostNamed = 10;

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

        await NameParked(cancel);
        return (heard, moved);
    }

    private async Task NameParked(CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var parked = await database.Of<ProviderNoticeRow>().Where(n => n.Status == NoticeStatus.Parked)
            .OrderBy(n => n.ReceivedAtUtc).ThenBy(n => n.Notice).Take(MostNamed).ToListAsync(cancel);
        foreach (var notice in parked)
        {
            LogParked(notice.Notice, notice.Type, notice.ReceivedAtUtc, notice.Said);
        }
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Notice {Notice} ({Type}) of {ReceivedAtUtc:u} is parked until an administrator has it worked off again: {Reason}")]
    private partial void LogParked(string notice, string type, DateTime receivedAtUtc, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Movement {Movement}: {Reason}")]
    private partial void LogChanged(string movement, string reason);
}
