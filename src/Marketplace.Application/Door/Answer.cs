using Marketplace.Domain;
using Orleans;

namespace Marketplace.Application.Door;

/// <summary>What became of a command: it is durable, or it is refused and nothing was written.</summary>
[GenerateSerializer, Immutable]
public abstract record Answer
{
    private protected Answer() { }

    public static implicit operator Answer(Refusal refusal) => new Refused(refusal);
}

/// <param name="Id">Id of the thing that the command was about, e.g. <c>agr_…</c>.</param>
/// <param name="Version">Version of its stream after the command.</param>
[GenerateSerializer, Immutable]
public sealed record Accepted([property: Id(0)] string Id, [property: Id(1)] long Version) : Answer;

[GenerateSerializer, Immutable]
public sealed record Refused([property: Id(0)] Refusal Refusal) : Answer;
