using System.Collections.Concurrent;
using CsCheck;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Whatever is asked: events or a refusal, never an exception, and the invariants hold (the story checks them after each command).</summary>
public sealed class RandomStoryTests
{
    private const int Stories = 1_500;

    [Fact]
    public void Whatever_is_asked_the_invariants_hold_and_the_events_replay()
    {
        var done = new ConcurrentDictionary<string, int>();
        var stages = new ConcurrentDictionary<string, int>();
        RandomStories.Any.Sample(
            told =>
            {
                var story = RandomStories.Begin(told.Terms, told.StartDay, told.Smooth);
                foreach (var move in told.Moves)
                {
                    story.Sleep($"{story.Today.AddDays(move.DaysBefore):yyyy-MM-dd}");
                    var (actor, command) = RandomStories.Asked(story, move);
                    var refusal = story.Ask(actor, command);
                    Assert.True(refusal is null || (refusal.Code.Length > 2 && refusal.Zh.Length > 2 && refusal.En.Length > 5));
                    if (refusal is null)
                    {
                        done.AddOrUpdate(command.GetType().Name, 1, (_, n) => n + 1);
                        stages.AddOrUpdate(story.State.State.ToString(), 1, (_, n) => n + 1);
                    }
                }

                story.Replays();
            },
            iter: Stories);

        // The stories are worth something: nearly every command was done, and the late stages were reached.
        Assert.True(done.Count >= 30, $"only {string.Join(", ", done.Keys)}");
        Assert.Superset(new HashSet<string> { "Cure", "Breached", "Settled", "Disputed", "Overdue", "Expired" }, stages.Keys.ToHashSet());
    }

    [Fact]
    public void Nothing_depends_on_when_the_alarm_clock_rang() => RandomStories.Any.Sample(
        told =>
        {
            var (awake, asleep) = (RandomStories.Begin(told.Terms, told.StartDay, told.Smooth), RandomStories.Begin(told.Terms, told.StartDay, told.Smooth));
            foreach (var move in told.Moves)
            {
                var day = $"{awake.Today.AddDays(move.DaysBefore):yyyy-MM-dd}";
                awake.Until(day);
                asleep.Sleep(day);
                var (actor, command) = RandomStories.Asked(awake, move);
                Assert.Equal(awake.Ask(actor, command)?.Code, asleep.Ask(actor, command)?.Code);
            }

            Assert.Equal(CatchUpTests.WithoutIntentTimes(Json.Of(awake.Wake().State)), CatchUpTests.WithoutIntentTimes(Json.Of(asleep.Wake().State)));
        },
        iter: Stories / 3);
}
