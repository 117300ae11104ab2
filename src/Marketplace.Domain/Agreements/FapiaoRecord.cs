using Marketplace.Domain.Files;

namespace Marketplace.Domain.Agreements;

/// <summary>An invoice of the tax authority that the lab has issued for a sum of this agreement. It moves no money and changes nothing that is owed.</summary>
/// <param name="Record">From 1.</param>
/// <param name="TotalMinor">With tax; negative of a red one 红字发票.</param>
/// <param name="TaxMinor">Of the total: the tax.</param>
/// <param name="Blue">Of a red one: the record that it takes back, or a part of it.</param>
/// <param name="WithdrawnFor">Why it was recorded wrongly; null: it stands.</param>
public sealed record FapiaoRecord(
    int Record, int Obligation, FapiaoNumber Number, DateOnly IssuedOn, long TotalMinor, long TaxMinor, StoredFile File, DateOnly On, int? Blue = null, string? WithdrawnFor = null)
{
    public bool Stands => WithdrawnFor is null;
}
