using Marketplace.Application.Catalog;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Marketplace.Search;

/// <summary>A connection that reads an index file, with its statements prepared. Used by one reader at a time.</summary>
internal sealed class IndexQueries(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand newest = Command(connection, """
        SELECT l.since, l.result
        FROM (SELECT rowid AS id FROM words WHERE words MATCH $match AND rowid < $before ORDER BY rowid DESC LIMIT $limit) f CROSS JOIN listings l ON l.id = f.id
        ORDER BY l.id DESC
        """, "$match", "$before", "$limit");

    private readonly SqliteCommand newestOfAll = Command(
        connection, "SELECT since, result FROM listings WHERE id < $before ORDER BY id DESC LIMIT $limit", "$before", "$limit");

    private readonly SqliteCommand firstFrom = Command(
        connection, "SELECT id FROM listings WHERE since >= $since AND (since > $since OR result <= $result) ORDER BY since, result DESC LIMIT 1", "$since", "$result");

    private readonly sqlite3_stmt ids = Prepared(connection, "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC LIMIT ?2");

    /// <param name="match">Null: everything.</param>
    /// <param name="before">Row ids below this one only.</param>
    public IReadOnlyList<CatalogPlace> Newest(string? match, long before, int limit, bool isBelowTitles)
    {
        var command = match is null ? newestOfAll : newest;
        command.Parameters["$before"].Value = before;
        command.Parameters["$limit"].Value = limit;
        if (match is not null)
        {
            command.Parameters["$match"].Value = match;
        }

        var places = new List<CatalogPlace>(limit);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            places.Add(new CatalogPlace(DateTime.UnixEpoch.AddMicroseconds(rows.GetInt64(0)), rows.GetString(1), isBelowTitles));
        }

        return places;
    }

    /// <summary>The row id below which a page goes on that ended at this place, also when what stood there is gone.</summary>
    public long FirstFrom(long since1970, string result)
    {
        firstFrom.Parameters[0].Value = since1970;
        firstFrom.Parameters[1].Value = result;
        return (long?)firstFrom.ExecuteScalar() ?? long.MaxValue;
    }

    /// <summary>Newest first. On the native handle: thousands of rows of one number each cost more through ADO.NET than to find.</summary>
    public List<long> Ids(string? match, int limit)
    {
        var found = new List<long>();
        try
        {
            Check(sqlite3_bind_text(ids, 1, match));
            Check(sqlite3_bind_int(ids, 2, limit));
            int code;
            while ((code = sqlite3_step(ids)) == SQLITE_ROW)
            {
                found.Add(sqlite3_column_int64(ids, 0));
            }

            return code == SQLITE_DONE ? found : throw Failure(connection, code);
        }
        finally
        {
            sqlite3_reset(ids); // repeats an error that was thrown already
        }
    }

    public void Dispose()
    {
        newest.Dispose();
        newestOfAll.Dispose();
        firstFrom.Dispose();
        ids.Dispose();
        connection.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static sqlite3_stmt Prepared(SqliteConnection connection, string sql) =>
        sqlite3_prepare_v2(connection.Handle, sql, out var statement) is var code && code == SQLITE_OK ? statement : throw Failure(connection, code);

    private static SqliteException Failure(SqliteConnection connection, int code) =>
        new($"SQLite Error {code}: '{sqlite3_errmsg(connection.Handle).utf8_to_string()}'.", code & 0xff, sqlite3_extended_errcode(connection.Handle));

    private void Check(int code)
    {
        if (code != SQLITE_OK)
        {
            throw Failure(connection, code);
        }
    }
}
