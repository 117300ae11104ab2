using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Reconciliations;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Exports;

/// <summary>One agreement's part of an account's balance.</summary>
public sealed record BalancePart(AccountBalances Of, AgreementBalance Part);

/// <summary>One part of a figure of the settlement.</summary>
public sealed record PartOfFigure(SettlementFigureView Of, FigurePart Part);

public static partial class Tables
{
    public static readonly ExportedTable<GetBankOverview, BankOverview, BankAccountStanding> BankAccounts = Whole<GetBankOverview, BankOverview, BankAccountStanding>(
        "/bank",
        Shape<BankAccountStanding>("bank-accounts", "平台账户", "Own accounts", c =>
        [
            c.Text("账户编号", "Account id", a => a.Account.Account), c.Text("账户", "Account", a => a.Account.Number), c.Text("户名", "Holder", a => a.Account.Holder), c.Text("开户行", "Bank", a => a.Account.Bank),
            c.Text("联行号", "CNAPS", a => a.Account.Cnaps), c.Text("BIC", "BIC", a => a.Account.Bic), c.YesNo("已关闭", "Closed", a => a.Account.IsClosed), c.Currency(a => a.Account.Currency),
            c.Amount("对账单余额", "Balance by statement", a => a.Closing), c.Day("对账单截至", "Statement up to", a => a.To),
        ]),
        (_, overview) => overview.Accounts);

    public static readonly ExportedTable<ListBankLines, Page<BankLineRow>, BankLineRow> BankLines = Paged<ListBankLines, BankLineRow>(
        "/bank-lines",
        Shape<BankLineRow>("bank-lines", "银行流水", "Bank bookings", c =>
        [
            c.Text("流水", "Booking", l => l.Line), c.Day("记账日", "Booked on", l => l.BookedOn), c.Text("账户", "Account", l => l.Account), c.Text("对账单", "Statement", l => l.Statement),
            c.Text("状态", "Status", l => Names.Of(l.Status)), c.Text("搁置原因", "Why it is parked", (reader, l) => l.Parked is { } parked ? reader.T(Names.Of(parked)) : null),
            c.Text("对方", "Other side", l => l.Counterparty), c.Text("对方账号", "Its account", l => l.CounterpartyAccount), c.Text("附言", "Remittance", l => l.Remittance),
            c.Text("银行编号", "Bank's reference", l => l.ServicerReference), c.Text("端到端编号", "End-to-end id", l => l.EndToEndId), c.Currency(l => l.Currency),
            c.Amount("金额", "Amount", l => l.Currency, l => l.IsCredit ? l.AmountMinor : -l.AmountMinor), c.YesNo("冲正", "Reversal", l => l.IsReversal), c.Text("归属协议", "For the agreement", l => l.Agreement),
            c.Number("到账", "Receipt", l => l.Receipt), c.Text("指令", "Payment", l => l.Intent), c.Text("原流水", "Takes back", l => l.OfLine), c.YesNo("人工处理", "By a person", l => l.ByPerson), c.Text("说明", "Reason", l => l.Reason),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListBankStatements, Page<BankStatementRow>, BankStatementRow> BankStatements = Paged<ListBankStatements, BankStatementRow>(
        "/bank-statements",
        Shape<BankStatementRow>("bank-statements", "已接收的对账单", "Statements taken", c =>
        [
            c.Text("对账单", "Statement", s => s.Statement), c.Instant("接收时间", "Taken at", s => s.AcceptedAtUtc), c.Day("期间自", "Period from", s => s.FromOn), c.Day("期间至", "Period until", s => s.ToOn),
            c.Text("格式", "Format", s => s.Format), c.Text("账户", "Accounts", s => s.Accounts), c.Text("状态", "Status", s => Names.Of(s.Status)), c.Number("流水", "Bookings", s => s.Entries),
            c.Number("已读入", "Read in", s => s.Done), c.Number("其中新增", "Of these new", s => s.New),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListBankPayments, Page<BankPaymentRow>, BankPaymentRow> BankPayments = Paged<ListBankPayments, BankPaymentRow>(
        "/bank-payments",
        Shape<BankPaymentRow>("bank-payments", "银行付款", "Payments by bank", c =>
        [
            c.Text("付款", "Payment", p => p.Intent), c.Text("协议编号", "Agreement", p => p.Agreement), c.Text("种类", "Kind", p => Names.Of(p.Kind)), c.Text("收款方", "Payee", p => p.PayeeHolder),
            c.Text("账号", "Account number", p => p.PayeeNumber), c.Text("状态", "Status", p => Names.Of(p.Status)), c.Text("批准人", "Approved by", p => p.FirstApproval), c.Text("复核批准人", "Second approval by", p => p.SecondApproval),
            c.Text("付款文件", "File for the bank", p => p.Batch), c.Text("流水", "Booking", p => p.Line), c.Day("划转日", "Moved on", p => p.MovedOn), c.Text("原因", "Reason", p => p.Reason),
            c.Currency(p => p.Currency), c.Amount("金额", "Amount", p => p.Currency, p => p.AmountMinor),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListPaymentBatches, Page<PaymentBatchRow>, PaymentBatchRow> PaymentBatches = Paged<ListPaymentBatches, PaymentBatchRow>(
        "/payment-batches",
        Shape<PaymentBatchRow>("payment-batches", "付款文件", "Files for the bank", c =>
        [
            c.Text("文件", "File", b => b.Batch), c.Day("付款日", "To be paid on", b => b.ExecuteOn), c.Text("付款账户", "Out of", b => b.FromAccount), c.Number("笔数", "Payments", b => b.Payments),
            c.Text("状态", "Status", b => Names.Of(b.Status)), c.Instant("开立时间", "Begun at", b => b.OpenedAtUtc),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListPayoutAccounts, Page<PayoutAccountRow>, PayoutAccountRow> PayoutAccounts = Paged<ListPayoutAccounts, PayoutAccountRow>(
        "/payout-accounts",
        Shape<PayoutAccountRow>("payout-accounts", "收款银行账户", "Bank accounts to be paid on", c =>
        [
            c.Text("账户编号", "Account id", a => a.Account), c.Text("机构", "Organisation", a => a.Organisation), c.Text("账号", "Number", a => a.Number), c.Text("户名", "Holder", a => a.Holder), c.Text("开户行", "Bank", a => a.Bank),
            c.Text("联行号", "CNAPS", a => a.Cnaps), c.Text("BIC", "BIC", a => a.Bic), c.Text("状态", "Status", a => Names.Of(a.Status)), c.Text("原因", "Reason", a => a.Reason),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListAccountBalances, AccountBalances, BalancePart> AccountBalances = new(
        "/settlement/balances",
        Shape<BalancePart>("account-balances", "各协议余额", "Balances by agreement", c =>
        [
            c.Text("科目代码", "Account code", b => b.Of.Account), c.Text("科目", "Account", b => AccountWords.Of(b.Of.Account)), c.Text("协议编号", "Agreement", b => b.Part.Agreement.Value),
            c.Text("成果", "Result", b => b.Part.ResultTitle), c.Text("院所", "Laboratory", b => b.Part.LabName), c.Text("企业", "Company", b => b.Part.CompanyName), c.Currency(b => b.Of.Currency.Code),
            c.Amount("余额（借方为正）", "Balance, debit positive", b => new Money(b.Part.BalanceMinor, b.Of.Currency)),
        ]),
        asked => asked with { After = null, Limit = Paging.MaxLimit },
        (asked, balances) => balances.Page.Next is { } next ? asked with { After = next } : null,
        (_, balances) => [.. balances.Page.Items.Select(part => new BalancePart(balances, part))]);

    public static readonly ExportedTable<ListPostings, AccountPostings, AgreementPosting> Postings = new(
        "/agreements/{agreement}/postings",
        LedgerShape,
        asked => asked with { After = null, Limit = Paging.MaxLimit },
        (asked, postings) => postings.Page.Next is { } next ? asked with { After = next } : null,
        (asked, postings) => AgreementPosting.All(AgreementEntry.Of(asked.Agreement, postings.Page.Items)));

    public static readonly ExportedTable<GetSettlementFigure, SettlementFigureView, PartOfFigure> Figure = Whole<GetSettlementFigure, SettlementFigureView, PartOfFigure>(
        "/settlement/figure",
        Shape<PartOfFigure>("settlement-figure", "组成部分", "Parts of the number", c =>
        [
            c.Text("数字", "Number", p => DeskWords.Of(p.Of.Figure)), c.Text("科目代码", "Account code", p => p.Part.Account), c.Text("部分", "Part", p => DeskWords.Of(p.Part)),
            c.Currency(p => p.Part.Amount.Currency.Code), c.Amount("金额", "Amount", p => p.Part.Amount),
        ]),
        (_, figure) => [.. figure.Parts.Select(part => new PartOfFigure(figure, part))]);

    public static readonly ExportedTable<ListProviderNotices, Page<ProviderNoticeRow>, ProviderNoticeRow> Notices = Paged<ListProviderNotices, ProviderNoticeRow>(
        "/provider-notices",
        Shape<ProviderNoticeRow>("provider-notices", "支付渠道通知", "Provider notices", c =>
        [
            c.Text("通知", "Notice", n => n.Notice), c.Text("种类", "Type", n => n.Type), c.Text("渠道", "Provider", n => n.Provider), c.Text("来源", "By way of", n => Names.Of(n.Via)), c.Text("对象", "About", n => n.About),
            c.Text("状态", "Status", n => Names.Of(n.Status)), c.Instant("发出于", "Made at", n => n.CreatedAtUtc), c.Instant("收到于", "Received", n => n.ReceivedAtUtc), c.Text("结果", "What came of it", n => n.Said),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListQuarantine, Page<QuarantinedWork>, QuarantinedWork> Quarantine = Paged<ListQuarantine, QuarantinedWork>(
        "/quarantine",
        Shape<QuarantinedWork>("quarantine", "隔离的任务", "Quarantined work", c =>
        [
            c.Text("任务", "Work", q => q.Item), c.Text("对象", "Thing", q => q.Stream), c.Text("用途", "Purpose", q => q.Purpose), c.Number("失败次数", "Failures", q => q.Failures), c.Text("最近一次原因", "Latest reason", q => q.Reason),
            c.Instant("最近失败于", "Failed at", q => q.FailedAtUtc), c.Instant("隔离于", "Quarantined", q => q.QuarantinedAtUtc), c.Instant("到期于", "Due since", q => q.DueAtUtc),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListReconciliations, ReconciliationList, ReconciliationRow> Reconciliations = new(
        "/reconciliations",
        Shape<ReconciliationRow>("reconciliations", "每日对账", "Reconciliation day by day", c =>
        [
            c.Day("日期", "Day", r => r.Day), c.Text("渠道", "Provider", (reader, r) => ReconciliationWords.Provider(reader, r.Provider)), c.Number("差异", "Differences", r => r.Differences),
            c.Number("其中隔日仍在", "Of these, not new", r => r.Lasting), c.Instant("对账时间", "Found at", r => r.FoundAtUtc),
        ]),
        asked => asked with { Days = Paging.MaxLimit },
        (asked, list) => list.Next is { } next ? asked with { Before = next } : null,
        (_, list) => list.Days);

    public static readonly ExportedTable<GetReconciliation, ProviderReconciled, DifferenceFound> Differences = Whole<GetReconciliation, ProviderReconciled, DifferenceFound>(
        "/reconciliations/{provider}",
        Shape<DifferenceFound>("differences", "差异", "Differences", c =>
        [
            c.Day("日期", "Day", d => d.Of.Day), c.Text("渠道", "Provider", (reader, d) => ReconciliationWords.Provider(reader, d.Of.Provider)), c.Text("差异", "What differs", d => ReconciliationWords.Of(d.Difference.Kind)),
            c.Text("协议编号", "Agreement", d => d.Difference.Agreement?.Value), c.Text("指令", "Payment", d => d.Difference.Intent?.Value), c.Text("对方流水", "Line there", d => d.Difference.Line),
            c.Currency(d => d.Difference.Currency.Code), c.Amount("账本", "Our ledger", d => new Money(d.Difference.LedgerMinor, d.Difference.Currency)),
            c.Amount("对方", "There", d => new Money(d.Difference.ProviderMinor, d.Difference.Currency)), c.Day("首次发现", "First found", d => d.Difference.Since),
        ]),
        (_, found) => DifferenceFound.All(found));
}

/// <summary>One difference of a day.</summary>
public sealed record DifferenceFound(ProviderReconciled Of, ReconciliationDifference Difference)
{
    public static IReadOnlyList<DifferenceFound> All(ProviderReconciled found) => [.. found.Differences.Select(d => new DifferenceFound(found, d))];
}
