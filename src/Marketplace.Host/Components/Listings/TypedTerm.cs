using System.Globalization;
using System.Text.Json;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Listings;

/// <summary>Values of template parameters as people type them: sums with decimals, rates as percentages, lists one item to a line.</summary>
public static class TypedTerm
{
    /// <summary>What stands in the field of a kept value.</summary>
    /// <param name="value">As in <see cref="TemplateValue.Value"/>.</param>
    public static string Written(ParameterType type, string value, Currency currency) => type switch
    {
        ParameterType.Money => TypedNumber.Written(long.Parse(value, CultureInfo.InvariantCulture), currency.Exponent),
        ParameterType.Rate => TypedNumber.WrittenRate(long.Parse(value, CultureInfo.InvariantCulture)),
        ParameterType.Tiers => Lines<RoyaltyTier>(value, t => $"{TypedNumber.Written(t.FromMinor, currency.Exponent)} {TypedNumber.WrittenRate(t.RatePpm)}"),
        ParameterType.Instalments => Lines<Instalment>(value, i => $"{i.MonthsAfterConversion} {TypedNumber.WrittenRate(i.WeightPpm)}"),
        ParameterType.Prices => Lines<BuyOutPrice>(value, p => $"{p.BeforeMonth} {TypedNumber.Written(p.AmountMinor, currency.Exponent)}"),
        _ => value,
    };

    /// <summary>The value to keep; empty, with the field at fault, when what was typed cannot be read.</summary>
    public static string Read(TypedForm form, ParameterDetails parameter, Currency currency) => parameter.Type switch
    {
        ParameterType.Money => Text(form.Scaled(parameter.Name, currency.Exponent)),
        ParameterType.Rate => Text(form.Rate(parameter.Name)),
        ParameterType.Months or ParameterType.Days or ParameterType.Integer => Text(form.Scaled(parameter.Name, 0)),
        ParameterType.Tiers => Items(form, parameter.Name, currency.Exponent, 4, (from, rate) => new RoyaltyTier(from, rate)),
        ParameterType.Instalments => Items(form, parameter.Name, 0, 4, (month, weight) => new Instalment((int)month, weight)),
        ParameterType.Prices => Items(form, parameter.Name, 0, currency.Exponent, (month, amount) => new BuyOutPrice((int)month, amount)),
        _ => form.Text(parameter.Name),
    };

    /// <summary>How a list is typed; null of what is no list.</summary>
    public static BilingualText? HowToList(ParameterType type) => type switch
    {
        ParameterType.Tiers => new("每行一档：起点金额和费率（%），例如“0 5”。", "One tier to a line: the sum it begins at and its rate in per cent, such as \"0 5\"."),
        ParameterType.Instalments => new("每行一期：转化后第几个月和比例（%），例如“6 50”；合计须为 100。", "One instalment to a line: months after conversion and its part in per cent, such as \"6 50\"; together 100."),
        ParameterType.Prices => new("每行一档：第几个月之前和价格，例如“12 500000.00”。", "One price to a line: before which month, and how much, such as \"12 500000.00\"."),
        _ => null,
    };

    private static string Items<T>(TypedForm form, string field, int decimalsOfFirst, int decimalsOfSecond, Func<long, long, T> item)
    {
        var items = new List<T>();
        foreach (var line in form.Text(field).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var first, var second]
                || TypedNumber.Read(first, decimalsOfFirst) is not { } one || TypedNumber.Read(second.TrimEnd('%'), decimalsOfSecond) is not { } other || (decimalsOfFirst == 0 && one > int.MaxValue))
            {
                form.Refuse(Refusal.Invalid("line-malformed", $"“{Shown(line)}”不是两个数。", $"\"{Shown(line)}\" is not two numbers.", field));
                return "";
            }

            items.Add(item(one, other));
        }

        return JsonSerializer.Serialize(items, CanonicalJson.Options);
    }

    private static string Shown(string line) => line.Length <= 40 ? line : $"{line[..40]}…";

    private static string Lines<T>(string json, Func<T, string> line) => string.Join('\n', JsonSerializer.Deserialize<List<T>>(json, CanonicalJson.Options)!.Select(line));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
