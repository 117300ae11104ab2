using System.Data.Common;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Needs;
using Marketplace.Application.Notices;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Teams;

public sealed class FollowNoticesOnSqlite() : FollowNoticesTests(OnSqlite);

public sealed class FollowNoticesOnPostgres() : FollowNoticesTests(OnPostgres);

/// <summary>Each event tells each of its readers once, whatever happens to whoever follows it.</summary>
public abstract class FollowNoticesTests(Func<Task<Database>> create) : NoticeTest(create)
{
    [Fact]
    public async Task An_application_is_told_to_whoever_negotiates_for_the_lab_and_its_answer_to_whoever_applied()
    {
        await Deal.Open();
        var (negotiator, viewer, finance) = (await Join(Deal.Lab, MemberRole.Negotiator), await Join(Deal.Lab, MemberRole.Viewer), await Join(Deal.Lab, MemberRole.Finance));
        var (applicant, colleague, stranger) = (await Join(Deal.Company, MemberRole.Negotiator), await Join(Deal.Company, MemberRole.Owner), await Join(Deal.OtherCompany, MemberRole.Owner));
        var agreement = await Deal.Apply(applicant);
        await Follow();
        Assert.Equal(["agreement/trial-applied"], (await TypesOf(negotiator)).Take(1));
        Assert.Equal(("示例成果", agreement, Deal.Lab.Organisation!.Value.Value), (await List(negotiator))[0] is var n ? (n.Subject.Zh, n.Agreement!.Value, n.Team) : default);
        foreach (var nobody in new[] { viewer, finance, applicant, colleague, stranger })
        {
            Assert.DoesNotContain("agreement/trial-applied", await TypesOf(nobody));
        }

        await Engine.Accept(negotiator, new DeclineApplication(Guid.NewGuid(), agreement, "另有安排"));
        await Follow();
        Assert.Contains("agreement/application-declined", await TypesOf(applicant));
        Assert.Contains("agreement/application-declined", await TypesOf(colleague));
        Assert.DoesNotContain("agreement/application-declined", await TypesOf(negotiator));
    }

    [Fact]
    public async Task A_deal_tells_each_party_what_is_theirs()
    {
        await Deal.Open();
        var (signatory, finance) = (await Join(Deal.Company, MemberRole.Signatory), await Join(Deal.Company, MemberRole.Finance));
        var lab = await Join(Deal.Lab, MemberRole.Owner);
        await Deal.Convert();
        await Follow();
        Assert.Superset(new HashSet<string> { "agreement/terms-agreed", "agreement/agreement-signed", "agreement/agreement-took-effect", "agreement/licence-converted" }, (await TypesOf(signatory)).ToHashSet());
        Assert.DoesNotContain("agreement/obligation-arose", await TypesOf(signatory));
        Assert.Superset(new HashSet<string> { "agreement/agreement-took-effect", "agreement/obligation-arose" }, (await TypesOf(finance)).ToHashSet());
        Assert.DoesNotContain("agreement/terms-agreed", await TypesOf(finance));
        Assert.Contains("agreement/terms-accepted", await TypesOf(lab));
    }

    [Fact]
    public async Task The_marketplaces_team_is_told_what_waits_for_it()
    {
        var (approver, auditor) = (await Join(Principal.System, MemberRole.Approver), await Join(Principal.System, MemberRole.Auditor));
        await Deal.Open();
        await Follow();
        Assert.Equal(3, (await TypesOf(approver)).Count(t => t == "organisation/organisation-registered"));
        Assert.Empty(await TypesOf(auditor));
    }

    [Fact]
    public async Task Followed_again_from_the_beginning_nothing_is_told_twice()
    {
        await Market();
        await Follow();
        var before = await Known();
        await using (var database = await Tables.CreateDbContextAsync())
        {
            await database.Positions.Where(p => p.Name == NoticePosition.Journal).ExecuteUpdateAsync(set => set.SetProperty(p => p.Epoch, 0).SetProperty(p => p.Place, 0));
        }

        await Follow();
        Assert.Equal(before, await Known());
    }

    [Fact]
    public async Task A_crash_before_the_commit_leaves_nothing_and_the_next_step_tells_it()
    {
        await Market();
        var position = await Position();
        await using (var dying = Dying(atCommit: true))
        {
            await Assert.ThrowsAsync<KilledException>(() => Follow(dying.GetRequiredService<FollowNotices>()));
        }

        Assert.Empty(await All());
        Assert.Equal((position.Epoch, position.Place, position.Turn), await Position() is var p ? (p.Epoch, p.Place, p.Turn) : default);
        await Follow();
        Assert.NotEmpty(await All());
        Assert.Single(await All(), n => n.Source.StartsWith("search/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_after_the_commit_leaves_all_and_the_next_step_tells_nothing_twice()
    {
        await Market();
        await using (var dying = Dying(atCommit: false))
        {
            await Assert.ThrowsAsync<KilledException>(() => Follow(dying.GetRequiredService<FollowNotices>()));
        }

        await Follow();
        var known = await Known();
        Assert.NotEmpty(known);
        Assert.Single(known, n => n.Item2.StartsWith("search/", StringComparison.Ordinal));
        Assert.Equal(known.Count, known.Distinct().Count());
    }

    [Fact]
    public async Task Two_who_follow_at_once_tell_as_much_as_one()
    {
        await Market();
        await using var other = Services();
        await Task.WhenAll(Task.Run(() => Follow()), Task.Run(() => Follow(other.GetRequiredService<FollowNotices>())));
        var together = await Known();
        await using (var database = await Tables.CreateDbContextAsync())
        {
            await database.Notices.ExecuteDeleteAsync();
            await database.Happenings.ExecuteDeleteAsync();
            await database.Positions.Where(p => p.Name == NoticePosition.Journal).ExecuteUpdateAsync(set => set.SetProperty(p => p.Epoch, 0).SetProperty(p => p.Place, 0));
        }

        await Follow();
        Assert.Equal(await Known(), together);
    }

    [Fact]
    public async Task Whoever_is_removed_is_told_so_and_what_they_were_told_as_a_member_is_theirs_no_longer()
    {
        await Deal.Open();
        var (member, lead) = (await Join(Deal.Lab, MemberRole.Negotiator), await Join(Deal.Lab, MemberRole.Owner));
        await Deal.Apply();
        await Follow();
        Assert.NotEmpty(await TypesOf(member));
        await Engine.Accept(Deal.Lab, new RemoveMember(Guid.NewGuid(), PersonId.Wrap(member.Person)));
        await Follow();
        var left = Assert.Single(await List(member));
        Assert.Equal(("team/member-removed", null), (left.Type, left.Team));
        Assert.Contains("team/member-removed", await TypesOf(lead));
        await Deal.Apply(Deal.OtherCompany);
        await Follow();
        Assert.Single(await List(member));
    }

    [Fact]
    public async Task Roles_that_change_are_told_to_whoever_has_them_and_to_whoever_leads()
    {
        await Deal.Open();
        var (member, lead) = (await Join(Deal.Lab, MemberRole.Viewer), await Join(Deal.Lab, MemberRole.Owner));
        await Engine.Accept(lead, new ChangeMemberRoles(Guid.NewGuid(), PersonId.Wrap(member.Person), [MemberRole.Finance]));
        await Follow();
        Assert.Equal("team/member-roles-changed", (await TypesOf(member))[0]);
        Assert.DoesNotContain("team/member-roles-changed", await TypesOf(lead)); // did it themselves
    }

    [Fact]
    public async Task What_is_chosen_holds_from_then_on()
    {
        await Deal.Open();
        var lab = await Join(Deal.Lab, MemberRole.Negotiator);
        var usual = (await Engine.Door.Ask(lab, new GetNoticeChoices())).Value;
        Assert.Equal(Enum.GetValues<NoticeTopic>().Select(NoticeChoice.Usual), usual);
        Assert.Equal("always-shown", await Engine.Refuse(lab, new ChooseNotices(Guid.NewGuid(), [new(NoticeTopic.Money, false, NoticeMail.None)])));
        await Engine.Accept(lab, new ChooseNotices(Guid.NewGuid(), [new(NoticeTopic.Negotiation, false, NoticeMail.Weekly)]));
        await Deal.Apply();
        await Follow();
        Assert.DoesNotContain("agreement/trial-applied", await TypesOf(lab));
        Assert.Equal((false, (NoticeMail?)NoticeMail.Weekly), (await All()).Single(n => n.Person == lab.Person && n.Topic == NoticeTopic.Negotiation) is var n ? (n.IsShown, n.Mail) : default);

        await Engine.Accept(lab, new ChooseNotices(Guid.NewGuid(), [new(NoticeTopic.Negotiation, false, NoticeMail.None)]));
        await Deal.Apply(Deal.OtherCompany);
        await Follow();
        Assert.Single(await All(), n => n.Person == lab.Person && n.Topic == NoticeTopic.Negotiation); // turned off altogether
        Assert.Equal("account-required", await Engine.Refuse(Deal.Lab, new ChooseNotices(Guid.NewGuid(), [])));
    }

    [Fact]
    public async Task What_is_old_is_shown_and_not_written_and_what_is_very_old_is_not_told()
    {
        await Deal.Open();
        var lab = await Join(Deal.Lab, MemberRole.Negotiator);
        await Follow();
        await Deal.Apply();
        Deal.Sleep(4);
        await Follow();
        Assert.Null((await All()).Single(n => n.Person == lab.Person && n.Topic == NoticeTopic.Negotiation).Mail);
        await Deal.Apply(Deal.OtherCompany);
        Deal.Sleep(181);
        await Follow();
        Assert.Single(await All(), n => n.Person == lab.Person && n.Topic == NoticeTopic.Negotiation);

        await Engine.Services.GetRequiredService<NoticeStore>().Forget();
        Assert.Empty(await All());
    }

    [Fact]
    public async Task Each_reads_their_own_and_others_are_not_there()
    {
        await Deal.Open();
        var (wang, li) = (await Join(Deal.Lab, MemberRole.Negotiator), await Join(Deal.Lab, MemberRole.Viewer));
        for (var i = 0; i < 3; i++)
        {
            await Deal.Apply(i == 0 ? null : i == 1 ? Deal.OtherCompany : Deal.Company);
            Deal.Sleep(1);
        }

        await Follow();
        var all = (await List(wang)).Where(n => n.Type == "agreement/trial-applied").ToList();
        Assert.Equal(all.OrderByDescending(n => n.AtUtc), all);
        Assert.Equal("not-found", await Engine.Refuse(li, new ReadNotice(Guid.NewGuid(), all[0].Notice)));
        Assert.Equal("not-found", await Engine.Refuse(wang, new ReadNotice(Guid.NewGuid(), "agreement/agr_0/1")));
        var before = (await Engine.Door.Ask(wang, new CountUnreadNotices())).Value.Number;
        await Engine.Accept(wang, new ReadNotice(Guid.NewGuid(), all[0].Notice));
        await Engine.Accept(wang, new ReadNotice(Guid.NewGuid(), all[0].Notice)); // again
        Assert.Equal(before - 1, (await Engine.Door.Ask(wang, new CountUnreadNotices())).Value.Number);

        // Unread first, page by page, none lost and none twice.
        var (paged, after) = (new List<NoticeView>(), (string?)null);
        do
        {
            var page = (await Engine.Door.Ask(wang, new ListNotices(After: after, Limit: 1))).Value;
            paged.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal((await List(wang)).Select(n => n.Notice), paged.Select(n => n.Notice));
        Assert.Equal(all[0].Notice, paged[^1].Notice);
        Assert.Equal("after-malformed", (await Engine.Door.Ask(wang, new ListNotices(After: "read~x~y"))).Refusal?.Code);
        Assert.DoesNotContain(all[0].Notice, (await Engine.Door.Ask(wang, new ListNotices(UnreadOnly: true))).Value.Items.Select(n => n.Notice));
        Assert.Empty((await Engine.Door.Ask(wang, new ListNotices(NoticeTopic.Disputes))).Value.Items);

        await Engine.Accept(wang, new ReadAllNotices(Guid.NewGuid()));
        Assert.Equal(0, (await Engine.Door.Ask(wang, new CountUnreadNotices())).Value.Number);
        Assert.Equal("sign-in-required", (await Engine.Door.Ask(Principal.Visitor, new ListNotices())).Refusal?.Code);
    }

    private async Task Market()
    {
        // Somebody searches for what is about to be listed, so that what is true of events is seen to be true of searches.
        await Engine.Accept(
            new Principal(ActorRole.Person, null, PersonId.New().Value, Duty.Self, IsProven: false), new SaveSearch(Guid.NewGuid(), "成果", new SearchedFor("示例", [], [], [], [], [], [])));
        await Deal.Open();
        foreach (var team in new[] { Deal.Lab, Deal.Company, Principal.System })
        {
            await Join(team, team == Principal.System ? [MemberRole.Administrator, MemberRole.Approver] : [MemberRole.Owner]);
        }

        await Deal.Convert();
    }

    private async Task<List<(string, string)>> Known() => [.. (await All()).Select(n => (n.Person, n.Source)).Order()];

    /// <summary>What another host has, on the same database.</summary>
    private ServiceProvider Services(params IInterceptor[] interceptors) => new ServiceCollection()
        .AddSingleton(new MarketplaceClock(Time))
        .AddSingleton(Storage.Journal)
        .AddPooledDbContextFactory<Application.Reads.MarketplaceReads>(TestEngine.On(Storage))
        .AddPooledDbContextFactory<NoticesDatabase>(options =>
        {
            TestEngine.On(Storage)(options);
            options.AddInterceptors(interceptors);
        })
        .AddSingleton<NoticePeople>().AddSingleton<NoticeStore>().AddSingleton<NeedMatching>().AddSingleton<TellMatches>().AddSingleton<TellSearches>().AddSingleton<TellInventors>().AddSingleton<FollowNotices>()
        .BuildServiceProvider();

    private ServiceProvider Dying(bool atCommit) => Services(new Killer(atCommit));

    private sealed class KilledException : Exception;

    /// <summary>Ends whoever commits: just before, or just after the database has done so.</summary>
    private sealed class Killer(bool atCommit) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            atCommit ? throw new KilledException() : ValueTask.FromResult(result);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            atCommit ? Task.CompletedTask : throw new KilledException();
    }
}
