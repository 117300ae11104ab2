using Marketplace.Application.Agreements;
using Marketplace.Application.Exports;
using Marketplace.Application.Ledger;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Words;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

/// <summary>Statements as files. Names are made of codes and months only.</summary>
public static class StatementFiles
{
    public static IResult Csv(Reader r, PartyStatementView view) => new SheetDelivery(SheetFormat.Csv, NameOf(view), shown: null, Sheets(r, view));

    public static IResult Xlsx(Reader r, PartyStatementView view) => new SheetDelivery(SheetFormat.Xlsx, NameOf(view), shown: null, Sheets(r, view));

    public static IResult Csv(Reader r, TrialBalanceView view) => new SheetDelivery(SheetFormat.Csv, NameOf(view), shown: null, Sheets(r, view));

    public static IResult Xlsx(Reader r, TrialBalanceView view) => new SheetDelivery(SheetFormat.Xlsx, NameOf(view), shown: null, Sheets(r, view));

    internal static IReadOnlyList<WorkbookSheet> Sheets(Reader r, PartyStatementView view) => [Summary(r, view), Lines(r, view)];

    internal static IReadOnlyList<WorkbookSheet> Sheets(Reader r, TrialBalanceView view) => [Summary(r, view), Accounts(r, view.Balance)];

    internal static string NameOf(PartyStatementView view) => view.Inventor is { } place
        ? $"statement-{view.Statement.Agreements.Select(a => a.Agreement.Value).FirstOrDefault() ?? view.Uscc}-inventor-{place}-{view.Statement.Month}"
        : $"statement-{view.Uscc}-{view.Statement.Month}";

    internal static string NameOf(TrialBalanceView view) => $"trial-balance-{view.Balance.Month}";

    private static WorkbookSheet Summary(Reader r, PartyStatementView view)
    {
        var statement = view.Statement;
        return new WorkbookSheet(r.T("汇总", "Summary"), [],
        [
            Row(r.T(Names.Of(statement.Party)), StatementWords.Whose(r, view)),
            .. view.InventorName is { } name ? [Row(r.T("姓名", "Name"), name)] : Array.Empty<IReadOnlyList<WorkbookCell>>(),
            Row(r.T("统一社会信用代码", "Unified social credit code"), view.Uscc),
            Row(r.T("月份", "Month"), statement.Month.Value),
            Row(r.T("状态", "State"), r.T(Names.Of(view.State))),
            Row(r.T("编制时间", "Made at"), r.Instant(view.AsOfUtc)),
            Row(r.T("说明", "Note"), StatementWords.Sides(r, statement.Party)),
            .. statement.Totals.SelectMany(t => Totals(r, statement.Party, t)),
        ]);
    }

    private static IEnumerable<IReadOnlyList<WorkbookCell>> Totals(Reader r, StatementParty party, StatementTotal t)
    {
        yield return [WorkbookCell.Blank];
        yield return Row(r.T("币种", "Currency"), t.Currency.Code);
        yield return Balance(r.T("期初余额", "Opening balance"), t.OpeningMinor);
        foreach (var (label, amountMinor) in StatementWords.Movements(r, t.DebitMinor, t.CreditMinor))
        {
            yield return Amount(label, amountMinor);
        }

        yield return Balance(r.T("期末余额", "Closing balance"), t.ClosingMinor);
        foreach (var (label, amountMinor) in StatementWords.Figures(r, party, t.PaidOutMinor, t.InTransitMinor, t.Income))
        {
            yield return Amount(label, amountMinor);
        }

        IReadOnlyList<WorkbookCell> Amount(string label, long amountMinor) => [WorkbookCell.Of(label), WorkbookCell.Of(amountMinor, t.Currency)];

        IReadOnlyList<WorkbookCell> Balance(string label, long balanceMinor) =>
            [WorkbookCell.Of(label), WorkbookCell.Of(Math.Abs(balanceMinor), t.Currency), WorkbookCell.Of(StatementWords.Side(r, balanceMinor))];
    }

    private static WorkbookSheet Lines(Reader r, PartyStatementView view) => new(
        r.T("明细", "Lines"),
        [
            r.T("协议编号", "Agreement"), r.T("成果", "Result"), r.T("对方", "Counterparty"), r.T("币种", "Currency"), r.T("记账日", "Recorded on"), r.T("起算日", "Counts from"),
            r.T("事项", "What happened"), r.T("款项", "Sums"), r.T("科目", "Account"), r.T("借方", "Debit"), r.T("贷方", "Credit"), r.T("借或贷", "Dr/Cr"), r.T("余额", "Balance"),
            r.T("更正月份", "Corrects"),
        ],
        [.. view.Statement.Agreements.SelectMany(a => Lines(r, view, a))]);

    private static IEnumerable<IReadOnlyList<WorkbookCell>> Lines(Reader r, PartyStatementView view, AgreementStatement a)
    {
        var subject = view.Subjects[a.Agreement];
        WorkbookCell[] about = [WorkbookCell.Of(a.Agreement.Value), WorkbookCell.Of(r.T(subject.Title)), WorkbookCell.Of(r.T(subject.Counterparty)), WorkbookCell.Of(a.Currency.Code)];
        yield return [.. about, .. Carried(view.Statement.Month.First, r.T("期初余额", "Opening balance")), .. Sided(a.OpeningMinor), WorkbookCell.Blank];
        foreach (var l in a.Lines)
        {
            yield return
            [
                .. about, WorkbookCell.Of(l.RecordedOn), WorkbookCell.Of(l.ValueOn), WorkbookCell.Of(AgreementSentences.Of(r, l.Happened)),
                WorkbookCell.Of(string.Join(' ', l.Obligations)), WorkbookCell.Of(r.T(AccountWords.Of(l.Account))), Moved(l.DebitMinor), Moved(l.CreditMinor),
                .. Sided(l.BalanceMinor), WorkbookCell.Of(l.Corrects?.Value),
            ];
        }

        yield return [.. about, .. Carried(view.Statement.Month.Last, r.T("期末余额", "Closing balance")), .. Sided(a.ClosingMinor), WorkbookCell.Blank];

        static WorkbookCell[] Carried(DateOnly on, string what) =>
            [WorkbookCell.Of(on), WorkbookCell.Blank, WorkbookCell.Of(what), WorkbookCell.Blank, WorkbookCell.Blank, WorkbookCell.Blank, WorkbookCell.Blank];

        WorkbookCell Moved(long amountMinor) => amountMinor == 0 ? WorkbookCell.Blank : WorkbookCell.Of(amountMinor, a.Currency);

        WorkbookCell[] Sided(long balanceMinor) => [WorkbookCell.Of(StatementWords.Side(r, balanceMinor)), WorkbookCell.Of(Math.Abs(balanceMinor), a.Currency)];
    }

    private static WorkbookSheet Summary(Reader r, TrialBalanceView view) => new(r.T("汇总", "Summary"), [],
    [
        Row(r.T("试算平衡表", "Trial balance"), view.Balance.Month.Value),
        Row(r.T("状态", "State"), r.T(Names.Of(view.State))),
        .. view.Closed is { } closed ? [Row(r.T("结账", "Closed"), $"{closed.By} {r.Instant(closed.AtUtc)}")] : Array.Empty<IReadOnlyList<WorkbookCell>>(),
        Row(r.T("分录数", "Entries"), r.Count(view.Balance.Entries)),
        Row("SHA-256", view.Sha256),
        .. view.Results.SelectMany(IEnumerable<IReadOnlyList<WorkbookCell>> (p) =>
        [
            [WorkbookCell.Of(r.T($"平台服务费（{p.Fees.Currency}）", $"Platform fees ({p.Fees.Currency})")), WorkbookCell.Of(p.Fees.AmountMinor, p.Fees.Currency)],
            [WorkbookCell.Of(r.T($"支付渠道手续费（{p.Fees.Currency}）", $"Fees of payment providers ({p.Fees.Currency})")), WorkbookCell.Of(p.ProviderFees.AmountMinor, p.Fees.Currency)],
        ]),
    ]);

    private static WorkbookSheet Accounts(Reader r, TrialBalance balance) => new(
        r.T("科目余额", "Accounts"),
        [
            r.T("科目代码", "Code"), r.T("科目", "Account"), r.T("币种", "Currency"), r.T("期初借方", "Opening debit"), r.T("期初贷方", "Opening credit"), r.T("本月借方", "Debits"),
            r.T("本月贷方", "Credits"), r.T("期末借方", "Closing debit"), r.T("期末贷方", "Closing credit"),
        ],
        [
            .. balance.Lines.Select(IReadOnlyList<WorkbookCell> (l) =>
            [
                WorkbookCell.Of(l.Account), WorkbookCell.Of(r.T(AccountWords.Of(l.Account))), WorkbookCell.Of(l.Currency.Code),
                WorkbookCell.Of(Math.Max(l.OpeningMinor, 0), l.Currency), WorkbookCell.Of(-Math.Min(l.OpeningMinor, 0), l.Currency),
                WorkbookCell.Of(l.DebitMinor, l.Currency), WorkbookCell.Of(l.CreditMinor, l.Currency),
                WorkbookCell.Of(Math.Max(l.ClosingMinor, 0), l.Currency), WorkbookCell.Of(-Math.Min(l.ClosingMinor, 0), l.Currency),
            ]),
        ]);

    private static IReadOnlyList<WorkbookCell> Row(string label, string value) => [WorkbookCell.Of(label), WorkbookCell.Of(value)];
}
