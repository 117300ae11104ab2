using System.Text;

namespace Marketplace.Journal;

/// <summary>
/// A command that has been checked and hashed, on its caller's thread: what can be wrong with one command must not be found out
/// by the writer, where many share a transaction.
/// </summary>
public sealed class PreparedCommand
{
    /// <summary>A database may number the legs of an event in twelve bits.</summary>
    public const int PostingsPerEventLimit = 4096;

    private const int StreamLengthLimit = 100;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private PreparedCommand(JournalCommand command, byte[][] hashes)
    {
        Command = command;
        Hashes = hashes;
    }

    public JournalCommand Command { get; }

    public string Stream => Command.Stream;

    /// <summary>Hash of each event, in order.</summary>
    public IReadOnlyList<byte[]> Hashes { get; }

    public long LastVersion => Command.ExpectedVersion + Command.Events.Count;

    public ReadOnlyMemory<byte> HeadHash => Hashes[^1];

    public CommitResult.Committed Committed => new(LastVersion, HeadHash);

    internal TaskCompletionSource<CommitResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Hash of the event before the one with this index; empty before the first of a stream.</summary>
    public ReadOnlyMemory<byte> PreviousHash(int eventIndex) => eventIndex == 0 ? Command.ExpectedHash : Hashes[eventIndex - 1];

    /// <exception cref="ArgumentException">The command breaks the contract of <see cref="JournalCommand"/>: a bug of the caller.</exception>
    public static PreparedCommand Prepare(JournalCommand command)
    {
        Check(command);
        var hashes = new byte[command.Events.Count][];
        var previous = command.ExpectedHash;
        for (var i = 0; i < hashes.Length; i++)
        {
            var happened = command.Events[i];
            hashes[i] = EventHash.Compute(
                previous.Span, command.Stream, command.ExpectedVersion + i + 1, happened.Type, happened.Body, command.CommandId,
                command.RequestHash.Span, command.Actor, command.RecordedAtUtc, happened.Postings);
            previous = hashes[i];
        }

        return new PreparedCommand(command, hashes);
    }

    /// <exception cref="ArgumentException">Not a name of a stream.</exception>
    public static void CheckStreamName(string stream) => Require(
        stream.Length is > 0 and <= StreamLengthLimit && !stream.AsSpan().ContainsAnyExceptInRange('!', '~'),
        stream, "a stream's name is 1 to 100 visible ASCII characters");

    private static void Check(JournalCommand command)
    {
        var stream = command.Stream;
        CheckStreamName(stream);
        Require(command.ExpectedVersion >= 0, stream, "the expected version is negative");
        Require(command.ExpectedHash.Length == (command.ExpectedVersion == 0 ? 0 : EventHash.Length), stream, "the expected hash does not fit the expected version");
        Require(command.RequestHash.Length == EventHash.Length, stream, "the request hash is not 32 bytes");
        Require(command.RecordedAtUtc.Offset == TimeSpan.Zero, stream, "the instant is not UTC");
        Require(command.RecordedAtUtc.Ticks % TimeSpan.TicksPerMicrosecond == 0, stream, "the instant is not a whole number of microseconds");
        Require(command.Events.Count > 0, stream, "a command without events changes nothing");
        CheckText(command.Actor, stream, "actor");
        foreach (var happened in command.Events)
        {
            Require(happened.Type.Length > 0, stream, "an event has no type");
            CheckText(happened.Type, stream, "type");
            CheckText(happened.Body, stream, "body");
            CheckPostings(happened, stream);
        }

        foreach (var row in command.Rows)
        {
            CheckRow(row, stream);
        }

        if (command.Snapshot is { } snapshot)
        {
            CheckText(snapshot.Schema, stream, "snapshot schema");
            CheckText(snapshot.Body, stream, "snapshot body");
        }
    }

    private static void CheckPostings(NewEvent happened, string stream)
    {
        var postings = happened.Postings;
        if (postings.Count == 0)
        {
            return;
        }

        Require(postings.Count <= PostingsPerEventLimit, stream, "an event has more than 4096 postings");
        var first = 0;
        for (var i = 0; i < postings.Count; i++)
        {
            var posting = postings[i];
            CheckText(posting.Account, stream, "account");
            Require(posting.Account.Length > 0, stream, "a posting has no account");
            Require(posting.AmountMinor != 0, stream, "a posting of nothing");
            Require(posting.Currency.Length == 3 && !posting.Currency.AsSpan().ContainsAnyExceptInRange('A', 'Z'), stream, "a currency is three capital letters");
            var previousEntry = i == 0 ? -1 : postings[i - 1].Entry;
            Require(posting.Entry == previousEntry + 1 || (i > 0 && posting.Entry == previousEntry), stream, "entries are numbered from 0 without a gap");
            if (i + 1 == postings.Count || postings[i + 1].Entry != posting.Entry)
            {
                if (LedgerEntry.Imbalance(postings, first, i + 1) is not null)
                {
                    throw Broken(stream, $"entry {posting.Entry} of {happened.Type} does not balance");
                }

                first = i + 1;
            }
        }
    }

    private static void CheckRow(RowChange row, string stream)
    {
        var columns = row.Table.Columns;
        if (row.Values.Count != columns.Count)
        {
            throw Broken(stream, $"a row of {row.Table.Name} has {row.Values.Count} values for {columns.Count} columns");
        }

        for (var i = 0; i < columns.Count; i++)
        {
            var value = row.Values[i];
            var fits = value is null
                ? i >= row.Table.KeyLength
                : columns[i].Type switch
                {
                    ColumnType.Text => value is string,
                    ColumnType.Int64 => value is long,
                    ColumnType.Int32 => value is int,
                    ColumnType.Boolean => value is bool,
                    ColumnType.Instant => value is DateTime { Kind: DateTimeKind.Utc },
                    ColumnType.Date => value is DateOnly,
                };
            if (!fits)
            {
                throw Broken(stream, $"{row.Table.Name}.{columns[i].Name} is {columns[i].Type} and cannot hold {value?.GetType().Name ?? "null"}");
            }

            if (value is string text && FaultOf(text) is { } fault)
            {
                throw Broken(stream, $"{row.Table.Name}.{columns[i].Name} {fault}");
            }
        }
    }

    private static void CheckText(string text, string stream, string what)
    {
        if (FaultOf(text) is { } fault)
        {
            throw Broken(stream, $"{what} {fault}");
        }
    }

    /// <summary>NUL cannot be stored by PostgreSQL, and a lone surrogate has no UTF-8: both would break a whole batch.</summary>
    private static string? FaultOf(string text)
    {
        if (text.Contains('\0'))
        {
            return "contains NUL";
        }

        try
        {
            StrictUtf8.GetByteCount(text);
            return null;
        }
        catch (EncoderFallbackException)
        {
            return "is not well-formed Unicode";
        }
    }

    private static void Require(bool holds, string stream, string otherwise)
    {
        if (!holds)
        {
            throw Broken(stream, otherwise);
        }
    }

    private static ArgumentException Broken(string stream, string how) => new($"{stream}: {how}");
}
