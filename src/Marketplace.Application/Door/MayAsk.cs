using System.Reflection;
using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>Names the roles that may send a request, and what a person must be trusted with to do so. A request without it can be sent by nobody.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class MayAskAttribute(params ActorRole[] roles) : Attribute
{
    private static readonly MayAskAttribute Nobody = new();

    public IReadOnlyList<ActorRole> Roles { get; } = roles;

    /// <summary>Duties of which one is enough. None: nobody, unless <see cref="IsForAnyone"/>.</summary>
    public Duty For { get; set; }

    /// <summary>The same of somebody of an organisation, where that is asked more than the marketplace's own people; <see cref="Duty.None"/>: they are asked alike.</summary>
    public Duty OfOrganisationsFor { get; set; }

    /// <summary>Only by somebody who has proven who they are within <see cref="Principal.ProofLasts"/>: what binds, what pays, what approves.</summary>
    public bool Proven { get; set; }

    /// <summary>Whether not even a name is asked for.</summary>
    public virtual bool IsForAnyone => false;

    /// <summary>As on this request type; one that names nobody where there is none.</summary>
    public static MayAskAttribute Of(Type request) => request.GetCustomAttribute<MayAskAttribute>(inherit: false) ?? Nobody;

    /// <summary>Why this principal may not send such a request; null when they may.</summary>
    public Refusal? Check(Principal principal) =>
        !Roles.Contains(principal.Role) ? principal.Role == ActorRole.Visitor ? Refusals.SignInRequired : Refusals.RoleNotAllowed
        : IsForAnyone ? null
        : (principal.Duties & Needed(principal.Role)) == 0 ? Refusals.DutyMissing(Needed(principal.Role))
        : Proven && !principal.IsProven ? Refusals.ProofRequired
        : null;

    private Duty Needed(ActorRole role) => OfOrganisationsFor != Duty.None && role is not (ActorRole.Administrator or ActorRole.System) ? OfOrganisationsFor : For;
}

/// <summary>A request that anybody may send, signed in or not.</summary>
public sealed class AnyoneMayAskAttribute() : MayAskAttribute(Enum.GetValues<ActorRole>())
{
    public override bool IsForAnyone => true;
}
