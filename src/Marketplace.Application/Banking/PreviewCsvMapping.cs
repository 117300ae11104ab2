using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>What a mapping reads in the beginning of a bank's file. Nothing is written.</summary>
/// <param name="Sample">At most <see cref="MaxBytes"/>: the file as the bank gave it, or its first lines.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record PreviewCsvMapping(CsvMapping Mapping, byte[] Sample) : IQuery<StatementPreview>
{
    public const int MaxBytes = 256 * 1024;
}

/// <param name="Lines">The first ones.</param>
/// <param name="Count">How many the sample has.</param>
public sealed record StatementPreview(IReadOnlyList<StatementEntry> Lines, int Count);

internal sealed class PreviewCsvMappingHandler(IStatementReader reader) : IRequestHandler<PreviewCsvMapping, Result<StatementPreview>>
{
    private const int MostLines = 10;

    public async Task<Result<StatementPreview>> Handle(PreviewCsvMapping request, CancellationToken cancellationToken)
    {
        if (request.Sample.Length is 0 or > PreviewCsvMapping.MaxBytes)
        {
            return Refusal.Invalid("sample-size", "请提供样本，至多 256 KB。", "Give a sample of at most 256 KB.", "sample");
        }

        using var sample = new MemoryStream(request.Sample, writable: false);
        var read = await reader.Check(sample, request.Mapping, cancellationToken);
        if (read.Refusal is { } refusal)
        {
            return refusal.Field == "file" ? refusal with { Field = "sample" } : refusal;
        }

        sample.Position = 0;
        var lines = new List<StatementEntry>();
        await foreach (var line in reader.Read(sample, request.Mapping, cancellationToken))
        {
            lines.Add(line.Entry);
            if (lines.Count == MostLines)
            {
                break;
            }
        }

        return new StatementPreview(lines, read.Value.Entries);
    }
}
