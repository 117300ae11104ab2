using System.Globalization;
using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Search;

/// <summary>What is written into an index file, on its one connection that writes.</summary>
internal sealed class IndexStatements : IDisposable
{
    // The tokenizer sees tokens of ours: it parts them at spaces and folds nothing, since they are in lower case.
    // A contentless table keeps no text; with contentless_delete its rows can be deleted all the same.
    private const string Tables = """
        CREATE TABLE standing (
            format    TEXT    NOT NULL,
            epoch     INTEGER NOT NULL,
            place     INTEGER NOT NULL,
            hash      BLOB    NOT NULL,
            offers_on TEXT    NOT NULL
        ) STRICT;
        CREATE TABLE listings (
            id           INTEGER NOT NULL PRIMARY KEY,
            result       TEXT    NOT NULL UNIQUE,
            since        INTEGER NOT NULL,
            facets       BLOB    NOT NULL,
            digest       INTEGER NOT NULL,
            offers_until TEXT
        ) STRICT;
        CREATE UNIQUE INDEX listings_order ON listings (since, result DESC);
        CREATE INDEX listings_offers ON listings (offers_until) WHERE offers_until IS NOT NULL;
        CREATE VIRTUAL TABLE words USING fts5(title, body, facets, content='', contentless_delete=1, tokenize='ascii');
        """;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insertWords;
    private readonly SqliteCommand insertListing;
    private readonly SqliteCommand deleteWords;
    private readonly SqliteCommand deleteListing;
    private readonly SqliteCommand find;
    private readonly SqliteCommand older;
    private readonly SqliteCommand newer;

    public IndexStatements(SqliteConnection connection)
    {
        this.connection = connection;
        insertWords = Prepare("INSERT INTO words (rowid, title, body, facets) VALUES ($id, $title, $body, $facets)", "$id", "$title", "$body", "$facets");
        insertListing = Prepare(
            "INSERT INTO listings (id, result, since, facets, digest, offers_until) VALUES ($id, $result, $since, $facets, $digest, $until) ON CONFLICT (result) DO NOTHING",
            "$id", "$result", "$since", "$facets", "$digest", "$until");
        deleteWords = Prepare("DELETE FROM words WHERE rowid = $id", "$id");
        deleteListing = Prepare("DELETE FROM listings WHERE id = $id", "$id");
        find = Prepare("SELECT id, since, digest FROM listings WHERE result = $result", "$result");
        older = Prepare("SELECT id FROM listings WHERE since <= $since AND (since < $since OR result > $result) ORDER BY since DESC, result LIMIT 1", "$since", "$result");
        newer = Prepare("SELECT id FROM listings WHERE since >= $since AND (since > $since OR result < $result) ORDER BY since, result DESC LIMIT 1", "$since", "$result");
    }

    public readonly record struct Row(long Id, long Since1970, long Digest);

    public static void CreateTables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Tables;
        command.ExecuteNonQuery();
    }

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    /// <summary>Nothing, when there is nothing under way: SQLite rolls back by itself after some errors.</summary>
    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Gathers more in memory before it is written, and merges nothing meanwhile.</summary>
    public void PrepareToFill()
    {
        Execute("INSERT INTO words (words, rank) VALUES ('hashsize', 134217728)");
        Execute("INSERT INTO words (words, rank) VALUES ('automerge', 0)");
    }

    /// <summary>Makes one list of rows for each token, instead of many that are merged when somebody asks, and copies all to a file without gaps.</summary>
    public void FinishFilling(string path)
    {
        Execute("INSERT INTO words (words) VALUES ('optimize')");
        Execute("INSERT INTO words (words, rank) VALUES ('hashsize', 1048576)"); // as they are by default
        Execute("INSERT INTO words (words, rank) VALUES ('automerge', 4)");
        using var copy = Prepare("VACUUM INTO $path", "$path");
        Run(copy, path);
    }

    public void Insert(long id, Listing listing)
    {
        var tokens = string.Join(' ', listing.Facets.Select(FacetValues.Token).Append(FacetValues.LabToken(listing.Lab)));
        while (Run(insertListing, id, listing.Result, listing.Since1970, listing.Facets, listing.Digest(), Text(listing.OffersUntil)) == 0)
        {
            // Published again while all were read: it has been read where it was before.
            Delete(Find(listing.Result)!.Value.Id);
        }

        Run(insertWords, id, listing.Title, listing.Body, tokens);
    }

    public void Delete(long id)
    {
        Run(deleteWords, id);
        Run(deleteListing, id);
    }

    public Row? Find(string result)
    {
        Set(find, result);
        using var rows = find.ExecuteReader();
        return rows.Read() ? new Row(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)) : null;
    }

    /// <summary>Row ids of those right before and after this place.</summary>
    public (long? Older, long? Newer) Neighbours(long since1970, string result)
    {
        Set(older, since1970, result);
        Set(newer, since1970, result);
        return ((long?)older.ExecuteScalar(), (long?)newer.ExecuteScalar());
    }

    public IReadOnlyList<string> Expired(DateOnly today, int limit)
    {
        using var command = Prepare("SELECT result FROM listings WHERE offers_until < $today LIMIT $limit", "$today", "$limit");
        Set(command, Text(today), (long)limit);
        var results = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            results.Add(rows.GetString(0));
        }

        return results;
    }

    public IEnumerable<(long Id, byte[]? Facets)> ReadFacets()
    {
        using var command = Prepare("SELECT id, facets FROM listings ORDER BY id");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
        }
    }

    /// <summary>Null when there is none, or it is of another format.</summary>
    public IndexStanding? ReadStanding(string format)
    {
        using var command = Prepare("SELECT epoch, place, hash, offers_on FROM standing WHERE format = $format", "$format");
        Set(command, format);
        using var rows = command.ExecuteReader();
        return rows.Read()
            ? new IndexStanding(
                new JournalPosition(rows.GetInt64(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2),
                DateOnly.ParseExact(rows.GetString(3), "yyyy-MM-dd", CultureInfo.InvariantCulture))
            : null;
    }

    public void WriteStanding(string format, IndexStanding standing)
    {
        Execute("DELETE FROM standing");
        using var command = Prepare(
            "INSERT INTO standing (format, epoch, place, hash, offers_on) VALUES ($format, $epoch, $place, $hash, $on)", "$format", "$epoch", "$place", "$hash", "$on");
        Run(command, format, standing.Position.Epoch, standing.Position.Offset, standing.Hash.ToArray(), Text(standing.OffersOn));
    }

    public void Dispose()
    {
        foreach (var command in new[] { insertWords, insertListing, deleteWords, deleteListing, find, older, newer })
        {
            command.Dispose();
        }
    }

    private static object? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        Set(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
