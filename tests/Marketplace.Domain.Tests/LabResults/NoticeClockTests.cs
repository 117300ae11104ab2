using CsCheck;
using Marketplace.Domain.LabResults;

namespace Marketplace.Domain.Tests.LabResults;

public sealed class NoticeClockTests
{
    private static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1); // the journal's resolution

    [Fact]
    public void A_notice_ends_with_its_last_day_in_Tianjin()
    {
        // 09:30 on 2 March in Tianjin; the day of publication does not count.
        var started = Assert.IsType<PublicNoticeStarted>(Assert.Single(Listing.In(ResultStatus.Priced).Do(new StartPublicNotice(15))));

        Assert.Equal(new DateOnly(2026, 3, 17), started.LastDay);
        Assert.Equal(new DateTimeOffset(2026, 3, 17, 16, 0, 0, TimeSpan.Zero), started.ClosesAtUtc);
    }

    [Fact]
    public void A_notice_published_late_in_the_evening_counts_from_the_local_day()
    {
        var listing = Listing.In(ResultStatus.Priced);
        listing.NowUtc = new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero); // 00:00 on 3 March in Tianjin

        var started = Assert.IsType<PublicNoticeStarted>(Assert.Single(listing.Do(new StartPublicNotice(15))));

        Assert.Equal(new DateOnly(2026, 3, 18), started.LastDay);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(0)]
    [InlineData(-15)]
    [InlineData(int.MaxValue)]
    public void A_notice_is_never_shorter_than_fifteen_days_nor_endless(int days)
    {
        var refusal = Listing.In(ResultStatus.Priced).Ask(new StartPublicNotice(days)).Refusal;

        Assert.Equal(("notice-days-out-of-range", "days"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Whatever_objections_come_the_notice_runs_exactly_its_time()
    {
        var stories = Gen.Select(
            Gen.Int[15, 40],
            Gen.Long[0, TimeSpan.FromDays(1).Ticks / Instant.Ticks - 1], // when on the first day it is published
            Gen.Select(Gen.Long[0, TimeSpan.FromDays(8).Ticks / Instant.Ticks], Gen.Bool, Gen.Int[0, 3]).Array[0, 40]);

        stories.Sample((days, startMicroseconds, steps) =>
        {
            var listing = Listing.In(ResultStatus.Priced);
            listing.NowUtc = LocalTime.StartOf(new(2026, 4, 1)) + startMicroseconds * Instant;
            listing.Do(new StartPublicNotice(days));
            var owed = LabResult.NextWakeUtc(listing.State)!.Value - listing.NowUtc;
            Assert.InRange(owed, TimeSpan.FromDays(days), TimeSpan.FromDays(days + 1));

            // The model: a stopwatch that is held while anything is open.
            var ran = TimeSpan.Zero;
            var open = new List<int>();
            foreach (var (microseconds, raises, which) in steps)
            {
                var wait = microseconds * Instant;
                if (open.Count == 0)
                {
                    wait = wait < owed - ran ? wait : owed - ran - Instant;
                    ran += wait;
                }

                listing.NowUtc += wait;
                Assert.Empty(listing.Do(new CloseNotice()));
                if (raises || open.Count == 0)
                {
                    open.Add(Assert.IsType<ObjectionRaised>(listing.Do(Listing.CommandNamed("Object"))[0]).Number);
                }
                else
                {
                    var number = open[which % open.Count];
                    open.Remove(number);
                    listing.Do(new AnswerObjection(number, IsUpheld: false, "不成立"));
                }

                Assert.Equal(open.Count == 0 ? listing.NowUtc + (owed - ran) : null, LabResult.NextWakeUtc(listing.State));
            }

            foreach (var number in open)
            {
                listing.Do(new AnswerObjection(number, IsUpheld: false, "不成立"));
            }

            listing.NowUtc += owed - ran - Instant;
            Assert.Empty(listing.Do(new CloseNotice()));
            listing.NowUtc += Instant;
            var listed = Assert.IsType<ResultListed>(Assert.Single(listing.Do(new CloseNotice())));
            Assert.Equal(listing.NowUtc, listed.NoticeEndedAtUtc);
            Assert.Null(LabResult.NextWakeUtc(listing.State));
        });
    }

    [Fact]
    public void A_sweep_that_comes_late_still_knows_when_the_notice_ended()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        var endsAtUtc = LabResult.NextWakeUtc(listing.State)!.Value;
        listing.NowUtc = endsAtUtc + TimeSpan.FromDays(90);

        var listed = Assert.IsType<ResultListed>(Assert.Single(listing.Do(new CloseNotice())));

        Assert.Equal((endsAtUtc, listing.NowUtc), (listed.NoticeEndedAtUtc, listed.ListedAtUtc));
        Assert.Empty(listing.Do(new CloseNotice()));
    }

    [Fact]
    public void An_objection_after_the_last_instant_is_too_late_even_before_the_sweep()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        listing.NowUtc = LabResult.NextWakeUtc(listing.State)!.Value;

        Assert.Equal("notice-over", listing.Ask(Listing.CommandNamed("Object"), Actors.Visitor).Refusal?.Code);
    }

    [Fact]
    public void An_objection_is_due_an_answer_within_fifteen_working_days()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        listing.NowUtc = new(2026, 3, 16, 4, 0, 0, TimeSpan.Zero);

        var raised = Assert.IsType<ObjectionRaised>(listing.Do(Listing.CommandNamed("Object"))[0]);

        // 17 March is the first day; Monday 6 April is off for Qingming.
        Assert.Equal(new DateOnly(2026, 4, 7), raised.AnswerDueOn);
        Assert.Equal(LocalTime.EndOf(raised.AnswerDueOn), raised.AnswerDueAtUtc);
        Assert.False(raised.BeyondCalendar);
    }

    [Fact]
    public void Nobody_loses_the_right_to_object_because_next_years_holidays_are_not_published()
    {
        var listing = Listing.In(ResultStatus.Priced);
        listing.NowUtc = LocalTime.StartOf(WorkingCalendar.China.KnownThrough);
        listing.Do(new StartPublicNotice(15));

        Assert.True(Assert.IsType<ObjectionRaised>(listing.Do(Listing.CommandNamed("Object"))[0]).BeyondCalendar);
    }

    [Fact]
    public void A_late_answer_is_still_an_answer_and_says_that_it_was_late()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        listing.Do(Listing.CommandNamed("Object"));
        listing.NowUtc += TimeSpan.FromDays(60);

        Assert.True(Assert.IsType<ObjectionDismissed>(listing.Do(Listing.CommandNamed("Dismiss"))[0]).WasLate);
    }

    [Fact]
    public void An_answered_objection_is_not_answered_twice()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        listing.Do(Listing.CommandNamed("Object"));
        listing.Do(Listing.CommandNamed("Dismiss"));

        Assert.Equal("objection-not-open", listing.Ask(Listing.CommandNamed("Uphold")).Refusal?.Code);
    }

    [Fact]
    public void An_upheld_objection_voids_the_notice_and_a_new_one_runs_its_whole_time()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        listing.NowUtc += TimeSpan.FromDays(10);
        listing.Do(Listing.CommandNamed("Object"));
        listing.Do(Listing.CommandNamed("Object"));
        listing.Do(Listing.CommandNamed("Uphold"));
        Assert.Null(LabResult.NextWakeUtc(listing.State));
        Assert.Null(listing.State.Price);

        listing.Do(Listing.CommandNamed("Price"));
        listing.Do(Listing.CommandNamed("Notice"));

        Assert.True(LabResult.NextWakeUtc(listing.State) - listing.NowUtc >= TimeSpan.FromDays(15));
        // Numbers go on, so that an answer can never meet an objection of another notice.
        Assert.Equal(3, Assert.IsType<ObjectionRaised>(listing.Do(Listing.CommandNamed("Object"))[0]).Number);
    }

    [Fact]
    public void A_flood_of_objections_is_dammed()
    {
        var listing = Listing.In(ResultStatus.PublicNotice);
        for (var i = 0; i < LabResult.MaxOpenObjections; i++)
        {
            listing.Do(Listing.CommandNamed("Object"));
        }

        Assert.Equal("objections-too-many", listing.Ask(Listing.CommandNamed("Object"), Actors.Visitor).Refusal?.Code);
    }
}
