using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>How much the sales reports of an agreement deserve a second look, and why; for its lab and administrators. Advice: nothing follows from it.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetReportRisk(AgreementId Agreement) : IQuery<ReportRisk>;

internal sealed class GetReportRiskHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<GetReportRisk, Result<ReportRisk>>
{
    public async Task<Result<ReportRisk>> Handle(GetReportRisk request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var agreement = visible.Value;
        return ReportRisk.Of(agreement, RiskWeights.Current, agreement.Reports.Count == 0 ? null : await PeersOf(agreement, cancellationToken));
    }

    private async Task<PeerSales?> PeersOf(Agreement agreement, CancellationToken cancel)
    {
        var field = (await commands.StateOf<ILabResultGrain, LabResultState>(agreement.Result.Value)).Content!.Field;
        await using var database = await reads.CreateDbContextAsync(cancel);
        var peers = await ReportPeers.Read(database, field, cancel);
        return peers.Of(agreement.Id.Value, field, agreement.Terms.Currency.Code, ReportRisk.MedianMonthlyNetMinor(agreement));
    }
}
