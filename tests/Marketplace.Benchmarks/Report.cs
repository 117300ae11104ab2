using System.Globalization;

namespace Marketplace.Benchmarks;

/// <summary>What a benchmark prints: a table for people, and a line per figure for programs.</summary>
internal static class Report
{
    public static void Heading(string heading, string unit)
    {
        Console.WriteLine();
        Console.WriteLine(heading);
        Console.WriteLine($"{unit,-58}{"min",10}{"median",10}{"max",10}");
    }

    public static void Row(string name, Spread spread, string format = "n0") =>
        Console.WriteLine($"{name,-58}{Number(spread.Min, format),10}{Number(spread.Median, format),10}{Number(spread.Max, format),10}");

    /// <summary>True when the target is met.</summary>
    public static bool Ratio(string name, double value, double target)
    {
        var isMet = value >= target;
        Console.WriteLine($"ratio {name} = {Number(value, "0.00")} target >= {Number(target, "0.##")} {(isMet ? "ok" : "short")}");
        return isMet;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
