using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>Registers one of the platform's own accounts. Its id follows from number and currency, so it is registered once.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record RegisterBankAccount(Guid CommandId, BankAccount Account, Currency Currency) : ICommandRequest;

internal sealed class RegisterBankAccountHandler(Commands commands) : IRequestHandler<RegisterBankAccount, Answer>
{
    public async Task<Answer> Handle(RegisterBankAccount request, CancellationToken cancellationToken) => request.Currency == default
        ? Refusal.Invalid("currency-missing", "请注明币种。", "Name the currency.", "currency")
        : await commands.Execute<IBankAccountGrain>(
            request, BankAccountId.For(new StatementAccount(request.Account.Number, request.Currency)).Value, new Domain.Banking.RegisterBankAccount(request.Account, request.Currency));
}
