using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>What an agreement lets its company hold deferred: the sums that it may come to owe whatever it sells.</summary>
public static class Exposure
{
    /// <summary>At signature: all fixed sums, events included; of a minimum royalty one year, since it is settled every year. Royalties depend on sales and are no part.</summary>
    public static Money At(AgreementTerms terms) => new(terms.Payments.Sum(FixedMinor), terms.Currency);

    /// <summary>Today: what is open, and the fixed sums that have not arisen; nothing once the agreement has ended and all is paid.</summary>
    public static Money Now(Agreement a)
    {
        var openMinor = a.Obligations.Sum(o => o.OutstandingMinor);
        var mayArise = !HasEnded(a) && a.BoughtOutAfterPeriod is null;
        var aheadMinor = mayArise ? a.Terms.Payments.Index().Where(p => MayArise(a, p.Index, p.Item)).Sum(p => FixedMinor(p.Item)) : 0;
        return new Money(checked(openMinor + aheadMinor), a.Terms.Currency);
    }

    /// <summary>What the guarantor of an agreement still stands for: its limit less what it has paid; nothing once nothing can be owed any more.</summary>
    public static Money CoverNow(Agreement a) => new(
        ThirdParty.Of(a.Terms) is { Role: ThirdPartyRole.Guarantor } guarantor && (!HasEnded(a) || a.Obligations.Any(o => o.IsOpen))
            ? guarantor.LimitMinor - a.GuaranteeClaims.Sum(c => c.PaidMinor)
            : 0,
        a.Terms.Currency);

    private static bool MayArise(Agreement a, int clause, PaymentTrigger payment) => payment is MinimumAnnualRoyalty
        ? a.Terms.Times?.FirstOrDefault(t => t.Clause == clause)?.ThroughPeriod is not { } last || last > a.Reports.Count
        : a.Obligations.All(o => o.Trigger != clause);

    private static bool HasEnded(Agreement a) =>
        a.Stage is Stage.Declined or Stage.Withdrawn or Stage.Returned or Stage.Expired or Stage.Terminated or Stage.Settled or Stage.Closed;

    private static long FixedMinor(PaymentTrigger payment) => payment switch
    {
        DeferredLumpSum p => p.AmountMinor,
        Instalments p => p.TotalMinor,
        Milestone p => p.AmountMinor,
        ConditionalSum p => p.AmountMinor,
        EntryFee p => p.AmountMinor,
        EquityConversion p => p.AmountMinor,
        MinimumAnnualRoyalty p => p.AmountMinor,
        RunningRoyalty or TieredRoyalty or SteppedRoyalty or UnitRoyalty or ThresholdRoyalty or IncrementShare or SublicenceShare
            or StackingReduction or CumulativeCap or BuyOut => 0,
        _ => throw new InvalidOperationException($"Unknown payment trigger {payment.GetType().Name}"),
    };
}
