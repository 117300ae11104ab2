using Marketplace.Application.Door;
using Marketplace.Domain.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>An administrator approves a proposed step of the ladder; termination needs two persons.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record ApproveEnforcementStep(Guid CommandId, AgreementId Agreement, int Obligation, EnforcementStep Step) : ICommandRequest;

internal sealed class ApproveEnforcementStepHandler(Commands commands) : IRequestHandler<ApproveEnforcementStep, Answer>
{
    public Task<Answer> Handle(ApproveEnforcementStep request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ApproveEnforcementStep(request.Obligation, request.Step));
}
