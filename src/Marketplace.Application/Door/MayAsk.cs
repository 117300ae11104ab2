using System.Reflection;
using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>Names the roles that may send a request. A request without it can be sent by nobody.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class MayAskAttribute(params ActorRole[] roles) : Attribute
{
    public IReadOnlyList<ActorRole> Roles { get; } = roles;

    /// <summary>The roles named on this request type; none when it names nobody.</summary>
    public static IReadOnlyList<ActorRole> Of(Type request) => request.GetCustomAttribute<MayAskAttribute>(inherit: false)?.Roles ?? [];
}

/// <summary>A request that anybody may send, signed in or not.</summary>
public sealed class AnyoneMayAskAttribute() : MayAskAttribute(Enum.GetValues<ActorRole>());
