using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>
/// Statements of one account in one file follow each other. The same day twice would make twins of lines that are none: what an overlap of two files
/// cannot do, since twins are counted within one.
/// </summary>
internal sealed class CamtPeriods
{
    private readonly HashSet<(StatementAccount Account, string? Id, string? Page)> seen = [];
    private readonly Dictionary<StatementAccount, (DateTime From, DateTime To, string? Id)> covered = [];

    public void Add(CamtStatement statement, int line)
    {
        var account = statement.Account(line);
        if (!seen.Add((account, statement.Id, statement.Page)))
        {
            throw Twice(statement);
        }

        if (statement is not { From: { } from, To: { } to })
        {
            return;
        }

        if (!covered.TryGetValue(account, out var before))
        {
            covered[account] = (from, to, statement.Id);
            return;
        }

        var isNextPage = statement.Page is not null && statement.Id == before.Id;
        if (!isNextPage && from < before.To && to > before.From)
        {
            throw Twice(statement);
        }

        covered[account] = (from < before.From ? from : before.From, to > before.To ? to : before.To, statement.Id);
    }

    private static StatementRefusedException Twice(CamtStatement statement) => StatementRefusedException.At(
        statement.Line, "statement-twice", "文件中同一账户的对账单重复或期间重叠。", "Two statements of one account in the file are the same or overlap.", "Stmt", AmountText.Begin(statement.Id ?? ""));
}
