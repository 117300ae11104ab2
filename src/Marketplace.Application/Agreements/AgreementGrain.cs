using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Agreements;

[Stream("agreement")]
public interface IAgreementGrain : IJournaledGrain<Agreement>;

internal sealed class AgreementGrain(Surroundings around)
    : JournaledGrain<Agreement, AgreementCommand, AgreementEvent, AgreementRules>(around), IAgreementGrain
{
    protected override IEnumerable<IReadRow> Rows(Agreement state) => AgreementRows.Of(state);

    protected override IEnumerable<Entry> EntriesOf(AgreementEvent happened) => AgreementPostings.EntriesFor(happened);

    protected override AgreementCommand WhenDue(string purpose) => purpose switch
    {
        DueWork.Obligations => new EnforceDue(WakePurpose.Obligations),
        DueWork.Trial => new EnforceDue(WakePurpose.Trial),
        _ => base.WhenDue(purpose),
    };
}
