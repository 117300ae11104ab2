namespace Marketplace.Domain;

/// <summary>The same text for readers of Chinese and of English. Trimmed by nobody: what was typed is what is shown.</summary>
public sealed record BilingualText(string Zh, string En)
{
    public static readonly BilingualText Empty = new("", "");

    /// <summary>Neither language may exceed the limit; an empty text is fine (a draft may be half written).</summary>
    public Refusal? CheckLength(string field, int maxCharacters) =>
        Zh.Length > maxCharacters ? TooLong($"{field}.zh", maxCharacters)
        : En.Length > maxCharacters ? TooLong($"{field}.en", maxCharacters)
        : null;

    /// <summary>Both languages must say something, within the limit.</summary>
    public Refusal? CheckComplete(string field, int maxCharacters) =>
        string.IsNullOrWhiteSpace(Zh) ? Missing($"{field}.zh")
        : string.IsNullOrWhiteSpace(En) ? Missing($"{field}.en")
        : CheckLength(field, maxCharacters);

    /// <summary>The same rule for a text of one language.</summary>
    public static Refusal? CheckRequired(string text, string field, int maxCharacters) =>
        string.IsNullOrWhiteSpace(text) ? Missing(field)
        : text.Length > maxCharacters ? TooLong(field, maxCharacters)
        : null;

    private static Refusal Missing(string field) => Refusal.Invalid("text-missing", "此项不能为空。", "This field must not be empty.", field);

    private static Refusal TooLong(string field, int maxCharacters) => Refusal.Invalid(
        "text-too-long", $"此项最多 {maxCharacters} 个字符。", $"This field takes at most {maxCharacters} characters.", field);
}
