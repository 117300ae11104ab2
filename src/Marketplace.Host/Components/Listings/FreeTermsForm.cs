using System.Globalization;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Listings;

/// <summary>Terms that are written freely, as they are typed; fields are called as their members are in JSON.</summary>
public sealed class FreeTermsForm : TypedForm
{
    private static readonly string[] Members =
    [
        "licence", "fieldOfUse", "territory", "trialMonths", "commercialMonths", "currency", "reporting.periodMonths", "reporting.reportDays", "reporting.paymentDays",
        "lateInterest.contractRatePpm", "lateInterest.lprMarginPpm", "lateInterest.dayCount", "platformFeePpm", "cureDays",
    ];

    private readonly List<ClauseTime> times = [];

    private FreeTermsForm(Reader reader, Func<string, string> typed, params IReadOnlyList<string> fields) : base(reader, typed, fields) { }

    /// <summary>That sums are typed in.</summary>
    public Currency Currency => Currency.Parse(Text("currency")) is { IsRefused: false } known ? known.Value : Currency.Cny;

    /// <param name="terms">What stands in it at first; null: what is usual.</param>
    /// <param name="others">What stands in the other fields.</param>
    public static FreeTermsForm Empty(Reader reader, AgreementTerms? terms, IReadOnlyDictionary<string, string>? others)
    {
        var written = new Dictionary<string, string>(others ?? new Dictionary<string, string>());
        foreach (var (field, value) in terms is null ? Usual() : Written(terms))
        {
            written[field] = value;
        }

        return new FreeTermsForm(reader, Filled(written));
    }

    /// <param name="others">Fields beside those of the terms.</param>
    public static FreeTermsForm Of(Reader reader, IFormCollection form, IReadOnlyList<string> others)
    {
        var typed = PaymentForm.Sent(form);
        return new FreeTermsForm(reader, field => typed.GetValueOrDefault(field, ""), [.. Members, .. PaymentForm.Fields(typed), .. others]);
    }

    /// <summary>The terms as they were typed; with the fields at fault where they cannot be read.</summary>
    /// <param name="ladder">Enforcement that stays what it was; null: the standard one.</param>
    public AgreementTerms Read(IReadOnlyList<LadderStep>? ladder)
    {
        var currency = Currency.Parse(Text("currency"));
        if (currency.Refusal is { } unknown)
        {
            Refuse(unknown);
        }

        var payments = PaymentForm.Read(this, Currency);
        ReadTimes();
        return new AgreementTerms(
            OneOf<LicenceKind>("licence"), Text("fieldOfUse"), Text("territory"), Whole("trialMonths"), Whole("commercialMonths"), Currency, payments, Reporting(), LateInterest(),
            Rate("platformFeePpm"), Whole("cureDays"))
        {
            Ladder = ladder,
            Times = times.Count == 0 ? null : [.. times],
        };
    }

    protected override string? FieldOf(string? member) => member switch
    {
        "terms.reporting" => "reporting.periodMonths",
        not null when member.StartsWith("terms.times[", StringComparison.Ordinal) => FieldOfTime(member["terms.times[".Length..]),
        _ => base.FieldOf(member),
    };

    private static Dictionary<string, string> Usual() => new(StringComparer.Ordinal)
    {
        ["licence"] = $"{LicenceKind.NonExclusive}",
        ["territory"] = "中国大陆",
        ["trialMonths"] = "6",
        ["commercialMonths"] = "36",
        ["currency"] = Currency.Cny.Code,
        ["reporting.reportDays"] = "30",
        ["reporting.paymentDays"] = "30",
        ["lateInterest.lprMarginPpm"] = TypedNumber.WrittenRate(LateInterestTerms.Standard.LprMarginPpm),
        ["lateInterest.dayCount"] = Digits(LateInterestTerms.Standard.DayCount),
        ["platformFeePpm"] = "2",
        ["cureDays"] = "30",
    };

    private static Dictionary<string, string> Written(AgreementTerms terms)
    {
        var written = new Dictionary<string, string>(PaymentForm.Written(terms.Payments, terms.Currency), StringComparer.Ordinal)
        {
            ["licence"] = $"{terms.Licence}",
            ["fieldOfUse"] = terms.FieldOfUse,
            ["territory"] = terms.Territory,
            ["trialMonths"] = Digits(terms.TrialMonths),
            ["commercialMonths"] = Digits(terms.CommercialMonths),
            ["currency"] = terms.Currency.Code,
            ["reporting.periodMonths"] = terms.Reporting is { } r ? Digits(r.PeriodMonths) : "",
            ["reporting.reportDays"] = Digits(terms.Reporting?.ReportDays ?? 30),
            ["reporting.paymentDays"] = Digits(terms.Reporting?.PaymentDays ?? 30),
            ["lateInterest.contractRatePpm"] = terms.LateInterest.ContractRatePpm is { } rate ? TypedNumber.WrittenRate(rate) : "",
            ["lateInterest.lprMarginPpm"] = TypedNumber.WrittenRate(terms.LateInterest.LprMarginPpm),
            ["lateInterest.dayCount"] = Digits(terms.LateInterest.DayCount),
            ["platformFeePpm"] = TypedNumber.WrittenRate(terms.PlatformFeePpm),
            ["cureDays"] = Digits(terms.CureDays),
        };
        foreach (var time in terms.Times ?? [])
        {
            written[$"{PaymentForm.At(time.Clause)}.fromPeriod"] = time.FromPeriod is { } from ? Digits(from) : "";
            written[$"{PaymentForm.At(time.Clause)}.throughPeriod"] = time.ThroughPeriod is { } through ? Digits(through) : "";
        }

        return written;
    }

    private SalesReporting? Reporting()
    {
        const string Period = "reporting.periodMonths";
        return Text(Period).Length == 0 ? null : new(Whole(Period), Whole("reporting.reportDays"), Whole("reporting.paymentDays"));
    }

    private LateInterestTerms LateInterest() => new(
        Text("lateInterest.contractRatePpm").Length == 0 ? null : Rate("lateInterest.contractRatePpm"), Rate("lateInterest.lprMarginPpm"), Whole("lateInterest.dayCount"));

    private void ReadTimes()
    {
        times.Clear();
        foreach (var (position, _) in PaymentForm.Clauses(this))
        {
            var (from, through) = (Period($"{PaymentForm.At(position)}.fromPeriod"), Period($"{PaymentForm.At(position)}.throughPeriod"));
            if (from is not null || through is not null)
            {
                times.Add(new ClauseTime(position, from, through));
            }
        }
    }

    private int? Period(string field) => Text(field).Length == 0 ? null : Whole(field);

    /// <summary>Of the clause whose periods are at fault; of the whole clause, its first.</summary>
    private string? FieldOfTime(string place)
    {
        var end = place.IndexOf(']', StringComparison.Ordinal);
        return end > 0 && int.TryParse(place.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < times.Count
            ? $"{PaymentForm.At(times[index].Clause)}.{(place.EndsWith("throughPeriod", StringComparison.Ordinal) ? "throughPeriod" : "fromPeriod")}"
            : null;
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
