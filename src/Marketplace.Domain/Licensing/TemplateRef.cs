namespace Marketplace.Domain.Licensing;

/// <summary>Which contract template terms were filled from, and with what: enough to write the signed text again, word for word.</summary>
/// <param name="Id">E.g. <c>trial-then-lump-sum</c>.</param>
/// <param name="Version">From 1; a published version never changes.</param>
/// <param name="Hash">SHA-256 of the template's files, 64 lower-case hexadecimal digits.</param>
/// <param name="Values">Of every parameter, in the order of the template.</param>
public sealed record TemplateRef(string Id, int Version, string Hash, IReadOnlyList<TemplateValue> Values)
{
    private const int MaxValues = 100;
    private const int MaxLength = 5_000;

    internal Refusal? Check()
    {
        if (string.IsNullOrEmpty(Id) || Id.Length > 60 || !Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return Refusal.Invalid("template-unknown", "没有这个合同模板。", "There is no such contract template.", "id");
        }

        if (!Sha256Hex.IsOne(Hash))
        {
            return Refusal.Invalid("template-hash", "模板哈希须为64位小写十六进制。", "The hash of a template is 64 lower-case hexadecimal digits.", "hash");
        }

        return AgreementTerms.Between(Version, 1, 1_000_000, "version")
            ?? (Values is null || Values.Count > MaxValues || Values.Any(v => v?.Name is not { Length: > 0 and <= 60 } || v.Value is not { Length: <= MaxLength })
                ? Refusal.Invalid("template-values", "模板参数过多或过长。", "Too many template values, or too long ones.", "values")
                : null);
    }
}

/// <param name="Value">As text: integers in digits, dates ISO 8601, booleans true or false, lists as JSON, text as typed.</param>
public sealed record TemplateValue(string Name, string Value);
