using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Records;

/// <summary>Who did what, newest first: everything that was ever decided stands in the journal, and nothing can be taken out of it.</summary>
/// <param name="Stream">Beginning of the name of the thing: <c>agreement/</c>, <c>agreement/agr_…</c>.</param>
/// <param name="Type">Wire name of what happened: <c>receipt-recorded</c>.</param>
/// <param name="Who">Stands in who asked: a role, an organisation, a person; as it is written there.</param>
/// <param name="From">First day, in Tianjin.</param>
/// <param name="Until">Last day, in Tianjin.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record SearchRecords(
    string? Stream = null, string? Type = null, string? Who = null, DateOnly? From = null, DateOnly? Until = null, string? After = null, int Limit = 50) : IQuery<Page<RecordLine>>;

/// <param name="Actor">Role, organisation and person: <c>Lab:org_…:psn_…</c>.</param>
public sealed record RecordLine(string Stream, long Version, string Type, string Actor, DateTimeOffset RecordedAtUtc)
{
    internal static RecordLine Of(RecordedEvent stored) => new(stored.Stream, stored.Version, stored.Type, stored.Actor, stored.RecordedAtUtc);
}

internal sealed class SearchRecordsHandler(IJournal journal) : IRequestHandler<SearchRecords, Result<Page<RecordLine>>>
{
    private const int MaxCharacters = 200;

    public async Task<Result<Page<RecordLine>>> Handle(SearchRecords request, CancellationToken cancellationToken)
    {
        JournalPosition? before = null;
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        if (new[] { request.Stream, request.Type, request.Who }.Any(t => t is { Length: 0 or > MaxCharacters } || t?.Any(c => c is < ' ' or > '~') == true))
        {
            return Refusal.Invalid("search-malformed", $"查询内容应为 1 至 {MaxCharacters} 个 ASCII 字符。", $"What is looked for has 1 to {MaxCharacters} ASCII characters.");
        }

        if (request.After is { } after)
        {
            if (!TryParse(after, out var position))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            before = position;
        }

        var found = await journal.Search(
            new JournalSearch(
                request.Stream, request.Type, request.Who,
                request.From is { } from ? LocalTime.StartOf(from) : null, request.Until is { } until ? LocalTime.StartOf(until.AddDays(1)) : null, before),
            request.Limit + 1, cancellationToken);
        return new Page<RecordLine>(
            [.. found.Take(request.Limit).Select(RecordLine.Of)], found.Count > request.Limit ? Write(found[request.Limit - 1].Position) : null);
    }

    private static string Write(JournalPosition position) => string.Create(CultureInfo.InvariantCulture, $"{position.Epoch}-{position.Offset}");

    private static bool TryParse(string text, out JournalPosition position)
    {
        var parts = text.Split('-');
        position = parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                ? new JournalPosition(epoch, offset)
                : default;
        return position != default;
    }
}
