using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Records;
using Marketplace.Domain;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Exports;

public static partial class Tables
{
    public static readonly ExportedTable<SearchRecords, Page<RecordLine>, RecordLine> Records = Paged<SearchRecords, RecordLine>(
        "/records",
        Shape<RecordLine>("records", "操作记录", "Records", c =>
        [
            c.Instant("时间", "When", r => r.RecordedAtUtc), c.Text("事项", "What", r => r.Type), c.Text("对象", "Thing", r => r.Stream), c.Number("事件", "Event", r => r.Version), c.Text("操作人", "Who", r => r.Actor),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListOrganisations, Page<OrganisationRow>, OrganisationRow> Organisations = Paged<ListOrganisations, OrganisationRow>(
        "/organisations",
        Shape<OrganisationRow>("organisations", "机构", "Organisations", c =>
        [
            c.Text("机构编号", "Organisation", o => o.Organisation), c.Text("名称", "Name", o => new(o.NameZh, o.NameEn)), c.Text("种类", "Kind", o => Names.Of(o.Kind)),
            c.Text("统一社会信用代码", "Unified social credit code", o => o.Uscc), c.Text("邮箱", "Mail", o => o.ContactMail), c.YesNo("证件已提交", "Licence handed in", o => o.Licence is not null),
            c.Text("状态", "Status", o => Names.Of(o.Status)), c.Text("原因", "Reason", o => o.Reason),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<SearchResults, Page<ResultCard>, ResultCard> Results = Paged<SearchResults, ResultCard>(
        "/catalog",
        Shape<ResultCard>("results", "成果", "Results", c =>
        [
            c.Text("成果编号", "Result id", r => r.Result.Value), c.Text("成果", "Result", r => r.Title), c.Text("简介", "Summary", r => r.Summary), c.Text("院所", "Laboratory", r => r.LabName),
            c.Text("领域", "Field", r => Names.Of(r.Field)), c.Text("成熟度", "Readiness", r => r.Readiness?.ToString()), c.Text("地区", "Region", r => Names.OfProvince(r.RegionCode[..2])), c.Text("状态", "Status", r => Names.Of(r.Status)),
            c.Currency(r => r.Price?.Currency.Code), c.Amount("定价", "Price", r => r.Price), c.Instant("公示截止", "Notice closes", r => r.NoticeClosesAtUtc), c.Instant("挂牌时间", "Listed", r => r.ListedAtUtc),
            c.Text("许可方式", "Licence", (reader, r) => Joined(reader, r.Offers.Select(o => o.Licence).Distinct().Select(Names.Of))),
            c.Text("付款方式", "Payment", (reader, r) => Joined(reader, r.Offers.SelectMany(o => o.Payments).Distinct().Select(Names.Of))),
            c.Number("最长免费试用（月）", "Longest free trial (months)", r => r.Offers.Count == 0 ? null : r.Offers.Max(o => o.TrialMonths)), c.Number("要约数", "Offers", r => r.Offers.Count),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListResults, Page<ResultRow>, ResultRow> OurResults = Paged<ListResults, ResultRow>(
        "/results",
        Shape<ResultRow>("our-results", "本机构的成果", "Own results", c =>
        [
            c.Text("成果编号", "Result id", r => r.Result), c.Text("成果", "Result", r => new(r.TitleZh, r.TitleEn)), c.Text("领域", "Field", r => Names.Of(r.Field)), c.Text("状态", "Status", r => Names.Of(r.Status)),
            c.Number("待答复的异议", "Objections to answer", r => r.OpenObjections), c.Currency(r => r.Currency), c.Amount("拟定价格", "Proposed price", r => r is { PriceMinor: { } minor, Currency: { } code } ? new Money(minor, Currency.Parse(code, "currency").Value) : null),
            c.Instant("公示截止", "Notice closes", r => r.NoticeClosesAtUtc), c.Instant("挂牌时间", "Listed", r => r.ListedAtUtc),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });
}
