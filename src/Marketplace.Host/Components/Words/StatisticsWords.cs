using Marketplace.Application.Policy;
using Marketplace.Domain;

namespace Marketplace.Host.Components.Words;

/// <summary>What the numbers of a cohort are called, on pages and in files.</summary>
public static class StatisticsWords
{
    public static readonly BilingualText ConversionRate = new("转化率", "Converted of decided trials");
    public static readonly BilingualText DefaultRate = new("违约率", "Default rate");
    public static readonly BilingualText ToFirstDeal = new("首份合同（中位数）", "To first contract, median");

    /// <summary>In the order of a deal.</summary>
    public static readonly IReadOnlyList<(BilingualText Name, Func<Cohort, int> Number)> Numbers =
    [
        (new("申请", "Applied"), c => c.Applied), (new("合同生效", "In effect"), c => c.InEffect), (new("试用", "Tried"), c => c.Tried), (new("退回或失效", "Returned or lapsed"), c => c.Returned),
        (new("转化", "Converted"), c => c.Converted), (new("已开票", "Invoiced"), c => c.Invoiced), (new("已有付款", "Paid something"), c => c.Paid), (new("逾期", "Overdue"), c => c.Late),
        (new("违约", "In default"), c => c.Defaulted),
    ];

    public static BilingualText Quarter(int year, int quarter) => new($"{year} 年第 {quarter} 季度", $"{year} Q{quarter}");

    /// <summary>To a tenth of a per cent; of nothing there is none.</summary>
    public static string Rate(Reader reader, long? ppm) => ppm is { } known ? reader.Percent(Rounding.HalfEven(known, 1_000) * 1_000) : "–";

    public static string Days(Reader reader, int? days) => days is { } known ? reader.Days(known) : "–";
}
