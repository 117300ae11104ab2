using Marketplace.Domain;

namespace Marketplace.Search;

public static class WordExpression
{
    /// <summary>
    /// What somebody typed, as an expression of FTS5 that all of it must fit; null when there is no word in it. Only letters and digits
    /// of theirs are in it, within quotes: nothing that they type is syntax.
    /// </summary>
    public static string? Of(string text)
    {
        var parts = Words.Asked(text).Select(word => word.IsBeginning ? $"\"{word.Tokens}\" *" : $"\"{word.Tokens}\"").ToList();
        return parts.Count == 0 ? null : string.Join(" AND ", parts);
    }
}
