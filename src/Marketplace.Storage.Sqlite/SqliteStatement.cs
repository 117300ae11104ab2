using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Marketplace.Storage.Sqlite;

/// <summary>
/// A prepared statement on the native handle. Binding through ADO.NET costs as much as SQLite's own insert; the journal's hot paths
/// prepare once and bind straight.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 db;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(sqlite3 db, string sql)
    {
        this.db = db;
        Check(sqlite3_prepare_v2(db, sql, out statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(sqlite3_bind_null(statement, parameter));
            return this;
        }

        const int OnStack = 512;
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        Check(sqlite3_bind_text(statement, parameter, buffer[..Encoding.UTF8.GetBytes(value, buffer)]));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? sqlite3_bind_zeroblob(statement, parameter, 0) : sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(parameter, bytes);
    }

    /// <summary>Runs to the end; for statements that return nothing.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>True when there is a row to read. Call <see cref="Reset"/> when done.</summary>
    public bool Step()
    {
        var code = sqlite3_step(statement);
        if (code is SQLITE_ROW or SQLITE_DONE)
        {
            return code == SQLITE_ROW;
        }

        throw Failure(code);
    }

    public long Int64(int column) => sqlite3_column_int64(statement, column);

    public string Text(int column) => sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Blob(int column) => sqlite3_column_blob(statement, column).ToArray();

    public bool BlobEquals(int column, ReadOnlySpan<byte> expected) => sqlite3_column_blob(statement, column).SequenceEqual(expected);

    /// <summary>Its answer repeats the error that <see cref="Step"/> has thrown already, so it is not looked at.</summary>
    public void Reset() => sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    private SqliteException Failure(int code) =>
        new($"SQLite Error {code}: '{sqlite3_errmsg(db).utf8_to_string()}'.", code & 0xff, sqlite3_extended_errcode(db));
}
