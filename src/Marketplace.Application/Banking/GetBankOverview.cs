using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>The platform's own accounts as their newest statements leave them, and how much waits for a person.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetBankOverview : IQuery<BankOverview>;

/// <param name="Accounts">By id, the first hundred; closed ones too.</param>
/// <param name="LinesWaiting">Bookings of which a person has to say what they are.</param>
/// <param name="PaymentsWaiting">Payments that one or two administrators have to approve.</param>
/// <param name="PaymentsApproved">Payments that may go into a file.</param>
/// <param name="PayoutAccountsWaiting">Accounts of others that nobody has verified.</param>
/// <param name="StatementsImporting">Statements whose lines are being recorded.</param>
public sealed record BankOverview(
    IReadOnlyList<BankAccountStanding> Accounts, int LinesWaiting, int PaymentsWaiting, int PaymentsApproved, int PayoutAccountsWaiting, int StatementsImporting);

/// <param name="Statement">The newest one; null: none has come.</param>
/// <param name="Closing">Its closing balance; null when it says none.</param>
/// <param name="To">The last day that it covers.</param>
public sealed record BankAccountStanding(BankAccountRow Account, BankStatementId? Statement, Money? Closing, DateOnly? To);

internal sealed class GetBankOverviewHandler(IDbContextFactory<MarketplaceReads> reads, Commands commands) : IRequestHandler<GetBankOverview, Result<BankOverview>>
{
    public async Task<Result<BankOverview>> Handle(GetBankOverview request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var standings = new List<BankAccountStanding>();
        foreach (var account in await database.Of<BankAccountRow>().OrderBy(a => a.Account).Take(Paging.MaxLimit).ToListAsync(cancellationToken))
        {
            standings.Add(await Standing(database, account, cancellationToken));
        }

        return new BankOverview(
            standings,
            await database.Of<BankLineRow>().CountAsync(l => l.Status == BankLineStatus.Proposed || l.Status == BankLineStatus.Parked, cancellationToken),
            await database.Of<BankPaymentRow>().CountAsync(p => p.Status == BankPaymentStatus.Ordered || p.Status == BankPaymentStatus.ApprovedOnce, cancellationToken),
            await database.Of<BankPaymentRow>().CountAsync(p => p.Status == BankPaymentStatus.Approved, cancellationToken),
            await database.Of<PayoutAccountRow>().CountAsync(a => a.Status == PayoutAccountStatus.Registered, cancellationToken),
            await database.Of<BankStatementRow>().CountAsync(s => s.Status == StatementStatus.Importing, cancellationToken));
    }

    private async Task<BankAccountStanding> Standing(MarketplaceReads database, BankAccountRow account, CancellationToken cancel)
    {
        var newest = await database.Of<BankStatementRow>()
            .Where(s => s.Accounts.Contains(account.Account))
            .OrderBy(s => s.ToOn == null).ThenByDescending(s => s.ToOn).ThenByDescending(s => s.AcceptedAtUtc)
            .Select(s => s.Statement)
            .FirstOrDefaultAsync(cancel);
        if (newest is null)
        {
            return new BankAccountStanding(account, null, null, null);
        }

        // A read row of a statement knows no balances, since a file may be of several accounts.
        var part = (await commands.StateOf<IBankStatementGrain, BankStatement>(newest)).Parts.Where(p => p.Account.Value == account.Account).MaxBy(p => p.Totals.To);
        return new BankAccountStanding(account, BankStatementId.Wrap(newest), part?.Totals.Closing, part?.Totals.To);
    }
}
