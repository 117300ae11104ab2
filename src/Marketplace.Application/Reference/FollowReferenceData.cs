using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Application.Reference;

/// <summary>Reads the reference stream before the host decides anything, and once a minute after that.</summary>
public sealed partial class FollowReferenceData(IJournal journal, CurrentReferenceData current, TimeProvider time, ILogger<FollowReferenceData> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task Refresh(CancellationToken cancel = default)
    {
        // No snapshot has this schema, so the whole stream is read: a few events a year.
        var loaded = await journal.Load($"reference/{IReferenceGrain.China}", "none", cancel);
        var state = loaded.Tail.Aggregate(
            ReferenceBook.Initial, (s, e) => ReferenceBook.Apply(s, EventCatalog<ReferenceEvent>.Instance.Read(e.Type, e.Body)));
        current.Take(state.Data, loaded.Version);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Refresh(stoppingToken);
            }
            catch (JournalUnavailableException unavailable)
            {
                LogUnavailable(unavailable); // what is known stays good; the next minute tries again
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reference data could not be refreshed: the journal did not answer.")]
    private partial void LogUnavailable(Exception exception);
}
