using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Agreements whose sales reports give reasons for doubt, the highest score first. Says what to look at, and decides nothing.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListReportsAtRisk(string? After = null, int Limit = 50) : IQuery<Page<ReportsAtRisk>>;

/// <param name="Score">0 to 1000, peers included.</param>
public sealed record ReportsAtRisk(
    AgreementId Agreement, BilingualText ResultTitle, BilingualText LabName, BilingualText CompanyName, int Reports, int Score, IReadOnlyList<RiskReasonKind> Reasons);

internal sealed class ListReportsAtRiskHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListReportsAtRisk, Result<Page<ReportsAtRisk>>>
{
    private sealed record Known(ReportRiskRow Risk, TechnologyField Field);

    public async Task<Result<Page<ReportsAtRisk>>> Handle(ListReportsAtRisk request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        (int Score, string Agreement)? after = null;
        if (request.After is not null)
        {
            if (request.After.Split('-') is not [var score, var id] || !int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Id.TryParse<AgreementId>(id, out _))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            after = (number, id);
        }

        // What peers add to a score depends on all of them, so the order is made here and not by the database.
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var peers = await ReportPeers.Read(database, field: null, cancellationToken);
        var known = await database.Of<ReportRiskRow>()
            .Join(database.Of<ResultRow>(), r => r.Result, r => r.Result, (risk, result) => new Known(risk, result.Field))
            .ToListAsync(cancellationToken);
        var read = known
            .Select(k => (k.Risk, Reasons: ReasonsOf(k, peers)))
            .Select(k => (k.Risk, k.Reasons, Score: ReportRisk.ScoreOf(k.Reasons.Sum(r => RiskWeights.Current.Points[r]))))
            .Where(k => k.Score > 0)
            .OrderByDescending(k => k.Score).ThenBy(k => k.Risk.Agreement, StringComparer.Ordinal)
            .Where(k => after is not { } a || k.Score < a.Score || (k.Score == a.Score && string.CompareOrdinal(k.Risk.Agreement, a.Agreement) > 0))
            .Take(request.Limit + 1)
            .ToList();
        var names = await NamesOf(database, [.. read.Select(r => r.Risk.Agreement)], cancellationToken);
        ReportsAtRisk[] cards =
        [
            .. read.Select(r => (r, Named: names[r.Risk.Agreement])).Select(x => new ReportsAtRisk(
                AgreementId.Wrap(x.r.Risk.Agreement), x.Named.Result, x.Named.Lab, x.Named.Company, x.r.Risk.Reports, x.r.Score, x.r.Reasons)),
        ];
        return Page<ReportsAtRisk>.Of(cards, request.Limit, card => string.Create(CultureInfo.InvariantCulture, $"{card.Score}-{card.Agreement}"));
    }

    private static RiskReasonKind[] ReasonsOf(Known known, ReportPeers peers)
    {
        var (risk, own) = (known.Risk, known.Risk.Reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RiskReasonKind>));
        var isLow = peers.Of(risk.Agreement, known.Field, risk.Currency, risk.MonthlyNetMinor)?.Exceed(risk.MonthlyNetMinor!.Value, RiskWeights.Current) == true;
        return [.. own, .. isLow ? new[] { RiskReasonKind.BelowPeers } : []];
    }

    private static async Task<Dictionary<string, (BilingualText Result, BilingualText Lab, BilingualText Company)>> NamesOf(
        MarketplaceReads database, string[] agreements, CancellationToken cancel)
    {
        var named = await database.Of<ReportRiskRow>().Where(r => agreements.Contains(r.Agreement))
            .Join(database.Of<ResultRow>(), r => r.Result, r => r.Result, (r, result) => new { Risk = r, Result = result })
            .Join(database.Of<OrganisationRow>(), r => r.Risk.Lab, o => o.Organisation, (r, lab) => new { r.Risk, r.Result, Lab = lab })
            .Join(
                database.Of<OrganisationRow>(), r => r.Risk.Company, o => o.Organisation,
                (r, company) => new { r.Risk.Agreement, r.Result.TitleZh, r.Result.TitleEn, LabZh = r.Lab.NameZh, LabEn = r.Lab.NameEn, company.NameZh, company.NameEn })
            .ToListAsync(cancel);
        return named.ToDictionary(
            n => n.Agreement, n => (new BilingualText(n.TitleZh, n.TitleEn), new BilingualText(n.LabZh, n.LabEn), new BilingualText(n.NameZh, n.NameEn)), StringComparer.Ordinal);
    }
}
