using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>What a batch's file is written from: the same bytes whenever it is asked for.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetPaymentBatchFile(PaymentBatchId Batch, PaymentFileFormat Format = PaymentFileFormat.Pain001) : IQuery<PaymentBatchFile>;

public enum PaymentFileFormat
{
    /// <summary>ISO 20022 pain.001.</summary>
    Pain001,

    Csv,
}

public sealed record PaymentBatchFile(PaymentBatchId Batch, PaymentFileFormat Format, BankTransferBatch Orders);

internal sealed class GetPaymentBatchFileHandler(Commands commands) : IRequestHandler<GetPaymentBatchFile, Result<PaymentBatchFile>>
{
    public async Task<Result<PaymentBatchFile>> Handle(GetPaymentBatchFile request, CancellationToken cancellationToken) =>
        await commands.StateOf<IPaymentBatchGrain, PaymentBatch>(request.Batch.Value) switch
        {
            { Status: PaymentBatchStatus.None } => Refusal.NotFound(),
            { Status: PaymentBatchStatus.Sealed, Orders.Count: > 0 } batch => new PaymentBatchFile(request.Batch, request.Format, batch.FileOf(request.Batch)),
            { Status: PaymentBatchStatus.Sealed } => Refusal.State("payment-batch-empty", "该批次没有付款。", "There is no payment in this batch."),
            _ => Refusal.State("payment-batch-unsealed", "该批次尚未封存，请稍后重试。", "This batch is not finished yet: try again."),
        };
}
