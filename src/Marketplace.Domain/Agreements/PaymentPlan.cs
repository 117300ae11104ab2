using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>Turns the payment triggers of the terms into obligations, each with its clause, formula and numbers.</summary>
internal static class PaymentPlan
{
    /// <summary>What arises by the conversion itself: lump sums whose date is certain, entry fees, and all instalments.</summary>
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
                case EntryFee fee:
                    Arise(story, ObligationKind.EntryFee, i, null, fee.AmountMinor, story.Now.ConvertedOn!.Value.AddDays(fee.DaysAfterConversion), Explanation.Of(
                        PaymentTrigger.ClauseOf(i), "amountMinor, due convertedOn + days",
                        ("amountMinor", fee.AmountMinor), ("convertedOn", Iso(story.Now.ConvertedOn!.Value)), ("days", fee.DaysAfterConversion)));
                    break;
                case Milestone or ConditionalSum or EquityConversion or BuyOut:
                    break; // Wait for their event.
                case { NeedsSalesReports: true }:
                    break; // Wait for the reports.
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
            case ConditionalSum sum:
                Arise(story, ObligationKind.ConditionalSum, trigger, null, sum.AmountMinor, story.Today.AddDays(sum.DaysToPay), Explanation.Of(
                    PaymentTrigger.ClauseOf(trigger), "amountMinor, due confirmedOn + daysToPay",
                    ("amountMinor", sum.AmountMinor), ("condition", sum.Condition), ("occurredOn", Iso(occurredOn)),
                    ("confirmedOn", Iso(story.Today)), ("daysToPay", sum.DaysToPay)));
                break;
            case EquityConversion equity:
                Arise(story, ObligationKind.Equity, trigger, null, equity.AmountMinor, story.Today.AddDays(equity.DaysToPay), Explanation.Of(
                    PaymentTrigger.ClauseOf(trigger), "amountMinor, due confirmedOn + daysToPay, settled by equityPpm of the registered capital or in money",
                    ("amountMinor", equity.AmountMinor), ("equityPpm", equity.EquityPpm), ("event", equity.Event), ("occurredOn", Iso(occurredOn)),
                    ("confirmedOn", Iso(story.Today)), ("daysToPay", equity.DaysToPay)));
                break;
            case Instalments or EntryFee or BuyOut or { NeedsSalesReports: true }:
                break; // Use is proven and the licence runs; these have their own dates.
            default:
                throw new InvalidOperationException($"Unknown payment trigger {story.Now.Terms.Payments[trigger].GetType().Name}");
        }
    }

    /// <summary>
    /// Bills what the reports make owed and no obligation says yet; takes back what obligations say and the reports do not. So each sum is billed
    /// exactly once, in whatever order reports and corrections come, and billing twice bills nothing.
    /// </summary>
    /// <param name="period">The one that was reported or corrected: the cause.</param>
    public static void Bill(Story story, int period, DateOnly dueOn)
    {
        var terms = story.Now.Terms;
        var figures = story.Now.Reports.ConvertAll(r => r.Figures);
        var lines = SalesMeter.Run(terms, figures).ToLookup(l => l.Trigger);
        foreach (var trigger in lines.Select(l => l.Key).Order())
        {
            var owedMinor = lines[trigger].Sum(l => l.AmountMinor);
            var billedMinor = BilledMinor(story.Now, trigger);
            if (owedMinor == billedMinor)
            {
                continue;
            }

            var cause = lines[trigger].FirstOrDefault(l => l.Period == period);
            var why = cause is not null && cause.AmountMinor == owedMinor - billedMinor
                ? MeterWords.Why(terms, figures, cause)
                : Explanation.Of(
                    PaymentTrigger.ClauseOf(trigger), "owedMinor − billedMinor, of all periods so far",
                    [("owedMinor", owedMinor), ("billedMinor", billedMinor), ("period", period), .. cause is null ? [] : MeterWords.Inputs(terms, figures, cause)]);
            if (owedMinor > billedMinor)
            {
                var kind = terms.Payments[trigger] is MinimumAnnualRoyalty ? ObligationKind.MinimumRoyalty : ObligationKind.Royalty;
                Arise(story, kind, trigger, period, owedMinor - billedMinor, dueOn, why);
            }
            else
            {
                TakeBack(story, trigger, billedMinor - owedMinor, why);
            }
        }
    }

    /// <summary>What obligations of a clause on reports say is owed, paid or not, waived or not.</summary>
    public static long BilledMinor(Agreement a, int trigger) =>
        a.Obligations.Where(o => o.Trigger == trigger).Sum(o => checked(o.Principal.ChargedMinor - o.CorrectedMinor));

    /// <summary>From what is open and undisputed, newest first. The rest was paid: the clause bills it less next time.</summary>
    private static void TakeBack(Story story, int trigger, long tooMuchMinor, Explanation why)
    {
        foreach (var owed in story.Now.Obligations.Where(o => o.Trigger == trigger).Reverse())
        {
            var takenMinor = Math.Min(tooMuchMinor, owed.EnforceablePrincipalMinor);
            if (takenMinor > 0)
            {
                AgreementRules.ChargeLateInterest(story, owed.Number);
                story.Tell(new ObligationCorrected(owed.Number, story.Money(takenMinor), owed.WasInvoiced, why, story.Today));
                tooMuchMinor -= takenMinor;
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

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
