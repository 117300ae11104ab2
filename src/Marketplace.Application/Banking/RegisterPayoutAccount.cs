using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>An organisation says on which account it wants to be paid, a laboratory also on which its inventors are; an administrator verifies it.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, For = Duty.Finance, Proven = true)]
public sealed record RegisterPayoutAccount(Guid CommandId, BankAccount Account) : ICommandRequest;

internal sealed class RegisterPayoutAccountHandler(Commands commands) : IRequestHandler<RegisterPayoutAccount, Answer>
{
    public Task<Answer> Handle(RegisterPayoutAccount request, CancellationToken cancellationToken) => commands.Execute<IPayoutAccountGrain>(
        request, Id.CreatedBy<PayoutAccountId>(request.CommandId).Value, new Domain.Banking.RegisterPayoutAccount(commands.OwnOrganisation, request.Account));
}
