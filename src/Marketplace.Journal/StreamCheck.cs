namespace Marketplace.Journal;

/// <summary>Follows one stream from its first event and says where it breaks; after a break it goes on from what is stored, so that one fault is not reported again for every row behind it.</summary>
internal sealed class StreamCheck(string stream)
{
    private readonly Dictionary<(string Account, string Currency), Int128> balances = [];
    private AuditedEvent? previous;

    public string Stream { get; } = stream;

    public IEnumerable<Finding> Next(AuditedEvent row)
    {
        var stored = row.Event;
        var lastVersion = previous?.Event.Version ?? 0;
        if (stored.Version != lastVersion + 1)
        {
            yield return OfEvent(4, stored.Version, $"follows version {lastVersion}: events are missing");
        }
        else if (!stored.PreviousHash.Span.SequenceEqual(previous is null ? [] : previous.Event.Hash.Span))
        {
            yield return OfEvent(4, stored.Version, "its previous hash is not the hash of the event before it");
        }

        if (!EventHash.Compute(stored).AsSpan().SequenceEqual(stored.Hash.Span))
        {
            yield return OfEvent(4, stored.Version, "its hash does not fit what it and its postings say");
        }

        foreach (var finding in CheckCommand(row).Concat(CheckPostings(row)))
        {
            yield return finding;
        }

        previous = row;
    }

    /// <summary>What can only be said when no further event of the stream comes.</summary>
    public IEnumerable<Finding> End()
    {
        if (previous is not null && previous.CommandLastVersion != previous.Event.Version)
        {
            yield return OfEvent(5, previous.Event.Version, $"is the stream's last, but its command went on to version {previous.CommandLastVersion}");
        }
    }

    /// <summary>Events of one command are neighbours: they count from 0 and agree on where the command ends and what was asked.</summary>
    private IEnumerable<Finding> CheckCommand(AuditedEvent row)
    {
        var version = row.Event.Version;
        if (previous is not null && row.CommandOrdinal > 0)
        {
            var continues = previous.Event.CommandId == row.Event.CommandId
                && previous.CommandOrdinal == row.CommandOrdinal - 1
                && previous.CommandLastVersion == row.CommandLastVersion
                && previous.Event.RequestHash.Span.SequenceEqual(row.Event.RequestHash.Span);
            if (!continues)
            {
                yield return OfEvent(5, version, $"claims to be event {row.CommandOrdinal} of command {row.Event.CommandId:D}, which does not precede it");
            }
        }
        else if (row.CommandOrdinal > 0)
        {
            yield return OfEvent(5, version, $"claims to be event {row.CommandOrdinal} of its command, but begins the stream");
        }
        else if (previous is not null && previous.CommandLastVersion != previous.Event.Version)
        {
            yield return OfEvent(5, version, $"begins a command where the one before it should go on to version {previous.CommandLastVersion}");
        }
    }

    private IEnumerable<Finding> CheckPostings(AuditedEvent row)
    {
        var postings = row.Event.Postings;
        var version = row.Event.Version;
        var first = 0;
        for (var i = 0; i < postings.Count; i++)
        {
            var posting = postings[i];
            var account = (posting.Account, posting.Currency);
            var expected = balances.GetValueOrDefault(account) + posting.AmountMinor;
            if (expected != posting.BalanceAfterMinor)
            {
                yield return new Finding(
                    3, "postings", Stream, version, posting.Entry, row.Legs[i],
                    $"balance of {posting.Account} {posting.Currency} is stored as {posting.BalanceAfterMinor}, its legs sum to {expected}");
            }

            balances[account] = posting.BalanceAfterMinor;
            if (i + 1 == postings.Count || postings[i + 1].Entry != posting.Entry)
            {
                if (LedgerEntry.Imbalance(postings, first, i + 1) is { } imbalance)
                {
                    yield return new Finding(1, "postings", Stream, version, posting.Entry, null, $"the entry does not balance: {imbalance}");
                }

                first = i + 1;
            }
        }
    }

    private Finding OfEvent(int invariant, long version, string what) => new(invariant, "events", Stream, version, null, null, what);
}
