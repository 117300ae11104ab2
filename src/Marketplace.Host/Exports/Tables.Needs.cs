using Marketplace.Application.Door;
using Marketplace.Application.Needs;
using Marketplace.Domain.Needs;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Exports;

public static partial class Tables
{
    public static readonly ExportedTable<SearchNeeds, Page<NeedCard>, NeedCard> Needs = Paged<SearchNeeds, NeedCard>(
        "/needs",
        Shape<NeedCard>("needs", "技术需求", "Needs", c =>
        [
            c.Text("需求编号", "Need id", n => n.Need.Value), c.Text("需求", "Need", n => n.Title), c.Text("要解决的问题", "Problem", n => n.Problem),
            c.Text("企业", "Company", (reader, n) => n.CompanyName is { } name ? reader.T(name) : null), c.Text("领域", "Fields", (reader, n) => Joined(reader, n.Fields.Select(Names.Of))),
            c.Number("最低成熟度", "Lowest readiness", n => n.MinReadiness), c.Currency(n => n.Budget?.Currency.Code), c.Amount("预算上限", "Budget up to", n => n.Budget),
            c.Text("付款方式", "Payment", (reader, n) => Joined(reader, n.Payments.Select(Names.Of))), c.Number("试用（月）", "Trial (months)", n => n.TrialMonths),
            c.Text("地区", "Region", (reader, n) => n.Region is { } code ? reader.T(Names.OfProvince(code)) : null), c.Day("截止", "Open until", n => n.WantedUntil), c.YesNo("开放", "Open", n => n.IsOpen),
            c.Instant("发布时间", "Published", n => n.PublishedAtUtc), c.Number("收到的推荐", "Suggestions", n => n.Suggestions),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListOwnNeeds, Page<NeedRow>, NeedRow> OwnNeeds = Paged<ListOwnNeeds, NeedRow>(
        "/own-needs",
        Shape<NeedRow>("own-needs", "本企业的技术需求", "Own needs", c =>
        [
            c.Text("需求编号", "Need id", n => n.Need), c.Text("需求", "Need", n => new(n.TitleZh, n.TitleEn)), c.Text("领域", "Fields", (reader, n) => Joined(reader, n.FieldList().Select(Names.Of))),
            c.YesNo("已关闭", "Closed", n => n.Status == NeedStatus.Closed), c.Text("关闭原因", "Why closed", (reader, n) => n.Closing is { } why ? reader.T(Names.Of(why)) : null),
            c.YesNo("公开企业名称", "Named", n => n.IsNamed), c.Currency(n => n.Currency), c.Amount("预算上限", "Budget up to", n => n.Budget()), c.Day("截止", "Open until", n => n.WantedUntil),
            c.Instant("发布时间", "Published", n => n.PublishedAtUtc), c.Number("收到的推荐", "Suggestions", n => n.Suggestions), c.Number("待答复", "To answer", n => n.Waiting),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListSuggestions, Page<SuggestionLine>, SuggestionLine> Suggestions = Paged<ListSuggestions, SuggestionLine>(
        "/suggestions",
        Shape<SuggestionLine>("suggestions", "需求推荐", "Suggestions", c =>
        [
            c.Text("需求编号", "Need id", s => s.Need.Value), c.Text("需求", "Need", s => s.NeedTitle), c.Text("成果编号", "Result id", s => s.Result.Value), c.Text("成果", "Result", s => s.ResultTitle),
            c.Text("说明", "Note", s => s.Note), c.Instant("推荐时间", "Suggested", s => s.AtUtc), c.Text("答复", "Answer", (reader, s) => s.Answer is { } answer ? reader.T(Names.Of(answer)) : null), c.Text("理由", "Reason", s => s.Reason),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });
}
