namespace Marketplace.Domain.Banking;

/// <summary>What an administrator has said of a bank's columns; the latest counts for files that come from now on.</summary>
public sealed record KeptCsvMapping(CsvMapping? Mapping);

public abstract record CsvMappingCommand;

public sealed record SaveCsvMapping(CsvMapping Mapping) : CsvMappingCommand;

public abstract record CsvMappingEvent;

public sealed record CsvMappingSaved(CsvMapping Mapping, DateOnly On) : CsvMappingEvent;

public sealed class CsvMappingRules : IAggregate<KeptCsvMapping, CsvMappingCommand, CsvMappingEvent>
{
    private CsvMappingRules() { }

    public static KeptCsvMapping Initial { get; } = new((CsvMapping?)null);

    public static Result<IReadOnlyList<CsvMappingEvent>> Decide(KeptCsvMapping state, CsvMappingCommand command, CommandContext context) => command switch
    {
        SaveCsvMapping c => (Authority.AdministratorOnly(context.Actor) ?? c.Mapping.Check()) is { } refusal
            ? refusal
            : Result<IReadOnlyList<CsvMappingEvent>>.Of([new CsvMappingSaved(c.Mapping, context.Today)]),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static KeptCsvMapping Apply(KeptCsvMapping state, CsvMappingEvent happened) => happened switch
    {
        CsvMappingSaved e => new KeptCsvMapping(e.Mapping),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };
}
