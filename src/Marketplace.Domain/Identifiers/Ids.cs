using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>An id that is a type of its own: a prefix and 26 characters, made from the id of the command that created the thing.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    static abstract string Prefix { get; }

    string Value { get; }

    static abstract TSelf Wrap(string value);
}

[JsonConverter(typeof(IdJsonConverter<OrganisationId>))]
public readonly record struct OrganisationId(string Value) : IId<OrganisationId>
{
    public static string Prefix => "org_";
    public static OrganisationId Wrap(string value) => new(value);
    public override string ToString() => Value;

    /// <summary>The id of whoever holds this code: one code names one organisation, so it can register only once.</summary>
    public static OrganisationId ForUscc(Uscc uscc) => DerivedId.From<OrganisationId>(uscc.Value);
}

[JsonConverter(typeof(IdJsonConverter<LabResultId>))]
public readonly record struct LabResultId(string Value) : IId<LabResultId>
{
    public static string Prefix => "res_";
    public static LabResultId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<OfferId>))]
public readonly record struct OfferId(string Value) : IId<OfferId>
{
    public static string Prefix => "off_";
    public static OfferId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<NeedId>))]
public readonly record struct NeedId(string Value) : IId<NeedId>
{
    public static string Prefix => "ned_";
    public static NeedId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<ExportId>))]
public readonly record struct ExportId(string Value) : IId<ExportId>
{
    public static string Prefix => "exp_";
    public static ExportId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<AgreementId>))]
public readonly record struct AgreementId(string Value) : IId<AgreementId>
{
    public static string Prefix => "agr_";
    public static AgreementId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<PaymentIntentId>))]
public readonly record struct PaymentIntentId(string Value) : IId<PaymentIntentId>
{
    public static string Prefix => "pin_";
    public static PaymentIntentId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>A person with an account. The journal knows them by this alone; name and address are kept with accounts, where they can be erased.</summary>
[JsonConverter(typeof(IdJsonConverter<PersonId>))]
public readonly record struct PersonId(string Value) : IId<PersonId>
{
    public static string Prefix => "psn_";
    public static PersonId Wrap(string value) => new(value);
    public override string ToString() => Value;

    public static PersonId New() => Id.CreatedBy<PersonId>(Guid.NewGuid());
}

public static class Id
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base 32, lower case
    private const int Digits = 26; // 128 bits

    /// <summary>The id of the thing that this command creates: repeating the command names the same thing again.</summary>
    public static TId CreatedBy<TId>(Guid commandId) where TId : struct, IId<TId>
    {
        Span<byte> bytes = stackalloc byte[16];
        commandId.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = new UInt128(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        Span<char> text = stackalloc char[Digits];
        for (var i = Digits - 1; i >= 0; i--, number >>= 5)
        {
            text[i] = Alphabet[(int)(number & 31)];
        }

        return TId.Wrap(string.Concat(TId.Prefix, text));
    }

    public static bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id) where TId : struct, IId<TId>
    {
        var ok = text is not null
            && text.Length == TId.Prefix.Length + Digits
            && text.StartsWith(TId.Prefix, StringComparison.Ordinal)
            && text.AsSpan(TId.Prefix.Length).IndexOfAnyExcept(Alphabet) < 0;
        id = ok ? TId.Wrap(text!) : default;
        return ok;
    }
}

public sealed class IdJsonConverter<TId> : JsonConverter<TId> where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Id.TryParse<TId>(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"Expected an id that starts with {TId.Prefix}");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Id.TryParse<TId>(reader.GetString(), out var id) ? id : throw new JsonException($"Expected an id that starts with {TId.Prefix}");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}
