using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Files;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>Follows one stream from its first event through the rules that wrote it.</summary>
public abstract class StreamAudit(string stream)
{
    public string Stream { get; } = stream;

    /// <summary>The part of the stream's name that is the id of the thing.</summary>
    public string Key { get; } = StreamDirectory.IdOf(stream);

    /// <summary>What is wrong with the next event.</summary>
    public abstract IEnumerable<Finding> Next(AuditedEvent row);

    /// <summary>What is wrong now that the stream is read to its end and it is this late.</summary>
    public virtual IEnumerable<Finding> AsOf(DateTimeOffset nowUtc) => [];

    /// <summary>The rows that the stream has in read tables by now; null when it could not be followed, so that nothing can be said.</summary>
    public abstract IReadOnlyList<IReadRow>? Rows { get; }

    /// <summary>The state by now, in canonical JSON; null when the stream could not be followed.</summary>
    public abstract string? StateJson { get; }

    /// <summary>The files that its records name.</summary>
    public virtual IEnumerable<StoredFile> Files => [];

    /// <summary>Of a provider's books: the payment by now.</summary>
    public virtual ProviderPayment? Payment => null;

    /// <summary>Of the close of a month: what it was closed with.</summary>
    public virtual TrialBalance? ClosedMonth => null;

    /// <summary>The stored snapshot of the stream, if there is one; to be known before the first event.</summary>
    internal StoredState? Snapshot { get; set; }

    /// <summary>A snapshot as it is stored.</summary>
    internal sealed record StoredState(long Version, string Schema, string Body);
}

/// <summary>Follows a stream through its aggregate; a kind adds what only it knows.</summary>
public abstract class StreamAudit<TState, TCommand, TEvent, TAggregate>(string stream) : StreamAudit(stream)
    where TEvent : class
    where TAggregate : IAggregate<TState, TCommand, TEvent>
{
    private static readonly EventCatalog<TEvent> Events = EventCatalog<TEvent>.Instance;

    private readonly HashSet<int> reportedOfState = [];
    private StreamLedger ledger = StreamLedger.Empty;
    private bool isLost;

    protected TState State { get; private set; } = TAggregate.Initial;

    protected abstract IEnumerable<IReadRow> RowsOf(TState state);

    /// <summary>What the event means in the books.</summary>
    protected virtual IEnumerable<Entry> EntriesOf(TEvent happened) => [];

    /// <summary>What the event breaks in the state that it found.</summary>
    protected virtual IEnumerable<BrokenInvariant> OfEvent(TEvent happened, Actor actor, DateTimeOffset recordedAtUtc) => [];

    /// <summary>What it breaks that the event led from <see cref="State"/> to this.</summary>
    protected virtual IEnumerable<BrokenInvariant> OfTransition(TState after) => [];

    /// <summary>What is broken in <see cref="State"/> after a whole command.</summary>
    protected virtual IEnumerable<BrokenInvariant> OfState(DateTimeOffset recordedAtUtc) => [];

    /// <summary>Called when <see cref="State"/> has taken the event in.</summary>
    protected virtual void Followed(TEvent happened, RecordedEvent stored) { }

    /// <summary>Whether this actor may have caused the event, in the state that it led to.</summary>
    protected abstract bool MayHaveAsked(Actor actor, TEvent happened, TState after);

    public sealed override string? StateJson => isLost ? null : CanonicalJson.Write(State!);

    public sealed override IReadOnlyList<IReadRow>? Rows => isLost ? null : [.. RowsOf(State)];

    public sealed override IEnumerable<Finding> Next(AuditedEvent row)
    {
        var found = new List<Finding>();
        if (isLost)
        {
            return found;
        }

        try
        {
            Follow(row, found);
        }
        catch (Exception unfit)
        {
            // The rules are pure, and never met an event like this one: whatever they throw says that it does not belong here.
            // What follows it cannot be judged; the journal's own invariants still are.
            isLost = true;
            found.Add(Finding.OfEvent(Invariant.OnlyAllowedTransitions, row.Event, $"{row.Event.Type} cannot be read or applied: {FirstLine(unfit)}"));
        }

        return found;
    }

    private void Follow(AuditedEvent row, List<Finding> found)
    {
        var stored = row.Event;
        var happened = Events.Read(stored.Type, stored.Body);
        if (Actor.Read(stored.Actor) is not { } actor)
        {
            found.Add(Finding.OfEvent(Invariant.EachItsOwn, stored, $"nobody is called {stored.Actor}"));
            actor = Actor.System;
        }

        Report(OfEvent(happened, actor, stored.RecordedAtUtc));
        CheckLegs(row, happened, found);
        var after = TAggregate.Apply(State, happened);
        Report(OfTransition(after));
        if (!MayHaveAsked(actor, happened, after))
        {
            found.Add(Finding.OfEvent(Invariant.EachItsOwn, stored, $"{stored.Type} was none of {stored.Actor}'s business"));
        }

        State = after;
        (ledger, _) = ledger.Post(EntriesOf(happened));
        Followed(happened, stored);
        if (row.EndsCommand)
        {
            // A state stays broken until something mends it: once per invariant is enough.
            Report(OfState(stored.RecordedAtUtc).Where(b => reportedOfState.Add(b.Invariant)));
        }

        if (Snapshot is { } snapshot && snapshot.Version == stored.Version && snapshot.Schema == KeptState<TState>.Shape
            && snapshot.Body != new KeptState<TState>(State, ledger).Write())
        {
            found.Add(new Finding(Invariant.EachItsOwn, "snapshots", Stream, stored.Version, null, null, "is not the state that the events up to it lead to"));
        }

        void Report(IEnumerable<BrokenInvariant> broken) => found.AddRange(broken.Select(b => Finding.OfEvent(b.Invariant, stored, b.What)));
    }

    /// <summary>The legs that are stored are those that the event causes, no more and no less.</summary>
    private void CheckLegs(AuditedEvent row, TEvent happened, List<Finding> found)
    {
        var expected = StreamLedger.Empty.Post(EntriesOf(happened)).Postings;
        var stored = row.Event.Postings;
        for (var i = 0; i < Math.Max(expected.Count, stored.Count); i++)
        {
            var (says, stands) = (i < expected.Count ? Leg(expected[i]) : "none", i < stored.Count ? Leg(stored[i]) : "none");
            if (says != stands)
            {
                found.Add(new Finding(
                    Invariant.BalanceIsSumOfLegs, "postings", Stream, row.Event.Version,
                    i < stored.Count ? stored[i].Entry : expected[i].Entry, i < stored.Count ? row.Legs[i] : null,
                    $"the leg is {stands}, {row.Event.Type} says {says}"));
                return;
            }
        }

        static string Leg(Posting posting) => $"entry {posting.Entry} {posting.Account} {posting.AmountMinor} {posting.Currency}";
    }

    private static string FirstLine(Exception exception)
    {
        const int Most = 200;
        var text = $"{exception.GetType().Name}: {exception.Message}".Split('\n')[0].TrimEnd();
        return text.Length <= Most ? text : text[..Most] + "…";
    }
}
