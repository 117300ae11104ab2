namespace Marketplace.Domain.Banking;

/// <summary>A bank's file that was taken as a whole, and how far its lines are recorded.</summary>
/// <param name="Chunks">Pieces of the file that are kept so far.</param>
/// <param name="Mapping">What its columns mean, as it was when the file came; null: it is camt.053.</param>
/// <param name="Done">Lines that are recorded, from the first.</param>
/// <param name="New">Of these: those that no earlier statement had brought.</param>
public sealed record BankStatement(
    StatementStatus Status, int Chunks, string? Format, CsvMapping? Mapping, IReadOnlyList<StatementPart> Parts, int Done, int New, DateTimeOffset? AcceptedAtUtc)
{
    /// <summary>When lines wait to be recorded; null: none does.</summary>
    public DateTimeOffset? DueAtUtc => Status == StatementStatus.Importing ? AcceptedAtUtc : null;

    public int Entries => Parts.Sum(p => p.Totals.Entries);
}

/// <summary>What the file says of one of our accounts.</summary>
public sealed record StatementPart(BankAccountId Account, StatementTotals Totals);

public enum StatementStatus
{
    None,

    /// <summary>Pieces of the file are kept, and nobody has accepted it yet: whoever sends it again goes on.</summary>
    Uploading,

    /// <summary>Accepted whole; its lines are being recorded.</summary>
    Importing,

    Imported,
}

public abstract record BankStatementCommand;

/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Gzip">At most <see cref="BankStatementRules.MaxChunkBytes"/>.</param>
public sealed record KeepStatementChunk(int Number, byte[] Gzip) : BankStatementCommand;

/// <summary>The whole file was read and adds up.</summary>
/// <param name="Chunks">How many pieces it has.</param>
public sealed record AcceptStatement(string Sha256, string Format, CsvMapping? Mapping, int Chunks, IReadOnlyList<StatementPart> Parts) : BankStatementCommand;

/// <param name="Done">Lines that are recorded by now, from the first.</param>
/// <param name="New">Of these, those that were not known.</param>
public sealed record RecordStatementProgress(int Done, int New) : BankStatementCommand;

public abstract record BankStatementEvent;

public sealed record StatementChunkKept(int Number, byte[] Gzip) : BankStatementEvent;

public sealed record StatementAccepted(string Sha256, string Format, CsvMapping? Mapping, IReadOnlyList<StatementPart> Parts, DateTimeOffset AtUtc) : BankStatementEvent;

public sealed record StatementProgressed(int Done, int New) : BankStatementEvent;

/// <summary>Every line is recorded.</summary>
public sealed record StatementImported(int Entries, int New) : BankStatementEvent;

public sealed class BankStatementRules : IAggregate<BankStatement, BankStatementCommand, BankStatementEvent>
{
    /// <summary>As base64 it stays below 256 KB.</summary>
    public const int MaxChunkBytes = 190 * 1024;

    private BankStatementRules() { }

    public static BankStatement Initial { get; } = new(StatementStatus.None, 0, null, null, [], 0, 0, null);

    public static Result<IReadOnlyList<BankStatementEvent>> Decide(BankStatement state, BankStatementCommand command, CommandContext context) =>
        Authority.AdministratorOnly(context.Actor) is { } forbidden ? forbidden : command switch
        {
            KeepStatementChunk c => Keep(state, c),
            AcceptStatement c => Accept(state, c, context),
            RecordStatementProgress c => Progress(state, c),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static BankStatement Apply(BankStatement state, BankStatementEvent happened) => happened switch
    {
        StatementChunkKept e => state with { Status = StatementStatus.Uploading, Chunks = e.Number },
        StatementAccepted e => state with { Status = StatementStatus.Importing, Format = e.Format, Mapping = e.Mapping, Parts = e.Parts, AcceptedAtUtc = e.AtUtc },
        StatementProgressed e => state with { Done = e.Done, New = e.New },
        StatementImported e => state with { Status = StatementStatus.Imported, Done = e.Entries, New = e.New },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    /// <summary>A file that comes again after its upload was cut off goes on where it stopped: the same place has the same bytes.</summary>
    private static Result<IReadOnlyList<BankStatementEvent>> Keep(BankStatement state, KeepStatementChunk c) =>
        state.Chunks >= c.Number ? Nothing
        : state.Status > StatementStatus.Uploading || c.Number != state.Chunks + 1 ? throw new InvalidOperationException($"Piece {c.Number} after {state.Chunks} of a statement that is {state.Status}")
        : c.Gzip.Length is 0 or > MaxChunkBytes ? throw new InvalidOperationException($"A piece of {c.Gzip.Length} bytes")
        : Result<IReadOnlyList<BankStatementEvent>>.Of([new StatementChunkKept(c.Number, c.Gzip)]);

    private static Result<IReadOnlyList<BankStatementEvent>> Accept(BankStatement state, AcceptStatement c, CommandContext context)
    {
        if (state.Status > StatementStatus.Uploading)
        {
            return Nothing; // the same file again
        }

        if (state.Chunks != c.Chunks)
        {
            throw new InvalidOperationException($"{state.Chunks} of {c.Chunks} pieces are kept");
        }

        var accepted = new StatementAccepted(c.Sha256, c.Format, c.Mapping, c.Parts, context.NowUtc);
        return Result<IReadOnlyList<BankStatementEvent>>.Of(c.Parts.Sum(p => p.Totals.Entries) == 0 ? [accepted, new StatementImported(0, 0)] : [accepted]);
    }

    /// <summary>Two hosts may import the same lines at once: whoever is behind says nothing new.</summary>
    private static Result<IReadOnlyList<BankStatementEvent>> Progress(BankStatement state, RecordStatementProgress c) =>
        state.Status != StatementStatus.Importing || c.Done <= state.Done ? Nothing
        : c.Done > state.Entries || c.New > c.Done ? throw new InvalidOperationException($"{c.New} new of {c.Done} of {state.Entries} lines")
        : Result<IReadOnlyList<BankStatementEvent>>.Of([c.Done == state.Entries ? new StatementImported(c.Done, c.New) : new StatementProgressed(c.Done, c.New)]);

    private static Result<IReadOnlyList<BankStatementEvent>> Nothing => Result<IReadOnlyList<BankStatementEvent>>.Of([]);
}
