using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>An administrator says what a booking is: money for an agreement, an earlier receipt that goes back, or a payment of ours. One of the three is named.</summary>
/// <param name="Agreement">Whose receipt it is, whatever was proposed.</param>
/// <param name="Of">The earlier booking that it takes back.</param>
/// <param name="Payment">Of ours, which it makes when it is a debit, and returns when it is a credit.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record PostBankLine(Guid CommandId, BankLineId Line, AgreementId? Agreement = null, BankLineId? Of = null, PaymentIntentId? Payment = null) : ICommandRequest;

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
            case { Agreement: { } agreement, Of: null, Payment: null }:
                return (await commands.StateOf<IAgreementGrain, Agreement>(agreement.Value)).Stage == Stage.None
                    ? Refusal.Invalid("agreement-unknown", "没有这份合同。", "There is no such agreement.", "agreement")
                    : new BankLineTarget(BankLineUse.Receipt, agreement);
            case { Agreement: null, Of: { } of, Payment: null }:
                return await commands.StateOf<IBankLineGrain, BankLine>(of.Value) is { Status: BankLineStatus.Posted, Target: { Use: BankLineUse.Receipt } received }
                    ? new BankLineTarget(BankLineUse.Reversal, received.Agreement, of)
                    : Refusal.Invalid("receipt-unknown", "原流水不是已入账的收款。", "The earlier booking is no receipt that was posted.", "of");
            case { Agreement: null, Of: null, Payment: { } payment }:
                return (await commands.StateOf<IBankPaymentGrain, BankPayment>(payment.Value)).Status == BankPaymentStatus.Exported
                    ? new BankLineTarget(
                        (await commands.StateOf<IBankLineGrain, BankLine>(request.Line.Value)).Entry is { IsCredit: true } ? BankLineUse.PaymentReturned : BankLineUse.PaymentMade, Payment: payment)
                    : Refusal.Invalid("bank-payment-not-sent", "该付款不在等待银行结果的状态。", "No bank has this payment, or it is concluded.", "payment");
            default:
                return Refusal.Invalid("bank-line-target", "请指明合同、原流水或付款之一。", "Name the agreement, the earlier booking or the payment.", "agreement");
        }
    }
}
