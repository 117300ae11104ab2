namespace Marketplace.Domain.Tests;

/// <summary>
/// A table of expected answers written as text: rows are states or askers, columns are commands.
/// A cell is the state that the command leads to, <c>-</c> when it is accepted and nothing happens,
/// or the kind of refusal as its HTTP status.
/// </summary>
internal static class DecisionTable
{
    public static TheoryData<string, string, string> Cells(string table)
    {
        var lines = table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var commands = Words(lines[0]);
        var cells = new TheoryData<string, string, string>();
        foreach (var words in lines.Skip(1).Select(Words))
        {
            Assert.Equal(commands.Length + 1, words.Length);
            for (var i = 0; i < commands.Length; i++)
            {
                cells.Add(words[0], commands[i], words[i + 1]);
            }
        }

        return cells;
    }

    public static string Answer<TState, TEvent>(Result<IReadOnlyList<TEvent>> decision, TState state, Func<TState, TEvent, TState> apply, Func<TState, string> nameOf) =>
        decision.Refusal is { } refusal ? StatusOf(refusal.Kind)
        : decision.Value.Count == 0 ? "-"
        : nameOf(decision.Value.Aggregate(state, apply));

    private static string StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => "422",
        RefusalKind.State => "409",
        RefusalKind.NotFound => "404",
        RefusalKind.Forbidden => "403",
        RefusalKind.Anonymous => "401",
    };

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
