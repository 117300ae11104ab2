using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>What a company reports of one period. Minor units, except <paramref name="Units"/>; none is negative.</summary>
/// <param name="NetMinor">Sales less the deductions that were allowed.</param>
/// <param name="Units">Sold or used, for clauses that count.</param>
/// <param name="MeasureMinor">Profit or output value, for clauses on an increment; may be a loss.</param>
/// <param name="SublicenceMinor">Received from sublicensees.</param>
/// <param name="ThirdPartyRoyaltiesMinor">Owed to third parties for the same product.</param>
public sealed record SalesFigures(long NetMinor, long Units = 0, long MeasureMinor = 0, long SublicenceMinor = 0, long ThirdPartyRoyaltiesMinor = 0)
{
    public static SalesFigures Of(long netMinor, OtherFigures? others) => others is null
        ? new SalesFigures(netMinor)
        : new SalesFigures(netMinor, others.Units, others.MeasureMinor, others.SublicenceMinor, others.ThirdPartyRoyaltiesMinor);

    /// <summary>Null: nothing but sales.</summary>
    public OtherFigures? BesideSales() => this == new SalesFigures(NetMinor) ? null : new OtherFigures(Units, MeasureMinor, SublicenceMinor, ThirdPartyRoyaltiesMinor);
}

/// <summary>Figures of a period beside its sales, for the clauses that ask for them; see <see cref="SalesFigures"/>.</summary>
public sealed record OtherFigures(long Units = 0, long MeasureMinor = 0, long SublicenceMinor = 0, long ThirdPartyRoyaltiesMinor = 0);

/// <summary>What one clause makes owed for one period: gross − stacked − credited − capped.</summary>
/// <param name="Period">From 1.</param>
/// <param name="Trigger">Position of the clause in the terms.</param>
/// <param name="GrossMinor">By the formula of the clause alone.</param>
/// <param name="StackedMinor">Taken off for royalties to third parties.</param>
/// <param name="CreditedMinor">Taken off for fees that were paid in advance.</param>
/// <param name="CappedMinor">Taken off since the cap of all sums is reached.</param>
public sealed record MeterLine(int Period, int Trigger, long GrossMinor, long StackedMinor, long CreditedMinor, long CappedMinor)
{
    /// <summary>What the clause has earned, whoever paid it when: counts toward the minimum of the year.</summary>
    public long EarnedMinor => GrossMinor - StackedMinor;

    public long AmountMinor => GrossMinor - StackedMinor - CreditedMinor - CappedMinor;
}

/// <summary>
/// Turns reported periods into sums owed, clause by clause. A function of terms and figures alone: the engine bills with it what is new in its
/// answer, and the simulator asks it about a future that nobody has reported yet.
/// </summary>
/// <remarks>
/// Within a period: the clauses on sales in their order, then the reduction for third parties, then the minimum of a year that ends, then
/// credits, then the cap. Sums are rounded once each, half to even, before anything is taken off.
/// </remarks>
public sealed class SalesMeter
{
    private readonly AgreementTerms terms;
    private readonly int periodsPerYear;
    private readonly StackingReduction? stacking;
    private readonly CumulativeCap? cap;

    private long creditLeftMinor;      // entry fees and earlier minimums that are not used up
    private long billedMinor;
    private long netBeforeMinor;
    private SalesFigures yearToDate = new(0);
    private long earnedOfYearMinor;
    private int period;

    public SalesMeter(AgreementTerms terms)
    {
        this.terms = terms;
        periodsPerYear = terms.Reporting is { } reporting ? 12 / reporting.PeriodMonths : 1;
        stacking = terms.Payments.OfType<StackingReduction>().SingleOrDefault();
        cap = terms.Payments.OfType<CumulativeCap>().SingleOrDefault();
        creditLeftMinor = terms.Payments.OfType<EntryFee>().Where(f => f.IsCreditable).Sum(f => f.AmountMinor);
    }

    /// <summary>Lines of all periods, from the first.</summary>
    public static IReadOnlyList<MeterLine> Run(AgreementTerms terms, IEnumerable<SalesFigures> periods)
    {
        var meter = new SalesMeter(terms);
        return [.. periods.SelectMany(meter.Next)];
    }

    /// <summary>Lines of the next period: one for each clause on sales, also if it owes nothing.</summary>
    public IReadOnlyList<MeterLine> Next(SalesFigures figures)
    {
        period++;
        var year = (period - 1) / periodsPerYear;
        var isEndOfYear = period % periodsPerYear == 0;
        var before = yearToDate;
        yearToDate = Sum(yearToDate, figures);

        var lines = new List<MeterLine>();
        for (var i = 0; i < terms.Payments.Count; i++)
        {
            if (terms.HoldsIn(i, period) && Gross(terms.Payments[i], figures, before, year, isEndOfYear) is { } grossMinor)
            {
                lines.Add(new MeterLine(period, i, grossMinor, 0, 0, 0));
            }
        }

        Stack(lines, figures.ThirdPartyRoyaltiesMinor);
        earnedOfYearMinor = checked(earnedOfYearMinor + lines.Sum(l => l.EarnedMinor));
        Credit(lines);
        if (isEndOfYear)
        {
            lines.AddRange(TopUps());
        }

        Cap(lines);
        netBeforeMinor = checked(netBeforeMinor + figures.NetMinor);
        if (isEndOfYear)
        {
            CloseYear(lines);
        }

        return lines;
    }

    private IEnumerable<MeterLine> TopUps() => terms.Payments.Index().Where(p => p.Item is MinimumAnnualRoyalty && terms.HoldsIn(p.Index, period))
        .Select(p => new MeterLine(period, p.Index, Math.Max(0, ((MinimumAnnualRoyalty)p.Item).AmountMinor - earnedOfYearMinor), 0, 0, 0));

    private void CloseYear(List<MeterLine> lines)
    {
        creditLeftMinor = checked(creditLeftMinor + lines.Where(l => terms.Payments[l.Trigger] is MinimumAnnualRoyalty { IsCreditable: true }).Sum(l => l.AmountMinor));
        (yearToDate, earnedOfYearMinor) = (new SalesFigures(0), 0);
    }

    /// <summary>Null when the clause does not draw on the figures of a period.</summary>
    private long? Gross(PaymentTrigger payment, SalesFigures now, SalesFigures before, int year, bool isEndOfYear) => payment switch
    {
        RunningRoyalty p => Royalty.Share(p.RatePpm, now.NetMinor),
        TieredRoyalty p => Royalty.Tiered(p, now.NetMinor, netBeforeMinor),
        SteppedRoyalty p => Royalty.Share(Royalty.Stepped(p.RatePpm, p.YearlyStepPpm, year), now.NetMinor),
        UnitRoyalty p => checked(now.Units * p.AmountPerUnitMinor),
        ThresholdRoyalty p => Royalty.Above(p, checked(before.NetMinor + now.NetMinor)) - Royalty.Above(p, before.NetMinor),
        IncrementShare p => isEndOfYear ? Royalty.Share(p.RatePpm, Math.Max(0, checked(before.MeasureMinor + now.MeasureMinor - p.BaselineMinor))) : 0,
        SublicenceShare p => Royalty.Share(Royalty.Stepped(p.RatePpm, p.YearlyStepPpm, year), now.SublicenceMinor),
        _ => null,
    };

    private void Stack(List<MeterLine> lines, long thirdPartyMinor)
    {
        if (stacking is null)
        {
            return;
        }

        var leftMinor = Royalty.Share(stacking.SharePpm, thirdPartyMinor);
        for (var i = 0; i < lines.Count && leftMinor > 0; i++)
        {
            if (terms.Payments[lines[i].Trigger] is IncrementShare or SublicenceShare)
            {
                continue;
            }

            var takenMinor = Math.Min(leftMinor, lines[i].GrossMinor - Royalty.Share(stacking.FloorPpm, lines[i].GrossMinor));
            lines[i] = lines[i] with { StackedMinor = takenMinor };
            leftMinor -= takenMinor;
        }
    }

    private void Credit(List<MeterLine> lines)
    {
        for (var i = 0; i < lines.Count && creditLeftMinor > 0; i++)
        {
            var takenMinor = Math.Min(creditLeftMinor, lines[i].AmountMinor);
            lines[i] = lines[i] with { CreditedMinor = takenMinor };
            creditLeftMinor -= takenMinor;
        }
    }

    private void Cap(List<MeterLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (cap is not null)
            {
                lines[i] = lines[i] with { CappedMinor = Math.Max(0, lines[i].AmountMinor - (cap.AmountMinor - billedMinor)) };
            }

            billedMinor = checked(billedMinor + lines[i].AmountMinor);
        }
    }

    private static SalesFigures Sum(SalesFigures a, SalesFigures b) => checked(new SalesFigures(
        a.NetMinor + b.NetMinor, a.Units + b.Units, a.MeasureMinor + b.MeasureMinor,
        a.SublicenceMinor + b.SublicenceMinor, a.ThirdPartyRoyaltiesMinor + b.ThirdPartyRoyaltiesMinor));
}
