using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by <see cref="BankStatementId"/>.</summary>
[Stream("bank-statement")]
public interface IBankStatementGrain : IJournaledGrain<BankStatement>;

internal sealed class BankStatementGrain(Surroundings around)
    : JournaledGrain<BankStatement, BankStatementCommand, BankStatementEvent, BankStatementRules>(around), IBankStatementGrain
{
    protected override IEnumerable<IReadRow> Rows(BankStatement state) => BankStatementRow.Of(Key, state);
}
