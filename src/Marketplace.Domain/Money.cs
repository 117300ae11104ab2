using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>
/// An exact sum in one currency. Arithmetic is checked: what does not fit throws <see cref="OverflowException"/>,
/// and two currencies never mix (<see cref="InvalidOperationException"/>).
/// </summary>
/// <param name="AmountMinor">In minor units (fen for CNY), of either sign.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long AmountMinor, Currency Currency) : IComparable<Money>
{
    /// <summary>One whole, in parts per million.</summary>
    public const long WholePpm = 1_000_000;

    public bool IsZero => AmountMinor == 0;

    public bool IsPositive => AmountMinor > 0;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(checked(left.AmountMinor + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.AmountMinor - right.In(left.Currency)), left.Currency);

    public static Money operator -(Money money) => new(checked(-money.AmountMinor), money.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public static Money Min(Money left, Money right) => left <= right ? left : right;

    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>This sum at a rate, rounded once, half to even.</summary>
    /// <param name="ratePpm">Parts per million: 50 000 is 5 %.</param>
    public Money Times(long ratePpm) => this with { AmountMinor = Rounding.HalfEven((Int128)AmountMinor * ratePpm, WholePpm) };

    public int CompareTo(Money other) => AmountMinor.CompareTo(other.In(Currency));

    /// <summary>For programs and logs, the same in every culture: <c>1234.56 CNY</c>, <c>1234 JPY</c>.</summary>
    public override string ToString() => $"{ToDecimal()} {Currency.Code}";

    /// <summary>The number alone, for files with a place for the currency beside it: <c>1234.56</c>, <c>1234</c> of JPY. Exact.</summary>
    public string ToDecimal() => Major.ToString(Digits("F"), CultureInfo.InvariantCulture);

    /// <summary>For people, in their way to write numbers: <c>1,234.56 元</c> in Chinese, <c>CNY 1,234.56</c> in English. Never ¥, which is yen too.</summary>
    public string Format(CultureInfo culture)
    {
        var number = Major.ToString(Digits("N"), culture);
        if (culture.TwoLetterISOLanguageName != "zh")
        {
            return $"{Currency.Code} {number}";
        }

        return Currency == Currency.Cny ? $"{number} 元" : $"{number} {Currency.Code}";
    }

    // A decimal holds every long with four decimal digits exactly.
    private decimal Major
    {
        get
        {
            var major = (decimal)AmountMinor;
            for (var i = 0; i < Currency.Exponent; i++)
            {
                major /= 10;
            }

            return major;
        }
    }

    private string Digits(string format) => format + Currency.Exponent.ToString(CultureInfo.InvariantCulture);

    private long In(Currency expected) => Currency == expected
        ? AmountMinor
        : throw new InvalidOperationException($"{expected} and {Currency} do not mix.");
}

/// <summary><c>{"amountMinor":123456,"currency":"CNY"}</c>; anything missing, unknown, doubled or fractional is a <see cref="JsonException"/>.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    private const string Amount = "amountMinor";
    private const string Unit = "currency";
    private static readonly IdentifierJsonConverter<Currency> Currencies = new();

    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"Expected money: {{\"{Amount}\":123456,\"{Unit}\":\"CNY\"}}.");
        }

        long? amountMinor = null;
        Currency? currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case Amount when amountMinor is null:
                    amountMinor = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole)
                        ? whole
                        : throw new JsonException($"{Amount} is a whole number of minor units.");
                    break;
                case Unit when currency is null:
                    currency = Currencies.Read(ref reader, typeof(Currency), options);
                    break;
                default:
                    throw new JsonException($"Unexpected or repeated \"{name}\" in money.");
            }
        }

        return new Money(
            amountMinor ?? throw new JsonException($"Money without {Amount}."),
            currency ?? throw new JsonException($"Money without {Unit}."));
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Amount, value.AmountMinor);
        writer.WriteString(Unit, value.Currency.Code);
        writer.WriteEndObject();
    }
}
