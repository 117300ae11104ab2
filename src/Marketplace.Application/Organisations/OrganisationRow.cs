using Marketplace.Application.Reads;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Organisations;

/// <param name="Reason">Why it was rejected or suspended; null otherwise.</param>
/// <param name="Licence">SHA-256 of the licence that it has handed in; null: none.</param>
[ReadTable("organisations")]
public sealed record OrganisationRow(
    string Organisation,
    OrganisationKind Kind,
    OrganisationStatus Status,
    string NameZh,
    string NameEn,
    string Uscc,
    string? ContactMail,
    string? Reason,
    string? Licence) : IReadRow
{
    /// <summary>The rows of an organisation, from its state alone.</summary>
    public static IEnumerable<IReadRow> Of(string id, OrganisationState state) => state.Uscc is { } uscc
        ? [new OrganisationRow(id, state.Kind, state.Status, state.Name.Zh, state.Name.En, uscc.Value, state.ContactMail, state.Reason, state.Licence?.Sha256)]
        : [];
}
