using System.Globalization;
using Marketplace.Application.Banking;
using Marketplace.Domain;

namespace Marketplace.Payments.Bank;

/// <summary>What the texts of a camt.053 mean, or why they mean nothing.</summary>
internal static class CamtValues
{
    private static readonly string[] NoReferences = ["NOTPROVIDED", "NONREF", "NOREF", "NOT PROVIDED"];

    /// <summary>A sum that must be right.</summary>
    public static Money Money(CamtCursor cursor)
    {
        var currency = Currency(cursor.Currency, cursor);
        var money = AmountText.Read(cursor.Text, currency, cursor.Line, cursor.Field.ToString());
        return money.AmountMinor >= 0 ? money : throw StatementRefusedException.At(
            cursor.Line, "statement-amount-negative", "金额不能为负。", "An amount is never negative.", cursor.Field.ToString(), AmountText.Begin(cursor.Text));
    }

    /// <summary>A sum that is only told: null when its currency has gone, or it is finer than its currency.</summary>
    public static Money? MoneyToldOnly(CamtCursor cursor)
    {
        try
        {
            return Money(cursor);
        }
        catch (StatementRefusedException)
        {
            return null;
        }
    }

    public static Currency Currency(string? code, CamtCursor cursor) => Domain.Currency.Parse(code) is { IsRefused: false } known
        ? known.Value
        : throw StatementRefusedException.At(
            cursor.Line, "statement-currency-unknown", "缺少货币代码，或不是现行代码。", "The currency is missing, or no current one.", cursor.Field.ToString(), AmountText.Begin(code ?? ""));

    public static bool IsCredit(CamtCursor cursor) => cursor.Text switch
    {
        "CRDT" => true,
        "DBIT" => false,
        _ => throw StatementRefusedException.At(
            cursor.Line, "statement-direction-unknown", "借贷方向须为 CRDT 或 DBIT。", "The direction is CRDT or DBIT.", cursor.Field.ToString(), AmountText.Begin(cursor.Text)),
    };

    /// <summary>An <c>xsd:boolean</c>.</summary>
    public static bool IsTrue(CamtCursor cursor) => cursor.Text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw StatementRefusedException.At(
            cursor.Line, "statement-flag-malformed", "须为 true 或 false。", "This is true or false.", cursor.Field.ToString(), AmountText.Begin(cursor.Text)),
    };

    /// <summary>The day as it is written, whatever offset stands behind it: a bank books on its own days.</summary>
    public static DateOnly Day(CamtCursor cursor)
    {
        var text = cursor.Text;
        var isDay = DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        return isDay && day.Year is >= 1990 and < 2100 && (text.Length == 10 || text[10] is 'T' or 'Z' or '+' or '-') && text.Length <= 40
            ? day
            : throw BadDate(cursor);
    }

    /// <summary>An instant in the bank's own time, only compared with others of the same bank.</summary>
    public static DateTime Moment(CamtCursor cursor)
    {
        var day = Day(cursor);
        var text = cursor.Text;
        if (text.Length < 19 || text[10] != 'T')
        {
            return day.ToDateTime(TimeOnly.MinValue);
        }

        return text.AsSpan(11, 8) is "24:00:00" ? day.AddDays(1).ToDateTime(TimeOnly.MinValue)
            : TimeOnly.TryParseExact(text.AsSpan(11, 8), "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? day.ToDateTime(time)
            : throw BadDate(cursor);
    }

    /// <summary>A reference that says that there is none is none.</summary>
    public static string? Reference(string text) =>
        text.Length == 0 || text.All(c => c is '0' or '-') || NoReferences.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : text;

    private static StatementRefusedException BadDate(CamtCursor cursor) => StatementRefusedException.At(
        cursor.Line, "statement-date-malformed", "日期须为 2026-01-31 这样的形式。", "A date looks like 2026-01-31.", cursor.Field.ToString(), AmountText.Begin(cursor.Text));
}
