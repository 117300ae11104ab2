using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Marketplace.Application.Json;

/// <summary>Describes what a type looks like as JSON, so that a changed shape is noticed.</summary>
public static class ShapeFingerprint
{
    /// <summary>32 hexadecimal digits over the whole structure of <typeparamref name="T"/> and the format that it is written in.</summary>
    public static string Of<T>(string format) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{format}\n{Describe(typeof(T))}")).AsSpan(0, 16));

    /// <summary>One line per type that <paramref name="root"/> consists of, e.g. <c>Some.Money {amountMinor:System.Int64,currency:Some.Currency}</c>.</summary>
    public static string Describe(Type root)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Visit(root, lines);
        return string.Join('\n', lines.Select(l => $"{l.Key} {l.Value}"));
    }

    private static void Visit(Type type, SortedDictionary<string, string> lines)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var name = type.ToString(); // with its namespace: two types of one name are two types
        if (lines.ContainsKey(name))
        {
            return;
        }

        var info = CanonicalJson.Options.GetTypeInfo(type);
        lines[name] = info.Kind switch
        {
            JsonTypeInfoKind.Object => "{" + string.Join(',', Members(info).Select(p => $"{p.Name}:{p.PropertyType}")) + "}",
            JsonTypeInfoKind.Enumerable => $"[{info.ElementType}]",
            JsonTypeInfoKind.Dictionary => $"{{{info.KeyType}→{info.ElementType}}}",
            _ when type.IsEnum => string.Join('|', Enum.GetNames(type)),
            _ => "value",
        };
        var derived = info.PolymorphismOptions?.DerivedTypes ?? [];
        if (derived.Count > 0)
        {
            lines[name] += " = " + string.Join('|', derived.Select(d => $"{d.TypeDiscriminator}:{d.DerivedType}"));
        }

        Type?[] parts = [.. Members(info).Select(p => p.PropertyType), info.KeyType, info.ElementType, .. derived.Select(d => d.DerivedType)];
        foreach (var part in parts.OfType<Type>())
        {
            Visit(part, lines);
        }
    }

    // What is computed from other members is written too, but read by nobody, so it is no part of the shape.
    private static IEnumerable<JsonPropertyInfo> Members(JsonTypeInfo info) =>
        info.Kind == JsonTypeInfoKind.Object ? info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null) : [];
}
