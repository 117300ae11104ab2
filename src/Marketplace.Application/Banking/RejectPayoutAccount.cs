using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>An administrator does not believe that the account is whose it says.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record RejectPayoutAccount(Guid CommandId, PayoutAccountId Account, string Reason) : ICommandRequest;

internal sealed class RejectPayoutAccountHandler(Commands commands) : IRequestHandler<RejectPayoutAccount, Answer>
{
    public Task<Answer> Handle(RejectPayoutAccount request, CancellationToken cancellationToken) =>
        commands.Execute<IPayoutAccountGrain>(request, request.Account.Value, new Domain.Banking.RejectPayoutAccount(request.Reason));
}
