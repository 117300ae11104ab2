using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>A currency of ISO 4217, list one as of January 2026. Its exponent says how many decimal digits its minor unit has.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Currency>))]
public readonly record struct Currency : IIdentifier<Currency>
{
    // Funds and units of account are in the list too; metals, SDR and test codes are not: they have no minor unit.
    private static readonly FrozenDictionary<string, int> Exponents = Table(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
            CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP
            GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT
            LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN
            NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD
            SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS
            VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """));

    private readonly string? code;

    private Currency(string code) => this.code = code;

    public static Currency Cny { get; } = new("CNY");

    /// <summary>Every code that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyCollection<string> Codes => Exponents.Keys;

    /// <summary>Three capital letters.</summary>
    /// <exception cref="InvalidOperationException">Of <c>default(Currency)</c>: money in no currency is a bug.</exception>
    public string Code => code ?? throw new InvalidOperationException("A currency was never set.");

    string IIdentifier<Currency>.Value => Code;

    /// <summary>Decimal digits of the minor unit, 0 to 4: CNY 2, JPY 0, BHD 3.</summary>
    public int Exponent => Exponents[Code];

    /// <summary>Refuses with <c>currency-unknown</c>.</summary>
    public static Result<Currency> Parse(string? text, string field = "currency")
    {
        var wanted = InputText.Narrow(text).Trim().ToUpperInvariant();
        return Exponents.ContainsKey(wanted)
            ? new Currency(wanted)
            : Refusal.Invalid(
                "currency-unknown",
                $"“{InputText.Shown(wanted)}”不是 ISO 4217 现行货币代码，例如 CNY。",
                $"\"{InputText.Shown(wanted)}\" is not a current ISO 4217 currency code such as CNY.",
                field);
    }

    public override string ToString() => Code;

    private static FrozenDictionary<string, int> Table(params (int Exponent, string Codes)[] groups) =>
        groups
            .SelectMany(group => group.Codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), (group, code) => (code, group.Exponent))
            .ToFrozenDictionary(row => row.code, row => row.Exponent, StringComparer.Ordinal);
}
