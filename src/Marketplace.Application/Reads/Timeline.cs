using System.Text.Json;
using Marketplace.Journal;

namespace Marketplace.Application.Reads;

/// <summary>One event of a stream, as its people may read it.</summary>
/// <param name="Type">Wire name of the event.</param>
/// <param name="Actor">Who asked: <c>Lab:org_…:person</c>.</param>
/// <param name="Hash">Hexadecimal; covers the event, its postings and everything before it.</param>
public sealed record TimelineEntry(
    long Version, DateTimeOffset RecordedAtUtc, string Actor, string Type, JsonElement Body, IReadOnlyList<Posting> Postings, string Hash);

public static class Timeline
{
    /// <summary>All events of a stream, oldest first. The caller has asked whether the reader may see it.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>> TimelineOf(this IJournal journal, string stream, CancellationToken cancel)
    {
        var entries = new List<TimelineEntry>();
        await foreach (var e in journal.ReadStream(stream, cancel))
        {
            entries.Add(new TimelineEntry(
                e.Version, e.RecordedAtUtc, e.Actor, e.Type, JsonElement.Parse(e.Body), e.Postings, Convert.ToHexStringLower(e.Hash.Span)));
        }

        return entries;
    }
}
