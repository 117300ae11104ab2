using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Domain.Banking;

public enum CsvEncoding
{
    Utf8,
    Gb18030,
}

/// <summary>What the columns of a bank's export mean; an administrator says it, and it is kept with the account.</summary>
/// <param name="Name">For people.</param>
/// <param name="Delimiter">One of comma, semicolon, tab, bar.</param>
/// <param name="HeaderLine">Line of the file with the names of the columns, from 1; null: the first of 100 lines that has every name that is mapped.</param>
/// <param name="Date">Booking date, and perhaps the time of day with it.</param>
/// <param name="Time">Time of day in a column of its own, or null.</param>
/// <param name="Account">Own account in a column; else <see cref="FixedAccount"/>.</param>
/// <param name="Currency">In a column, as a code of ISO 4217 or a usual Chinese name; else <see cref="FixedCurrency"/>.</param>
/// <param name="Remittance">Columns joined by a space, in this order.</param>
/// <param name="IgnoredDates">A cell of the date that begins with one of these, or is empty, begins the totals at the end (合计).</param>
/// <param name="ThousandsSeparator">Left out of numbers, or null.</param>
public sealed record CsvMapping(
    string Name,
    CsvEncoding Encoding,
    char Delimiter,
    int? HeaderLine,
    CsvMoment Date,
    CsvMoment? Time,
    CsvAmount Amount,
    string? Balance,
    CsvParty? Counterparty,
    IReadOnlyList<string> Remittance,
    string? ServicerReference,
    string? Account,
    string? FixedAccount,
    string? Currency,
    string? FixedCurrency,
    IReadOnlyList<string> IgnoredDates,
    char? ThousandsSeparator = ',',
    char DecimalSeparator = '.')
{
    public const int MaxNameCharacters = 100;
    public const int MaxColumns = 30;
    public const int MostHeaderLines = 100;

    /// <summary>All names of columns, each once.</summary>
    [JsonIgnore]
    public IEnumerable<string> Columns => Named.Where(n => n.Column is not null).Select(n => n.Column!).Distinct(StringComparer.Ordinal);

    private IEnumerable<(string Field, string? Column)> Named =>
    [
        ("date.column", Date.Column),
        ("time.column", Time?.Column),
        ("amount.credit", Amount.Credit),
        ("amount.debit", Amount.Debit),
        ("amount.single", Amount.Single),
        ("amount.direction", Amount.Direction),
        ("balance", Balance),
        ("counterparty.name", Counterparty?.Name),
        ("counterparty.account", Counterparty?.Account),
        ("counterparty.nameOfDebits", Counterparty?.NameOfDebits),
        ("counterparty.accountOfDebits", Counterparty?.AccountOfDebits),
        .. Remittance.Select((column, i) => ($"remittance[{i}]", (string?)column)),
        ("servicerReference", ServicerReference),
        ("account", Account),
        ("currency", Currency),
    ];

    /// <summary>Null when a file can be read with it.</summary>
    public Refusal? Check()
    {
        if (BilingualText.CheckRequired(Name, "name", MaxNameCharacters) is { } nameless)
        {
            return nameless;
        }

        if (!Enum.IsDefined(Encoding))
        {
            return Nonsense("encoding", "编码须为 UTF-8 或 GB18030。", "The encoding must be UTF-8 or GB18030.");
        }

        if (Delimiter is not (',' or ';' or '\t' or '|'))
        {
            return Nonsense("delimiter", "分隔符须为逗号、分号、制表符或竖线。", "The delimiter must be a comma, semicolon, tab or bar.");
        }

        if (HeaderLine is < 1 or > MostHeaderLines)
        {
            return Nonsense("headerLine", $"列名所在行须为 1–{MostHeaderLines}。", $"The line of the names must be 1 to {MostHeaderLines}.");
        }

        foreach (var (field, column) in Named)
        {
            if (column is not null && (column.Length > MaxNameCharacters || column != CsvText.Clean(column) || column.Length == 0))
            {
                return Nonsense(field, "列名不能为空、过长或带多余空白。", "A name of a column is not empty, not too long, and has no white space around it.");
            }
        }

        if (Remittance.Count > MaxColumns || IgnoredDates.Count > MaxColumns)
        {
            return Nonsense(Remittance.Count > MaxColumns ? "remittance" : "ignoredDates", $"至多 {MaxColumns} 项。", $"At most {MaxColumns}.");
        }

        if (IgnoredDates.Any(w => string.IsNullOrWhiteSpace(w) || w.Any(char.IsAsciiDigit)))
        {
            return Nonsense("ignoredDates", "合计行的字样不能为空，也不能含数字。", "A word of totals is neither empty nor has it digits.");
        }

        if (DecimalSeparator is not ('.' or ',') || ThousandsSeparator is not (null or ',' or '.' or ' ' or '\'') || ThousandsSeparator == DecimalSeparator)
        {
            return Nonsense("thousandsSeparator", "千分位与小数点不能相同，须为常用符号。", "Separators of thousands and decimals must be usual ones, and not the same.");
        }

        return Date.Check("date", isDate: true) ?? Time?.Check("time", isDate: false) ?? Amount.Check("amount") ?? CheckAccount() ?? CheckCurrency();
    }

    private Refusal? CheckAccount() =>
        (Account is null) == (FixedAccount is null) ? Nonsense("account", "账号列与固定账号须二选一。", "Give either a column of the account or a fixed account.")
        : FixedAccount is { } fixedAccount && StatementAccount.Normal(fixedAccount).Length is 0 or > StatementAccount.MaxCharacters
            ? Nonsense("fixedAccount", $"账号须为 1–{StatementAccount.MaxCharacters} 个字符。", $"An account has 1 to {StatementAccount.MaxCharacters} characters.")
        : null;

    private Refusal? CheckCurrency() =>
        (Currency is null) == (FixedCurrency is null) ? Nonsense("currency", "币种列与固定币种须二选一。", "Give either a column of the currency or a fixed currency.")
        : FixedCurrency is null ? null
        : Domain.Currency.Parse(FixedCurrency, "fixedCurrency").Refusal;

    internal static Refusal Nonsense(string field, string zh, string en) => Refusal.Invalid("mapping-malformed", zh, en, field);
}

/// <param name="Format">As <c>yyyy-MM-dd</c>, <c>yyyyMMdd HH:mm:ss</c>, <c>HH:mm:ss</c>: y M d H m s and separators.</param>
public sealed record CsvMoment(string Column, string Format)
{
    private static readonly DateTime Sample = new(2031, 12, 28, 23, 58, 57);

    /// <summary>It says the time of day too.</summary>
    [JsonIgnore]
    public bool HasTime => Format.Contains('H', StringComparison.Ordinal);

    public Refusal? Check(string field, bool isDate)
    {
        var isSafe = Format.Length is > 1 and <= 30 && Format.All(c => "yMdHms-/.:年月日时分秒 T".Contains(c, StringComparison.Ordinal));
        return isSafe && IsComplete(isDate)
            ? null
            : CsvMapping.Nonsense($"{field}.format", "格式不完整，例如 yyyy-MM-dd 或 HH:mm:ss。", "The format is not complete; it looks like yyyy-MM-dd or HH:mm:ss.");
    }

    // What is written with it must come back: the whole date, or hour and minute at least.
    private bool IsComplete(bool isDate)
    {
        try
        {
            var isRead = DateTime.TryParseExact(Sample.ToString(Format, CultureInfo.InvariantCulture), Format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var back);
            return isRead && (isDate ? back.Date == Sample.Date : HasTime && back.Hour == Sample.Hour && back.Minute == Sample.Minute && back.Date == default);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>Either two columns, or one with a direction beside it, or one that is signed.</summary>
/// <param name="Credit">Column of what arrived; with <paramref name="Debit"/>.</param>
/// <param name="Debit">Column of what left; its sign does not matter.</param>
/// <param name="Single">One column; signed, + is a credit, unless a direction is given.</param>
/// <param name="Direction">Column that says which way <paramref name="Single"/> went.</param>
/// <param name="CreditWords">What <paramref name="Direction"/> says of a credit, e.g. 贷.</param>
/// <param name="DebitWords">What it says of a debit, e.g. 借.</param>
public sealed record CsvAmount(
    string? Credit, string? Debit, string? Single, string? Direction, IReadOnlyList<string> CreditWords, IReadOnlyList<string> DebitWords)
{
    public static CsvAmount InTwo(string credit, string debit) => new(credit, debit, null, null, [], []);

    public static CsvAmount Signed(string column) => new(null, null, column, null, [], []);

    public Refusal? Check(string field)
    {
        var isInTwo = Credit is not null && Debit is not null && Credit != Debit && Single is null && Direction is null;
        var isSingle = Credit is null && Debit is null && Single is not null && Single != Direction;
        if (!isInTwo && !isSingle)
        {
            return CsvMapping.Nonsense(field, "金额须为借、贷两列，或一列（可另有方向列）。", "Amounts are in two columns, credit and debit, or in one, perhaps with a column of the direction.");
        }

        var hasWords = CreditWords.Count > 0 && DebitWords.Count > 0;
        var areWordsClear = CreditWords.Concat(DebitWords).All(w => w.Length > 0 && w == CsvText.Clean(w)) && !CreditWords.Intersect(DebitWords).Any();
        return Direction is null ? CreditWords.Count + DebitWords.Count > 0 ? Unclear(field) : null
            : hasWords && areWordsClear ? null
            : Unclear(field);
    }

    private static Refusal Unclear(string field) =>
        CsvMapping.Nonsense($"{field}.direction", "方向列须有互不相同的贷、借字样。", "A direction needs words of credit and of debit, and none in both.");
}

/// <param name="Name">Payer of a credit, and payee of a debit unless <paramref name="NameOfDebits"/> is given.</param>
public sealed record CsvParty(string? Name, string? Account, string? NameOfDebits = null, string? AccountOfDebits = null);

/// <summary>What banks put around the text of a cell.</summary>
public static class CsvText
{
    /// <summary>Without white space, tabs and marks of byte order around it, and without <c>="…"</c> or an apostrophe, by which numbers are kept text.</summary>
    public static string Clean(string cell)
    {
        var text = Bare(cell);
        if (text.Length >= 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text.EndsWith('"'))
        {
            text = Bare(text[2..^1]);
        }

        return text.StartsWith('\'') ? Bare(text[1..]) : text;
    }

    private static string Bare(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsPadding(text[from]))
        {
            from++;
        }

        while (to > from && IsPadding(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    private static bool IsPadding(char c) => char.IsWhiteSpace(c) || c is '\uFEFF' or '\u200B';
}
