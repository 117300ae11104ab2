using Marketplace.Application.Reads;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Organisations;

/// <param name="Reason">Why it was rejected or suspended; null otherwise.</param>
[ReadTable("organisations")]
public sealed record OrganisationRow(
    string Organisation,
    OrganisationKind Kind,
    OrganisationStatus Status,
    string NameZh,
    string NameEn,
    string Uscc,
    string? ContactMail,
    string? Reason) : IReadRow;
