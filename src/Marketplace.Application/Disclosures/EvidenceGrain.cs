using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Disclosures;

namespace Marketplace.Application.Disclosures;

/// <summary>Keyed by the agreement: a stream beside its own, so that no rule about money loads what only people read.</summary>
[Stream("evidence")]
public interface IEvidenceGrain : IJournaledGrain<EvidenceState>;

internal sealed class EvidenceGrain(Surroundings around)
    : JournaledGrain<EvidenceState, EvidenceCommand, EvidenceEvent, EvidenceRules>(around), IEvidenceGrain
{
    protected override IEnumerable<IReadRow> Rows(EvidenceState state) => [];
}
