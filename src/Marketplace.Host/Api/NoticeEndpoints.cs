using Marketplace.Application.Door;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Api;

public static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        api.MapQuery<ListNotices, Page<NoticeView>, Page<ToldNotice>>("/notices", page => new([.. page.Items.Select(ToldNotice.Of)], page.Next));
        api.MapQuery<CountUnreadNotices, UnreadNotices>("/notices/unread");
        api.MapCommand<ReadNotice>("/notices/read");
        api.MapCommand<ReadAllNotices>("/notices/read-all");
        api.MapQuery<GetNoticeChoices, IReadOnlyList<NoticeChoice>>("/notices/choices");
        api.MapCommand<ChooseNotices>("/notices/choices");
        api.MapQuery<ListSearches, IReadOnlyList<SavedSearchView>>("/searches");
        api.MapCommand<SaveSearch>("/searches");
        api.MapCommand<ChangeSearch>("/searches/{search}/change");
        api.MapCommand<OpenSearch>("/searches/{search}/open");
        api.MapCommand<DeleteSearch>("/searches/{search}/delete");
        api.MapQuery<ListUnsentMails, UnsentMails>("/unsent-mails");
    }
}

/// <summary>A notice in words.</summary>
/// <param name="Text">What happened, in a sentence.</param>
/// <param name="Address">Local address of the page about it.</param>
public sealed record ToldNotice(
    string Notice, string Type, NoticeTopic Topic, string? Team, AgreementId? Agreement, BilingualText Subject, BilingualText Text, string Address, DateTimeOffset AtUtc, DateTimeOffset? ReadAtUtc)
{
    private static readonly Reader Chinese = Reader.OfApi(isEnglish: false);
    private static readonly Reader English = Reader.OfApi(isEnglish: true);

    public static ToldNotice Of(NoticeView n) => new(
        n.Notice, n.Type, n.Topic, n.Team, n.Agreement, n.Subject, new(NoticeSentences.Of(Chinese, n), NoticeSentences.Of(English, n)), NoticeAddress.Of(n), n.AtUtc, n.ReadAtUtc);
}
