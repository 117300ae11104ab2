namespace Marketplace.Journal;

/// <summary>
/// One connection of a database that makes batches of commands durable. Used by one <see cref="GroupCommit"/> loop, one call at a time.
/// </summary>
/// <remarks>Every method throws <see cref="StorageUnreachableException"/> when the database does not answer.</remarks>
public interface IBatchWriter : IAsyncDisposable
{
    /// <summary>
    /// Writes all commands in one transaction, or none. Null: all are durable. Otherwise why nothing was written; which command
    /// is at fault need not be known.
    /// </summary>
    /// <exception cref="StorageUnreachableException">Whether the batch was written is unknown.</exception>
    Task<Rejection?> TryCommit(IReadOnlyList<PreparedCommand> batch);

    /// <summary>
    /// What the database already knows of each command: <see cref="CommitResult.Committed"/> when exactly this command is there,
    /// <see cref="CommitResult.Duplicate"/> when another has its id, <see cref="CommitResult.Conflict"/> when its stream does not
    /// stand where it expects, null when nothing stands in its way.
    /// </summary>
    Task<IReadOnlyList<CommitResult?>> Examine(IReadOnlyList<PreparedCommand> batch);

    /// <summary>Gives up the connection and makes a new one.</summary>
    Task Reconnect();
}

/// <param name="MayPass">The database gave up a race (a deadlock, a serialization failure): the same command may pass when repeated.</param>
public sealed record Rejection(Exception Reason, bool MayPass);

/// <summary>The database did not answer, or cannot write for now (restarting, disk full).</summary>
public sealed class StorageUnreachableException(Exception inner) : Exception(inner.Message, inner);
