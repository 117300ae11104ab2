using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>It moved, and belongs to no agreement: the bank's fee or interest, money sent by mistake.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record MarkBankLineOther(Guid CommandId, BankLineId Line, string Reason) : ICommandRequest;

internal sealed class MarkBankLineOtherHandler(Commands commands) : IRequestHandler<MarkBankLineOther, Answer>
{
    public Task<Answer> Handle(MarkBankLineOther request, CancellationToken cancellationToken) =>
        commands.Execute<IBankLineGrain>(request, request.Line.Value, new Domain.Banking.MarkBankLineOther(request.Reason));
}
