using System.Globalization;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components;

/// <summary>Numbers as people type them: with commas or without, never in a form that means two things.</summary>
public static class TypedNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;
    private const int MostCharacters = 24;

    /// <summary>Null: this is no number.</summary>
    public static decimal? Read(string text) =>
        text.Length <= MostCharacters && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>In units of the last decimal; null: this is no such number.</summary>
    public static long? Read(string text, int decimals)
    {
        if (Read(text) is not { } number || decimal.Round(number, decimals) != number || Math.Abs(number) > AgreementTerms.MaxAmountMinor)
        {
            return null;
        }

        for (var i = 0; i < decimals; i++)
        {
            number *= 10;
        }

        return (long)number;
    }

    /// <summary>As <see cref="Read(string, int)"/> reads it.</summary>
    /// <param name="units">Of the last decimal.</param>
    public static string Written(long units, int decimals)
    {
        decimal number = units;
        for (var i = 0; i < decimals; i++)
        {
            number /= 10;
        }

        return number.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>Parts per million as a percentage, without its sign.</summary>
    public static string WrittenRate(long ppm) => ((decimal)ppm / 10_000).ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>What to say of a text that is none.</summary>
    public static BilingualText Wanted(int decimals) => decimals == 0
        ? new("请填写整数，例如 120。", "Write a whole number, such as 120.")
        : new($"请填写数字，至多 {decimals} 位小数，例如 1234.56。", $"Write a number with at most {decimals} decimals, such as 1234.56.");
}
