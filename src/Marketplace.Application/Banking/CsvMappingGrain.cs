using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Banking;

namespace Marketplace.Application.Banking;

/// <summary>Keyed by <see cref="CsvMappingId"/>.</summary>
[Stream("csv-mapping")]
public interface ICsvMappingGrain : IJournaledGrain<KeptCsvMapping>;

internal sealed class CsvMappingGrain(Surroundings around)
    : JournaledGrain<KeptCsvMapping, CsvMappingCommand, CsvMappingEvent, CsvMappingRules>(around), ICsvMappingGrain
{
    protected override IEnumerable<IReadRow> Rows(KeptCsvMapping state) => CsvMappingRow.Of(Key, state);
}
