using System.Globalization;
using Marketplace.Application.Catalog;
using Marketplace.Application.Licensing;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Search;

/// <summary>The facets of the catalog, in the order in which their values are numbered.</summary>
internal enum Facet
{
    Field,
    Readiness,
    Region,
    Licence,
    Payment,
    Trial,
    Right,
    Cover,
    Status,
}

/// <summary>Every value of every facet by a number of one byte: what the index file holds of a listing. The numbers change with the program, and the file with them.</summary>
internal static class FacetValues
{
    /// <summary>Where the values of each facet begin, and after the last one.</summary>
    private static readonly int[] Starts = StartsOf(
        Enum.GetValues<TechnologyField>().Length, CatalogFilter.HighestReadiness, Regions, Enum.GetValues<LicenceKind>().Length,
        Enum.GetValues<PaymentModel>().Length, Enum.GetValues<TrialLength>().Length, Enum.GetValues<RightStatus>().Length,
        Enum.GetValues<OfferCover>().Length, Enum.GetValues<ResultStatus>().Length);

    private const int Regions = 100;

    /// <summary>Before a token that is a facet's: no word has it, so that neither can be mistaken for the other.</summary>
    private const char FacetSign = '\uE000';

    private const char LabSign = '\uE001';

    public static int Count => Starts[^1];

    /// <summary>Another text, another numbering.</summary>
    public static string Numbering { get; } = string.Join(
        '|',
        new[] { typeof(TechnologyField), typeof(LicenceKind), typeof(PaymentModel), typeof(TrialLength), typeof(RightStatus), typeof(OfferCover), typeof(ResultStatus) }
            .Select(t => string.Join(',', Enum.GetNames(t))));

    public static (int First, int Last) Range(Facet facet) => (Starts[(int)facet], Starts[(int)facet + 1] - 1);

    public static byte Of(TechnologyField field) => Number(Facet.Field, (int)field);

    /// <param name="level">1 to 9.</param>
    public static byte OfReadiness(int level) => Number(Facet.Readiness, level - 1);

    /// <param name="code">Begins with two digits.</param>
    public static byte OfRegion(string code) => Number(Facet.Region, int.Parse(code.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture));

    public static byte Of(LicenceKind licence) => Number(Facet.Licence, (int)licence);

    public static byte Of(PaymentModel payment) => Number(Facet.Payment, (int)payment);

    public static byte Of(TrialLength trial) => Number(Facet.Trial, (int)trial);

    public static byte Of(RightStatus right) => Number(Facet.Right, (int)right);

    public static byte Of(OfferCover cover) => Number(Facet.Cover, (int)cover);

    public static byte Of(ResultStatus status) => Number(Facet.Status, (int)status);

    public static string Token(byte value) => string.Create(CultureInfo.InvariantCulture, $"{FacetSign}{value:x2}");

    /// <param name="lab">An id: letters and digits but for one sign.</param>
    public static string LabToken(string lab) => $"{LabSign}{lab.Replace("_", "", StringComparison.Ordinal)}";

    /// <summary>What is chosen of each facet; none chosen: whatever it is.</summary>
    public static byte[][] Chosen(CatalogFilter filter) =>
    [
        [.. filter.Fields.Select(Of)], [.. filter.Readiness.Select(OfReadiness)], [.. filter.Regions.Select(OfRegion)], [.. filter.Licences.Select(Of)],
        [.. filter.Payments.Select(Of)], [.. filter.Trials.Select(Of)], [.. filter.Rights.Select(Of)], [.. filter.Covers.Select(Of)], [.. filter.Statuses.Select(Of)],
    ];

    private static byte Number(Facet facet, int ordinal) => checked((byte)(Starts[(int)facet] + ordinal));

    private static int[] StartsOf(params ReadOnlySpan<int> lengths)
    {
        var starts = new int[lengths.Length + 1];
        for (var i = 0; i < lengths.Length; i++)
        {
            starts[i + 1] = starts[i] + lengths[i];
        }

        return starts;
    }
}
