using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Payments;

namespace Marketplace.Application.Reconciliations;

/// <summary>Keyed by provider and local day: <c>stripe:2026-11-29</c>; <c>bank</c> is one too.</summary>
[Stream("reconciliation")]
public interface IReconciliationGrain : IJournaledGrain<Reconciliation>;

internal sealed class ReconciliationGrain(Surroundings around)
    : JournaledGrain<Reconciliation, ReconciliationCommand, ReconciliationEvent, ReconciliationRules>(around), IReconciliationGrain
{
    protected override IEnumerable<IReadRow> Rows(Reconciliation state) => ReconciliationRow.Of(Key, state);
}

/// <summary>A day on which the ledger was held against a provider's account.</summary>
/// <param name="Reconciliation">Provider and local day: <c>stripe:2026-11-29</c>.</param>
/// <param name="Lasting">Of the differences, those that were there on an earlier day already.</param>
[ReadTable("reconciliations")]
public sealed record ReconciliationRow(string Reconciliation, string Provider, DateOnly Day, int Differences, int Lasting, DateTime FoundAtUtc) : IReadRow
{
    internal static IEnumerable<IReadRow> Of(string key, Reconciliation state) => state.Found is { } found
        ? [new ReconciliationRow(key, found.Provider, found.Day, found.DifferenceCount, found.Differences.Count(d => d.Since < found.Day), found.AtUtc.UtcDateTime)]
        : [];
}
