using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>
/// What a company writes on a bank transfer, so that its money finds the sum it is for: a creditor reference of ISO 11649, as in
/// <c>RF18K3M97QWERTYX001</c>. Its check digits, ISO/IEC 7064 MOD 97-10, notice
/// every mistyped digit, every mistyped letter and every swapped pair of a kind, and 96 in 97 of all other mistakes.
/// </summary>
[JsonConverter(typeof(IdentifierJsonConverter<RemittanceReference>))]
public readonly record struct RemittanceReference : IIdentifier<RemittanceReference>
{
    public const int Length = 19;

    /// <summary>Characters of <see cref="PaymentCode"/>.</summary>
    public const int CodeLength = 12;

    private const string Prefix = "RF";
    private const int CheckDigits = 2;
    private const int NumberDigits = 3;
    private const int MostObligations = 32 * 32 * 32 - 1;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base 32, as in ids

    private static readonly IdentifierRefusals Refusals = new("remittance-reference", "付款附言编号", "remittance reference");

    private RemittanceReference(string value) => Value = value;

    /// <summary>19 characters, upper case, without spaces.</summary>
    public string Value { get; }

    /// <summary>Which agreement is meant: see <see cref="CodeOf"/>.</summary>
    public string PaymentCode => Value.Substring(Prefix.Length + CheckDigits, CodeLength);

    /// <summary>Number of the obligation that is meant.</summary>
    public int Obligation
    {
        get
        {
            var number = 0;
            foreach (var digit in Value.AsSpan(Length - NumberDigits))
            {
                number = (number * 32) + Alphabet.IndexOf(digit, StringComparison.Ordinal);
            }

            return number;
        }
    }

    /// <summary>In groups of four, as people copy it.</summary>
    public string Grouped => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <exception cref="ArgumentOutOfRangeException">More obligations than a reference can number, 32 767: a bug.</exception>
    public static RemittanceReference Of(AgreementId agreement, int obligation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(obligation, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(obligation, MostObligations);
        Span<char> number = [Alphabet[obligation / 1024], Alphabet[obligation / 32 % 32], Alphabet[obligation % 32]];
        var body = string.Concat(CodeOf(agreement), number);
        return new RemittanceReference($"{Prefix}{CheckOf(body):00}{body}");
    }

    /// <summary>The end of an agreement's id: 60 of its bits, so two agreements are hardly ever meant, and a person decides if they are.</summary>
    public static string CodeOf(AgreementId agreement) => agreement.Value[^CodeLength..].ToUpperInvariant();

    /// <summary>
    /// Accepts spaces, hyphens, lower case, full-width characters, and O for 0, I and L for 1. Refuses <c>remittance-reference-length</c>,
    /// <c>remittance-reference-character</c>, <c>remittance-reference-check-digit</c>.
    /// </summary>
    public static Result<RemittanceReference> Parse(string? text, string field)
    {
        var typed = InputText.Compact(text).Replace("-", "", StringComparison.Ordinal);
        if (typed.Length != Length)
        {
            return Refusals.Length(typed, "19", "19", field);
        }

        var read = typed.Length < Prefix.Length ? typed : typed[..Prefix.Length] + string.Concat(typed[Prefix.Length..].Select(Meant));
        for (var i = 0; i < Length; i++)
        {
            var wrong = i < Prefix.Length ? read[i] != Prefix[i] ? ("“RF”", "\"RF\"") : default
                : i < Prefix.Length + CheckDigits ? char.IsAsciiDigit(read[i]) ? default : ("数字", "a digit")
                : Alphabet.Contains(read[i], StringComparison.Ordinal) ? default : ("数字或除 U 以外的字母", "a digit or a letter other than U");
            if (wrong is ({ } zh, { } en))
            {
                return Refusals.Character(typed, i, zh, en, field);
            }
        }

        return IsWhole(read) ? new RemittanceReference(read) : Refusal.Invalid(
            "remittance-reference-check-digit",
            $"付款附言编号“{read}”校验不符：其中有字符写错或颠倒。",
            $"The remittance reference \"{read}\" does not check: a character is wrong, or two are swapped.",
            field);
    }

    /// <summary>Every reference in a remark that people or banks wrote, whatever stands around it; each once, in their order.</summary>
    public static IReadOnlyList<RemittanceReference> FindAll(string? remark)
    {
        var found = new List<RemittanceReference>();
        var text = InputText.Compact(remark).Replace("-", "", StringComparison.Ordinal);
        for (var at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            if (text.Length - at >= Length && Parse(text.Substring(at, Length), "remark") is { Refusal: null, Value: var reference } && !found.Contains(reference))
            {
                found.Add(reference);
            }
        }

        return found;
    }

    public override string ToString() => Value;

    private static char Meant(char typed) => typed switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        _ => typed,
    };

    private static int CheckOf(string body) => 98 - Remainder($"{body}{Prefix}00");

    private static bool IsWhole(string reference) => Remainder(reference[(Prefix.Length + CheckDigits)..] + reference[..(Prefix.Length + CheckDigits)]) == 1;

    /// <summary>The digits, with A = 10 to Z = 35, as one number modulo 97.</summary>
    private static int Remainder(string text)
    {
        var rest = 0;
        foreach (var character in text)
        {
            rest = char.IsAsciiDigit(character) ? ((rest * 10) + (character - '0')) % 97 : ((rest * 100) + (character - 'A' + 10)) % 97;
        }

        return rest;
    }
}
