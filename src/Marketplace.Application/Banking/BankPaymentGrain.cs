using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by the id of the intent.</summary>
[Stream("bank-payment")]
public interface IBankPaymentGrain : IJournaledGrain<BankPayment>;

internal sealed class BankPaymentGrain(Surroundings around)
    : JournaledGrain<BankPayment, BankPaymentCommand, BankPaymentEvent, BankPaymentRules>(around), IBankPaymentGrain
{
    protected override IEnumerable<IReadRow> Rows(BankPayment state) => BankPaymentRow.Of(state);
}
