using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Payments;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Desks;

/// <summary>What waits for an administrator, each with its number; what is counted is listed elsewhere.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetAdministratorDesk : IQuery<AdministratorDesk>;

/// <param name="On">The local day of all that is said.</param>
/// <param name="ToVerify">Organisations that have registered and nobody has verified.</param>
/// <param name="StepsWaiting">Sums of which a step of the ladder waits for approval.</param>
/// <param name="PaymentsToApprove">Payments by bank that one or two persons have to approve.</param>
/// <param name="PaymentsApproved">Payments by bank that may go into a file.</param>
/// <param name="PayoutAccountsToVerify">Accounts of others that nobody has verified.</param>
/// <param name="LinesWaiting">Bookings of which a person has to say what they are.</param>
/// <param name="NoticesParked">Notices of payment providers that could not be worked off.</param>
/// <param name="OutcomesUnknown">Payments of which nobody knows what became.</param>
/// <param name="Quarantined">Work that failed too often.</param>
/// <param name="ReportsAtRisk">Agreements whose reports give reasons for doubt, peers left out.</param>
/// <param name="NoticesRunning">Results under public notice.</param>
/// <param name="NoticesObjected">Of those: somebody objects.</param>
/// <param name="Disputes">Agreements with an open dispute.</param>
/// <param name="DecisionsDue">Trials that end soon, and are not decided.</param>
/// <param name="Funnel">How far all agreements have come.</param>
public sealed record AdministratorDesk(
    DateOnly On,
    int ToVerify,
    int StepsWaiting,
    int PaymentsToApprove,
    int PaymentsApproved,
    int PayoutAccountsToVerify,
    int LinesWaiting,
    int NoticesParked,
    int OutcomesUnknown,
    int Quarantined,
    int ReportsAtRisk,
    int NoticesRunning,
    int NoticesObjected,
    int Disputes,
    int DecisionsDue,
    AgreementFunnel Funnel);

internal sealed class GetAdministratorDeskHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock) : IRequestHandler<GetAdministratorDesk, Result<AdministratorDesk>>
{
    public async Task<Result<AdministratorDesk>> Handle(GetAdministratorDesk request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        Task<int> Count<TRow>(System.Linq.Expressions.Expression<Func<TRow, bool>> which) where TRow : class, IReadRow => database.Of<TRow>().CountAsync(which, cancellationToken);
        return new AdministratorDesk(
            LocalTime.DateOf(clock.NowUtc),
            await Count<OrganisationRow>(o => o.Status == OrganisationStatus.Registered),
            await Count<ObligationRow>(o => o.StepsWaiting != null),
            await Count<BankPaymentRow>(p => p.Status == BankPaymentStatus.Ordered || p.Status == BankPaymentStatus.ApprovedOnce),
            await Count<BankPaymentRow>(p => p.Status == BankPaymentStatus.Approved),
            await Count<PayoutAccountRow>(a => a.Status == PayoutAccountStatus.Registered),
            await Count<BankLineRow>(l => l.Status == BankLineStatus.Proposed || l.Status == BankLineStatus.Parked),
            await Count<ProviderNoticeRow>(n => n.Status == NoticeStatus.Parked),
            await Count<PaymentIntentRow>(i => i.NextLookAtUtc != null && i.Status == IntentStatus.Unknown),
            await Count<DueWorkFailureRow>(f => f.QuarantinedAtUtc != null),
            await Count<ReportRiskRow>(r => r.Score > 0),
            await Count<ResultRow>(r => r.Status == ResultStatus.PublicNotice),
            await Count<ResultRow>(r => r.Status == ResultStatus.PublicNotice && r.OpenObjections > 0),
            await Count<AgreementRow>(a => a.State == AgreementState.Disputed),
            await Count<AgreementRow>(a => a.State == AgreementState.DecisionDue),
            await AgreementFunnel.Read(database, database.Of<AgreementRow>(), cancellationToken));
    }
}
