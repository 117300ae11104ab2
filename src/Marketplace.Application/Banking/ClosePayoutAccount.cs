using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>Nothing new is paid on it any more; what was ordered goes where it was ordered to.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Finance, Proven = true)]
public sealed record ClosePayoutAccount(Guid CommandId, PayoutAccountId Account, string Reason) : ICommandRequest;

internal sealed class ClosePayoutAccountHandler(Commands commands) : IRequestHandler<ClosePayoutAccount, Answer>
{
    public Task<Answer> Handle(ClosePayoutAccount request, CancellationToken cancellationToken) =>
        commands.Execute<IPayoutAccountGrain>(request, request.Account.Value, new Domain.Banking.ClosePayoutAccount(request.Reason));
}
