using System.Globalization;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Agreements;

/// <summary>A sales report as it was typed.</summary>
public sealed class SalesReportForm : TypedForm
{
    public const int DeductionRows = 4;

    private readonly Currency currency;
    private readonly List<int> rowOfDeduction = [];

    private SalesReportForm(Reader reader, Currency currency, Func<string, string> typed) : base(reader, typed) => this.currency = currency;

    public bool NoSales => Typed("noSales") == "true";

    public SalesAffirmation Affirmation => new(Text("name"), Text("position"));

    /// <summary>A new one, whose id makes it one report however often it is sent.</summary>
    public static SalesReportForm Empty(Reader reader, Currency currency) => new(reader, currency, Filled(null));

    public static SalesReportForm Sent(Reader reader, Currency currency, IFormCollection form) => new(reader, currency, field => form[field].ToString());

    /// <summary>What was typed and kept before, under a new id.</summary>
    public static SalesReportForm Kept(Reader reader, Currency currency, IReadOnlyDictionary<string, string> fields) => new(reader, currency, Filled(fields));

    /// <summary>What is typed, read or not, to be kept for later.</summary>
    public IReadOnlyDictionary<string, string> ToKeep()
    {
        IEnumerable<string> fields = ["gross", "units", "measure", "sublicence", "thirdParties", "noSales", "name", "position"];
        return fields.Concat(Enumerable.Range(1, DeductionRows).SelectMany(row => new[] { $"kind{row}", $"deduction{row}" }))
            .Where(field => !string.IsNullOrWhiteSpace(Typed(field)))
            .ToDictionary(field => field, Typed, StringComparer.Ordinal);
    }

    public Money Gross() => new(Minor("gross") ?? 0, currency);

    public IReadOnlyList<SalesDeduction> Deductions()
    {
        var deductions = new List<SalesDeduction>();
        for (var row = 1; row <= DeductionRows; row++)
        {
            var (kind, amountMinor) = (Text($"kind{row}"), Minor($"deduction{row}"));
            if (kind.Length > 0 || Text($"deduction{row}").Length > 0)
            {
                rowOfDeduction.Add(row);
                deductions.Add(new SalesDeduction(kind, amountMinor ?? 0));
            }
        }

        return deductions;
    }

    /// <summary>Null: no clause asks for any, or all are zero.</summary>
    public OtherFigures? Others()
    {
        var others = new OtherFigures(Number("units", 0) ?? 0, Minor("measure") ?? 0, Minor("sublicence") ?? 0, Minor("thirdParties") ?? 0);
        return others == new OtherFigures() ? null : others;
    }

    /// <summary>Fields for what clauses ask beside sales.</summary>
    public static IEnumerable<(string Field, BilingualText Label)> OthersAsked(AgreementTerms terms)
    {
        foreach (var payment in terms.Payments)
        {
            if (payment switch
            {
                UnitRoyalty p => ("units", new BilingualText($"数量（{p.Unit}）", $"Units ({p.Unit})")),
                IncrementShare p => ("measure", new BilingualText($"{Words.Names.Of(p.Measure).Zh}（{terms.Currency.Code}）", $"{Words.Names.Of(p.Measure).En} ({terms.Currency.Code})")),
                SublicenceShare => ("sublicence", new BilingualText($"分许可收入（{terms.Currency.Code}）", $"Sublicence income ({terms.Currency.Code})")),
                StackingReduction => ("thirdParties", new BilingualText($"应付第三方的提成（{terms.Currency.Code}）", $"Royalties owed to third parties ({terms.Currency.Code})")),
                _ => default((string, BilingualText)?),
            } is { } asked)
            {
                yield return asked;
            }
        }
    }

    protected override string? FieldOf(string? member) => member switch
    {
        "gross.amountMinor" or "gross.currency" => "gross",
        "noSales" or "file" => member,
        "fileName" => "file",
        "affirmation.name" => "name",
        "affirmation.position" => "position",
        "others.units" => "units",
        "others.measureMinor" => "measure",
        "others.sublicenceMinor" => "sublicence",
        "others.thirdPartyRoyaltiesMinor" => "thirdParties",
        not null when member.StartsWith("deductions[", StringComparison.Ordinal)
            && int.TryParse(member["deductions[".Length..member.IndexOf(']', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place < rowOfDeduction.Count => (member.EndsWith(".kind", StringComparison.Ordinal) ? "kind" : "deduction") + rowOfDeduction[place],
        _ => null,
    };

    private long? Minor(string field) => Number(field, currency.Exponent);

    /// <summary>Nothing typed is nothing; what is no number is told beside its field.</summary>
    private long? Number(string field, int decimals) => Text(field).Length == 0 ? null : Scaled(field, decimals);
}
