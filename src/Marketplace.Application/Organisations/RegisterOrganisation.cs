using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>Anybody registers an organisation; it may act once an administrator has verified it.</summary>
/// <param name="Uscc">Unified social credit code; the id of the organisation derives from it, so that one code registers once.</param>
[AnyoneMayAsk]
public sealed record RegisterOrganisation(Guid CommandId, OrganisationKind Kind, BilingualText Name, string Uscc, string? ContactMail = null)
    : ICommandRequest;

internal sealed class RegisterOrganisationHandler(Commands commands) : IRequestHandler<RegisterOrganisation, Answer>
{
    public async Task<Answer> Handle(RegisterOrganisation request, CancellationToken cancellationToken)
    {
        var uscc = Uscc.Parse(request.Uscc, "uscc");
        return uscc.Refusal is { } refusal ? refusal : await commands.Execute<IOrganisationGrain>(
            request, OrganisationId.ForUscc(uscc.Value).Value,
            new Domain.Organisations.RegisterOrganisation(request.Kind, request.Name, uscc.Value, request.ContactMail));
    }
}
