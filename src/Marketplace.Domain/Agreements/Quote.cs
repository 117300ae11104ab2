using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Agreements;

/// <summary>
/// What terms cost if things go as assumed. Nothing is computed here: the agreement is rehearsed in memory, with the very rules that decide
/// about a real one, by a company that reports and pays on the last day.
/// </summary>
public static class Quote
{
    private const long Base = 1_000_000;

    /// <summary>Of terms that nobody has signed yet.</summary>
    /// <returns>Refused as the terms, the assumptions or the rules refuse.</returns>
    public static Result<QuoteView> Of(AgreementTerms terms, QuoteAssumptions assumptions, ReferenceData reference)
    {
        if ((terms.Check()?.Under("terms") ?? assumptions.Check(terms)?.Under("assumptions")) is { } refusal)
        {
            return refusal;
        }

        return View(terms, assumptions, (assumed, factorPpm) => new Rehearsal(terms, assumed, factorPpm, reference).Play());
    }

    /// <summary>Of an agreement as it stands: what is billed stays, what is assumed comes after today.</summary>
    public static Result<QuoteView> Of(Agreement agreement, QuoteAssumptions assumptions, ReferenceData reference, DateTimeOffset nowUtc)
    {
        if (agreement.Stage is Stage.None or Stage.Declined or Stage.Withdrawn or Stage.Returned or Stage.Expired or Stage.Terminated or Stage.Closed)
        {
            return Refusal.State("nothing-to-quote", "协议已经结束，没有可以测算的款项。", "The agreement has ended: there is nothing to quote.");
        }

        return assumptions.Check(agreement.Terms)?.Under("assumptions") is { } refusal
            ? refusal
            : View(agreement.Terms, assumptions, (assumed, factorPpm) => new Rehearsal(agreement, assumed, factorPpm, reference, nowUtc).Play());
    }

    /// <summary>What it costs to leave today: nothing in the trial; then all that has arisen and is not paid, or beside it the price of a buy-out.</summary>
    public static ExitCost ExitCostOf(Agreement agreement, DateOnly today)
    {
        var owedMinor = agreement.Obligations.Sum(o => o.OutstandingMinor);
        var price = agreement is { Stage: Stage.Converted, BoughtOutAfterPeriod: null, ConvertedOn: { } convertedOn }
            ? agreement.Terms.Payments.OfType<BuyOut>().SelectMany(b => b.Prices).FirstOrDefault(p => today < LocalTime.AddMonths(convertedOn, p.BeforeMonth))
            : null;
        return new ExitCost(new Money(owedMinor, agreement.Terms.Currency), price is null ? null : new Money(price.AmountMinor, agreement.Terms.Currency));
    }

    private static Result<QuoteView> View(AgreementTerms terms, QuoteAssumptions assumptions, Func<QuoteAssumptions, long, Result<Agreement>> rehearse)
    {
        var cases = new List<QuoteCase>();
        var everything = assumptions with
        {
            Events = [.. terms.Payments.Index().Where(p => p.Item.AwaitsAnEvent).Select(p => (assumptions.Events ?? []).FirstOrDefault(e => e.Trigger == p.Index) ?? new AssumedEvent(p.Index, 0))],
            BuyOutMonth = null,
        };
        foreach (var (assumed, factorPpm) in new[] { (assumptions, assumptions.LowPpm), (assumptions, Base), (assumptions, assumptions.HighPpm), (everything, assumptions.HighPpm) })
        {
            var played = rehearse(assumed, factorPpm);
            if (played.Refusal is { } refusal)
            {
                return refusal;
            }

            cases.Add(Case(played.Value, assumptions));
        }

        var isCapped = !terms.Payments.Any(p => p.OwesOnReports) || terms.Payments.Any(p => p is CumulativeCap);
        return new QuoteView(cases[0], cases[1], cases[2], cases[3].Total, IsUnbounded: !isCapped);
    }

    private static QuoteCase Case(Agreement played, QuoteAssumptions assumptions)
    {
        var payments = new List<QuotedPayment>();
        var totalMinor = 0L;
        foreach (var owed in played.Obligations.OrderBy(o => o.DueOn).ThenBy(o => o.Number))
        {
            var amountMinor = owed.Principal.ChargedMinor - owed.CorrectedMinor;
            if (amountMinor > 0)
            {
                totalMinor = checked(totalMinor + amountMinor);
                payments.Add(new QuotedPayment(
                    owed.DueOn, owed.Kind, PaymentTrigger.ClauseOf(owed.Trigger), owed.Period, new Money(amountMinor, played.Terms.Currency), new Money(totalMinor, played.Terms.Currency)));
            }
        }

        var from = played.EffectiveOn ?? assumptions.EffectiveOn;
        return new QuoteCase(
            played.ConvertedOn, payments, new Money(totalMinor, played.Terms.Currency), new Money(PresentMinor(payments, from, assumptions.DiscountRatePpm), played.Terms.Currency));
    }

    /// <summary>
    /// Σ amount ÷ ((1 + rate) ^ years × (1 + rate × days ÷ 365)), whole years of 365 days since effect and the days that are left, rounded once,
    /// half to even. An estimate for people who compare; nothing is booked by it.
    /// </summary>
    private static long PresentMinor(IEnumerable<QuotedPayment> payments, DateOnly from, long ratePpm)
    {
        var rate = ratePpm / 1_000_000m;
        return (long)Math.Round(payments.Sum(p => p.Amount.AmountMinor / Growth(p.DueOn.DayNumber - from.DayNumber)), MidpointRounding.ToEven);

        decimal Growth(int days)
        {
            var growth = 1m;
            for (; days >= 365; days -= 365)
            {
                growth *= 1 + rate;
            }

            return growth * (1 + (rate * Math.Max(0, days) / 365));
        }
    }
}

/// <param name="WorstCase">High sales, and every event that a clause awaits, with no buy-out.</param>
/// <param name="IsUnbounded">Sums grow with sales and nothing caps them: more sales than assumed cost more than the worst case.</param>
public sealed record QuoteView(QuoteCase Low, QuoteCase Base, QuoteCase High, Money WorstCase, bool IsUnbounded);

/// <param name="ConvertedOn">Null: it never came to that.</param>
/// <param name="PresentValue">On the day of effect.</param>
public sealed record QuoteCase(DateOnly? ConvertedOn, IReadOnlyList<QuotedPayment> Payments, Money Total, Money PresentValue);

/// <param name="Clause">Number of the clause that makes it owed.</param>
/// <param name="Period">Reporting period or part, where there is one.</param>
/// <param name="Cumulative">With all before it.</param>
public sealed record QuotedPayment(DateOnly DueOn, ObligationKind Kind, string Clause, int? Period, Money Amount, Money Cumulative);

/// <param name="Owed">Has arisen and is not paid.</param>
/// <param name="BuyOut">What ends all that would follow; null: there is no such way, or it is over.</param>
public sealed record ExitCost(Money Owed, Money? BuyOut);
