using System.Text.RegularExpressions;
using CsCheck;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Sandbox;

namespace Marketplace.Payments.Tests.Sandbox;

public sealed class SandboxRulesTests
{
    /// <summary>What the sandbox holds of CNY 1.01 that were asked for on 3 March: at once, a second before a day has passed, after a day, …</summary>
    private const string Moments = """
        method              | 0 s       | 1 d − 1 s | 1 d       | 3 d − 1 s | 3 d       | 400 d     | ended
        sandbox:ok          | 101       | 101       | 101       | 101       | 101       | 101       | 2026-03-03
        sandbox:silent      | 101       | 101       | 101       | 101       | 101       | 101       | 2026-03-03
        sandbox:partial-40  | 40        | 40        | 40        | 40        | 40        | 40        | 2026-03-03
        sandbox:decline     | declined  | declined  | declined  | declined  | declined  | declined  | 2026-03-03
        sandbox:delay-1d    | waits     | waits     | 101       | 101       | 101       | 101       | 2026-03-04
        sandbox:delay-3d    | waits     | waits     | waits     | waits     | 101       | 101       | 2026-03-06
        sandbox:decline-3d  | waits     | waits     | waits     | waits     | declined  | declined  | 2026-03-06
        sandbox:decline-once| waits     | waits     | 101       | 101       | 101       | 101       | 2026-03-04
        """;

    private static readonly TimeSpan[] Later =
    [
        TimeSpan.Zero, TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(1),
        TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(3), TimeSpan.FromDays(400),
    ];

    public static TheoryData<string, string[], string> Rows()
    {
        var rows = new TheoryData<string, string[], string>();
        foreach (var line in Moments.Split('\n')[1..])
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            rows.Add(cells[0], cells[1..^1], cells[^1]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_method_at_each_moment(string method, string[] expected, string endedOn)
    {
        var looksOften = SandboxStory.Begin();
        Assert.Null(looksOften.Ask(method, Deals.Yuan(101)));
        for (var i = 0; i < Later.Length; i++)
        {
            Assert.Null(looksOften.At(Later[i]).Do(new DecidePayment()));
            Assert.Equal(expected[i], Shown(looksOften.State));

            var looksOnce = SandboxStory.Begin();
            Assert.Null(looksOnce.Ask(method, Deals.Yuan(101)));
            Assert.Null(looksOnce.At(Later[i]).Do(new DecidePayment()));
            Assert.Equal(looksOften.State, looksOnce.State);
            Assert.Equal(looksOften.Events, looksOnce.Events); // each step at its own instant, however late the look
        }

        Assert.Equal(Deals.Day(endedOn), looksOften.State.EndedOn);
    }

    [Fact]
    public void The_table_of_moments_leaves_out_no_method()
    {
        var told = Rows().Select(row => Regex.Replace(row.Data.Item1, "[0-9]+", "")).Append("sandbox:lost"); // which has a story of its own
        Assert.Equal(
            SandboxMethods.All.Select(m => Regex.Replace(m.Pattern, "{.*}", "")).Order(StringComparer.Ordinal),
            told.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, 40, 0)] // rounds to nothing: declined
    [InlineData(1, 50, 0)] // half goes to even
    [InlineData(1, 60, 1)] // rounds to all: succeeded
    [InlineData(3, 50, 2)]
    [InlineData(9_007_199_254_740_993, 99, 8_917_127_262_193_583)]
    public void A_part_is_rounded_half_to_even(long askedMinor, int percent, long movedMinor)
    {
        var story = SandboxStory.Begin();
        Assert.Null(story.Ask($"sandbox:partial-{percent}", Deals.Yuan(askedMinor)));
        Assert.Equal(movedMinor, story.State.MovedMinor);
        Assert.Equal(movedMinor == 0, story.Events[^1] is SandboxPaymentDeclined);
    }

    [Fact]
    public void A_request_that_gets_lost_was_never_heard_of_and_goes_through_when_it_is_sent_again()
    {
        var story = SandboxStory.Begin();
        Assert.Null(story.Ask("sandbox:lost", Deals.Yuan(101)));
        Assert.Null(story.State.Order);
        Assert.Null(story.At(TimeSpan.FromDays(9)).Do(new DecidePayment()));
        Assert.Null(story.State.Order);

        Assert.Null(story.Ask("sandbox:lost", Deals.Yuan(101)));
        Assert.Equal("101", Shown(story.State));
        Assert.Equal(Deals.Day("2026-03-12"), story.State.EndedOn);
    }

    [Fact]
    public void An_order_sent_again_changes_nothing()
    {
        foreach (var method in SandboxMethods.All.Select(m => m.Example).Where(m => m != "sandbox:lost"))
        {
            var story = SandboxStory.Begin();
            story.Ask(method, Deals.Yuan(101));
            var events = story.Events.Count;
            Assert.Null(story.Ask(method, Deals.Yuan(101)));
            Assert.Equal(events, story.Events.Count);
        }
    }

    [Theory]
    [InlineData("sandbox:ok", 102, IntentKind.Collection)]
    [InlineData("sandbox:silent", 101, IntentKind.Collection)]
    [InlineData("sandbox:ok", 101, IntentKind.Payout)]
    public void Another_order_under_the_same_intent_is_refused(string method, long amountMinor, IntentKind kind)
    {
        var story = SandboxStory.Begin();
        story.Ask("sandbox:ok", Deals.Yuan(101));
        Assert.Equal("sandbox-key-reused", story.Ask(method, Deals.Yuan(amountMinor), kind)?.Code);
        Assert.Equal(2, story.Events.Count);
    }

    [Fact]
    public void Another_currency_is_another_order()
    {
        var story = SandboxStory.Begin();
        story.Ask("sandbox:ok", Deals.Yuan(101));
        Assert.Equal("sandbox-key-reused", story.Ask("sandbox:ok", new Money(101, Currency.Parse("JPY").Value))?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Nothing_cannot_be_moved(long amountMinor) =>
        Assert.Equal("amount-not-positive", SandboxStory.Begin().Ask("sandbox:ok", Deals.Yuan(amountMinor))?.Code);

    [Fact]
    public void Nobody_but_the_system_sends_orders()
    {
        foreach (var actor in (Actor[])[Deals.Lab, Deals.Company, Deals.Administrator, Deals.Visitor])
        {
            Assert.Equal("not-found", SandboxStory.Begin().Do(new TakeOrder(SandboxStory.Order("sandbox:ok", Deals.Yuan(1))), actor)?.Code);
        }
    }

    [Fact]
    public void However_often_and_whenever_it_is_sent_and_looked_at_a_payment_ends_once_in_the_same_way()
    {
        var methods = Gen.Int[0, SandboxMethods.All.Count - 1].Select(i => SandboxMethods.All[i].Example);
        Gen.Select(methods, Gen.Long[1, 1_000_000], Gen.Bool.Array[1, 12], Gen.Int[0, 200].Array[12]).Sample((method, amountMinor, sends, hours) =>
        {
            var story = SandboxStory.Begin();
            var amount = Deals.Yuan(amountMinor);
            story.Ask(method, amount);
            var at = TimeSpan.Zero;
            for (var i = 0; i < sends.Length; i++)
            {
                at += TimeSpan.FromHours(hours[i]);
                Assert.Null(sends[i] ? story.At(at).Ask(method, amount) : story.At(at).Do(new DecidePayment()));
            }

            Assert.Null(story.Ask(method, amount)); // once more, for a request that was lost
            Assert.Null(story.At(at + TimeSpan.FromDays(400)).Do(new DecidePayment()));

            Assert.Single(story.Events.OfType<SandboxPaymentAccepted>());
            var ended = Assert.Single(story.Events, e => e is SandboxMoneyMoved or SandboxPaymentDeclined);
            Assert.Same(ended, story.Events[^1]);
            Assert.Null(story.State.DecidesAtUtc);
            Assert.Equal((ended as SandboxMoneyMoved)?.Moved.AmountMinor ?? 0, story.State.MovedMinor);
            Assert.InRange(story.State.MovedMinor, 0, amountMinor);
            Assert.Equal(story.State, story.Events.Aggregate(SandboxRules.Initial, SandboxRules.Apply));
        });
    }

    private static string Shown(SandboxPayment payment) =>
        payment.DecidesAtUtc is not null ? "waits" : payment.MovedMinor == 0 ? "declined" : $"{payment.MovedMinor}";
}
