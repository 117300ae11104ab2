using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by <see cref="BankLineId"/>.</summary>
[Stream("bank-line")]
public interface IBankLineGrain : IJournaledGrain<BankLine>;

internal sealed class BankLineGrain(Surroundings around) : JournaledGrain<BankLine, BankLineCommand, BankLineEvent, BankLineRules>(around), IBankLineGrain
{
    protected override IEnumerable<IReadRow> Rows(BankLine state) => BankLineRow.Of(Key, state);

    protected override IEnumerable<Entry> EntriesOf(BankLineEvent happened) => BankLineRules.EntriesFor(happened);

    /// <summary>Most bookings come once, and a statement brings many: asking for each whether it is there costs as much as recording it.</summary>
    protected override bool BeginsStream(BankLineCommand command) => command is RecordBankLine;

    /// <summary>A statement brings more lines than there is memory for, and each is asked for a few times in its life.</summary>
    protected override void Believed(BankLine state, long version) => DeactivateOnIdle();
}
