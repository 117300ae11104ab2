using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>Adds up the accounts of an export, each with its running balance: line after line, in either order of time.</summary>
internal sealed class CsvAccounts
{
    private const int MostAccounts = 1_000;

    private readonly Dictionary<StatementAccount, Running> accounts = [];

    /// <param name="entry">Null when the line moves nothing; its balance is looked at all the same.</param>
    public void Add(StatementAccount account, CsvRow row, StatementEntry? entry)
    {
        if (!accounts.TryGetValue(account, out var running))
        {
            accounts[account] = running = accounts.Count < MostAccounts ? new Running(account) : throw StatementRefusedException.At(
                row.Line, "statement-accounts-too-many", $"至多 {MostAccounts} 个账户。", $"At most {MostAccounts} accounts.");
        }

        running.Add(row, entry);
    }

    public IEnumerable<StatementTotals> Close()
    {
        if (accounts.Count == 0)
        {
            throw StatementRefusedException.At(1, "statement-empty", "文件中没有明细。", "There is no booking in the file.");
        }

        return accounts.Values.Select(a => a.Close());
    }

    private sealed record Step(DateOnly On, Int128 ChangeMinor, long? BalanceMinor, int Line);

    private sealed class Running(StatementAccount account)
    {
        private Step? first;
        private Step? last;
        private int? firstNotRising;
        private int? firstNotFalling;
        private DateOnly from = DateOnly.MaxValue;
        private DateOnly to = DateOnly.MinValue;
        private int entries;
        private int skipped;
        private Int128 creditsMinor;
        private Int128 debitsMinor;

        public void Add(CsvRow row, StatementEntry? entry)
        {
            var change = entry is null ? 0 : entry.IsCredit ? entry.Amount.AmountMinor : -(Int128)entry.Amount.AmountMinor;
            var step = new Step(row.BookedOn, change, row.Balance?.AmountMinor, row.Line);
            if (step.BalanceMinor is { } balance && last is { BalanceMinor: { } before })
            {
                firstNotRising ??= before + change == balance ? null : row.Line;
                firstNotFalling ??= balance + last.ChangeMinor == before ? null : row.Line;
            }

            (first, last) = (first ?? step, step);
            (from, to) = (row.BookedOn < from ? row.BookedOn : from, row.BookedOn > to ? row.BookedOn : to);
            (entries, skipped) = entry is null ? (entries, skipped + 1) : (entries + 1, skipped);
            (creditsMinor, debitsMinor) = change > 0 ? (creditsMinor + change, debitsMinor) : (creditsMinor, debitsMinor - change);
        }

        public StatementTotals Close()
        {
            if (firstNotRising is { } rising && firstNotFalling is { } falling)
            {
                throw StatementRefusedException.At(
                    Math.Max(rising, falling), "statement-does-not-add-up", "余额与上一行的余额和发生额不符。", "The balance does not follow from the line before and the amount.");
            }

            // Both orders hold of a single line, and of a sum that came and went: then the dates decide.
            var isRising = firstNotRising is null && (firstNotFalling is not null || first!.On <= last!.On);
            var (oldest, newest) = isRising ? (first!, last!) : (last!, first!);
            return new StatementTotals(
                account, null, from, to, oldest.BalanceMinor is { } after ? Sum(after - oldest.ChangeMinor) : null, newest.BalanceMinor is { } closing ? Sum(closing) : null,
                entries, skipped, Sum(creditsMinor), Sum(debitsMinor));
        }

        private Money Sum(Int128 minor) => minor >= long.MinValue && minor <= long.MaxValue ? new Money((long)minor, account.Currency) : throw StatementRefusedException.At(
            last!.Line, "statement-amount-not-representable", "合计过大。", "The sum is too large.");
    }
}
