using System.Collections.Concurrent;
using Marketplace.Application.Catalog;
using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Search;

/// <summary>
/// One SQLite file: a contentless FTS5 table of tokens and a side table that knows which listing a row is. The row id is the place in the
/// catalog, so that newest first is reading backwards. Written by one, read by many; a change is there whole or not at all.
/// </summary>
internal sealed class IndexFile : IDisposable
{
    /// <summary>Between newcomers there is room for those that come late: journals of many writers are not in the order of their clocks.</summary>
    private const long Step = 1 << 16;

    /// <summary>While it is built all come in their order; closer together, lists of row ids are shorter.</summary>
    private const long BuildingStep = 64;

    private const int FilledAtOnce = 50_000;

    /// <summary>Different questions whose counts are remembered.</summary>
    private const int MostCounted = 500;

    /// <summary>Ends the name of a file that is being filled.</summary>
    public const string DraftSuffix = "-draft";

    /// <summary>Another one means another layout of the file.</summary>
    private static readonly string Format = $"1 {FacetValues.Numbering}";

    private readonly string path;
    private readonly SqliteConnection writer;
    private readonly IndexStatements write;
    private readonly FacetBitmaps bitmaps = new();
    private readonly ConcurrentBag<IndexQueries> idle = [];

    /// <summary>Since something has changed.</summary>
    private volatile ConcurrentDictionary<string, Lazy<CatalogCounts>> counted = new(StringComparer.Ordinal);

    /// <summary>Who uses it: its owner and those who are reading.</summary>
    private int users = 1;

    private bool deletesItself;

    private IndexFile(string path, SqliteConnection writer, IndexStatements write, IndexStanding standing)
    {
        (this.path, this.writer, this.write) = (path, writer, write);
        Standing = standing;
        bitmaps.Change(write.ReadFacets());
    }

    public IndexStanding Standing { get; private set; }

    /// <summary>Opens a file that was finished, and reads its facets into memory.</summary>
    /// <exception cref="IndexUnusableException">It is damaged, unfinished or of another format.</exception>
    public static IndexFile Open(string path) => Guarded(() =>
    {
        var connection = Connect(path, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;");
        try
        {
            var write = new IndexStatements(connection);
            return new IndexFile(
                path, connection, write, write.ReadStanding(Format) ?? throw new IndexUnusableException("The search index was not finished, or is of another format."));
        }
        catch (Exception broken) when (broken is SqliteException or IndexUnusableException)
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>Makes a new file of listings that come oldest first. What a crash leaves of it is unfinished, and never opened.</summary>
    /// <exception cref="IndexUnusableException">It cannot be written.</exception>
    public static async Task<IndexFile> Build(string path, IAsyncEnumerable<IReadOnlyList<Listing>> oldestFirst, IndexStanding standing, CancellationToken cancel)
    {
        var draft = path + DraftSuffix;
        using (var connection = Guarded(() => Connect(draft, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;")))
        {
            using var write = Guarded(() =>
            {
                IndexStatements.CreateTables(connection);
                var statements = new IndexStatements(connection);
                statements.PrepareToFill();
                statements.Begin();
                return statements;
            });
            var (id, uncommitted) = (0L, 0);
            await foreach (var page in oldestFirst.WithCancellation(cancel))
            {
                Guarded(() =>
                {
                    foreach (var listing in page)
                    {
                        write.Insert(id += BuildingStep, listing);
                    }

                    // At a commit what was gathered in memory becomes a list of its own, which has to be merged later.
                    uncommitted += page.Count;
                    if (uncommitted >= FilledAtOnce)
                    {
                        write.Commit();
                        write.Begin();
                        uncommitted = 0;
                    }

                    return true;
                });
            }

            Guarded(() =>
            {
                write.Commit();
                write.FinishFilling(path);
                return true;
            });
        }

        Delete(draft);
        return Guarded(() =>
        {
            // All of it is on the disk before it says that it is whole.
            using (var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(handle);
            }

            using (var connection = Connect(path, "PRAGMA synchronous = FULL;"))
            {
                using var write = new IndexStatements(connection);
                write.WriteStanding(Format, standing);
            }

            return Open(path);
        });
    }

    /// <summary>Takes in what has changed, with the position up to which it was read. All or nothing.</summary>
    /// <param name="concerned">Results that may have changed.</param>
    /// <param name="current">Those of them that are public, as they are now; the others leave the catalog.</param>
    /// <exception cref="IndexUnusableException">It is damaged, or there is no place left between two listings.</exception>
    public void Apply(IEnumerable<string> concerned, IReadOnlyList<Listing> current, IndexStanding standing) => Guarded(() =>
    {
        var changes = new List<(long, byte[]?)>();
        var listings = current.ToDictionary(l => l.Result, StringComparer.Ordinal);
        try
        {
            write.Begin();
            foreach (var result in concerned)
            {
                var old = write.Find(result);
                var listing = listings.GetValueOrDefault(result);
                if (old is { } same && listing is not null && same.Since1970 == listing.Since1970 && same.Digest == listing.Digest())
                {
                    continue;
                }

                if (old is { } stale)
                {
                    write.Delete(stale.Id);
                    changes.Add((stale.Id, null));
                }

                if (listing is not null)
                {
                    var id = old is { } kept && kept.Since1970 == listing.Since1970 ? kept.Id : PlaceOf(listing);
                    write.Insert(id, listing);
                    changes.Add((id, listing.Facets));
                }
            }

            write.WriteStanding(Format, standing);
            write.Commit();
        }
        finally
        {
            write.RollBack(); // of what was not committed
        }

        bitmaps.Change(changes);
        Standing = standing;
        if (changes.Count > 0)
        {
            counted = new(StringComparer.Ordinal);
        }

        return true;
    });

    /// <summary>Results whose open offers have changed before this local day, without an event.</summary>
    public IReadOnlyList<string> Expired(DateOnly today, int limit) => Guarded(() => write.Expired(today, limit));

    /// <exception cref="IndexUnusableException">It is damaged.</exception>
    public IReadOnlyList<CatalogPlace> Find(CatalogFilter filter, CatalogOrder order, CatalogPlace? after, int limit) => Reading(queries =>
    {
        var match = Match.Of(filter);
        if (match.IsNothing)
        {
            return [];
        }

        var before = after is null ? long.MaxValue : queries.FirstFrom(Microseconds.Since1970(after.PublicSinceUtc), after.Result);
        if (order == CatalogOrder.Newest || match.Words is null)
        {
            return queries.Newest(match.All, before, limit, isBelowTitles: false);
        }

        var found = new List<CatalogPlace>();
        if (after is null or { IsBelowTitles: false })
        {
            found.AddRange(queries.Newest(match.Titles, before, limit, isBelowTitles: false));
            before = long.MaxValue;
        }

        if (found.Count < limit)
        {
            found.AddRange(queries.Newest(match.BelowTitles, before, limit - found.Count, isBelowTitles: true));
        }

        return (IReadOnlyList<CatalogPlace>)found;
    });

    /// <summary>Counted once, whoever asks the same before something changes: what many look for is what takes longest to count.</summary>
    /// <exception cref="IndexUnusableException">It is damaged.</exception>
    public CatalogCounts Count(CatalogFilter filter)
    {
        var match = Match.Of(filter);
        var known = counted;
        return known.Count >= MostCounted
            ? Count(filter, match)
            : known.GetOrAdd($"{match.IsNothing} {match.All}", _ => new Lazy<CatalogCounts>(() => Count(filter, match))).Value;
    }

    /// <summary>Whether it may still be read; then <see cref="Leave"/> must follow.</summary>
    public bool TryEnter()
    {
        for (var seen = Volatile.Read(ref users); seen > 0;)
        {
            var before = Interlocked.CompareExchange(ref users, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            Close();
        }
    }

    /// <summary>Closes once nobody reads it any more, and leaves no file.</summary>
    public void Discard()
    {
        deletesItself = true;
        Leave();
    }

    /// <summary>Closes once nobody reads it any more; the file stays, to be opened again.</summary>
    public void Dispose() => Leave();

    public static void Delete(string path)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal", DraftSuffix, DraftSuffix + "-journal" })
        {
            File.Delete(path + suffix);
        }
    }

    private void Close()
    {
        while (idle.TryTake(out var queries))
        {
            queries.Dispose();
        }

        write.Dispose();
        writer.Dispose();
        bitmaps.Dispose();
        if (deletesItself)
        {
            Delete(path);
        }
    }

    /// <summary>After those that are older and before those that are newer; of one instant, the lower id is the newer one, as in the read tables.</summary>
    private long PlaceOf(Listing listing)
    {
        var (older, newer) = write.Neighbours(listing.Since1970, listing.Result);
        switch (older, newer)
        {
            case (_, null):
                return (older ?? 0) + Step;
            case (null, { } first):
                return first - Step;
            case ({ } below, { } above):
                return above - below > 1 ? below + ((above - below) / 2) : throw new IndexUnusableException("There is no place left between two listings.");
        }
    }

    private CatalogCounts Count(CatalogFilter filter, Match match) => Reading(queries => bitmaps.Count(FacetValues.Chosen(filter), without =>
    {
        if (match.IsNothing)
        {
            return new FacetBitmaps.Hits([], false);
        }

        if (!match.NeedsWords)
        {
            return new FacetBitmaps.Hits(null, false);
        }

        var ids = queries.Ids(match.Without(without), CatalogCount.Most + 1);
        var isCutOff = ids.Count > CatalogCount.Most;
        return new FacetBitmaps.Hits(isCutOff ? ids[..CatalogCount.Most] : ids, isCutOff);
    }));

    private T Reading<T>(Func<IndexQueries, T> read) => Guarded(() =>
    {
        var queries = idle.TryTake(out var ready) ? ready : new IndexQueries(Connect(path, "PRAGMA query_only = ON; PRAGMA cache_size = -16384;"));
        try
        {
            return read(queries);
        }
        finally
        {
            idle.Add(queries);
        }
    });

    private static SqliteConnection Connect(string path, string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 10000; " + settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static T Guarded<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (SqliteException broken)
        {
            throw new IndexUnusableException($"The search index cannot be used: {broken.Message}", broken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new IndexUnusableException($"The search index cannot be written: {broken.Message}", broken);
        }
    }
}
