namespace Marketplace.Application.Reads;

/// <summary>Several values of an enum in one column: their names, each once, with spaces between.</summary>
internal static class SpacedNames
{
    public static string Join<T>(IEnumerable<T> values) where T : struct, Enum => string.Join(' ', values.Distinct());

    /// <exception cref="ArgumentException">One of them is no name of <typeparamref name="T"/>.</exception>
    public static IReadOnlyList<T> Parse<T>(string names) where T : struct, Enum => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<T>)];
}
