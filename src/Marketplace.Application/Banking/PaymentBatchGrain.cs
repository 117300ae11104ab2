using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by <see cref="PaymentBatchId"/>.</summary>
[Stream("payment-batch")]
public interface IPaymentBatchGrain : IJournaledGrain<PaymentBatch>;

internal sealed class PaymentBatchGrain(Surroundings around)
    : JournaledGrain<PaymentBatch, PaymentBatchCommand, PaymentBatchEvent, PaymentBatchRules>(around), IPaymentBatchGrain
{
    protected override IEnumerable<IReadRow> Rows(PaymentBatch state) => PaymentBatchRow.Of(Key, state);
}
