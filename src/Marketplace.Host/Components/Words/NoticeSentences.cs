using Marketplace.Application.Json;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Credit;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Payments;
using Marketplace.Domain.Sweeps;
using Marketplace.Domain.Teams;

namespace Marketplace.Host.Components.Words;

/// <summary>What somebody is told. A test walks all that can be told, so that nothing is without words.</summary>
public static class NoticeSentences
{
    /// <exception cref="ArgumentOutOfRangeException">Something that nobody has found words for.</exception>
    public static string Of(Reader r, NoticeView notice)
    {
        var slash = notice.Type.IndexOf('/', StringComparison.Ordinal);
        var (kind, type) = (notice.Type[..slash], notice.Type[(slash + 1)..]);
        return notice.Type switch
        {
            MatchFound.ForLab or MatchFound.ForCompany => Of(r, notice.Type, CanonicalJson.Read<MatchFound>(notice.Body)),
            SearchHit.Type => Of(r, CanonicalJson.Read<SearchHit>(notice.Body)),
            ShareNews.Divided or ShareNews.Changed or ShareNews.Answered or ShareNews.PaidOut => Of(r, notice.Type, CanonicalJson.Read<ShareNews>(notice.Body)),
            _ when kind == "due" => Of(r, CanonicalJson.Read<ComingDate>(notice.Body)),
            _ => Of(r, NoticeRules.Read(kind, type, notice.Body)!, isForThemselves: notice.Team is null),
        };
    }

    private static string Of(Reader r, string type, MatchFound found) => type == MatchFound.ForLab
        ? r.T($"一项技术需求适合贵机构的成果“{r.T(found.ResultTitle)}”（匹配 {found.Score} 分）。", $"A company needs what your result “{r.T(found.ResultTitle)}” does (match: {found.Score} points).")
        : r.T($"成果“{r.T(found.ResultTitle)}”适合贵企业的技术需求（匹配 {found.Score} 分）。", $"The result “{r.T(found.ResultTitle)}” fits your need (match: {found.Score} points).");

    private static string Of(Reader r, string type, ShareNews news) => type switch
    {
        ShareNews.Divided => r.T($"第 {news.Receipt} 笔到账的收益已分配，其中有您的份额。", $"The income of receipt {news.Receipt} was divided, and a part of it is yours."),
        ShareNews.PaidOut => r.T($"您的收益份额 {r.Money(news.Paid!.Value)} 已付出。", $"Of your share, {r.Money(news.Paid!.Value)} has been paid out."),
        ShareNews.Changed => r.T("收益分配方案已变更，您的份额可能随之变化。", "The split of the income has changed, and your share with it if it says so."),
        _ => news.IsUpheld == true ? r.T("院所采纳了您对收益分配的异议。", "The laboratory upheld your objection to the division of income.") : r.T("院所答复了您对收益分配的异议：未采纳。", "The laboratory answered your objection to the division of income: not upheld."),
    };

    private static string Of(Reader r, SearchHit hit) => r.T($"有新成果符合您保存的搜索“{hit.SearchName}”。", $"A result fits your saved search “{hit.SearchName}”.");

    public static string Of(Reader r, ComingDate date) => (date.Kind, date.Offset) switch
    {
        (ComingDateKind.Payment, < 0) => r.T($"第 {date.Number} 笔将于 {r.Date(date.On)} 到期：{Open(r, date)}。", $"Sum {date.Number} falls due on {r.Date(date.On)}: {Open(r, date)}."),
        (ComingDateKind.Payment, 0) => r.T($"第 {date.Number} 笔今天（{r.Date(date.On)}）到期：{Open(r, date)}。", $"Sum {date.Number} is due today, {r.Date(date.On)}: {Open(r, date)}."),
        (ComingDateKind.Payment, _) => r.T($"第 {date.Number} 笔已于 {r.Date(date.On)} 到期，仍有 {Open(r, date)} 未付。", $"Sum {date.Number} was due on {r.Date(date.On)}; {Open(r, date)} is still open."),
        (ComingDateKind.Report, < 0) => r.T($"第 {date.Number} 期销售报告须在 {r.Date(date.On)} 前提交，零销售也须报告。", $"The sales report of period {date.Number} is due by {r.Date(date.On)}, nothing sold included."),
        (ComingDateKind.Report, 0) => r.T($"第 {date.Number} 期销售报告今天（{r.Date(date.On)}）截止。", $"The sales report of period {date.Number} is due today, {r.Date(date.On)}."),
        (ComingDateKind.Report, _) => r.T($"第 {date.Number} 期销售报告应于 {r.Date(date.On)} 提交，尚未收到。", $"The sales report of period {date.Number} was due on {r.Date(date.On)} and has not come."),
        (ComingDateKind.TrialEnd, < 0) => r.T($"试用将于 {r.Date(date.On)} 期满：请在此前转化、延期或退回。", $"The trial ends on {r.Date(date.On)}: convert, extend or return before."),
        (ComingDateKind.TrialEnd, _) => r.T($"试用今天（{r.Date(date.On)}）期满：今天须转化、延期或退回。", $"The trial ends today, {r.Date(date.On)}: convert, extend or return."),
        (ComingDateKind.Terms, < 0) => r.T($"第 {date.Number} 版条款等待答复，{r.Date(date.On)} 前有效。", $"Version {date.Number} of the terms waits for an answer and can be accepted until {r.Date(date.On)}."),
        (ComingDateKind.Terms, _) => r.T($"第 {date.Number} 版条款等待答复，今天（{r.Date(date.On)}）是最后一天。", $"Version {date.Number} of the terms waits for an answer; today, {r.Date(date.On)}, is the last day."),
        (ComingDateKind.Signature, _) => r.T($"第 {date.Number} 版条款自 {r.Date(date.On)} 起等待签署。", $"Version {date.Number} of the terms has waited for signatures since {r.Date(date.On)}."),
        (ComingDateKind.LicenceEnd, < 0) => r.T($"商业许可将于 {r.Date(date.On)} 期满。", $"The commercial licence ends on {r.Date(date.On)}."),
        (ComingDateKind.LicenceEnd, _) => r.T($"商业许可今天（{r.Date(date.On)}）期满。", $"The commercial licence ends today, {r.Date(date.On)}."),
        _ => throw new ArgumentOutOfRangeException(nameof(date), date, "No words for this date"),
    };

    /// <param name="isForThemselves">Whoever reads is the person whom it names.</param>
    public static string Of(Reader r, object happened, bool isForThemselves) => happened switch
    {
        AgreementEvent e => AgreementSentences.Of(r, e),
        LabResultEvent e => OfResult(r, e),
        NeedEvent e => OfNeed(r, e),
        OrganisationEvent e => OfOrganisation(r, e),
        TeamEvent e => OfTeam(r, e, isForThemselves),
        ConfidentialitySigned e => r.T($"{e.Facts.CompanyName.Zh} 签署了保密协议，可下载该级别的文件至 {r.Date(e.LastDay)}。", $"{e.Facts.CompanyName.En} has signed the confidentiality agreement and is given files of that tier until {r.Date(e.LastDay)}."),
        ConfidentialAccessEnded e => With(r, r.T("院所已终止贵方的保密访问，保密义务不变", "The laboratory has ended your access under the confidentiality agreement; secrecy is still owed"), e.Reason),
        ExposureLimitSet e => With(r, r.T($"递延付款额度设为 {r.Money(e.Limit)}", $"The limit of what may be held deferred is {r.Money(e.Limit)}"), e.Reason),
        InnovationAssessed e => r.T($"创新积分评定为 {r.Count(e.Points)} 分，递延付款额度为 {r.Money(e.LimitMinor, Currency.Cny)}。", $"Innovation points are {r.Count(e.Points)}; up to {r.Money(e.LimitMinor, Currency.Cny)} may be held deferred."),
        PayoutAccountRegistered => r.T("登记了收款账户，等待核验。", "An account to be paid on was registered and waits to be verified."),
        PayoutAccountVerified => r.T("收款账户已通过核验。", "The account to be paid on was verified."),
        PayoutAccountRejected e => With(r, r.T("收款账户未通过核验", "The account to be paid on was rejected"), e.Reason),
        PayoutAccountClosed e => With(r, r.T("收款账户已停用", "The account to be paid on was closed"), e.Reason),
        _ => OfOperation(r, happened),
    };

    private static string OfResult(Reader r, LabResultEvent happened) => happened switch
    {
        PublicNoticeStarted e => r.T($"成果公示开始，至 {r.Date(e.LastDay)}。", $"The public notice has begun and runs until {r.Date(e.LastDay)}."),
        ObjectionRaised e => With(r, r.T($"公示期内收到第 {e.Number} 号异议，须在 {r.Date(e.AnswerDueOn)} 前答复", $"Objection {e.Number} was raised to the public notice; it has to be answered by {r.Date(e.AnswerDueOn)}"), e.Grounds),
        ObjectionDismissed e => With(r, r.T($"第 {e.Number} 号异议不成立", $"Objection {e.Number} was dismissed"), e.Answer),
        ObjectionUpheld e => With(r, r.T($"第 {e.Number} 号异议成立", $"Objection {e.Number} was upheld"), e.Answer),
        ResultListed => r.T("公示结束，成果已上架。", "The public notice is over, and the result is listed."),
        ResultSuspended e => With(r, r.T($"成果已暂停（{r.T(Names.Of(e.Reason))}）", $"The result was suspended: {r.T(Names.Of(e.Reason)).ToLowerInvariant()}"), e.Explanation),
        ResultResumed e => With(r, r.T("成果恢复上架", "The result is listed again"), e.Explanation),
        ResultWithdrawn e => With(r, r.T("成果已撤回", "The result was withdrawn"), e.Reason),
        _ => throw NoWords(happened),
    };

    private static string OfNeed(Reader r, NeedEvent happened) => happened switch
    {
        ResultSuggested e => With(r, r.T("院所为该需求推荐了一项成果", "A laboratory has suggested a result for the need"), e.Note),
        SuggestionAnswered { Reason: null } e => r.T($"企业答复了推荐的成果：{r.T(Names.Of(e.Answer))}。", $"The company has answered the suggested result: {r.T(Names.Of(e.Answer)).ToLowerInvariant()}."),
        SuggestionAnswered e => With(r, r.T($"企业答复了推荐的成果（{r.T(Names.Of(e.Answer))}）", $"The company has answered the suggested result ({r.T(Names.Of(e.Answer)).ToLowerInvariant()})"), e.Reason),
        _ => throw NoWords(happened),
    };

    private static string OfOrganisation(Reader r, OrganisationEvent happened) => happened switch
    {
        OrganisationRegistered e => r.T($"新机构注册，等待核验：{e.Uscc.Value}。", $"An organisation has registered and waits to be verified: {e.Uscc.Value}."),
        LicenceHandedIn => r.T("机构提交了证件，等待核验。", "An organisation has handed in its licence and waits to be verified."),
        OrganisationVerified => r.T("机构已通过核验，可以发布成果、申请试用。", "The organisation was verified: it can list results and apply for trials."),
        OrganisationRejected e => With(r, r.T("机构未通过核验", "The organisation was rejected"), e.Reason),
        OrganisationSuspended e => With(r, r.T("机构已暂停，已有协议照常履行", "The organisation was suspended; what was agreed goes on"), e.Reason),
        OrganisationReinstated => r.T("机构已恢复。", "The organisation was reinstated."),
        _ => throw NoWords(happened),
    };

    private static string OfTeam(Reader r, TeamEvent happened, bool isForThemselves) => happened switch
    {
        MemberInvited e => r.T($"邀请了一名成员，角色为{Roles(r, e.Roles)}。", $"Somebody was invited as {Roles(r, e.Roles)}."),
        MemberJoined e => r.T($"一名成员接受邀请加入，角色为{Roles(r, e.Roles)}。", $"Somebody has accepted an invitation and joined as {Roles(r, e.Roles)}."),
        MemberRolesChanged e => r.T($"一名成员的角色改为{Roles(r, e.Roles)}（原为{Roles(r, e.Before)}）。", $"The roles of a member are now {Roles(r, e.Roles)} (before: {Roles(r, e.Before)})."),
        MemberRemoved when isForThemselves => r.T("您已不再是该团队的成员。", "You are a member of the team no longer."),
        MemberRemoved e => r.T($"一名成员（{Roles(r, e.Before)}）已离开团队。", $"A member ({Roles(r, e.Before)}) has left the team."),
        _ => throw NoWords(happened),
    };

    private static string OfOperation(Reader r, object happened) => happened switch
    {
        BankLineProposed => r.T("一笔银行流水有匹配建议，等待确认。", "A booking of the bank has a proposed match and waits to be confirmed."),
        BankLineParked e => r.T($"一笔银行流水无法匹配：{r.T(Names.Of(e.Reason))}。", $"A booking of the bank could not be matched: {r.T(Names.Of(e.Reason)).ToLowerInvariant()}."),
        BankPaymentOrdered e => r.T($"一笔银行付款等待审批：{r.Money(e.Order.Amount)}。", $"A payment by bank waits for approval: {r.Money(e.Order.Amount)}."),
        BankPaymentRejected e => With(r, r.T("一笔银行付款被驳回", "A payment by bank was rejected"), e.Reason),
        BankPaymentReturned e => r.T($"一笔银行付款于 {r.Date(e.On)} 被退回。", $"A payment by bank came back on {r.Date(e.On)}."),
        WorkQuarantined => r.T("一项到期任务多次失败，已被隔离。", "Due work has failed again and again and is quarantined."),
        NoticeParked e => With(r, r.T("一条支付渠道通知无法处理，已搁置", "A notice of a payment provider could not be worked off and is parked"), e.Reason),
        ProviderReconciled e => r.T($"{r.Date(e.Day)} 与 {e.Provider} 对账有 {r.Count(e.DifferenceCount)} 处差异。", $"The books of {r.Date(e.Day)} differ from those of {e.Provider} in {r.Count(e.DifferenceCount)} places."),
        _ => throw NoWords(happened),
    };

    private static string Open(Reader r, ComingDate date) => r.Money(date.AmountMinor!.Value, date.Currency!);

    private static string Roles(Reader r, IEnumerable<MemberRole> roles) => r.T(
        string.Concat(roles.Select(role => $"“{Names.Of(role).Zh}”")), string.Join(", ", roles.Select(role => Names.Of(role).En.ToLowerInvariant())));

    private static string With(Reader r, string sentence, string typed) => r.T($"{sentence}：{typed}", $"{sentence}: {typed}");

    private static ArgumentOutOfRangeException NoWords(object happened) => new(nameof(happened), happened.GetType().Name, "No words for this event");
}
