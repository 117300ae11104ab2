using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Domain.Ledger;

/// <summary>A month of the books, <c>2026-11</c>: what was recorded from its first instant in Shanghai to its last.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<LedgerMonth>))]
public readonly record struct LedgerMonth : IIdentifier<LedgerMonth>, IComparable<LedgerMonth>
{
    private const int FirstYear = 2000;
    private const int LastYear = 2999;

    /// <summary>Months since the year 0, which none is: 0 was never set.</summary>
    private readonly int number;

    private LedgerMonth(int number) => this.number = number;

    /// <exception cref="InvalidOperationException">Of <c>default(LedgerMonth)</c>, which is no month.</exception>
    public string Value => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public DateOnly First => number > 0 ? new DateOnly(number / 12, (number % 12) + 1, 1) : throw new InvalidOperationException("A month was never set.");

    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    public DateTimeOffset StartUtc => LocalTime.StartOf(First);

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset EndUtc => LocalTime.EndOf(Last);

    public LedgerMonth Next => new(number + 1);

    public LedgerMonth Previous => new(number - 1);

    public static bool operator <(LedgerMonth left, LedgerMonth right) => left.CompareTo(right) < 0;

    public static bool operator >(LedgerMonth left, LedgerMonth right) => left.CompareTo(right) > 0;

    public static bool operator <=(LedgerMonth left, LedgerMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LedgerMonth left, LedgerMonth right) => left.CompareTo(right) >= 0;

    public static LedgerMonth Of(DateOnly day) => new((day.Year * 12) + day.Month - 1);

    /// <summary>The month in which something was recorded.</summary>
    public static LedgerMonth Of(DateTimeOffset utc) => Of(LocalTime.DateOf(utc));

    /// <summary>Refuses with <c>month-malformed</c>.</summary>
    public static Result<LedgerMonth> Parse(string? text, string field = "month")
    {
        var typed = InputText.Compact(text);
        return DateOnly.TryParseExact(typed, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= FirstYear and <= LastYear
            ? Of(month)
            : Refusal.Invalid(
                "month-malformed", $"“{InputText.Shown(typed)}”不是月份，请按 2026-11 填写。", $"\"{InputText.Shown(typed)}\" is not a month such as 2026-11.", field);
    }

    public int CompareTo(LedgerMonth other) => number.CompareTo(other.number);

    public override string ToString() => Value;
}
