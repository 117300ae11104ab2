using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>It is no movement of its own: the same booking came in another format. What its record had added to the account is taken back.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record IgnoreBankLine(Guid CommandId, BankLineId Line, string Reason) : ICommandRequest;

internal sealed class IgnoreBankLineHandler(Commands commands) : IRequestHandler<IgnoreBankLine, Answer>
{
    public Task<Answer> Handle(IgnoreBankLine request, CancellationToken cancellationToken) =>
        commands.Execute<IBankLineGrain>(request, request.Line.Value, new Domain.Banking.IgnoreBankLine(request.Reason));
}
