using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Templates;

/// <summary>A blank of a contract.</summary>
/// <param name="Min">Of the value, the characters of a text, or the items of a list; null where the type has none. Dates as day numbers.</param>
/// <param name="Default">In the form of <see cref="TemplateValue.Value"/>.</param>
/// <param name="Options">Of a choice, in their order.</param>
/// <param name="IsTextOnly">It stands in the text and not in the plan.</param>
/// <param name="Line">Where terms.yaml has it.</param>
public sealed record TemplateParameter(
    string Name, ParameterType Type, long? Min, long? Max, string Default, IReadOnlyList<ChoiceOption> Options, bool IsTextOnly,
    BilingualText Label, BilingualText Help, int Line)
{
    /// <summary>Currencies that a template may be agreed in.</summary>
    public static readonly IReadOnlyList<string> Currencies = ["CNY", "USD", "EUR", "HKD", "JPY"];

    private static readonly JsonSerializerOptions Strict = new(CanonicalJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    public bool IsList => Type is ParameterType.Tiers or ParameterType.Instalments or ParameterType.Prices;

    public bool IsNumber => Type is ParameterType.Money or ParameterType.Rate or ParameterType.Months or ParameterType.Days or ParameterType.Integer;

    /// <summary>A bracketed default says what to write there, and is not meant to be signed.</summary>
    public bool IsPlaceholder(string value) => Type == ParameterType.Text && value.StartsWith('[') && value.EndsWith(']');

    /// <summary>The value as it is kept, or why it cannot be one.</summary>
    /// <param name="text">As typed, or as it came in JSON.</param>
    public Result<string> Read(string text) => Type switch
    {
        _ when IsNumber => ReadNumber(text),
        ParameterType.Date => ReadDate(text),
        ParameterType.Boolean => text is "true" or "false" ? text : Bad("boolean", "只能是 true 或 false。", "It is true or false."),
        ParameterType.Choice => Options.Any(o => o.Key == text) ? text : Bad("choice", "没有这一选项。", "There is no such choice."),
        ParameterType.Currency => Currencies.Contains(text) ? text : Bad("currency", "没有这一币种。", "There is no such currency."),
        ParameterType.Text => ReadText(text),
        ParameterType.Tiers => ReadList<RoyaltyTier>(text),
        ParameterType.Instalments => ReadList<Instalment>(text),
        ParameterType.Prices => ReadList<BuyOutPrice>(text),
        _ => throw new InvalidOperationException($"Unknown type {Type} of {Name}"),
    };

    /// <summary>The value as the plan takes it.</summary>
    internal JsonNode? Json(string value) => Type switch
    {
        _ when IsNumber => JsonValue.Create(long.Parse(value, CultureInfo.InvariantCulture)),
        ParameterType.Boolean => JsonValue.Create(value == "true"),
        _ when IsList => JsonNode.Parse(value),
        _ => JsonValue.Create(value),
    };

    /// <exception cref="JsonException">It is no list of these.</exception>
    internal static IReadOnlyList<T> Items<T>(string value) => JsonSerializer.Deserialize<List<T>>(value, Strict)!;

    private Result<string> ReadNumber(string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return Bad("integer", "须为整数。", "It is a whole number.");
        }

        return InBounds(number) is { } refusal ? refusal : number.ToString(CultureInfo.InvariantCulture);
    }

    private Result<string> ReadDate(string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return Bad("date", "日期格式为 2026-03-31。", "A date is written 2026-03-31.");
        }

        return InBounds(date.DayNumber) is { } refusal ? refusal : text;
    }

    private Result<string> ReadText(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Any(c => char.IsControl(c) && c != '\n')
            ? Bad("text", "文字不能含控制字符。", "A text has no control characters.")
            : InBounds(trimmed.Length) is { } refusal ? refusal : trimmed;
    }

    private Result<string> ReadList<T>(string text)
    {
        try
        {
            var items = Items<T>(text);
            return items is null || items.Contains(default!)
                ? Bad("list", "列表格式不对。", "It is not such a list.")
                : InBounds(items.Count) is { } refusal ? refusal : JsonSerializer.Serialize(items, Strict);
        }
        catch (JsonException)
        {
            return Bad("list", "列表格式不对。", "It is not such a list.");
        }
    }

    private Refusal? InBounds(long number) => number >= Min && number <= Max
        ? null
        : Refusal.Invalid("out-of-range", $"“{Label.Zh}”须在 {Bound(Min)} 与 {Bound(Max)} 之间。", $"{Label.En}: must be between {Bound(Min)} and {Bound(Max)}.", $"values.{Name}");

    private string Bound(long? bound) => Type == ParameterType.Date
        ? DateOnly.FromDayNumber((int)bound!.Value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : bound!.Value.ToString(CultureInfo.InvariantCulture);

    private Refusal Bad(string code, string zh, string en) => Refusal.Invalid($"value-{code}", $"“{Label.Zh}”：{zh}", $"{Label.En}: {en}", $"values.{Name}");
}
