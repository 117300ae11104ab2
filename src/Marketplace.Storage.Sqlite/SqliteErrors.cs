using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Marketplace.Storage.Sqlite;

internal static class SqliteErrors
{
    /// <summary>The file cannot be written for now (disk full or failing, locked by somebody): no command is to blame.</summary>
    public static bool IsUnreachable(SqliteException error) => error.SqliteErrorCode is
        SQLITE_FULL or SQLITE_IOERR or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_NOMEM or SQLITE_PROTOCOL;
}
