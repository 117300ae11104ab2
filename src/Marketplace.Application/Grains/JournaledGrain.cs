using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Json;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Orleans;

namespace Marketplace.Application.Grains;

/// <summary>What every grain needs from outside its rules.</summary>
public sealed record Surroundings(IJournal Journal, MarketplaceClock Clock, CurrentReferenceData Reference);

/// <summary>
/// Runs one aggregate over one stream: load, decide, commit, and only then believe it. Not reentrant, no I/O but the journal.
/// </summary>
/// <remarks>Loads on first use and not in OnActivateAsync, so that an unreachable journal reaches the caller as what it is.</remarks>
public abstract class JournaledGrain<TState, TCommand, TEvent, TAggregate>(Surroundings around) : Grain, IJournaledGrain<TState>
    where TCommand : class
    where TEvent : class
    where TAggregate : IAggregate<TState, TCommand, TEvent>
{
    private const int EventsPerSnapshot = 50;
    private const int EventsPerSnapshotOfCold = 16; // what is loaded for one command, and may soon be again, pays sooner for a shorter way
    private const int MaxAttempts = 5; // each lost one means that another activation committed in between

    private static readonly EventCatalog<TEvent> Events = EventCatalog<TEvent>.Instance;

    private static readonly Memory Nothing = new(TAggregate.Initial, StreamLedger.Empty, 0, ReadOnlyMemory<byte>.Empty, 0, IsCold: true);

    private Memory? memory;

    /// <summary>Everything that is durable about the stream, as of a version.</summary>
    /// <param name="Kept">The version of the newest snapshot; 0 if there is none.</param>
    /// <param name="IsCold">Loaded, and nothing committed since.</param>
    private sealed record Memory(TState State, StreamLedger Ledger, long Version, ReadOnlyMemory<byte> Hash, long Kept, bool IsCold);

    protected string Key => this.GetPrimaryKeyString();

    /// <summary>All rows that this state has in read tables. Only those that a command changed are written; a row never disappears.</summary>
    protected abstract IEnumerable<IReadRow> Rows(TState state);

    /// <summary>What an event means in the books. Replayed at loading: it must depend on nothing but the event.</summary>
    protected virtual IEnumerable<Entry> EntriesOf(TEvent happened) => [];

    /// <summary>The command that time sends for a purpose of the due-work table.</summary>
    protected virtual TCommand WhenDue(string purpose) =>
        throw new ArgumentException($"{GetType().Name} has no due work '{purpose}'.", nameof(purpose));

    /// <summary>
    /// Whether a command nearly always begins its stream. Then it is decided without looking whether there is something: the commit proves that there
    /// is not, and where it proves otherwise the stream is loaded after all.
    /// </summary>
    protected virtual bool BeginsStream(TCommand command) => false;

    /// <summary>Called after each commit and reload, with what is durable.</summary>
    protected virtual void Believed(TState state, long version) { }

    /// <summary>Name of the stream, e.g. <c>result/res_…</c>.</summary>
    protected string Stream { get => field ??= $"{StreamDirectory.KindOf(GetType())}/{Key}"; }

    public async Task<TState> State() => (await Remember()).State;

    public async Task<Answer> Wake(string purpose)
    {
        // The id says which look this is: a look that was committed but never answered is not taken twice.
        var look = DerivedId.Guid(Stream, (await Remember()).Version.ToString(CultureInfo.InvariantCulture), purpose);
        return await Execute(CommandEnvelope.BySystem(look, WhenDue(purpose)));
    }

    public async Task<Answer> Execute(CommandEnvelope envelope)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                var isPresumed = memory is null && attempt == 1 && BeginsStream((TCommand)envelope.Command);
                var isFresh = memory is null && !isPresumed;
                if (await Decide(envelope, isPresumed ? Nothing : await Remember(), isFresh) is { } answer)
                {
                    return answer;
                }

                memory = null;
            }

            return Refusals.Contended;
        }
        catch (JournalUnavailableException)
        {
            // The outcome is unknown, so what is in memory may be stale: forget it, and let the next call load.
            memory = null;
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>The answer, or null when somebody else wrote the stream since it was loaded, or may have.</summary>
    private async Task<Answer?> Decide(CommandEnvelope envelope, Memory before, bool isFresh)
    {
        var now = around.Clock.NowUtc;
        var decided = TAggregate.Decide(before.State, (TCommand)envelope.Command, new CommandContext(now, envelope.Actor, around.Reference.Value));
        if (decided.Refusal is not null || decided.Value.Count == 0)
        {
            // A repetition usually finds the thing already done and is refused by its rules: the first answer is the right one.
            if (await around.Journal.Find(envelope.CommandId) is { } first)
            {
                return FirstAnswer(first, envelope);
            }

            // Committing proves that the state was true; saying no does not, so no is said of a state just loaded.
            return !isFresh ? null : decided.Refusal is { } refusal ? refusal : new Accepted(Key, before.Version);
        }

        var (state, ledger) = (before.State, before.Ledger);
        var events = new List<NewEvent>(decided.Value.Count);
        foreach (var happened in decided.Value)
        {
            (state, ledger, var postings) = Fold(state, ledger, happened);
            events.Add(new NewEvent(Events.NameOf(happened), CanonicalJson.Write(happened), postings));
        }

        var version = before.Version + events.Count;
        var isKept = version - before.Kept >= (before.IsCold ? EventsPerSnapshotOfCold : EventsPerSnapshot);
        var result = await around.Journal.Append(new JournalCommand(
            Stream, before.Version, before.Hash, envelope.CommandId, envelope.RequestHash, envelope.Actor.ToString(), now, events,
            [.. ReadTable.Changes(Rows(before.State), Rows(state))],
            isKept ? new NewSnapshot(KeptState<TState>.Shape, new KeptState<TState>(state, ledger).Write()) : null));
        switch (result)
        {
            case CommitResult.Committed committed:
                Believe(new Memory(state, ledger, committed.Version, committed.Hash, isKept ? version : before.Kept, IsCold: false));
                return new Accepted(Key, committed.Version);
            case CommitResult.Duplicate duplicate:
                memory = null; // another activation committed it, so there is more than this one remembers
                return FirstAnswer(duplicate.First, envelope);
            case CommitResult.Conflict:
                return null;
            default:
                throw new InvalidOperationException($"Unknown commit result {result}");
        }
    }

    private static Answer FirstAnswer(RecordedCommand first, CommandEnvelope envelope) =>
        first.RequestHash.Span.SequenceEqual(envelope.RequestHash)
            ? new Accepted(StreamDirectory.IdOf(first.Stream), first.Version)
            : Refusals.CommandIdReused;

    private (TState State, StreamLedger Ledger, IReadOnlyList<Posting> Postings) Fold(TState state, StreamLedger ledger, TEvent happened)
    {
        var (after, postings) = ledger.Post(EntriesOf(happened));
        return (TAggregate.Apply(state, happened), after, postings);
    }

    private ValueTask<Memory> Remember() => memory is null ? new(Load()) : new(memory);

    private async Task<Memory> Load()
    {
        var loaded = await around.Journal.Load(Stream, KeptState<TState>.Shape);
        var (state, ledger) = loaded.Snapshot is { } snapshot
            ? KeptState<TState>.Read(snapshot.Body)
            : new KeptState<TState>(TAggregate.Initial, StreamLedger.Empty);
        foreach (var stored in loaded.Tail)
        {
            (state, ledger, _) = Fold(state, ledger, Events.Read(stored.Type, stored.Body));
        }

        return Believe(new Memory(state, ledger, loaded.Version, loaded.HeadHash, loaded.Snapshot?.Version ?? 0, IsCold: true));
    }

    private Memory Believe(Memory durable)
    {
        memory = durable;
        Believed(durable.State, durable.Version);
        return durable;
    }
}
