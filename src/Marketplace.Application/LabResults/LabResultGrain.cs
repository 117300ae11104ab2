using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.LabResults;

namespace Marketplace.Application.LabResults;

[Stream("result")]
public interface ILabResultGrain : IJournaledGrain<LabResultState>;

internal sealed class LabResultGrain(Surroundings around)
    : JournaledGrain<LabResultState, LabResultCommand, LabResultEvent, LabResult>(around), ILabResultGrain
{
    protected override IEnumerable<IReadRow> Rows(LabResultState state) => ResultRow.Of(Key, state);

    protected override LabResultCommand WhenDue(string purpose) => purpose == DueWork.Notice ? new CloseNotice() : base.WhenDue(purpose);
}
