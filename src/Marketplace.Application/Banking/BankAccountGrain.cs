using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by <see cref="BankAccountId"/>.</summary>
[Stream("bank-account")]
public interface IBankAccountGrain : IJournaledGrain<OwnAccount>;

internal sealed class BankAccountGrain(Surroundings around) : JournaledGrain<OwnAccount, OwnAccountCommand, OwnAccountEvent, OwnAccountRules>(around), IBankAccountGrain
{
    protected override IEnumerable<IReadRow> Rows(OwnAccount state) => BankAccountRow.Of(Key, state);
}
