using System.Security.Cryptography;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Orleans;

namespace Marketplace.Application.Door;

/// <summary>From a use case to the grain that owns the thing.</summary>
internal sealed class Commands(IGrainFactory grains, Caller caller)
{
    public Principal Principal => caller.Principal;

    /// <summary>The organisation that asks.</summary>
    /// <exception cref="InvalidOperationException">The request's roles let somebody in who belongs to none: a bug of the use case.</exception>
    public OrganisationId OwnOrganisation =>
        Principal.Organisation ?? throw new InvalidOperationException($"{Principal} belongs to no organisation.");

    /// <summary>Has the rule book of <paramref name="id"/> decide <paramref name="command"/>, and makes the answer durable.</summary>
    /// <param name="request">As it was sent: its hash tells a repetition from a reused command id.</param>
    public Task<Answer> Execute<TGrain>(ICommandRequest request, string id, object command) where TGrain : IJournaledGrain =>
        grains.GetGrain<TGrain>(id).Execute(new CommandEnvelope(request.CommandId, HashOf(request), Principal.Actor, command));

    /// <summary>The same for a command that no client made, under an id that says what it is for: asked again, it is done once.</summary>
    public Task<Answer> ExecuteOnce<TGrain>(Guid commandId, string id, object command) where TGrain : IJournaledGrain =>
        grains.GetGrain<TGrain>(id).Execute(CommandEnvelope.Once(Principal.Actor, commandId, command));

    /// <summary>The present state of something that a command only looks at.</summary>
    public Task<TState> StateOf<TGrain, TState>(string id) where TGrain : IJournaledGrain<TState> => grains.GetGrain<TGrain>(id).State();

    /// <summary>SHA-256 over the type of the request, its content and the organisation that asks, so that a colleague may repeat it.</summary>
    private byte[] HashOf(ICommandRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{request.GetType().Name}\n{Principal.Organisation}\n"));
        hash.AppendData(CanonicalJson.Bytes(request));
        return hash.GetHashAndReset();
    }
}
