using System.Runtime.CompilerServices;
using Marketplace.Application.Agreements;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>
/// Verifies all invariants (<see cref="Invariant"/>) of a whole database in one pass over its streams, with the memory of one stream.
/// Looks at one consistent view and changes nothing, so it may run beside the hosts.
/// </summary>
/// <param name="files">Where the files are that records name; null: they are not looked at.</param>
public sealed class MarketplaceCheck(IEnumerable<AuditedKind> kinds, IFileStore? files = null)
{
    private readonly Dictionary<string, AuditedKind> kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>Yields a finding for each broken row; nothing when all is well.</summary>
    /// <param name="nowUtc">What counts as late; null: the instant of the newest event, for a database that nobody runs.</param>
    public async IAsyncEnumerable<Finding> Run(
        IJournalAudit audit, DateTimeOffset? nowUtc = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var view = await audit.OpenView(cancel);
        await using var pass = new Pass(view, kinds, files, nowUtc ?? await view.NewestInstant(cancel) ?? DateTimeOffset.UnixEpoch, cancel);
        await foreach (var row in view.ReadByStream(cancel))
        {
            await foreach (var finding in pass.Next(row))
            {
                yield return finding;
            }
        }

        await foreach (var finding in pass.End(cancel))
        {
            yield return finding;
        }
    }

    private sealed class Pass(
        IAuditView view, IReadOnlyDictionary<string, AuditedKind> kinds, IFileStore? store, DateTimeOffset nowUtc, CancellationToken cancel) : IAsyncDisposable
    {
        private readonly JournalCheck journal = new();
        private readonly ReadTableCheck readTables = new(view, kinds.Values, cancel);
        private readonly RelationCheck relations = new(view, kinds.Values, cancel);
        private readonly MonthCloseCheck months = new();
        private readonly DueWorkCheck dueWork = new(view, nowUtc, cancel);
        private readonly FileCheck files = new(store, cancel);
        private readonly SnapshotRows snapshots = new(view, cancel);
        private string? stream;
        private (AuditedKind Kind, StreamAudit Audit)? current;

        public async IAsyncEnumerable<Finding> Next(AuditedEvent row)
        {
            if (row.Event.Stream != stream)
            {
                await foreach (var finding in EndStream())
                {
                    yield return finding;
                }

                stream = row.Event.Stream;
                if (kinds.TryGetValue(stream.Split('/')[0], out var kind))
                {
                    var audit = kind.Begin(stream);
                    audit.Snapshot = await snapshots.Of(stream);
                    current = (kind, audit);
                }
                else
                {
                    yield return Finding.OfEvent(Invariant.OnlyAllowedTransitions, row.Event, "no rules are known for such a stream");
                }
            }

            months.Next(row.Event);
            foreach (var finding in journal.Next(row).Concat(current?.Audit.Next(row) ?? []))
            {
                yield return finding;
            }
        }

        public async IAsyncEnumerable<Finding> End([EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var finding in EndStream())
            {
                yield return finding;
            }

            await foreach (var finding in readTables.End(cancel))
            {
                yield return finding;
            }

            await foreach (var finding in relations.End())
            {
                yield return finding;
            }

            foreach (var finding in months.End())
            {
                yield return finding;
            }

            await foreach (var finding in OfTotals(cancel))
            {
                yield return finding;
            }

            await foreach (var finding in journal.End(view, cancel))
            {
                yield return finding;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await readTables.DisposeAsync();
            await relations.DisposeAsync();
            await dueWork.DisposeAsync();
            await snapshots.DisposeAsync();
        }

        /// <summary>The totals that the database keeps are the sums of the rows that were read.</summary>
        private async IAsyncEnumerable<Finding> OfTotals([EnumeratorCancellation] CancellationToken cancel)
        {
            var stored = new SettlementTotals();
            await foreach (var values in view.ReadRows(SettlementTotals.Table, "currency", cancel))
            {
                stored.Add(values);
            }

            foreach (var difference in stored.DifferencesTo(readTables.Totals))
            {
                yield return new Finding(Invariant.BalanceIsSumOfLegs, SettlementTotals.Table.Name, null, null, null, null, difference);
            }
        }

        private async IAsyncEnumerable<Finding> EndStream()
        {
            if (current is not { Kind: var kind, Audit: var audit })
            {
                yield break;
            }

            current = null;
            months.OfStream(audit);
            foreach (var finding in audit.AsOf(nowUtc))
            {
                yield return finding;
            }

            await foreach (var finding in readTables.OfStream(kind.Name, audit))
            {
                yield return finding;
            }

            await foreach (var finding in dueWork.OfStream(audit))
            {
                yield return finding;
            }

            await foreach (var finding in relations.OfStream(kind, audit))
            {
                yield return finding;
            }

            await foreach (var finding in files.OfStream(audit))
            {
                yield return finding;
            }
        }
    }
}
