using System.Text.Json;

namespace Marketplace.Architecture.Tests.Code;

/// <summary>What is published is never renamed: journals outlive the code that wrote them.</summary>
/// <remarks>The members of each event are compared by the tests beside those lists.</remarks>
public sealed class EventNameTests
{
    private static readonly string[] Approved = [.. Repository.TestProjects.Select(p => Path.Combine(p.Folder, "Frozen", "events.txt")).Where(File.Exists).SelectMany(File.ReadLines).Select(l => l.Split(' ')[0])];

    private const string Offer = """
        using Marketplace.Application.Grains;
        using Marketplace.Application.Licensing;
        using Marketplace.Application.Reads;
        using Marketplace.Domain;
        namespace Marketplace.Application.Planted;

        public sealed record State;
        public record Command;
        public abstract record Event;
        public sealed record OfferMade : Event;
        public sealed record OfferRenamed : Event;

        public sealed class Rules : IAggregate<State, Command, Event>
        {
            public static State Initial => new();
            public static Result<IReadOnlyList<Event>> Decide(State state, Command command, CommandContext context) => Refusal.NotFound();
            public static State Apply(State state, Event happened) => state;
        }

        public sealed class OfferGrain(Surroundings around) : JournaledGrain<State, Command, Event, Rules>(around), IOfferGrain
        {
            protected override IEnumerable<IReadRow> Rows(State state) => [];
            Task<Marketplace.Domain.Licensing.OfferState> IJournaledGrain<Marketplace.Domain.Licensing.OfferState>.State() => throw new NotSupportedException();
        }
        """;

    [Fact]
    public void Every_event_has_its_approved_name_and_every_approved_name_its_event() => Assert.Equal(Approved.Order(StringComparer.Ordinal), NamesIn(CompiledCode.Ours).Order(StringComparer.Ordinal));

    [Fact]
    public void A_renamed_event_is_found()
    {
        string[] planted = [.. NamesIn(CompiledCode.Planted(Offer))];
        Assert.Equal(["offer/offer-renamed"], planted.Except(Approved));
        Assert.Contains("offer/offer-withdrawn", Approved.Except(planted));
    }

    private static IEnumerable<string> NamesIn(IReadOnlyList<ModuleDefinition> modules) =>
        from grain in modules.Types()
        where !grain.IsAbstract && grain.BaseType?.GetElementType().FullName == "Marketplace.Application.Grains.JournaledGrain`4"
        let events = ((GenericInstanceType)grain.BaseType).GenericArguments[2].Resolve()
        from happened in events.Module.GetTypes()
        where !happened.IsAbstract && happened.Inherits(events.FullName)
        select $"{KindOf(grain)}/{JsonNamingPolicy.KebabCaseLower.ConvertName(happened.Name)}";

    private static string KindOf(TypeDefinition grain) => grain.Interfaces
        .SelectMany(i => i.InterfaceType.Resolve().CustomAttributes)
        .Where(a => a.AttributeType.Name == "StreamAttribute")
        .Select(a => (string)a.ConstructorArguments[0].Value)
        .Single();
}
