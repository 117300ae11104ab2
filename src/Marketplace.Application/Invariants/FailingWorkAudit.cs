using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Sweeps;

namespace Marketplace.Application.Invariants;

internal sealed class FailingWorkAudit(string stream) : StreamAudit<FailingWorkState, FailingWorkCommand, FailingWorkEvent, FailingWork>(stream)
{
    private static readonly ReadTable Failures = ReadTable.Of(typeof(DueWorkFailureRow));
    private static readonly int Purpose = Failures.PlaceOf(nameof(DueWorkFailureRow.Purpose));
    private static readonly int Item = Failures.PlaceOf(nameof(DueWorkFailureRow.Stream));

    public static readonly AuditedKind Kind = new("due-work", stream => new FailingWorkAudit(stream))
    {
        // The streams are named, and so ordered, by purpose before item.
        Tables = [new OwnedTable(Failures, Failures.Schema.Columns[Purpose].Name, values => IFailingWorkGrain.KeyOf((string)values[Purpose]!, (string)values[Item]!))],
    };

    protected override IEnumerable<IReadRow> RowsOf(FailingWorkState state) => FailingWorkGrain.RowsOf(Key, state);

    protected override bool MayHaveAsked(Actor actor, FailingWorkEvent happened, FailingWorkState after) =>
        actor.Role is ActorRole.Administrator or ActorRole.System;
}
