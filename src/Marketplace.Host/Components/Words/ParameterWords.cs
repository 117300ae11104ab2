using System.Globalization;
using System.Text.Json;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>Values and bounds of template parameters as people write them. Money of a template is shown in the currency it is made for.</summary>
public static class ParameterWords
{
    public static string Default(Reader r, ParameterDetails parameter) => parameter.Type switch
    {
        ParameterType.Choice => r.T(parameter.Options.First(o => o.Key == parameter.Default).Label),
        ParameterType.Boolean => parameter.Default == "true" ? r.T("是", "yes") : r.T("否", "no"),
        ParameterType.Date => r.Date(DateOnly.ParseExact(parameter.Default, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ParameterType.Text or ParameterType.Currency => parameter.Default,
        ParameterType.Tiers => Join(r, Items<RoyaltyTier>(parameter).Select(t => r.T($"自 {Money(r, t.FromMinor)} 起 {r.Percent(t.RatePpm)}", $"from {Money(r, t.FromMinor)}: {r.Percent(t.RatePpm)}"))),
        ParameterType.Instalments => Join(r, Items<Instalment>(parameter).Select(i => r.T($"第 {i.MonthsAfterConversion} 个月 {r.Percent(i.WeightPpm)}", $"month {i.MonthsAfterConversion}: {r.Percent(i.WeightPpm)}"))),
        ParameterType.Prices => Join(r, Items<BuyOutPrice>(parameter).Select(p => r.T($"{p.BeforeMonth} 个月内 {Money(r, p.AmountMinor)}", $"within {r.Months(p.BeforeMonth)}: {Money(r, p.AmountMinor)}"))),
        _ => Number(r, parameter.Type, long.Parse(parameter.Default, CultureInfo.InvariantCulture)),
    };

    /// <summary>What may be agreed; the choices of a choice.</summary>
    public static string Bounds(Reader r, ParameterDetails parameter) => (parameter.Type, parameter.Min, parameter.Max) switch
    {
        (ParameterType.Choice, _, _) => Join(r, parameter.Options.Select(o => r.T(o.Label))),
        (ParameterType.Text, _, { } most) => r.T($"至多 {most} 字", $"at most {most} characters"),
        (ParameterType.Tiers or ParameterType.Instalments or ParameterType.Prices, { } least, { } most) => r.T($"{least} 至 {most} 项", $"{least} to {most} items"),
        (ParameterType.Date, { } first, { } last) => $"{r.Date(DateOnly.FromDayNumber((int)first))} – {r.Date(DateOnly.FromDayNumber((int)last))}",
        (_, { } low, { } high) => $"{Number(r, parameter.Type, low)} – {Number(r, parameter.Type, high)}",
        _ => "",
    };

    private static string Number(Reader r, ParameterType type, long number) => type switch
    {
        ParameterType.Money => Money(r, number),
        ParameterType.Rate => r.Percent(number),
        ParameterType.Months => r.T($"{number} 个月", r.Months((int)number)),
        ParameterType.Days => r.T($"{number} 天", r.Days((int)number)),
        _ => r.Count((int)number),
    };

    private static string Money(Reader r, long amountMinor) => r.Money(amountMinor, Currency.Cny);

    private static IReadOnlyList<T> Items<T>(ParameterDetails parameter) => JsonSerializer.Deserialize<List<T>>(parameter.Default, CanonicalJson.Options)!;

    private static string Join(Reader r, IEnumerable<string> parts) => string.Join(r.T("；", "; "), parts);
}
