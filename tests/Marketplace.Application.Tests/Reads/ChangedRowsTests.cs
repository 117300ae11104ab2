using Marketplace.Application.Agreements;
using Marketplace.Application.Reads;
using Xunit;

namespace Marketplace.Application.Tests.Reads;

/// <summary>A command writes the rows that it changed, and no others.</summary>
public sealed class ChangedRowsTests
{
    private static readonly IReadRow A = Balance("a", 1), B = Balance("b", 2), C = Balance("c", 3), Income = new LabIncomeRow("agr", 2026, "lab", "CNY", 4);

    public static TheoryData<string, IReadRow[], IReadRow[], IReadRow[]> Cases => new()
    {
        { "nothing", [A, B, Income], [A, B, Income], [] },
        { "all of a new stream", [], [A, B], [A, B] },
        { "the first", [A, B, C], [Balance("a", 9), B, C], [Balance("a", 9)] },
        { "the last", [A, B, C], [A, B, Balance("c", 9)], [Balance("c", 9)] },
        { "every second", [A, B, C, Income], [A, Balance("b", 9), C, new LabIncomeRow("agr", 2026, "lab", "CNY", 5)], [Balance("b", 9), new LabIncomeRow("agr", 2026, "lab", "CNY", 5)] },
        { "one that came in between", [A, C, Income], [A, B, C, Income], [B] },
        { "one that came in between, beside one that changed", [A, C, Income], [Balance("a", 9), B, C, Income], [Balance("a", 9), B] },
        { "one at the end, of another table", [A, B], [A, B, Income], [Income] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_changed_is_written(string what, IReadRow[] before, IReadRow[] after, IReadRow[] written)
    {
        var changes = ReadTable.Changes(before, after).ToList();
        Assert.True(
            written.Select(ReadTable.Change).Select(Text).SequenceEqual(changes.Select(Text)),
            $"{what}: {string.Join("; ", changes.Select(Text))}");
    }

    private static AccountBalanceRow Balance(string account, long minor) => new("agr", account, "CNY", minor);

    private static string Text(Journal.RowChange change) => $"{change.Table.Name}({string.Join(", ", change.Values)})";
}
