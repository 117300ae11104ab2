using System.Globalization;
using Marketplace.Application.Catalog;
using Marketplace.Application.Licensing;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Search;

/// <summary>Counts of numbered values, in the words of the catalog.</summary>
internal static class FacetCounts
{
    public static CatalogCounts Of(CatalogCount total, Func<Facet, List<(byte Value, CatalogCount Count)>> counted)
    {
        List<ChoiceCount<T>> In<T>(Facet facet, Func<int, T> value) =>
            counted(facet).ConvertAll(c => new ChoiceCount<T>(value(c.Value - FacetValues.Range(facet).First), c.Count));
        return new CatalogCounts(
            total,
            In(Facet.Field, ordinal => (TechnologyField)ordinal),
            In(Facet.Readiness, ordinal => ordinal + CatalogFilter.LowestReadiness),
            In(Facet.Region, ordinal => ordinal.ToString("00", CultureInfo.InvariantCulture)),
            In(Facet.Licence, ordinal => (LicenceKind)ordinal),
            In(Facet.Payment, ordinal => (PaymentModel)ordinal),
            In(Facet.Trial, ordinal => (TrialLength)ordinal),
            In(Facet.Right, ordinal => (RightStatus)ordinal),
            In(Facet.Cover, ordinal => (OfferCover)ordinal));
    }
}
