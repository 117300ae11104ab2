using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Orleans;

namespace Marketplace.Application.Banking;

/// <summary>
/// Puts the payments of opened batches into their files: each says for itself whether it goes, and in one file only. Killed anywhere, the next run
/// asks again, and those that are in already say so.
/// </summary>
public sealed class SealPaymentBatches(IGrainFactory grains)
{
    /// <summary>Finishes one batch.</summary>
    /// <param name="stream"><c>payment-batch/pab_…</c>, as in the due-work table.</param>
    public async Task<Answer> Seal(string stream, CancellationToken cancel = default)
    {
        var id = PaymentBatchId.Wrap(StreamDirectory.IdOf(stream));
        var grain = grains.GetGrain<IPaymentBatchGrain>(id.Value);
        var batch = await grain.State();
        if (batch.Status != PaymentBatchStatus.Open)
        {
            return new Accepted(id.Value, 0);
        }

        var orders = new List<BankTransferOrder>(batch.Asked.Count);
        foreach (var asked in batch.Asked)
        {
            cancel.ThrowIfCancellationRequested();
            var payment = grains.GetGrain<IBankPaymentGrain>(asked.Value);
            if (await Execute(payment, DerivedId.Guid(id.Value, asked.Value), new ExportBankPayment(id)) is Refused { Refusal: var refusal } && refusal.Code == Refusals.Contended.Code)
            {
                return refusal;
            }

            if (await payment.State() is { Order: { } order } state && state.Batch == id)
            {
                orders.Add(new BankTransferOrder(order.EndToEndId, batch.ExecuteOn, order.Amount, order.Payee, $"{order.EndToEndId} {(order.Kind == IntentKind.Refund ? "退款" : "许可收益")}"));
            }
        }

        return await Execute(grain, DerivedId.Guid(id.Value, "seal"), new SealPaymentBatch(orders));
    }

    private static Task<Answer> Execute(IJournaledGrain grain, Guid command, object content) =>
        grain.Execute(CommandEnvelope.BySystem(command, content));
}
