using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>
/// Chinese patent application number (ZC 0006-2003): year, kind, serial number, a dot and a check digit, as in <c>201310699744.2</c>.
/// Before October 2003 the year had two digits and the serial number five: <c>90101673.X</c>.
/// </summary>
[JsonConverter(typeof(IdentifierJsonConverter<PatentApplicationNumber>))]
public readonly record struct PatentApplicationNumber : IIdentifier<PatentApplicationNumber>
{
    private const int FirstYear = 1985; // the first day of the Patent Law, 1 April
    private const int LongNumbersSince = 2003; // 1 October; both forms occur in that year
    private const string Kinds = "12389"; // 8 and 9: an international application that entered the national phase
    private static readonly Form Long = new(Length: 13, YearDigits: 4);
    private static readonly Form Short = new(Length: 9, YearDigits: 2);
    private static readonly IdentifierRefusals Refusals = new("patent-number", "专利申请号", "patent application number");

    private PatentApplicationNumber(string value, int filingYear, PatentKind kind) => (Value, FilingYear, Kind) = (value, filingYear, kind);

    /// <summary>Digits, a dot, the check digit; no CN or ZL before it.</summary>
    public string Value { get; }

    public int FilingYear { get; }

    public PatentKind Kind { get; }

    /// <summary>
    /// Accepts CN or ZL in front, spaces, lower case, full-width characters and a missing dot. Refuses <c>patent-number-length</c>,
    /// <c>patent-number-character</c>, <c>patent-number-year</c>, <c>patent-number-check-digit</c>. Positions do not count the prefix and the dot.
    /// </summary>
    public static Result<PatentApplicationNumber> Parse(string? text, string field)
    {
        var number = WithoutPrefixAndDot(InputText.Compact(text));
        if (number.Length != Long.Length && number.Length != Short.Length)
        {
            return Refusals.Length(number, "13（2003 年 10 月前为 9）", "13 (before October 2003: 9)", field);
        }

        var form = number.Length == Long.Length ? Long : Short;
        for (var i = 0; i < form.Length - 1; i++)
        {
            if (!char.IsAsciiDigit(number[i]))
            {
                return Refusals.Character(number, i, "数字", "a digit", field);
            }
        }

        if (!char.IsAsciiDigit(number[^1]) && number[^1] != 'X')
        {
            return Refusals.Character(number, form.Length - 1, "数字或 X", "a digit or X", field);
        }

        if (!Kinds.Contains(number[form.YearDigits]))
        {
            return Refusals.Character(
                number,
                form.YearDigits,
                "专利种类 1（发明）、2（实用新型）、3（外观设计）、8 或 9（PCT）",
                "the kind 1 (invention), 2 (utility model), 3 (design), 8 or 9 (PCT)",
                field);
        }

        var year = Year(number, form);
        if (year < (form == Long ? LongNumbersSince : FirstYear) || (form == Short && year > LongNumbersSince))
        {
            return WrongYear(number, form, field);
        }

        var expected = CheckDigit(number);
        return number[^1] == expected
            ? new PatentApplicationNumber($"{number[..^1]}.{number[^1]}", year, KindOf(number[form.YearDigits]))
            : Refusals.CheckDigit(number, expected, field);
    }

    public override string ToString() => Value;

    private static string WithoutPrefixAndDot(string text)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["CN", "ZL"])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                text = text[prefix.Length..];
            }
        }

        // Only the dot in its own place is dropped; another one is reported as the wrong character that it is.
        return text.Length >= 2 && text[^2] == '.' ? text.Remove(text.Length - 2, 1) : text;
    }

    private static int Year(string number, Form form)
    {
        var digits = int.Parse(number.AsSpan(0, form.YearDigits), NumberStyles.None, CultureInfo.InvariantCulture);
        if (form == Long)
        {
            return digits;
        }

        return digits <= LongNumbersSince % 100 ? 2000 + digits : 1900 + digits;
    }

    private static Refusal WrongYear(string number, Form form, string field)
    {
        var (zh, en) = form == Long ? ("2003 年或以后", "2003 or later") : ("85–99 或 00–03", "85–99 or 00–03");
        return Refusal.Invalid(
            "patent-number-year",
            $"专利申请号“{number}”第 1 至 {form.YearDigits} 位是年份“{number[..form.YearDigits]}”，应为 {zh}。",
            $"Positions 1 to {form.YearDigits} of the patent application number \"{number}\" are the year \"{number[..form.YearDigits]}\", but must be {en}.",
            field);
    }

    // Weights 2 to 9, again from 2, over all digits; the sum modulo 11, with X for 10.
    private static char CheckDigit(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length - 1; i++)
        {
            sum += (number[i] - '0') * (2 + (i % 8));
        }

        return "0123456789X"[sum % 11];
    }

    private static PatentKind KindOf(char digit) => digit switch
    {
        '1' or '8' => PatentKind.Invention,
        '2' or '9' => PatentKind.UtilityModel,
        '3' => PatentKind.Design,
        _ => throw new ArgumentOutOfRangeException(nameof(digit), digit, "Not a kind of patent."),
    };

    private sealed record Form(int Length, int YearDigits);
}

/// <summary>What a Chinese patent protects (Patent Law Art. 2).</summary>
public enum PatentKind
{
    Invention,
    UtilityModel,
    Design,
}
