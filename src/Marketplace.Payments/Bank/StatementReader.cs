using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>Reads camt.053, and CSV for which there is a mapping.</summary>
public sealed class StatementReader : IStatementReader
{
    public async Task<Result<CheckedStatement>> Check(Stream file, CsvMapping? mapping, CancellationToken cancel = default)
    {
        if (mapping?.Check() is { } refusal)
        {
            return refusal.Under("mapping");
        }

        var (format, statements) = ("", new List<StatementTotals>());
        try
        {
            await foreach (var _ in Lines(file, mapping, Keep, cancel))
            {
                // Looked at, and kept by nobody.
            }
        }
        catch (StatementRefusedException refused)
        {
            return refused.Refusal;
        }

        return new CheckedStatement(format, statements);

        void Keep(string name, StatementTotals totals)
        {
            format = name;
            statements.Add(totals);
        }
    }

    public IAsyncEnumerable<StatementLine> Read(Stream file, CsvMapping? mapping, CancellationToken cancel = default) => Lines(file, mapping, (_, _) => { }, cancel);

    private static IAsyncEnumerable<StatementLine> Lines(Stream file, CsvMapping? mapping, Action<string, StatementTotals> totals, CancellationToken cancel) =>
        mapping is null ? Camt053Reader.Lines(file, totals, cancel).ToAsyncEnumerable() : CsvStatementReader.Lines(file, mapping, totals, cancel);
}
