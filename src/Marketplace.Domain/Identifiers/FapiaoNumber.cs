using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>
/// What names an e-fapiao 电子发票 in the whole country. A fully digital one (数电票) has 20 digits: the year's last two, two of the tax authority's
/// region, one of the channel, fifteen of a sequence (State Taxation Administration 国家税务总局, Announcement 2024 No. 11). Older ones have a code
/// of 12 digits (electronic, Announcements 2015 No. 84 and 2020 No. 22) or 10, and a number of 8 within it; here joined by a hyphen.
/// </summary>
[JsonConverter(typeof(IdentifierJsonConverter<FapiaoNumber>))]
public readonly record struct FapiaoNumber : IIdentifier<FapiaoNumber>
{
    private const int DigitalLength = 20;
    private const int NumberLength = 8;

    /// <summary>The first fully digital ones were issued in December 2021. Codes of older ones begin with 0 or 1, so that run together with their number they are told apart.</summary>
    private const int FirstYear = 21;

    private static readonly IdentifierRefusals Refusals = new("fapiao-number", "发票号码", "fapiao number");

    private FapiaoNumber(string value) => Value = value;

    /// <summary><c>26122000000012345678</c>, or <c>012001900111-12345678</c>.</summary>
    public string Value { get; }

    /// <summary>The year in which it was issued, as its number says; null of an older one, whose number says when its code was given out.</summary>
    public int? Year => Value.Contains('-', StringComparison.Ordinal) ? null : 2000 + int.Parse(Value.AsSpan(0, 2), CultureInfo.InvariantCulture);

    /// <summary>
    /// Accepts spaces and full-width characters. Refuses <c>fapiao-number-length</c>, <c>fapiao-number-character</c>, <c>fapiao-number-year</c>.
    /// </summary>
    public static Result<FapiaoNumber> Parse(string? text, string field)
    {
        var compact = InputText.Compact(text);
        var hyphen = compact.IndexOf('-', StringComparison.Ordinal);
        for (var i = 0; i < compact.Length; i++)
        {
            if (!char.IsAsciiDigit(compact[i]) && i != hyphen)
            {
                return Refusals.Character(compact, i, "数字", "a digit", field);
            }
        }

        if (hyphen >= 0)
        {
            return hyphen is 10 or 12 && compact.Length == hyphen + 1 + NumberLength
                ? new FapiaoNumber(compact)
                : Refusals.Length(compact, "10 或 12 位代码、连字符、8", "a code of 10 or 12 digits, a hyphen and 8", field);
        }

        if (compact.Length != DigitalLength)
        {
            return Refusals.Length(compact, "20", "20", field);
        }

        return int.Parse(compact.AsSpan(0, 2), CultureInfo.InvariantCulture) >= FirstYear
            ? new FapiaoNumber(compact)
            : Refusal.Invalid(
                "fapiao-number-year",
                $"数电票号码“{compact}”前两位应为开票年份（{FirstYear} 或以后）；旧版发票请写作“代码-号码”。",
                $"A fully digital fapiao number begins with the year of its issue, {FirstYear} or later, but \"{compact}\" does not; write an older one as code, hyphen, number.",
                field);
    }

    public override string ToString() => Value;
}
