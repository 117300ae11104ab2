using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by <see cref="PayoutAccountId"/>.</summary>
[Stream("payout-account")]
public interface IPayoutAccountGrain : IJournaledGrain<PayoutAccount>;

internal sealed class PayoutAccountGrain(Surroundings around)
    : JournaledGrain<PayoutAccount, PayoutAccountCommand, PayoutAccountEvent, PayoutAccountRules>(around), IPayoutAccountGrain
{
    protected override IEnumerable<IReadRow> Rows(PayoutAccount state) => PayoutAccountRow.Of(Key, state);
}
