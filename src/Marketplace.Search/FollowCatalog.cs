using System.Data.Common;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Search;

/// <param name="Folder">Absolute. Its contents can be thrown away at any time while no host runs.</param>
/// <param name="IsTemporary">It goes with the host.</param>
public sealed record CatalogIndexSettings(string Folder, bool IsTemporary = false);

/// <summary>
/// Keeps this host's index at the end of the journal: reads which streams were written since, and takes in the rows of what they concern as
/// they are now. When there is a doubt about a file it is made anew, while readers go on with what there is.
/// </summary>
public sealed partial class FollowCatalog : BackgroundService
{
    private const int PlacesAtOnce = 2_000;
    private const int ListingsAtOnce = 500;
    private const int BuiltAtOnce = 2_000;

    /// <summary>A listing is to be found within a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly CatalogIndex index;
    private readonly IJournal journal;
    private readonly ListingReader listings;
    private readonly MarketplaceClock clock;
    private readonly TimeProvider time;
    private readonly CatalogIndexSettings settings;
    private readonly ILogger<FollowCatalog> log;

    private IndexFolder? folder;
    private bool hasLooked;
    private bool isDoubtful;

    public FollowCatalog(
        CatalogIndex index, IJournal journal, IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock, TimeProvider time, CatalogIndexSettings settings,
        ILogger<FollowCatalog> log)
    {
        (this.index, this.journal, this.clock, this.time, this.settings, this.log) = (index, journal, clock, time, settings, log);
        listings = new ListingReader(reads);
    }

    /// <summary>One step towards the end of the journal.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    /// <exception cref="JournalUnavailableException">The journal does not answer.</exception>
    public async Task<bool> Step(CancellationToken cancel = default)
    {
        var today = LocalTime.DateOf(clock.NowUtc);
        folder ??= IndexFolder.Take(settings.Folder);
        if (!hasLooked)
        {
            await OpenWhatIsThere(folder, cancel);
            hasLooked = true;
        }

        // A clock that was put back has offers open again that nobody would look at.
        if (index.Current is not { } file || isDoubtful || index.IsBroken || file.Standing.OffersOn > today)
        {
            await Rebuild(folder, today, cancel);
            return true;
        }

        try
        {
            return file.Standing.OffersOn < today ? await Expire(file, today, cancel) : await Follow(file, cancel);
        }
        catch (IndexUnusableException unusable)
        {
            isDoubtful = true;
            LogDoubt(unusable.Message);
            return true;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        index.Dispose();
        folder?.Dispose();
        if (settings.IsTemporary && Directory.Exists(settings.Folder))
        {
            Directory.Delete(settings.Folder, recursive: true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host must not wait for an index
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                pause = await Step(stoppingToken) ? TimeSpan.Zero : Interval;
                isFailing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is IndexUnusableException or JournalUnavailableException or DbException || failure.InnerException is DbException)
            {
                if (!isFailing)
                {
                    LogFailure(failure); // once for each time that it begins; searches are answered all the same
                }

                (pause, isFailing) = (AfterFailure, true);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OpenWhatIsThere(IndexFolder place, CancellationToken cancel)
    {
        foreach (var path in place.Files())
        {
            if (index.Current is null && await TryOpen(path, cancel) is { } file)
            {
                index.Take(file);
            }
            else
            {
                IndexFile.Delete(path);
            }
        }
    }

    private async Task<IndexFile?> TryOpen(string path, CancellationToken cancel)
    {
        IndexFile? file = null;
        var isOurs = false;
        try
        {
            file = IndexFile.Open(path);
            isOurs = await IsOfThisJournal(file.Standing, cancel);
            if (!isOurs)
            {
                LogDoubt("It follows another journal, or is ahead of this one.");
            }
        }
        catch (IndexUnusableException unusable)
        {
            LogDoubt(unusable.Message);
        }
        finally
        {
            if (!isOurs)
            {
                file?.Dispose();
            }
        }

        return isOurs ? file : null;
    }

    /// <summary>The event at its position is the one that it has followed: not of another database, nor of a future that a restored one does not have.</summary>
    private async Task<bool> IsOfThisJournal(IndexStanding standing, CancellationToken cancel)
    {
        if (standing.Position == JournalPosition.Start)
        {
            return true; // it knows nothing yet
        }

        var before = standing.Position with { Offset = standing.Position.Offset - 1 };
        var found = await journal.ReadPlaces(before, 1, cancel);
        return found is [var there] && there.Position == standing.Position && there.Hash.Span.SequenceEqual(standing.Hash.Span);
    }

    private async Task Rebuild(IndexFolder place, DateOnly today, CancellationToken cancel)
    {
        // Rows are read after the position: what is newer than it is read again by following, and taking it in twice changes nothing.
        var last = await journal.LastPlace(cancel);
        var standing = new IndexStanding(last?.Position ?? JournalPosition.Start, last?.Hash ?? ReadOnlyMemory<byte>.Empty, today);
        var path = place.Next();
        var began = time.GetTimestamp();
        IndexFile? built = null;
        try
        {
            built = await IndexFile.Build(path, listings.All(today, BuiltAtOnce, cancel), standing, cancel);
        }
        finally
        {
            if (built is null)
            {
                IndexFile.Delete(path);
            }
        }

        isDoubtful = false;
        index.Take(built);
        LogBuilt(time.GetElapsedTime(began).TotalSeconds);
    }

    private async Task<bool> Follow(IndexFile file, CancellationToken cancel)
    {
        var places = await journal.ReadPlaces(file.Standing.Position, PlacesAtOnce, cancel);
        if (places.Count == 0)
        {
            return false;
        }

        var concerned = await listings.Concerned(places.Select(p => p.Stream).Distinct(StringComparer.Ordinal), cancel);
        foreach (var some in concerned.Chunk(ListingsAtOnce))
        {
            file.Apply(some, await listings.Of(some, file.Standing.OffersOn, cancel), file.Standing);
        }

        file.Apply([], [], file.Standing with { Position = places[^1].Position, Hash = places[^1].Hash });
        index.Tell();
        return places.Count == PlacesAtOnce;
    }

    /// <summary>An offer ends with its last day, without an event: on the first step of a new day what had one is read again.</summary>
    private async Task<bool> Expire(IndexFile file, DateOnly today, CancellationToken cancel)
    {
        while (file.Expired(today, ListingsAtOnce) is { Count: > 0 } some)
        {
            file.Apply(some, await listings.Of(some, today, cancel), file.Standing);
        }

        file.Apply([], [], file.Standing with { OffersOn = today });
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index was made anew in {Seconds:0.0} s.")]
    private partial void LogBuilt(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index is made anew: {Why}")]
    private partial void LogDoubt(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The search index cannot follow the journal; it is tried again. Searches are answered without it, or from what it knew.")]
    private partial void LogFailure(Exception failure);
}
