using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Agreements;

/// <summary>Keyed by the agreement.</summary>
[Stream("report-draft")]
public interface IReportDraftGrain : IJournaledGrain<ReportDraftState>;

internal sealed class ReportDraftGrain(Surroundings around)
    : JournaledGrain<ReportDraftState, ReportDraftCommand, ReportDraftEvent, ReportDraft>(around), IReportDraftGrain
{
    protected override IEnumerable<IReadRow> Rows(ReportDraftState state) => [];
}
