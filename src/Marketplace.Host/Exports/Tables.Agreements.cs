using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Inventors;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Agreements;
using Marketplace.Host.Components.Words;
using Marketplace.Journal;

namespace Marketplace.Host.Exports;

/// <summary>Something that happened in an agreement.</summary>
public sealed record AgreementEntry(AgreementId Agreement, TimelineEntry Entry, AgreementEvent Happened)
{
    public static IReadOnlyList<AgreementEntry> Of(AgreementId agreement, IReadOnlyList<TimelineEntry> timeline) =>
        [.. ToldEvent.Of(timeline).Select(told => new AgreementEntry(agreement, told.Entry, told.Happened))];
}

/// <summary>One leg that it posted.</summary>
public sealed record AgreementPosting(AgreementEntry Of, Posting Posting)
{
    public static IReadOnlyList<AgreementPosting> All(IReadOnlyList<AgreementEntry> entries) =>
        [.. entries.SelectMany(e => e.Entry.Postings, (e, posting) => new AgreementPosting(e, posting))];
}

/// <summary>What became of a payment.</summary>
/// <param name="Asked">What was asked for, when it began.</param>
public sealed record PaymentEvent(AgreementEntry Of, PaymentRequested Asked)
{
    /// <summary>What moved just then; null: this is about something else.</summary>
    public Money? Moved => Of.Happened switch
    {
        PaymentConcluded e => e.Moved,
        PaymentMovedLate e => e.Moved,
        _ => null,
    };

    /// <summary>As this event says; null: it says nothing of it.</summary>
    public IntentStatus? Status => Of.Happened switch
    {
        PaymentRequested => IntentStatus.Requested,
        PaymentPending e => e.Status,
        PaymentConcluded e => e.Status,
        _ => null,
    };

    public static IReadOnlyList<PaymentEvent> All(IReadOnlyList<AgreementEntry> entries)
    {
        var asked = entries.Select(e => e.Happened).OfType<PaymentRequested>().ToDictionary(e => e.Intent);
        return [.. from entry in entries let intent = About(entry.Happened) where intent is { } known && asked.ContainsKey(known) select new PaymentEvent(entry, asked[intent.Value])];
    }

    private static PaymentIntentId? About(AgreementEvent happened) => happened switch
    {
        PaymentRequested e => e.Intent,
        PaymentPending e => e.Intent,
        PaymentWithdrawn e => e.Intent,
        PaymentConcluded e => e.Intent,
        PaymentMovedLate e => e.Intent,
        _ => null,
    };
}

public static partial class Tables
{
    public static readonly ExportedTable<ListOwnShares, OwnShares, OwnShare> OwnShares = new(
        "/shares",
        Shape<OwnShare>("own-shares", "我的收益份额", "My shares", c =>
        [
            c.Text("协议编号", "Agreement", s => s.Agreement.Value), c.Text("成果", "Result", s => s.ResultTitle), c.Number("完成人份额（百万分之一）", "Inventors' part (ppm)", s => s.PoolPpm),
            c.Number("本人份额（百万分之一）", "Own part of it (ppm)", s => s.SharePpm), c.Currency(s => s.Payable.Currency.Code), c.Amount("待付", "Payable", s => s.Payable), c.YesNo("有异议待答复", "Objection open", s => s.IsHeld),
        ]),
        asked => asked with { After = null, Limit = Paging.MaxLimit },
        (asked, page) => page.Shares.Next is { } next ? asked with { After = next, Limit = Paging.MaxLimit } : null,
        (_, page) => page.Shares.Items);

    public static readonly ExportedTable<ListAgreements, Page<AgreementCard>, AgreementCard> Agreements = Paged<ListAgreements, AgreementCard>(
        "/agreements",
        Shape<AgreementCard>("agreements", "协议", "Agreements", c =>
        [
            c.Text("协议编号", "Agreement", a => a.Agreement.Value), c.Text("成果", "Result", a => a.ResultTitle), c.Text("院所", "Laboratory", a => a.LabName),
            c.Text("企业", "Company", a => a.CompanyName), c.Text("状态", "State", a => Names.Of(a.State)), c.Day("申请", "Applied", a => a.AppliedOn), c.Day("生效", "Effective", a => a.EffectiveOn),
            c.Day("试用至", "Trial until", a => a.TrialEndsOn), c.Day("转化", "Converted", a => a.ConvertedOn), c.Day("许可至", "Licence until", a => a.LicenceEndsOn),
            c.Number("未决争议", "Open disputes", a => a.OpenDisputes), c.Number("待批准", "Waiting for approval", a => a.StepsWaiting),
            c.Currency(a => a.Outstanding.Currency.Code), c.Amount("未付", "Open", a => a.Outstanding), c.Amount("其中逾期", "Of that overdue", a => a.Overdue),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListObligations, Page<ObligationCard>, ObligationCard> Obligations = Paged<ListObligations, ObligationCard>(
        "/obligations",
        Shape<ObligationCard>("sums-owed", "应付款项", "Sums owed", c =>
        [
            c.Text("协议编号", "Agreement", o => o.Owed.Agreement), c.Number("款项", "Sum", o => o.Owed.Number), c.Text("种类", "Kind", o => Names.Of(o.Owed.Kind)), c.Text("成果", "Result", o => o.ResultTitle),
            c.Text("院所", "Laboratory", o => o.LabName), c.Text("企业", "Company", o => o.CompanyName), c.Day("到期日", "Due", o => o.Owed.DueOn), c.Text("状态", "Status", o => Names.Of(o.Owed.Status)),
            c.Text("待批准", "To approve", (reader, o) => Joined(reader, (o.Owed.StepsWaiting?.Split(' ') ?? []).Select(s => Names.Of(Enum.Parse<EnforcementStep>(s))))),
            c.YesNo("已开票", "Invoiced", o => o.Owed.WasInvoiced), c.Currency(o => o.Owed.Currency),
            c.Amount("本金", "Principal", o => o.Owed.Currency, o => o.Owed.AmountMinor), c.Amount("利息", "Interest", o => o.Owed.Currency, o => o.Owed.InterestMinor),
            c.Amount("费用", "Costs", o => o.Owed.Currency, o => o.Owed.CostsMinor), c.Amount("已付", "Paid", o => o.Owed.Currency, o => o.Owed.AllocatedMinor),
            c.Amount("免除", "Waived", o => o.Owed.Currency, o => o.Owed.WaivedMinor), c.Amount("未付", "Open", o => o.Owed.Currency, o => o.Owed.OutstandingMinor),
            c.Amount("其中争议", "Of that contested", o => o.Owed.Currency, o => o.Owed.ContestedMinor), c.Amount("未登记发票", "Without fapiao", o => o.Owed.Currency, o => o.Owed.FapiaoLeftMinor),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListPaymentIntents, Page<PaymentIntentRow>, PaymentIntentRow> PaymentIntents = Paged<ListPaymentIntents, PaymentIntentRow>(
        "/payment-intents",
        Shape<PaymentIntentRow>("payments", "支付指令", "Payments ordered", c =>
        [
            c.Text("指令", "Payment", i => i.Intent), c.Text("协议编号", "Agreement", i => i.Agreement), c.Text("种类", "Kind", i => Names.Of(i.Kind)),
            c.Text("事项", "What for", (reader, i) => PayeeWords.Movement(reader, i.Kind, i.Payee, i.Obligation, i.Bundle?.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())),
            c.Text("渠道", "Provider", i => i.Provider), c.Text("方式", "Method", i => i.Method), c.Text("渠道编号", "Provider's id", i => i.ExternalId), c.Text("状态", "Status", i => Names.Of(i.Status)),
            c.Currency(i => i.Currency), c.Amount("金额", "Amount", i => i.Currency, i => i.AmountMinor), c.Amount("实际划转", "Moved", i => i.Currency, i => i.MovedMinor),
            c.Amount("渠道费用", "Provider's fee", i => i.Currency, i => i.FeeMinor), c.Instant("下次查询", "Looked at again", i => i.NextLookAtUtc),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListIssuedFapiao, Page<FapiaoRow>, FapiaoRow> Fapiao = Paged<ListIssuedFapiao, FapiaoRow>(
        "/fapiao",
        Shape<FapiaoRow>("fapiao", "发票", "Fapiao", c =>
        [
            c.Text("发票号码", "Number", f => f.Number), c.Text("种类", "Kind", f => f.Blue is null ? new("蓝字发票", "Fapiao") : new("红字发票", "Red fapiao")), c.Day("开具日", "Issued", f => f.IssuedOn),
            c.Text("协议编号", "Agreement", f => f.Agreement), c.Number("款项", "Sum", f => f.Obligation), c.Number("登记", "Record", f => f.Record), c.Number("冲销登记", "Takes back record", f => f.Blue),
            c.Currency(f => f.Currency), c.Amount("价税合计", "Total with tax", f => f.Currency, f => f.TotalMinor), c.Amount("税额", "Tax", f => f.Currency, f => f.TaxMinor),
            c.YesNo("登记已撤销", "Record withdrawn", f => f.IsWithdrawn),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<GetAgreementTimeline, IReadOnlyList<TimelineEntry>, AgreementPosting> Ledger = Whole<GetAgreementTimeline, IReadOnlyList<TimelineEntry>, AgreementPosting>(
        "/agreements/{agreement}/ledger",
        LedgerShape,
        (asked, timeline) => AgreementPosting.All(AgreementEntry.Of(asked.Agreement, timeline)));

    public static readonly ExportedTable<GetAgreementTimeline, IReadOnlyList<TimelineEntry>, PaymentEvent> PaymentEvents = Whole<GetAgreementTimeline, IReadOnlyList<TimelineEntry>, PaymentEvent>(
        "/agreements/{agreement}/payment-events",
        Shape<PaymentEvent>("payments-and-payouts", "收款与付款", "Payments and payouts", c =>
        [
            c.Text("协议编号", "Agreement", p => p.Of.Agreement.Value), c.Text("指令", "Payment", p => p.Asked.Intent.Value), c.Text("种类", "Kind", p => Names.Of(p.Asked.Kind)),
            c.Text("事项", "What for", (reader, p) => PayeeWords.Movement(reader, p.Asked.Kind, p.Asked.Payee, p.Asked.Obligation, p.Asked.Bundle)), c.Text("渠道", "Provider", p => p.Asked.Provider),
            c.Instant("记录时间", "Recorded", p => p.Of.Entry.RecordedAtUtc), c.Text("缘由", "What happened", (reader, p) => AgreementSentences.Of(reader, p.Of.Happened)),
            c.Text("状态", "Status", (reader, p) => p.Status is { } status ? reader.T(Names.Of(status)) : null), c.Currency(p => p.Asked.Amount.Currency.Code), c.Amount("金额", "Amount", p => p.Asked.Amount), c.Amount("此次划转", "Moved just then", p => p.Moved),
            c.Number("事件", "Event", p => p.Of.Entry.Version), c.Text("事件哈希", "Hash of the event", p => p.Of.Entry.Hash),
        ]),
        (asked, timeline) => PaymentEvent.All(AgreementEntry.Of(asked.Agreement, timeline)));

    public static readonly ExportedTable<GetAgreementTimeline, IReadOnlyList<TimelineEntry>, AgreementEntry> Events = Whole<GetAgreementTimeline, IReadOnlyList<TimelineEntry>, AgreementEntry>(
        "/agreements/{agreement}/events",
        Shape<AgreementEntry>("events", "已发生的一切", "Everything that has happened", c =>
        [
            c.Text("协议编号", "Agreement", e => e.Agreement.Value), c.Number("事件", "Event", e => e.Entry.Version), c.Instant("记录时间", "Recorded", e => e.Entry.RecordedAtUtc),
            c.Text("事项", "What", e => e.Entry.Type), c.Text("缘由", "What happened", (reader, e) => AgreementSentences.Of(reader, e.Happened)), c.Text("操作人", "Who", e => e.Entry.Actor),
            c.Text("事件哈希", "Hash of the event", e => e.Entry.Hash),
        ]),
        (asked, timeline) => AgreementEntry.Of(asked.Agreement, timeline));

    public static readonly ExportedTable<ListReportsAtRisk, Page<ReportsAtRisk>, ReportsAtRisk> ReportsAtRisk = Paged<ListReportsAtRisk, ReportsAtRisk>(
        "/reports-at-risk",
        Shape<ReportsAtRisk>("reports-at-risk", "值得核查的报告", "Reports to look at", c =>
        [
            c.Text("协议编号", "Agreement", r => r.Agreement.Value), c.Text("成果", "Result", r => r.ResultTitle), c.Text("企业", "Company", r => r.CompanyName), c.Text("院所", "Laboratory", r => r.LabName),
            c.Number("报告数", "Reports", r => r.Reports), c.Number("评分", "Score", r => r.Score), c.Text("理由", "Reasons", (reader, r) => Joined(reader, r.Reasons.Select(Names.Of))),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    // A property: it serves fields in two files, and no file of a class is initialised before another for certain.
    private static TableShape<AgreementPosting> LedgerShape => Shape<AgreementPosting>("ledger", "分录", "Postings", c =>
    [
        c.Text("协议编号", "Agreement", p => p.Of.Agreement.Value), c.Number("事件", "Event", p => p.Of.Entry.Version), c.Instant("记录时间", "Recorded", p => p.Of.Entry.RecordedAtUtc),
        c.Text("缘由", "What happened", (reader, p) => AgreementSentences.Of(reader, p.Of.Happened)), c.Number("分录", "Entry", p => p.Posting.Entry + 1),
        c.Text("科目代码", "Account code", p => p.Posting.Account), c.Text("科目", "Account", p => AccountWords.Of(p.Posting.Account)), c.Currency(p => p.Posting.Currency),
        c.Amount("借", "Debit", p => Sided(p.Posting, p.Posting.AmountMinor)), c.Amount("贷", "Credit", p => Sided(p.Posting, -p.Posting.AmountMinor)),
        c.Amount("此后余额（借方为正）", "Balance after, debit positive", p => p.Posting.Currency, p => p.Posting.BalanceAfterMinor), c.Text("事件哈希", "Hash of the event", p => p.Of.Entry.Hash),
    ]);

    private static Money? Sided(Posting posting, long amountMinor) => amountMinor > 0 ? new Money(amountMinor, Currency.Parse(posting.Currency).Value) : null;
}
