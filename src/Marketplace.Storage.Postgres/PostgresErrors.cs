using System.Net.Sockets;
using Npgsql;

namespace Marketplace.Storage.Postgres;

internal static class PostgresErrors
{
    /// <summary>
    /// The server cannot be reached or cannot write for now: connection lost, shutting down, starting up, disk or connections used up,
    /// a standby after fail-over, a time limit. No command is to blame, and what became of a commit under way is unknown.
    /// </summary>
    public static bool IsUnreachable(Exception error) => error switch
    {
        PostgresException { SqlState: var state } =>
            state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("57", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal)
            || state == PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>A race that the server ended by choosing a loser; the loser may win next time.</summary>
    public static bool MayPass(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
}
