using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Orleans;
using Orleans.Concurrency;

namespace Marketplace.Application.Grains;

/// <summary>The lock: one writer per stream. Its key is the part of the stream's name after the slash.</summary>
public interface IJournaledGrain : IGrainWithStringKey
{
    /// <summary>Decides and commits one command. Repeating it under its id returns the first answer.</summary>
    /// <exception cref="Journal.JournalUnavailableException">Outcome unknown.</exception>
    Task<Answer> Execute(CommandEnvelope envelope);

    /// <summary>Time has come to look: the grain re-reads its state and may find that there is nothing to do.</summary>
    /// <param name="purpose">As in the due-work table, e.g. <c>notice</c>.</param>
    Task<Answer> Wake(string purpose);
}

/// <summary>A grain whose state others may look at as a precondition of their own commands.</summary>
public interface IJournaledGrain<TState> : IJournaledGrain
{
    Task<TState> State();
}

/// <summary>A command on its way to its grain.</summary>
/// <param name="RequestHash">SHA-256 of the request, 32 bytes.</param>
/// <param name="Command">A command record of the grain's aggregate.</param>
[GenerateSerializer, Immutable]
public sealed record CommandEnvelope(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] byte[] RequestHash,
    [property: Id(2)] Actor Actor,
    [property: Id(3)] object Command)
{
    /// <summary>A command that no client made, under an id that says all that it is for: asked again, it is done once.</summary>
    public static CommandEnvelope Once(Actor actor, Guid commandId, object command) => new(commandId, SHA256.HashData(commandId.ToByteArray()), actor, command);

    /// <summary>The same, asked for by the host itself.</summary>
    public static CommandEnvelope BySystem(Guid commandId, object command) => Once(Actor.System, commandId, command);
}

/// <summary>First part of the name of a grain's stream: <c>organisation</c> in <c>organisation/org_…</c>.</summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class StreamAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;
}

/// <summary>Which grain owns which stream.</summary>
public static class StreamDirectory
{
    private static readonly IReadOnlyDictionary<string, Type> Grains = typeof(StreamDirectory).Assembly.GetTypes()
        .Where(t => t.IsInterface && t.GetCustomAttribute<StreamAttribute>() is not null)
        .ToDictionary(t => t.GetCustomAttribute<StreamAttribute>()!.Kind, StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<Type, string> KindsByClass = new(); // reflection is slow, and every activation asks

    /// <summary>Every kind of stream that a grain of this assembly writes.</summary>
    public static IEnumerable<string> Kinds => Grains.Keys;

    /// <summary>The grain that owns this stream, e.g. to wake it.</summary>
    /// <exception cref="ArgumentException">No grain owns streams of that kind.</exception>
    public static IJournaledGrain GrainOf(this IGrainFactory grains, string stream)
    {
        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Grains.TryGetValue(stream[..slash], out var type)
            ? (IJournaledGrain)grains.GetGrain(type, stream[(slash + 1)..])
            : throw new ArgumentException($"No grain owns the stream {stream}.", nameof(stream));
    }

    /// <summary>The part of a stream's name that is the id of the thing: <c>org_…</c> in <c>organisation/org_…</c>.</summary>
    public static string IdOf(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The kind of stream that a grain class writes, from the attribute of its interface.</summary>
    public static string KindOf(Type grainClass) => KindsByClass.GetOrAdd(
        grainClass, static c => c.GetInterfaces().Select(i => i.GetCustomAttribute<StreamAttribute>()?.Kind).OfType<string>().Single());
}
