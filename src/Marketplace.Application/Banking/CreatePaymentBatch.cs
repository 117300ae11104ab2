using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Puts approved payments into one file for a bank.</summary>
/// <param name="From">The platform's account that pays: its currency decides which payments can go.</param>
/// <param name="Payments">Which; null: all that are approved, up to <see cref="BankTransferBatch.MaxOrders"/>.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate, Proven = true)]
public sealed record CreatePaymentBatch(Guid CommandId, BankAccountId From, DateOnly ExecuteOn, IReadOnlyList<PaymentIntentId>? Payments = null) : ICommandRequest;

internal sealed class CreatePaymentBatchHandler(Commands commands, SealPaymentBatches sealing, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<CreatePaymentBatch, Answer>
{
    public async Task<Answer> Handle(CreatePaymentBatch request, CancellationToken cancellationToken)
    {
        if (await commands.StateOf<IBankAccountGrain, OwnAccount>(request.From.Value) is not { IsOpen: true, Account: { } payer, Currency: { } currency })
        {
            return Refusal.Invalid("bank-account-unknown", "没有这个可付款的平台账户。", "The platform has no such account to pay from.", "from");
        }

        var id = Id.CreatedBy<PaymentBatchId>(request.CommandId).Value;
        var open = new OpenPaymentBatch(request.From, payer, request.ExecuteOn, await Approved(request.Payments, currency, cancellationToken));
        var answer = await commands.Execute<IPaymentBatchGrain>(request, id, open);
        if (answer is Accepted)
        {
            await sealing.Seal($"payment-batch/{id}", cancellationToken); // what it does not get done, the sweep does
        }

        return answer;
    }

    private async Task<IReadOnlyList<PaymentIntentId>> Approved(IReadOnlyList<PaymentIntentId>? asked, Currency currency, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var approved = await database.Of<BankPaymentRow>()
            .Where(p => p.Status == BankPaymentStatus.Approved && p.Currency == currency.Code)
            .OrderBy(p => p.Intent)
            .Select(p => p.Intent)
            .Take(BankTransferBatch.MaxOrders)
            .ToListAsync(cancel);
        return [.. approved.Select(PaymentIntentId.Wrap).Where(p => asked is null || asked.Contains(p))];
    }
}
