using Marketplace.Application.Json;
using Marketplace.Application.LabResults;
using Marketplace.Application.Needs;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Journal;

namespace Marketplace.Application.Notices;

/// <summary>
/// When a result is listed or offered, the companies whose needs it fits well are told; when a need is published or changed, the laboratories whose
/// results fit it. Each side once for each need and result, however often either changes.
/// </summary>
public sealed class TellMatches(NeedMatching matching)
{
    /// <summary>Needs that are told of one result, and results that are looked at for one need: what is beyond is found on the pages.</summary>
    private const int Most = 50;

    /// <param name="kind">Of the stream, with what its key is.</param>
    internal async Task<IReadOnlyList<ToTell>> Of(RecordedEvent stored, string key, object happened, CancellationToken cancel) => happened switch
    {
        ResultListed or ResultResumed => await OfResult(stored, LabResultId.Wrap(key), cancel),
        OfferMade offered => await OfResult(stored, offered.ResultId, cancel),
        NeedPublished published => await OfNeed(stored, NeedId.Wrap(key), published.Content, cancel),
        NeedChanged changed => await OfNeed(stored, NeedId.Wrap(key), changed.Content, cancel),
        _ => [],
    };

    private async Task<IReadOnlyList<ToTell>> OfResult(RecordedEvent stored, LabResultId result, CancellationToken cancel)
    {
        var (row, matches) = await matching.NeedsFor(result, Most, cancel);
        return row is null ? [] :
        [
            .. matches.Where(m => m.Match.IsGood).Select(m => Told(
                stored, MatchFound.ForCompany, m.Need.Company, new(m.Need.TitleZh, m.Need.TitleEn), new MatchFound(NeedId.Wrap(m.Need.Need), result, new(row.TitleZh, row.TitleEn), m.Match.Score))),
        ];
    }

    /// <summary>Of several results of one laboratory, the best.</summary>
    private async Task<IReadOnlyList<ToTell>> OfNeed(RecordedEvent stored, NeedId need, NeedContent content, CancellationToken cancel) =>
    [
        .. (await matching.ResultsFor(content, null, Most, cancel)).Where(m => m.Match.IsGood).DistinctBy(m => m.Result.Lab).Select(m => Told(
            stored, MatchFound.ForLab, m.Result.Lab, content.Title, new MatchFound(need, LabResultId.Wrap(m.Result.Result), Title(m.Result), m.Match.Score))),
    ];

    private static BilingualText Title(ResultRow row) => new(row.TitleZh, row.TitleEn);

    private static ToTell Told(RecordedEvent stored, string type, string team, BilingualText need, MatchFound found) => new(
        new NoticeHappening
        {
            Source = $"{type}/{found.Need}/{found.Result}",
            Type = type,
            Topic = NoticeTopic.Needs,
            SubjectZh = need.Zh,
            SubjectEn = need.En,
            Body = CanonicalJson.Write(found),
            AtUtc = stored.RecordedAtUtc.UtcDateTime,
        },
        [new TeamReaders(team, Duty.Negotiate)], [], By: null);
}
