using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Policy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Policy;

/// <summary>What looks odd among the agreements in effect: advice, from which nothing follows by itself.</summary>
/// <param name="Kind">Only this one.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListAnomalyFlags(AnomalyKind? Kind = null) : IQuery<AnomalyReport>;

/// <param name="Examined">How many agreements were looked at.</param>
/// <param name="Flags">By agreement.</param>
/// <param name="NotExamined">What nobody should take an empty list for.</param>
/// <param name="Subjects">What the flagged agreements are about, by id.</param>
public sealed record AnomalyReport(
    int Examined, IReadOnlyList<AnomalyFlag> Flags, IReadOnlyList<BilingualText> NotExamined, IReadOnlyDictionary<AgreementId, FlaggedAgreement> Subjects);

public sealed record FlaggedAgreement(BilingualText ResultTitle, BilingualText LabName, BilingualText CompanyName);

internal sealed class ListAnomalyFlagsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListAnomalyFlags, Result<AnomalyReport>>
{
    public async Task<Result<AnomalyReport>> Handle(ListAnomalyFlags request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<AgreementFiguresRow>().ToListAsync(cancellationToken); // first: what they name is there by then
        var parties = await database.Of<OrganisationRow>()
            .ToDictionaryAsync(o => o.Organisation, o => new ExaminedParty(new(o.NameZh, o.NameEn), o.Uscc, o.ContactMail), cancellationToken);
        var results = await database.Of<ResultRow>().Select(r => new { r.Result, r.Field, r.TitleZh, r.TitleEn }).ToDictionaryAsync(r => r.Result, cancellationToken);
        var all = Anomalies.In([.. rows.Select(r => new ExaminedAgreement(r.Figures(), results[r.Result].Field, parties[r.Lab], parties[r.Company]))], AnomalyLimits.Standard);
        AnomalyFlag[] flags = [.. all.Where(f => request.Kind is null || f.Kind == request.Kind)];
        var named = flags.SelectMany(f => f.Others.Prepend(f.Agreement)).Select(a => a.Value).ToHashSet(StringComparer.Ordinal);
        return new AnomalyReport(
            rows.Count, flags, Anomalies.NotExamined,
            rows.Where(r => named.Contains(r.Agreement)).ToDictionary(
                r => AgreementId.Wrap(r.Agreement),
                r => new FlaggedAgreement(new(results[r.Result].TitleZh, results[r.Result].TitleEn), parties[r.Lab].Name, parties[r.Company].Name)));
    }
}
