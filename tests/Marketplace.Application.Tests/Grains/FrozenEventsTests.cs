using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Xunit;

namespace Marketplace.Application.Tests.Grains;

public sealed class FrozenEventsTests
{
    [Fact]
    public async Task Event_names_and_their_members_are_those_that_were_approved()
    {
        var path = Path.Combine(FolderOf(), "..", "Frozen", "events.txt");
        var present = Describe();
        if (Environment.GetEnvironmentVariable("MARKETPLACE_APPROVE") == "1")
        {
            await File.WriteAllLinesAsync(path, present);
        }

        Assert.Equal(await File.ReadAllLinesAsync(path), present);
    }

    private static string[] Describe() =>
    [
        .. GrainTypes.All
            .SelectMany(grain => EventsOf(StreamDirectory.KindOf(grain), GrainTypes.EventsOf(grain)))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> EventsOf(string stream, Type events)
    {
        var catalog = typeof(EventCatalog<>).MakeGenericType(events);
        var types = (IEnumerable<KeyValuePair<string, Type>>)catalog.GetProperty("Types")!.GetValue(catalog.GetField("Instance")!.GetValue(null))!;
        return types.Select(t => $"{stream}/{t.Key} {string.Join(' ', MembersOf(t.Value))}".TrimEnd());
    }

    private static IEnumerable<string> MembersOf(Type type) =>
        CanonicalJson.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties.Select(p => p.Name) : [];

    private static string FolderOf([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
