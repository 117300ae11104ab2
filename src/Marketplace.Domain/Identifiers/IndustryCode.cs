using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>Class of the national industry classification 国民经济行业分类 (GB/T 4754-2017): a section letter and 2 to 4 digits, <c>C3921</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<IndustryCode>))]
public readonly record struct IndustryCode : IIdentifier<IndustryCode>
{
    private const int FewestDigits = 2;
    private const int MostDigits = 4;

    // Last division of each section A to T; the next section begins one higher. 01 to 97 have no gap.
    private static readonly int[] LastDivisions = [5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97];
    private static readonly IdentifierRefusals Refusals = new("industry", "国民经济行业代码", "industry code");

    private IndustryCode(string value) => Value = value;

    /// <summary>The letter and 2 (division), 3 (group) or 4 (class) digits.</summary>
    public string Value { get; }

    /// <summary>
    /// Accepts spaces, lower case and full-width characters. Refuses <c>industry-length</c>, <c>industry-character</c>,
    /// and <c>industry-division</c> when the first two digits belong to another section.
    /// </summary>
    public static Result<IndustryCode> Parse(string? text, string field)
    {
        var code = InputText.Compact(text);
        if (code.Length is < 1 + FewestDigits or > 1 + MostDigits)
        {
            return Refusals.Length(code, "3 至 5", "3 to 5", field);
        }

        if (code[0] is < 'A' or > 'T')
        {
            return Refusals.Character(code, 0, "门类字母 A 至 T", "a section letter from A to T", field);
        }

        for (var i = 1; i < code.Length; i++)
        {
            if (!char.IsAsciiDigit(code[i]))
            {
                return Refusals.Character(code, i, "数字", "a digit", field);
            }
        }

        var section = code[0] - 'A';
        var first = section == 0 ? 1 : LastDivisions[section - 1] + 1;
        var division = int.Parse(code.AsSpan(1, FewestDigits), NumberStyles.None, CultureInfo.InvariantCulture);
        return division >= first && division <= LastDivisions[section]
            ? new IndustryCode(code)
            : Refusal.Invalid(
                "industry-division",
                $"国民经济行业代码“{code}”第 2、3 位是大类“{code[1..3]}”，门类 {code[0]} 的大类为 {first:D2} 至 {LastDivisions[section]:D2}。",
                $"Positions 2 and 3 of the industry code \"{code}\" are the division \"{code[1..3]}\", but section {code[0]} has {first:D2} to {LastDivisions[section]:D2}.",
                field);
    }

    public override string ToString() => Value;
}
