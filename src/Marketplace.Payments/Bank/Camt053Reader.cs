using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>
/// ISO 20022 camt.053.001, versions 02 to 13: end-of-day statements of one or more accounts. Read forward only, with no DTD, no entity and nothing
/// fetched; each statement must add up.
/// </summary>
/// <remarks>
/// Source: the message definition reports of ISO 20022, "Bank-to-Customer Cash Management". The order of elements is that of the schema: the account
/// and its balances stand before the entries.
/// </remarks>
internal static class Camt053Reader
{
    /// <param name="totals">Each statement, when it has ended and adds up.</param>
    public static IEnumerable<StatementLine> Lines(Stream file, Action<string, StatementTotals> totals, CancellationToken cancel)
    {
        using var cursor = new CamtCursor(file, cancel);
        var (keys, periods) = (new StatementEntryKeys(), new CamtPeriods());
        CamtStatement? statement = null;
        CamtEntry? entry = null;
        CamtDetail? detail = null;
        while (cursor.Next())
        {
            switch (cursor.Field, cursor.IsOpening)
            {
                case (CamtField.Statement, true):
                    statement = new CamtStatement(cursor.Line);
                    break;
                case (CamtField.Statement, false):
                    totals(cursor.Format, statement!.Close(cursor.Line));
                    periods.Add(statement, cursor.Line);
                    break;
                case (CamtField.Entry, true):
                    entry = new CamtEntry(statement!, statement!.Account(cursor.Line), cursor.Line);
                    break;
                case (CamtField.Entry, false):
                    if (entry!.Close() is { } whole)
                    {
                        yield return Line(whole);
                    }

                    entry = null;
                    break;
                case (CamtField.Detail, true):
                    detail = new CamtDetail(statement!.Account(cursor.Line), cursor.Line);
                    break;
                case (CamtField.Detail, false):
                    foreach (var part in entry!.Add(detail!))
                    {
                        yield return Line(part);
                    }

                    detail = null;
                    break;
                default:
                    if (detail is not null)
                    {
                        detail.Take(cursor);
                    }
                    else if (entry is not null)
                    {
                        entry.Take(cursor);
                    }
                    else
                    {
                        statement!.Take(cursor);
                    }

                    break;
            }
        }

        if (statement is null)
        {
            throw StatementRefusedException.At(cursor.Line, "statement-empty", "文件中没有对账单。", "There is no statement in the file.", "Stmt");
        }

        StatementLine Line(StatementEntry one)
        {
            statement!.Add(one);
            return new StatementLine(keys.Of(statement.Account(one.Line), one), statement.Account(one.Line), one);
        }
    }
}
