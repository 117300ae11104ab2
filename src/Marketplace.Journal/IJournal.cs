namespace Marketplace.Journal;

/// <summary>
/// The truth: every command's events, ledger postings and row changes, committed together or not at all.
/// Implemented once per database; callers only see this.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Commits one command durably. Returns only when the answer is certain.
    /// </summary>
    /// <exception cref="JournalUnavailableException">
    /// The database could not be reached: whether the command was committed is unknown. Repeat it under the same command id.
    /// </exception>
    Task<CommitResult> Append(JournalCommand command, CancellationToken cancel = default);

    /// <summary>Loads a stream: its newest usable snapshot and the events after it. Concurrent calls share round trips.</summary>
    /// <param name="stream">Name of the stream, e.g. <c>agreement/agr_…</c>.</param>
    /// <param name="snapshotSchema">Only a snapshot written with this schema string is used; any other is ignored.</param>
    Task<LoadedStream> Load(string stream, string snapshotSchema, CancellationToken cancel = default);

    /// <summary>Finds what an earlier command with this id did, or null when none was committed.</summary>
    Task<RecordedCommand?> Find(Guid commandId, CancellationToken cancel = default);

    /// <summary>Reads one stream from its first event, with postings (for timelines, checks, exports).</summary>
    IAsyncEnumerable<RecordedEvent> ReadStream(string stream, CancellationToken cancel = default);

    /// <summary>
    /// Reads events of all streams after a position, in an order in which no event can later appear before one already returned.
    /// At most <paramref name="limit"/> events; an empty answer means the reader is at the end for now.
    /// </summary>
    Task<IReadOnlyList<RecordedEvent>> ReadAll(JournalPosition after, int limit, CancellationToken cancel = default);

    /// <summary>As <see cref="ReadAll"/>, without what happened: which streams were written after a position, for readers of rows. Costs no body and no posting.</summary>
    Task<IReadOnlyList<EventPlace>> ReadPlaces(JournalPosition after, int limit, CancellationToken cancel = default);

    /// <summary>The last event that <see cref="ReadAll"/> can return for now, null while there is none. Rows of all events up to it can be read.</summary>
    Task<EventPlace?> LastPlace(CancellationToken cancel = default);

    /// <summary>
    /// When the first event was recorded; null while there is none. Told whoever writes meanwhile, for whom <see cref="ReadAll"/> would wait.
    /// </summary>
    Task<DateTimeOffset?> FirstInstant(CancellationToken cancel = default);

    /// <summary>
    /// Events that fit a search, newest first, at most <paramref name="limit"/>. Events of commands that are being committed meanwhile may be missing.
    /// Costs as much as was recorded between the newest and the oldest that it looks at: name a stream or a span where there is much.
    /// </summary>
    Task<IReadOnlyList<RecordedEvent>> Search(JournalSearch search, int limit, CancellationToken cancel = default);

    /// <summary>
    /// What was posted by commands recorded from one instant until before another, summed by account over all streams, in no order.
    /// Costs as much as was recorded in between, however long the journal is.
    /// </summary>
    Task<IReadOnlyList<AccountTurnover>> Turnover(DateTimeOffset fromUtc, DateTimeOffset untilUtc, CancellationToken cancel = default);

    /// <summary>Names of all streams with their newest version and hash, ordered by name (ordinal), for checks and digests.</summary>
    IAsyncEnumerable<StreamHead> ReadHeads(CancellationToken cancel = default);
}

/// <summary>Where a reader of <see cref="IJournal.ReadAll"/> stands, in its order. Opaque: its parts mean something to the database only.</summary>
public readonly record struct JournalPosition(long Epoch, long Offset) : IComparable<JournalPosition>
{
    public static readonly JournalPosition Start = new(0, 0);

    public int CompareTo(JournalPosition other) => (Epoch, Offset).CompareTo((other.Epoch, other.Offset));
}

/// <summary>What is looked for in the journal; what is null does not matter.</summary>
/// <param name="StreamPrefix">Beginning of the stream's name: <c>agreement/</c>, <c>agreement/agr_…</c>.</param>
/// <param name="Type">Wire name of the event.</param>
/// <param name="ActorPart">Stands somewhere in the actor, in this case of letters.</param>
/// <param name="FromUtc">Recorded then or later.</param>
/// <param name="UntilUtc">Recorded earlier.</param>
/// <param name="Before">Position of the last event of the page before.</param>
public sealed record JournalSearch(
    string? StreamPrefix = null, string? Type = null, string? ActorPart = null, DateTimeOffset? FromUtc = null, DateTimeOffset? UntilUtc = null, JournalPosition? Before = null)
{
    /// <summary>Sorts behind every stream that begins with the prefix: names of streams are ASCII.</summary>
    public const string PrefixEnd = "\u007f";
}

/// <summary>Where an event stands. Its hash tells whether it is still the same one: a journal that was restored may go on differently.</summary>
public sealed record EventPlace(JournalPosition Position, string Stream, ReadOnlyMemory<byte> Hash);

/// <summary>One command of one stream, decided and ready to be made durable.</summary>
/// <param name="Stream">ASCII, at most 100 characters.</param>
/// <param name="ExpectedVersion">Version of the stream that the decision was made on; 0 for a new stream.</param>
/// <param name="ExpectedHash">Hash of the event at that version; empty for a new stream.</param>
/// <param name="CommandId">Made by the client. A second command with this id anywhere in the journal is refused as a duplicate.</param>
/// <param name="RequestHash">SHA-256 of the request, 32 bytes: the same id with another hash is a client's mistake.</param>
/// <param name="Actor">Who asked, for the record (organisation, role, person). No secrets.</param>
/// <param name="RecordedAtUtc">Instant of the decision, whole microseconds.</param>
/// <param name="Events">At least one.</param>
/// <param name="Rows">Rows of read tables to insert or replace, in the same transaction.</param>
/// <param name="Snapshot">State after the last event, when it is time for one.</param>
public sealed record JournalCommand(
    string Stream,
    long ExpectedVersion,
    ReadOnlyMemory<byte> ExpectedHash,
    Guid CommandId,
    ReadOnlyMemory<byte> RequestHash,
    string Actor,
    DateTimeOffset RecordedAtUtc,
    IReadOnlyList<NewEvent> Events,
    IReadOnlyList<RowChange> Rows,
    NewSnapshot? Snapshot = null);

/// <param name="Type">Wire name of the event; frozen once published.</param>
/// <param name="Body">Canonical JSON.</param>
/// <param name="Postings">Ledger legs that this event causes; covered by the event's hash.</param>
public sealed record NewEvent(string Type, string Body, IReadOnlyList<Posting> Postings);

/// <summary>One leg of a double entry. Debits are positive, credits negative; the legs of one entry sum to zero per currency.</summary>
/// <param name="Entry">Ordinal of the entry within its event, from 0.</param>
/// <param name="Account">Account code with its detail, e.g. <c>receivable.principal</c> or <c>inventor.payable:inv_1</c>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AmountMinor">Minor units, never 0.</param>
/// <param name="BalanceAfterMinor">Balance of (stream, account, currency) after this leg.</param>
public sealed record Posting(int Entry, string Account, string Currency, long AmountMinor, long BalanceAfterMinor);

/// <summary>Insert-or-replace of one row of a read table.</summary>
/// <param name="Values">One value per column of the table, in its order; types as in <see cref="ColumnType"/>.</param>
public sealed record RowChange(TableSchema Table, IReadOnlyList<object?> Values);

/// <summary>Shape of a read table. The key is the first <paramref name="KeyLength"/> columns.</summary>
public sealed record TableSchema(string Name, int KeyLength, IReadOnlyList<Column> Columns);

public sealed record Column(string Name, ColumnType Type);

/// <summary>What a column holds, and the CLR type of its values.</summary>
public enum ColumnType
{
    /// <summary><see cref="string"/></summary>
    Text,

    /// <summary><see cref="long"/></summary>
    Int64,

    /// <summary><see cref="int"/></summary>
    Int32,

    /// <summary><see cref="bool"/></summary>
    Boolean,

    /// <summary><see cref="DateTime"/> of kind UTC: <c>timestamptz</c> on PostgreSQL, integer microseconds since 1970 on SQLite.</summary>
    Instant,

    /// <summary><see cref="DateOnly"/>: <c>date</c> on PostgreSQL, <c>yyyy-MM-dd</c> text on SQLite.</summary>
    Date,
}

/// <param name="Schema">Fingerprint of the state's shape: a snapshot of another shape is ignored, never migrated.</param>
public sealed record NewSnapshot(string Schema, string Body);

/// <summary>What became of a command.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>Durable: the stream is now at <paramref name="Version"/> with <paramref name="Hash"/> as its head.</summary>
    public sealed record Committed(long Version, ReadOnlyMemory<byte> Hash) : CommitResult;

    /// <summary>Somebody else wrote this stream since the decision: reload and decide again. Nothing was written.</summary>
    public sealed record Conflict : CommitResult;

    /// <summary>A command with this id was committed earlier. Nothing was written now.</summary>
    public sealed record Duplicate(RecordedCommand First) : CommitResult;
}

/// <param name="Version">Version of the stream after that command.</param>
public sealed record RecordedCommand(Guid CommandId, string Stream, long Version, ReadOnlyMemory<byte> RequestHash);

public sealed record LoadedStream(string Stream, StoredSnapshot? Snapshot, IReadOnlyList<StoredEvent> Tail, ReadOnlyMemory<byte> HeadHash)
{
    public long Version => Tail.Count > 0 ? Tail[^1].Version : Snapshot?.Version ?? 0;
}

public sealed record StoredSnapshot(long Version, string Body);

public sealed record StoredEvent(long Version, string Type, string Body);

public sealed record RecordedEvent(
    JournalPosition Position,
    string Stream,
    long Version,
    string Type,
    string Body,
    Guid CommandId,
    ReadOnlyMemory<byte> RequestHash,
    string Actor,
    DateTimeOffset RecordedAtUtc,
    ReadOnlyMemory<byte> PreviousHash,
    ReadOnlyMemory<byte> Hash,
    IReadOnlyList<Posting> Postings);

/// <param name="Account">With its detail, as it was posted.</param>
/// <param name="CreditMinor">Not negative, as the debits.</param>
/// <param name="Entries">How many entries have their first leg on this account: over all accounts, all entries.</param>
public sealed record AccountTurnover(string Account, string Currency, long DebitMinor, long CreditMinor, long Entries);

public sealed record StreamHead(string Stream, long Version, ReadOnlyMemory<byte> Hash);

/// <summary>The database did not answer in time; whether the command was committed is unknown.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
