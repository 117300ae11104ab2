using Marketplace.Application.Grains;

namespace Marketplace.Application.Tests.Grains;

/// <summary>Every grain of the application, so that a test of all of them needs no list.</summary>
internal static class GrainTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(StreamDirectory).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, BaseType.IsGenericType: true } && t.BaseType.GetGenericTypeDefinition() == typeof(JournaledGrain<,,,>)),
    ];

    public static Type EventsOf(Type grain) => grain.BaseType!.GetGenericArguments()[2];

    /// <summary>State of something that does not exist yet.</summary>
    public static object InitialOf(Type grain) => grain.BaseType!.GetGenericArguments()[3].GetProperty("Initial")!.GetValue(null)!;
}
