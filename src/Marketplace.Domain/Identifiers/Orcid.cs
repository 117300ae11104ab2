using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>ORCID iD of a person: 15 digits and a check character by ISO/IEC 7064 MOD 11-2, as in <c>0000-0002-1825-0097</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Orcid>))]
public readonly record struct Orcid : IIdentifier<Orcid>
{
    private const int Length = 16;
    private static readonly IdentifierRefusals Refusals = new("orcid", "ORCID ", "ORCID iD");

    private Orcid(string value) => Value = value;

    /// <summary>Four groups of four, joined by hyphens.</summary>
    public string Value { get; }

    /// <summary>
    /// Accepts the address at orcid.org, missing hyphens, spaces, lower case and full-width characters.
    /// Refuses <c>orcid-length</c>, <c>orcid-character</c>, <c>orcid-check-digit</c>. Positions do not count hyphens.
    /// </summary>
    public static Result<Orcid> Parse(string? text, string field)
    {
        var digits = WithoutAddress(InputText.Compact(text)).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length != Length)
        {
            return Refusals.Length(digits, "16", "16", field);
        }

        for (var i = 0; i < Length; i++)
        {
            var isLast = i == Length - 1;
            if (!char.IsAsciiDigit(digits[i]) && !(isLast && digits[i] == 'X'))
            {
                return Refusals.Character(digits, i, isLast ? "数字或 X" : "数字", isLast ? "a digit or X" : "a digit", field);
            }
        }

        var expected = CheckDigit(digits);
        return digits[^1] == expected
            ? new Orcid($"{digits[..4]}-{digits[4..8]}-{digits[8..12]}-{digits[12..]}")
            : Refusals.CheckDigit(digits, expected, field);
    }

    public override string ToString() => Value;

    private static string WithoutAddress(string text)
    {
        foreach (var address in (ReadOnlySpan<string>)["HTTPS://ORCID.ORG/", "HTTP://ORCID.ORG/", "ORCID.ORG/"])
        {
            if (text.StartsWith(address, StringComparison.Ordinal))
            {
                return text[address.Length..];
            }
        }

        return text;
    }

    private static char CheckDigit(string digits)
    {
        var total = 0;
        foreach (var digit in digits.AsSpan(0, Length - 1))
        {
            total = (total + digit - '0') * 2 % 11;
        }

        return "0123456789X"[(12 - total) % 11];
    }
}
