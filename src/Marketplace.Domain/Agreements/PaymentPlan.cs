using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>Turns the payment triggers of the terms into obligations, each with its clause, formula and numbers.</summary>
internal static class PaymentPlan
{
    /// <summary>What arises by the conversion itself: lump sums whose date is certain, and all instalments.</summary>
    public static void AtConversion(Story story)
    {
        var payments = story.Now.Terms.Payments;
        for (var i = 0; i < payments.Count; i++)
        {
            switch (payments[i])
            {
                case DeferredLumpSum { PayDate: PayDateRule.Earlier } lump:
                    Arise(story, ObligationKind.LumpSum, i, null, lump.AmountMinor, LumpSumDate(story, lump), LumpSumReason(story, i, lump));
                    break;
                case DeferredLumpSum:
                    break; // LATER: waits for income.
                case Instalments instalments:
                    Arise(story, i, instalments);
                    break;
                case Milestone or RunningRoyalty or TieredRoyalty or MinimumAnnualRoyalty:
                    break; // Wait for their event or for the sales reports.
                default:
                    throw new InvalidOperationException($"Unknown payment trigger {payments[i].GetType().Name}");
            }
        }
    }

    /// <summary>What arises once the event behind a trigger is confirmed.</summary>
    public static void AtConfirmation(Story story, int trigger, DateOnly occurredOn)
    {
        switch (story.Now.Terms.Payments[trigger])
        {
            case DeferredLumpSum { PayDate: PayDateRule.Earlier } lump:
                BringForward(story, trigger, lump, occurredOn);
                break;
            case DeferredLumpSum lump:
                var nominal = LumpSumDate(story, lump);
                Arise(story, ObligationKind.LumpSum, trigger, null, lump.AmountMinor, Later(nominal, story.Today), LumpSumReason(story, trigger, lump));
                break;
            case Milestone milestone:
                Arise(story, ObligationKind.Milestone, trigger, null, milestone.AmountMinor, story.Today.AddDays(milestone.DaysToPay), Explanation.Of(
                    PaymentTrigger.ClauseOf(trigger), "amountMinor, due confirmedOn + daysToPay",
                    ("amountMinor", milestone.AmountMinor), ("milestone", milestone.Event), ("occurredOn", Iso(occurredOn)),
                    ("confirmedOn", Iso(story.Today)), ("daysToPay", milestone.DaysToPay)));
                break;
            case Instalments or RunningRoyalty or TieredRoyalty or MinimumAnnualRoyalty:
                break; // Use is proven and the licence runs; these have their own dates.
            default:
                throw new InvalidOperationException($"Unknown payment trigger {story.Now.Terms.Payments[trigger].GetType().Name}");
        }
    }

    /// <summary>Royalties of a reported period. Returns what was earned, before any minimum.</summary>
    public static IReadOnlyList<(int Trigger, long AmountMinor, Explanation Why)> RoyaltiesOf(Agreement a, long netMinor)
    {
        var beforeMinor = a.Reports.Sum(r => r.NetMinor);
        return
        [
            .. a.Terms.Payments.Select((payment, i) => payment switch
            {
                RunningRoyalty r => (i, Royalty.Running(r, netMinor), Explanation.Of(
                    PaymentTrigger.ClauseOf(i), "round(netMinor × ratePpm ÷ 1000000)", ("netMinor", netMinor), ("ratePpm", r.RatePpm))),
                TieredRoyalty r => (i, Royalty.Tiered(r, netMinor, beforeMinor), Explanation.Of(
                    PaymentTrigger.ClauseOf(i), TierFormula(r),
                    [("netMinor", netMinor), ("netBeforeMinor", beforeMinor), .. r.Tiers.Select((t, k) => ($"tier{k + 1}", (object)$"from {t.FromMinor}: {t.RatePpm} ppm"))])),
                _ => (i, 0L, null!),
            }).Where(r => r.Item3 is not null),
        ];
    }

    /// <summary>Tops the royalties of a finished contract year up to the minimum.</summary>
    public static void AtEndOfYear(Story story, int period, DateOnly dueOn, int periodsPerYear)
    {
        var earnedMinor = story.Now.Reports.Skip(period - periodsPerYear).Take(periodsPerYear).Sum(r => r.EarnedRoyaltyMinor);
        var payments = story.Now.Terms.Payments;
        for (var i = 0; i < payments.Count; i++)
        {
            if (payments[i] is MinimumAnnualRoyalty minimum && minimum.AmountMinor > earnedMinor)
            {
                Arise(story, ObligationKind.MinimumRoyalty, i, period, minimum.AmountMinor - earnedMinor, dueOn, Explanation.Of(
                    PaymentTrigger.ClauseOf(i), "max(0, minimumMinor − earnedMinor)",
                    ("minimumMinor", minimum.AmountMinor), ("earnedMinor", earnedMinor), ("contractYear", period / periodsPerYear)));
            }
        }
    }

    public static void Arise(Story story, ObligationKind kind, int trigger, int? period, long amountMinor, DateOnly nominalDueOn, Explanation why)
    {
        if (amountMinor == 0)
        {
            return; // Nothing is owed: a tiny share that rounds to zero, or a period without sales.
        }

        var due = story.Context.Reference.Calendar.DeadlineOn(nominalDueOn);
        story.Tell(new ObligationArose(
            story.Now.Obligations.Count + 1, kind, trigger, period, story.Money(amountMinor), nominalDueOn, due.Date, due.BeyondCalendar, why, story.Today));
    }

    private static void Arise(Story story, int trigger, Instalments instalments)
    {
        var convertedOn = story.Now.ConvertedOn!.Value;
        var amounts = Shares.Split(instalments.TotalMinor, [.. instalments.Parts.Select(p => p.WeightPpm)]);
        for (var k = 0; k < amounts.Count; k++)
        {
            var part = instalments.Parts[k];
            Arise(story, ObligationKind.Instalment, trigger, k + 1, amounts[k], LocalTime.AddMonths(convertedOn, part.MonthsAfterConversion), Explanation.Of(
                PaymentTrigger.ClauseOf(trigger), "round(totalMinor × weightPpm ÷ 1000000), the last part takes the rest; due convertedOn + months",
                ("totalMinor", instalments.TotalMinor), ("weightPpm", part.WeightPpm), ("part", $"{k + 1} of {amounts.Count}"),
                ("convertedOn", Iso(convertedOn)), ("months", part.MonthsAfterConversion)));
        }
    }

    private static void BringForward(Story story, int trigger, DeferredLumpSum lump, DateOnly occurredOn)
    {
        var owed = story.Now.Obligations.First(o => o.Trigger == trigger);
        if (!owed.IsOpen || owed.DueOn <= story.Today)
        {
            return; // Due or settled already: income that comes now changes nothing.
        }

        var due = story.Context.Reference.Calendar.DeadlineOn(story.Today);
        story.Tell(new ObligationRescheduled(owed.Number, story.Today, due.Date, due.BeyondCalendar, Explanation.Of(
            PaymentTrigger.ClauseOf(trigger), "the earlier of effectiveOn + months and the day on which income is confirmed",
            ("effectiveOn", Iso(story.Now.EffectiveOn!.Value)), ("months", lump.MonthsAfterEffect), ("incomeOn", Iso(occurredOn)), ("confirmedOn", Iso(story.Today))), story.Today));
    }

    /// <summary>Nothing is owed before the conversion that makes it arise.</summary>
    private static DateOnly LumpSumDate(Story story, DeferredLumpSum lump) =>
        Later(LocalTime.AddMonths(story.Now.EffectiveOn!.Value, lump.MonthsAfterEffect), story.Now.ConvertedOn!.Value);

    private static Explanation LumpSumReason(Story story, int trigger, DeferredLumpSum lump) => Explanation.Of(
        PaymentTrigger.ClauseOf(trigger),
        lump.PayDate == PayDateRule.Earlier
            ? "amountMinor, due at the earlier of effectiveOn + months and income; never before conversion"
            : "amountMinor, due at the later of effectiveOn + months and income",
        ("amountMinor", lump.AmountMinor), ("effectiveOn", Iso(story.Now.EffectiveOn!.Value)), ("months", lump.MonthsAfterEffect),
        ("convertedOn", Iso(story.Now.ConvertedOn!.Value)));

    private static string TierFormula(TieredRoyalty r) => (r.Method, r.Base) switch
    {
        (TierMethod.Marginal, TierBase.PerPeriod) => "round(Σ rateₖ × (min(netMinor, hiₖ) − loₖ)⁺)",
        (TierMethod.Marginal, TierBase.Cumulative) => "R(netBeforeMinor + netMinor) − R(netBeforeMinor), R(S) = round(Σ rateₖ × (min(S, hiₖ) − loₖ)⁺)",
        (TierMethod.WholeAmount, TierBase.PerPeriod) => "round(netMinor × rate of the tier reached)",
        (TierMethod.WholeAmount, TierBase.Cumulative) => "R(netBeforeMinor + netMinor) − R(netBeforeMinor), R(S) = round(S × rate of the tier reached)",
        _ => throw new InvalidOperationException($"Unknown tiers {r.Method} {r.Base}"),
    };

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
