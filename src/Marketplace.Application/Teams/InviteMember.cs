using System.Collections.Immutable;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using MediatR;

namespace Marketplace.Application.Teams;

/// <summary>
/// Whoever leads a team invites somebody into it, by a link that a mail carries; an administrator so invites the first owner of an organisation that nobody leads.
/// </summary>
/// <param name="SecretHash">SHA-256 of the secret in the link, in lower-case hex: the secret itself is kept nowhere.</param>
/// <param name="Organisation">By administrators only: another team than the marketplace's own.</param>
/// <param name="Inventor">As whom somebody who is invited as an inventor stands in splits; null of all others.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.System, For = Duty.Lead, Proven = true)]
public sealed record InviteMember(Guid CommandId, IReadOnlyList<MemberRole> Roles, string SecretHash, OrganisationId? Organisation = null, string? Inventor = null) : ICommandRequest
{
    /// <summary>The invitation that this command makes.</summary>
    public static InvitationId IdOf(Guid commandId) => Id.CreatedBy<InvitationId>(commandId);
}

internal sealed class InviteMemberHandler(Commands commands) : IRequestHandler<InviteMember, Answer>
{
    public async Task<Answer> Handle(InviteMember request, CancellationToken cancellationToken)
    {
        var organisation = commands.Principal.Organisation ?? request.Organisation;
        return Sha256Hex.Check(request.SecretHash, "secretHash") is { } refusal ? refusal : await commands.Execute<ITeamGrain>(
            request, ITeamGrain.KeyOf(organisation),
            new Domain.Teams.InviteMember(organisation, InviteMember.IdOf(request.CommandId), [.. request.Roles], request.SecretHash, request.Inventor));
    }
}
