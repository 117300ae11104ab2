using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>Nothing is paid from it any more; its last statements are still taken.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record CloseBankAccount(Guid CommandId, BankAccountId Account, string Reason) : ICommandRequest;

internal sealed class CloseBankAccountHandler(Commands commands) : IRequestHandler<CloseBankAccount, Answer>
{
    public Task<Answer> Handle(CloseBankAccount request, CancellationToken cancellationToken) =>
        commands.Execute<IBankAccountGrain>(request, request.Account.Value, new Domain.Banking.CloseBankAccount(request.Reason));
}
