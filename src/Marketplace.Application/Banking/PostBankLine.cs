using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>An administrator says what a booking is: money for an agreement, or an earlier receipt that goes back. One of the two is named.</summary>
/// <param name="Agreement">Whose receipt it is, whatever was proposed.</param>
/// <param name="Of">The earlier booking that it takes back.</param>
[MayAsk(ActorRole.Administrator)]
public sealed record PostBankLine(Guid CommandId, BankLineId Line, AgreementId? Agreement = null, BankLineId? Of = null) : ICommandRequest;

internal sealed class PostBankLineHandler(Commands commands, MatchBankLines matching) : IRequestHandler<PostBankLine, Answer>
{
    public async Task<Answer> Handle(PostBankLine request, CancellationToken cancellationToken)
    {
        var target = await TargetOf(request);
        if (target.Refusal is { } refusal)
        {
            return refusal;
        }

        var answer = await commands.Execute<IBankLineGrain>(request, request.Line.Value, new AssignBankLine(target.Value));
        if (answer is Accepted)
        {
            await matching.WorkOff($"bank-line/{request.Line}", cancellationToken); // what it does not get done, the sweep does
        }

        return answer;
    }

    private async Task<Result<BankLineTarget>> TargetOf(PostBankLine request)
    {
        switch (request)
        {
            case { Agreement: { } agreement, Of: null }:
                return (await commands.StateOf<IAgreementGrain, Agreement>(agreement.Value)).Stage == Stage.None
                    ? Refusal.Invalid("agreement-unknown", "没有这份合同。", "There is no such agreement.", "agreement")
                    : new BankLineTarget(BankLineUse.Receipt, agreement);
            case { Agreement: null, Of: { } of }:
                return await commands.StateOf<IBankLineGrain, BankLine>(of.Value) is { Status: BankLineStatus.Posted, Target: { Use: BankLineUse.Receipt } received }
                    ? new BankLineTarget(BankLineUse.Reversal, received.Agreement, of)
                    : Refusal.Invalid("receipt-unknown", "原流水不是已入账的收款。", "The earlier booking is no receipt that was posted.", "of");
            default:
                return Refusal.Invalid("bank-line-target", "请指明合同或原流水之一。", "Name the agreement or the earlier booking.", "agreement");
        }
    }
}
