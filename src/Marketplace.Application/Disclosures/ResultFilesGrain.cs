using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Disclosures;

namespace Marketplace.Application.Disclosures;

/// <summary>Keyed by the result: a stream beside its own, so that files can come and go whatever stage it is in, and its rules know nothing of them.</summary>
[Stream("result-files")]
public interface IResultFilesGrain : IJournaledGrain<ResultFilesState>;

internal sealed class ResultFilesGrain(Surroundings around)
    : JournaledGrain<ResultFilesState, ResultFilesCommand, ResultFilesEvent, ResultFiles>(around), IResultFilesGrain
{
    protected override IEnumerable<IReadRow> Rows(ResultFilesState state) => [];
}
