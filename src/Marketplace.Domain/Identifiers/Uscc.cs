using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>Unified social credit code 统一社会信用代码 (GB 32100-2015): the 18 characters that name an organisation in China.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Uscc>))]
public readonly record struct Uscc : IIdentifier<Uscc>
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // without I, O, S, V, Z
    private const int Length = 18;
    private static readonly IdentifierRefusals Refusals = new("uscc", "统一社会信用代码", "unified social credit code");

    private Uscc(string value) => Value = value;

    /// <summary>18 characters, upper case.</summary>
    public string Value { get; }

    /// <summary>Accepts spaces, lower case and full-width characters. Refuses <c>uscc-length</c>, <c>uscc-character</c>, <c>uscc-check-digit</c>.</summary>
    public static Result<Uscc> Parse(string? text, string field)
    {
        var code = InputText.Compact(text);
        if (code.Length != Length)
        {
            return Refusals.Length(code, "18", "18", field);
        }

        var strange = code.AsSpan().IndexOfAnyExcept(Alphabet);
        if (strange >= 0)
        {
            return Refusals.Character(code, strange, "数字或大写字母（不含 I、O、S、V、Z）", "a digit or a capital letter other than I, O, S, V, Z", field);
        }

        var expected = CheckDigit(code);
        return code[^1] == expected ? new Uscc(code) : Refusals.CheckDigit(code, expected, field);
    }

    public override string ToString() => Value;

    // Weights are the powers of 3 modulo 31. A sum that 31 divides gives 31 - 0 = 31, so the difference is taken modulo 31 again.
    private static char CheckDigit(string code)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in code.AsSpan(0, Length - 1))
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
