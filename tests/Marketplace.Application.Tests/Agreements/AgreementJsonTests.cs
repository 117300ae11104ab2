using CsCheck;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Xunit;

namespace Marketplace.Application.Tests.Agreements;

/// <summary>An agreement read back from the journal is the agreement that was written: each event, and the state of a snapshot.</summary>
public sealed class AgreementJsonTests
{
    private static readonly EventCatalog<AgreementEvent> Catalog = EventCatalog<AgreementEvent>.Instance;

    [Fact]
    public void Every_state_of_an_agreement_is_read_back_as_it_was_written()
    {
        foreach (var story in AllStages.Stories())
        {
            SameAfterReading(story);
        }
    }

    [Fact]
    public void So_is_every_random_story() => RandomStories.Any.Sample(
        told =>
        {
            var story = RandomStories.Begin(told.Terms, told.StartDay, told.Smooth);
            foreach (var move in told.Moves)
            {
                story.Sleep($"{story.Today.AddDays(move.DaysBefore):yyyy-MM-dd}");
                var (actor, command) = RandomStories.Asked(story, move);
                story.Ask(actor, command);
            }

            SameAfterReading(story);
        },
        iter: 200);

    [Fact]
    public void An_agreement_that_was_read_back_goes_on_as_the_one_that_was_not()
    {
        var kept = AllStages.Stories().Single(s => s.State.State == AgreementState.Cure);
        var read = CanonicalJson.Read<Agreement>(CanonicalJson.Write(kept.State));
        kept.Pay(1_000_000);
        var goesOn = kept.Events.Skip(kept.Events.ToList().FindLastIndex(e => e is ReceiptRecorded)).Aggregate(read, AgreementRules.Apply);
        Assert.Equal(CanonicalJson.Write(kept.State), CanonicalJson.Write(goesOn));
        Assert.Equal(kept.State.Balances, goesOn.Balances);
        Assert.Same(StringComparer.Ordinal, goesOn.Balances.KeyComparer);
    }

    [Fact]
    public void The_stage_before_the_first_event_can_be_written_too() =>
        Assert.Equal(CanonicalJson.Write(Agreement.None), CanonicalJson.Write(CanonicalJson.Read<Agreement>(CanonicalJson.Write(Agreement.None))));

    [Theory]
    [InlineData("terms-proposed", "validUntil", "criteria")]
    [InlineData("result-returned", "evidence")]
    public void What_was_written_before_there_were_these_members_is_still_read(string type, params string[] members)
    {
        var happened = AllStages.Stories().First(s => s.State.Stage == Stage.Returned).Events.First(e => Catalog.NameOf(e) == type);
        var old = System.Text.Json.Nodes.JsonNode.Parse(CanonicalJson.Write(happened))!.AsObject();
        foreach (var member in members)
        {
            old.Remove(member);
        }

        Assert.Equal(old.ToJsonString(CanonicalJson.Options), CanonicalJson.Write(Catalog.Read(type, old.ToJsonString(CanonicalJson.Options))));
    }

    private static void SameAfterReading(AgreementStory story)
    {
        foreach (var happened in story.Events)
        {
            var text = CanonicalJson.Write(happened);
            Assert.Equal(text, CanonicalJson.Write(Catalog.Read(Catalog.NameOf(happened), text)));
        }

        var replayed = story.Events.Select(e => Catalog.Read(Catalog.NameOf(e), CanonicalJson.Write(e))).Aggregate(AgreementRules.Initial, AgreementRules.Apply);
        var state = CanonicalJson.Write(story.State);
        Assert.Equal(state, CanonicalJson.Write(replayed));
        Assert.Equal(state, CanonicalJson.Write(CanonicalJson.Read<Agreement>(state)));
        Assert.Equal(state, CanonicalJson.Write(KeptState<Agreement>.Read(new KeptState<Agreement>(story.State, StreamLedger.Empty).Write()).State));

        // What is signed is the hash of the terms: it must not depend on where the terms came from.
        Assert.Equal(
            AgreementRules.DocumentHash(story.State, story.State.Proposals[^1]),
            AgreementRules.DocumentHash(replayed, CanonicalJson.Read<Agreement>(state).Proposals[^1]));
    }
}
