using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>
/// Reads a bank's statement in two passes over the same bytes: <see cref="Check"/> looks at everything and keeps nothing, <see cref="Read"/> then
/// hands out line after line. Memory stays flat in both, however long the file is.
/// </summary>
public interface IStatementReader
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 96 * 1024 * 1024;

    /// <summary>The first pass. Nothing may be imported of a file that is refused: half a statement adds up to nothing.</summary>
    /// <param name="file">From where it stands to its end; left open.</param>
    /// <param name="mapping">What the columns of a CSV file mean; null: the file is camt.053.</param>
    /// <returns>Refused with <c>statement-…</c>, field <c>file</c>, and the line at fault in <see cref="Refusal.Rows"/>.</returns>
    Task<Result<CheckedStatement>> Check(Stream file, CsvMapping? mapping, CancellationToken cancel = default);

    /// <summary>The second pass: lines in the order of the file, each with its key.</summary>
    /// <exception cref="StatementRefusedException">It was not checked, or is not the file that was.</exception>
    IAsyncEnumerable<StatementLine> Read(Stream file, CsvMapping? mapping, CancellationToken cancel = default);
}

/// <summary>What a file that adds up says.</summary>
/// <param name="Format"><c>camt.053.001.08</c>, or <c>csv</c>.</param>
/// <param name="Statements">One per statement of a camt file, in its order; one per account of a CSV file.</param>
public sealed record CheckedStatement(string Format, IReadOnlyList<StatementTotals> Statements)
{
    /// <summary>How many lines the second pass hands out.</summary>
    public int Entries => Statements.Sum(s => s.Entries);
}

/// <param name="Account">Whose statement it stands in.</param>
public sealed record StatementLine(StatementEntryKey Key, StatementAccount Account, StatementEntry Entry);

/// <summary>Deep inside a file something shows that it cannot be taken. <see cref="IStatementReader.Check"/> returns its refusal.</summary>
public sealed class StatementRefusedException(Refusal refusal) : Exception($"{refusal.Code}: {refusal.En}")
{
    public Refusal Refusal => refusal;

    /// <param name="line">Of the file, from 1.</param>
    /// <param name="column">Element or column at fault; empty: the whole line.</param>
    /// <param name="value">As it stands there, its beginning.</param>
    public static StatementRefusedException At(int line, string code, string zh, string en, string column = "", string value = "") => new(
        Refusal.Invalid(code, $"第 {line} 行：{zh}", $"Line {line}: {en}", "file") with { Rows = [new RowFault(line, column, value, code, zh, en)] });

    public static StatementRefusedException TooLarge(int line) => At(
        line, "statement-too-large", $"文件超过 {IStatementReader.MaxBytes / 1024 / 1024} MB。", $"The file has more than {IStatementReader.MaxBytes / 1024 / 1024} MB.");

    public static StatementRefusedException Encoding(int line) => At(line, "statement-encoding", "文件的编码不对。", "The file is in another encoding.");
}
