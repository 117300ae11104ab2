using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>An administrator has seen that the account is whose it says.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record VerifyPayoutAccount(Guid CommandId, PayoutAccountId Account) : ICommandRequest;

internal sealed class VerifyPayoutAccountHandler(Commands commands) : IRequestHandler<VerifyPayoutAccount, Answer>
{
    public Task<Answer> Handle(VerifyPayoutAccount request, CancellationToken cancellationToken) =>
        commands.Execute<IPayoutAccountGrain>(request, request.Account.Value, new Domain.Banking.VerifyPayoutAccount());
}
