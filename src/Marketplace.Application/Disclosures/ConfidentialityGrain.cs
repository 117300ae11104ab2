using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Disclosures;

namespace Marketplace.Application.Disclosures;

/// <summary>Keyed by <see cref="ConfidentialityId.Of"/>.</summary>
[Stream("confidentiality")]
public interface IConfidentialityGrain : IJournaledGrain<ConfidentialityState>;

internal sealed class ConfidentialityGrain(Surroundings around)
    : JournaledGrain<ConfidentialityState, ConfidentialityCommand, ConfidentialityEvent, Domain.Disclosures.Confidentiality>(around), IConfidentialityGrain
{
    protected override IEnumerable<IReadRow> Rows(ConfidentialityState state) => ConfidentialityRow.Of(Key, state);
}

/// <summary>Who has signed about which result.</summary>
/// <param name="EndedAtUtc">When the lab ended access; null: it has not.</param>
[ReadTable("confidentiality_agreements")]
public sealed record ConfidentialityRow(
    string Confidentiality,
    string Result,
    string Lab,
    string Company,
    string SignedBy,
    DateTime SignedAtUtc,
    DateOnly LastDay,
    string Sha256,
    DateTime? EndedAtUtc,
    string? EndedFor) : IReadRow
{
    /// <summary>All rows of an agreement, from its state alone.</summary>
    public static IEnumerable<IReadRow> Of(string id, ConfidentialityState state) => state is { Result: { } result, Lab: { } lab, Company: { } company, Signed: { } signed }
        ?
        [
            new ConfidentialityRow(
                id, result.Value, lab.Value, company.Value, signed.By, signed.AtUtc.UtcDateTime, signed.LastDay, signed.Sha256, state.Ended?.AtUtc.UtcDateTime, state.Ended?.Reason),
        ]
        : [];
}
