using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>All that is needed to pay sums of one agreement by bank transfer today. For whoever pays: the company, or a guarantor that signed.</summary>
/// <param name="Obligations">Their numbers within the agreement, from 1.</param>
[MayAsk(ActorRole.Company, ActorRole.Guarantor, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetPaymentSheet(AgreementId Agreement, IReadOnlyList<int> Obligations) : IQuery<PaymentSheet>;

/// <param name="On">The day up to which interest is counted: whoever pays later owes more if a sum is late.</param>
/// <param name="Sums">In the order of their numbers; paid and disputed ones too, with nothing to pay.</param>
/// <param name="Account">Where to pay to; null: the platform has no account in this currency.</param>
/// <param name="Reference">What to write on the transfer. It names the first sum that is open; money pays what is oldest first, whichever sum it names.</param>
public sealed record PaymentSheet(
    AgreementId Agreement, BilingualText ResultTitle, BilingualText LabName, BilingualText CompanyName, DateOnly On, IReadOnlyList<SheetSum> Sums, Money Total,
    BankAccount? Account, RemittanceReference Reference);

/// <param name="Contested">Principal under dispute, which need not be paid now.</param>
public sealed record SheetSum(
    int Number, ObligationKind Kind, int? Period, ObligationStatus Status, DateOnly DueOn, Money Principal, Money Interest, Money Costs, Money Total, Money Contested);

internal sealed class GetPaymentSheetHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock)
    : IRequestHandler<GetPaymentSheet, Result<PaymentSheet>>
{
    public async Task<Result<PaymentSheet>> Handle(GetPaymentSheet request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var agreement = visible.Value;
        if (request.Obligations is not { Count: > 0 })
        {
            return Refusal.Invalid("obligations-missing", "请选择要支付的款项。", "Name the sums to pay.", "obligations");
        }

        if (request.Obligations.Any(n => n < 1 || n > agreement.Obligations.Count))
        {
            return Refusal.NotFound();
        }

        var (today, currency) = (LocalTime.DateOf(clock.NowUtc), agreement.Terms.Currency);
        SheetSum[] sums = [.. request.Obligations.Distinct().Order().Select(n => SumOf(agreement.Owed(n), currency, today))];
        var named = sums.FirstOrDefault(s => s.Total.IsPositive) ?? sums[0];
        var about = await commands.About(agreement);
        return new PaymentSheet(
            request.Agreement, about.Result.Title, about.Lab.Name, about.Company.Name, today, sums, sums.Aggregate(Money.Zero(currency), (total, sum) => total + sum.Total),
            await AccountIn(currency, cancellationToken), RemittanceReference.Of(request.Agreement, named.Number));
    }

    private static SheetSum SumOf(Obligation owed, Currency currency, DateOnly today)
    {
        Money Sum(long amountMinor) => new(amountMinor, currency);
        var (costs, interest, principal) = owed.EnforceableOn(today);
        return new SheetSum(
            owed.Number, owed.Kind, owed.Period, owed.Status, owed.DueOn, Sum(principal), Sum(interest), Sum(costs), Sum(checked(costs + interest + principal)), Sum(owed.ContestedMinor));
    }

    /// <summary>Of several the first by id, so that everybody is told the same.</summary>
    private async Task<BankAccount?> AccountIn(Currency currency, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        return await database.Of<BankAccountRow>().Where(a => a.Currency == currency.Code && !a.IsClosed).OrderBy(a => a.Account).FirstOrDefaultAsync(cancel) is { } own
            ? new BankAccount(own.Holder, own.Number, own.Bank, own.Bic, own.Cnaps)
            : null;
    }
}
