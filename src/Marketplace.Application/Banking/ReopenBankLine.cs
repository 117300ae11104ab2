using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>A booking was ignored or called other business by mistake: it waits for a person again.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record ReopenBankLine(Guid CommandId, BankLineId Line, string Reason) : ICommandRequest;

internal sealed class ReopenBankLineHandler(Commands commands) : IRequestHandler<ReopenBankLine, Answer>
{
    public Task<Answer> Handle(ReopenBankLine request, CancellationToken cancellationToken) =>
        commands.Execute<IBankLineGrain>(request, request.Line.Value, new Domain.Banking.ReopenBankLine(request.Reason));
}
