using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Credit;

/// <summary>An administrator says how much a company may hold deferred in one currency, whatever its points say. What it holds already stays.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record SetExposureLimit(Guid CommandId, OrganisationId Organisation, Money Limit, string Reason) : ICommandRequest;

internal sealed class SetExposureLimitHandler(Commands commands) : IRequestHandler<SetExposureLimit, Answer>
{
    public async Task<Answer> Handle(SetExposureLimit request, CancellationToken cancellationToken) =>
        await commands.IsCompany(request.Organisation)
            ? await commands.Execute<ICompanyCreditGrain>(
                request, request.Organisation.Value, new Domain.Credit.SetExposureLimit(request.Organisation, request.Limit, request.Reason))
            : Refusal.NotFound();
}
