using Marketplace.Application.Door;
using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

public sealed class MailOutboxOnSqlite() : MailOutboxTests(OnSqlite);

public sealed class MailOutboxOnPostgres() : MailOutboxTests(OnPostgres);

/// <summary>A letter is handed over once, by one host; what became of it is known or said to be unknown.</summary>
public abstract class MailOutboxTests(Func<Task<Database>> create) : NoticeTest(create)
{
    private static readonly DateTime Now = new(2026, 1, 5, 1, 0, 0, DateTimeKind.Utc);

    private MailOutbox Outbox => Engine.Services.GetRequiredService<MailOutbox>();

    [Fact]
    public async Task A_letter_is_taken_up_once_and_what_was_sealed_goes_when_it_is_sent()
    {
        await Add("a", Now);
        await Add("a", Now); // asked for twice
        var mail = Assert.Single(await Lease(Now));
        Assert.Equal("sealed a", mail.Sealed);
        Assert.Empty(await Lease(Now)); // somebody has it
        Assert.True(await Outbox.Begin(mail, Now, default));
        await Outbox.Sent(mail, Now, default);
        Assert.Equal((OutgoingMailStatus.Sent, null, Now), await Kept("a") is var kept ? (kept.Status, kept.Sealed, kept.EndedAtUtc) : default);
        await Add("a", Now); // and once more, long after
        Assert.Empty(await Lease(Now.AddDays(1)));
    }

    [Fact]
    public async Task Of_several_who_look_at_once_one_takes_each_letter_up()
    {
        for (var i = 0; i < 20; i++)
        {
            await Add($"m{i:00}", Now);
        }

        var leased = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Lease(Now))))).SelectMany(l => l).Select(l => l.Mail).ToList();
        Assert.Equal(20, leased.Count);
        Assert.Equal(20, leased.Distinct().Count());
    }

    [Fact]
    public async Task Whoever_dies_before_handing_it_over_loses_it_to_another_and_can_do_nothing_with_it_any_more()
    {
        await Add("a", Now);
        var dead = Assert.Single(await Lease(Now));
        var later = Now + MailOutbox.LeaseLasts + TimeSpan.FromSeconds(1);
        Assert.Empty(await Lease(Now + MailOutbox.LeaseLasts));
        var other = Assert.Single(await Lease(later));
        Assert.False(await Outbox.Begin(dead, later, default)); // it was only slow, after all
        Assert.True(await Outbox.Begin(other, later, default));
        await Outbox.NotTaken(dead, "late", later, default);
        await Outbox.Sent(dead, later, default);
        Assert.Equal(OutgoingMailStatus.HandingOver, (await Kept("a")).Status);
        await Outbox.Sent(other, later, default);
        Assert.Equal(OutgoingMailStatus.Sent, (await Kept("a")).Status);
    }

    [Fact]
    public async Task A_lease_that_is_over_begins_nothing()
    {
        await Add("a", Now);
        var slow = Assert.Single(await Lease(Now));
        Assert.False(await Outbox.Begin(slow, Now + MailOutbox.LeaseLasts + TimeSpan.FromSeconds(1), default));
    }

    [Fact]
    public async Task Whoever_dies_while_handing_it_over_leaves_an_unknown_outcome_that_is_never_sent_again()
    {
        await Add("a", Now);
        Assert.True(await Outbox.Begin(Assert.Single(await Lease(Now)), Now, default));
        Assert.Empty(await Lease(Now + MailOutbox.LeaseLasts - TimeSpan.FromSeconds(1)));
        Assert.Equal(OutgoingMailStatus.HandingOver, (await Kept("a")).Status); // it may still be under way
        Assert.Empty(await Lease(Now.AddDays(1)));
        Assert.Equal((OutgoingMailStatus.Unknown, null), await Kept("a") is var kept ? (kept.Status, kept.Sealed) : default);
        Assert.Empty(await Lease(Now.AddDays(2)));
    }

    [Fact]
    public async Task A_line_that_breaks_leaves_an_unknown_outcome_too()
    {
        await Add("a", Now);
        var mail = Assert.Single(await Lease(Now));
        await Outbox.Begin(mail, Now, default);
        await Outbox.Unknown(mail, "mail.example.com:587 IOException", Now, default);
        Assert.Equal((OutgoingMailStatus.Unknown, "mail.example.com:587 IOException"), await Kept("a") is var kept ? (kept.Status, kept.Reason) : default);
    }

    [Fact]
    public async Task What_is_refused_waits_longer_each_time_and_is_given_up_in_the_end_where_administrators_see_it()
    {
        await Add("a", Now);
        await Add("waits", Now.AddYears(1));
        var (at, waits) = (Now, new List<TimeSpan>());
        while ((await Kept("a")).Status == OutgoingMailStatus.Waiting)
        {
            var next = (await Kept("a")).NextTryAtUtc!.Value;
            Assert.Empty(await Lease(next.AddTicks(-TimeSpan.TicksPerSecond)));
            waits.Add(next - at);
            at = next;
            var mail = Assert.Single(await Lease(at));
            Assert.True(await Outbox.Begin(mail, at, default));
            await Outbox.NotTaken(mail, "450", at, default);
        }

        Assert.Equal(waits.Order(), waits);
        Assert.Equal([0, 10, 60, 600, 3_600, 21_600], waits.Take(6).Select(w => w.TotalSeconds));
        Assert.InRange(at - Now, OutgoingMail.GivenUpAfter, OutgoingMail.GivenUpAfter + TimeSpan.FromHours(6));
        var unsent = (await Engine.Door.Ask(TestEngine.Administrator, new ListUnsentMails())).Value;
        var given = Assert.Single(unsent.Items);
        Assert.Equal(("a", OutgoingMailStatus.GivenUp, "450", 1), (given.Mail, given.Status, given.Reason, unsent.Waiting));
        Assert.Null((await Kept("a")).Sealed);
        await Deal.Open();
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new ListUnsentMails())).Refusal?.Code);
    }

    private Task Add(string mail, DateTime at) => Outbox.Add(mail, OutgoingMailKind.Account, $"sealed {mail}", at, default);

    private async Task<IReadOnlyList<LeasedMail>> Lease(DateTime at)
    {
        await Outbox.EndLost(at, default);
        return await Outbox.Lease(100, at, default);
    }

    private async Task<OutgoingMail> Kept(string mail)
    {
        await using var database = await Tables.CreateDbContextAsync();
        return await database.Mails.AsNoTracking().SingleAsync(m => m.Mail == mail);
    }
}

public sealed class WaitingMailOnSqlite() : WaitingMailTests(OnSqlite);

public sealed class WaitingMailOnPostgres() : WaitingMailTests(OnPostgres);

/// <summary>What is told stands in one letter, and there is one digest of each period for each person.</summary>
public abstract class WaitingMailTests(Func<Task<Database>> create) : NoticeTest(create)
{
    private WaitingMail Waiting => Engine.Services.GetRequiredService<WaitingMail>();

    [Fact]
    public async Task What_is_told_at_once_stands_in_one_letter()
    {
        var lab = await Lab(NoticeMail.AtOnce);
        await Deal.Apply();
        await Deal.Apply(Deal.OtherCompany);
        await Follow();
        var letter = Assert.Single(await Waiting.Due(default), l => l.Person == lab.Person);
        Assert.Equal(2, letter.Notices.Count);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Hand(letter)))); // two hosts at once
        Assert.Single(both, handed => handed);
        Assert.DoesNotContain(await Waiting.Due(default), l => l.Person == lab.Person);
        Assert.False(await Hand(letter)); // and much later
        await using var database = await Tables.CreateDbContextAsync();
        Assert.Equal(OutgoingMailKind.Notice, (await database.Mails.SingleAsync(m => m.Mail == letter.Name)).Kind);
    }

    [Fact]
    public async Task A_daily_digest_is_written_at_eight_once_and_only_when_there_is_something()
    {
        var lab = await Lab(NoticeMail.Daily);
        Go(new DateOnly(2026, 3, 2), 7, 59);
        await Deal.Apply();
        await Follow();
        Assert.Empty(await Digests(lab));
        Go(new DateOnly(2026, 3, 2), 8, 0);
        var digest = Assert.Single(await Digests(lab));
        Assert.True(await Hand(digest));

        // What is told after eight stands in tomorrow's.
        Go(new DateOnly(2026, 3, 2), 8, 1);
        await Deal.Apply(Deal.OtherCompany);
        await Follow();
        Go(new DateOnly(2026, 3, 3), 7, 0);
        Assert.Empty(await Digests(lab));
        Go(new DateOnly(2026, 3, 3), 8, 0);
        var next = Assert.Single(await Digests(lab));
        Assert.NotEqual(digest.Name, next.Name);
        Assert.True(await Hand(next));
        Go(new DateOnly(2026, 3, 9), 12, 0);
        Assert.Empty(await Digests(lab));
    }

    [Fact]
    public async Task After_days_of_sleep_there_is_one_digest()
    {
        var lab = await Lab(NoticeMail.Daily);
        Go(new DateOnly(2026, 3, 2), 12, 0);
        await Deal.Apply();
        await Follow();
        Go(new DateOnly(2026, 3, 20), 15, 0);
        Assert.True(await Hand(Assert.Single(await Digests(lab))));
        Assert.Empty(await Digests(lab));
    }

    [Fact]
    public async Task A_weekly_digest_is_written_on_Monday()
    {
        var lab = await Lab(NoticeMail.Weekly);
        Go(new DateOnly(2026, 3, 4), 12, 0); // a Wednesday
        await Deal.Apply();
        await Follow();
        for (var day = new DateOnly(2026, 3, 5); day < new DateOnly(2026, 3, 9); day = day.AddDays(1))
        {
            Go(day, 23, 0);
            Assert.Empty(await Digests(lab));
        }

        Go(new DateOnly(2026, 3, 9), 7, 59);
        Assert.Empty(await Digests(lab));
        Go(new DateOnly(2026, 3, 9), 8, 0);
        Assert.True(await Hand(Assert.Single(await Digests(lab))));
        Go(new DateOnly(2026, 3, 16), 8, 0);
        Assert.Empty(await Digests(lab));
    }

    [Fact]
    public async Task What_comes_late_waits_for_the_next_digest_when_the_one_of_its_day_is_written()
    {
        var lab = await Lab(NoticeMail.Daily);
        Go(new DateOnly(2026, 3, 2), 7, 0);
        await Deal.Apply();
        await Follow();
        await using (var database = await Tables.CreateDbContextAsync())
        {
            // As if another host had written today's a moment ago.
            Go(new DateOnly(2026, 3, 2), 8, 0);
            var written = Assert.Single(await Digests(lab));
            database.Mails.Add(MailOutbox.New(written.Name, OutgoingMailKind.Digest, "sealed", Time.GetUtcNow().UtcDateTime));
            await database.SaveChangesAsync();
            Assert.False(await Hand(written));
        }

        Assert.Empty(await Digests(lab));
        Go(new DateOnly(2026, 3, 3), 8, 0);
        Assert.True(await Hand(Assert.Single(await Digests(lab))));
    }

    [Fact]
    public async Task Somebody_who_cannot_be_written_to_waits_for_nothing()
    {
        var lab = await Lab(NoticeMail.AtOnce);
        await Deal.Apply();
        await Follow();
        var letter = Assert.Single(await Waiting.Due(default), l => l.Person == lab.Person);
        Assert.True(await Waiting.Hand(letter, null, Time.GetUtcNow().UtcDateTime, default));
        Assert.DoesNotContain(await Waiting.Due(default), l => l.Person == lab.Person);
        await using var database = await Tables.CreateDbContextAsync();
        Assert.False(await database.Mails.AnyAsync(m => m.Mail == letter.Name));
    }

    private async Task<Principal> Lab(NoticeMail mail)
    {
        await Deal.Open();
        await Follow();
        var lab = await Join(Deal.Lab, MemberRole.Negotiator);
        await Follow();
        await Engine.Accept(lab, new ChooseNotices(Guid.NewGuid(), [new(NoticeTopic.Negotiation, true, mail)]));
        return lab;
    }

    private void Go(DateOnly day, int hour, int minute) => Time.SetUtcNow(LocalTime.StartOf(day).AddHours(hour).AddMinutes(minute));

    private async Task<List<LetterToWrite>> Digests(Principal person) => [.. (await Waiting.Due(default)).Where(l => l.Person == person.Person && l.Mail != NoticeMail.AtOnce)];

    private Task<bool> Hand(LetterToWrite letter) => Waiting.Hand(letter, "sealed", Time.GetUtcNow().UtcDateTime, default);
}
