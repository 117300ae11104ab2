using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// Conversion, claims that a trigger has happened, and reported sales.
public sealed partial class AgreementRules
{
    /// <summary>Days in which the other party may contest a claimed trigger; silence confirms it.</summary>
    public const int ContestDays = 15;

    /// <summary>Most invoices that one agreement keeps in mind.</summary>
    private const int MostInvoices = 2_000;

    private static void StartLicence(Story story, int? byTrigger)
    {
        story.Tell(new LicenceConverted(story.Today, byTrigger));
        PaymentPlan.AtConversion(story);
        SettleIfNothingIsLeft(story);
    }

    private static Refusal? Claim(Story story, ClaimTrigger c)
    {
        if ((By(story, Party.Both, out var party, orAdministrator: true)
            ?? In(story, Stage.InTrial, Stage.Extended, Stage.DecisionDue, Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached)
            ?? KnownTrigger(story, c.Trigger) ?? Text(c.Evidence, "evidence")) is { } refusal)
        {
            return refusal;
        }

        if (c.OccurredOn > story.Today || c.OccurredOn < story.Now.TrialStartedOn || c.OccurredOn >= story.Now.LicenceEndsOn)
        {
            return Refusal.Invalid("dates-out-of-order", "发生日期须在试用开始之后、许可期内且不晚于今天。", "It must have happened after the trial began, before the licence ended, and not in the future.", "occurredOn");
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is { Status: not ClaimStatus.Rejected })
        {
            return Refusal.State("trigger-claimed", "该付款条件已被主张。", "This trigger has been claimed already.");
        }

        story.Tell(new TriggerClaimed(c.Trigger, party, c.Evidence, c.OccurredOn, Deadline(story, story.Today.AddDays(ContestDays)).Date, story.Today));
        return null;
    }

    private static Refusal? Contest(Story story, ContestTrigger c)
    {
        if ((By(story, Party.Both, out var party) ?? KnownTrigger(story, c.Trigger) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is not { Status: ClaimStatus.Open } claim)
        {
            return Refusal.State("claim-not-open", "没有可以异议的主张。", "There is no open claim to contest.");
        }

        if (claim.By == party)
        {
            return Refusal.Forbidden("own-claim", "不能对自己的主张提出异议。", "A party cannot contest its own claim.");
        }

        story.Tell(new TriggerContested(c.Trigger, party, c.Reason, story.Today));
        return null;
    }

    private static Refusal? DecideTrigger(Story story, DecideTrigger c)
    {
        if ((ByPersonInCharge(story) ?? KnownTrigger(story, c.Trigger) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is not { Status: ClaimStatus.Contested } claim)
        {
            return Refusal.State("claim-not-contested", "没有需要裁定的异议。", "There is no contested claim to decide.");
        }

        if (claim.Expert is { HasSpoken: false })
        {
            return Refusal.State("expert-silent", "已指定专家，待其出具意见后再裁定。", "An expert has been named: decide when the opinion is there.");
        }

        if (c.Confirm)
        {
            Confirm(story, c.Trigger, claim.OccurredOn, c.Reason);
        }
        else
        {
            story.Tell(new TriggerRejected(c.Trigger, c.Reason, story.Today));
        }

        return null;
    }

    /// <summary>A confirmed trigger in the trial converts the licence: use has begun.</summary>
    private static void Confirm(Story story, int trigger, DateOnly occurredOn, string basis)
    {
        story.Tell(new TriggerConfirmed(trigger, occurredOn, basis, story.Today));
        if (story.Now.Stage is Stage.InTrial or Stage.Extended or Stage.DecisionDue)
        {
            story.Tell(new LicenceConverted(story.Today, trigger));
            PaymentPlan.AtConversion(story);
        }

        if (story.Now.ConvertedOn is not null)
        {
            PaymentPlan.AtConfirmation(story, trigger, occurredOn);
        }

        SettleIfNothingIsLeft(story);
    }

    private static bool HasUndecidedClaim(Agreement a) => a.Claims.Values.Any(c => c.Status is ClaimStatus.Open or ClaimStatus.Contested);

    private static Refusal? KnownTrigger(Story story, int trigger) => trigger >= 0 && trigger < story.Now.Terms.Payments.Count
        ? null
        : Refusal.Invalid("trigger-unknown", "条款中没有这一付款条件。", "The terms have no such payment trigger.", "trigger");

    /// <summary>The period that is to be reported next, or null when there is none (any more).</summary>
    public static (int Number, DateOnly From, DateOnly To, DateOnly ReportDueOn)? NextPeriod(Agreement a)
    {
        if (a.ConvertedOn is not { } start || a.Stage == Stage.None || a.Terms.Reporting is not { } reporting)
        {
            return null;
        }

        var number = a.Reports.Count + 1;
        if (number * reporting.PeriodMonths > a.Terms.CommercialMonths || number > a.BoughtOutAfterPeriod)
        {
            return null;
        }

        // Always counted from the conversion: a start on the 31st clamps in short months and comes back.
        var to = LocalTime.AddMonths(start, number * reporting.PeriodMonths);
        return (number, LocalTime.AddMonths(start, (number - 1) * reporting.PeriodMonths), to, to.AddDays(reporting.ReportDays));
    }

    private static Refusal? ReportSales(Story story, ReportSales c)
    {
        if ((By(story, Party.Company, out _) ?? InCommercialLife(story)) is { } refusal)
        {
            return refusal;
        }

        if (CheckPeriod(story.Now, c.Period, story.Today) is { } notNow)
        {
            return notNow;
        }

        if ((CheckSales(story, c) ?? CheckAffirmed(c)) is { } wrong)
        {
            return wrong;
        }

        Report(story, c, NextPeriod(story.Now)!.Value);
        return null;
    }

    /// <summary>Why this period cannot be reported on this day, or null: only the next one can, once it is over.</summary>
    public static Refusal? CheckPeriod(Agreement a, int number, DateOnly today) =>
        CheckIsNext(a, number)
        ?? (NextPeriod(a) is { } next && today < next.To ? Refusal.State("period-running", $"该周期到{next.To:yyyy-MM-dd}才结束。", $"This period ends on {next.To:yyyy-MM-dd}.") : null);

    /// <summary>Why no report of this period can even be prepared, or null.</summary>
    public static Refusal? CheckIsNext(Agreement a, int number) =>
        NextPeriod(a) is not { } next ? Refusal.State("no-period", "没有待报告的周期。", "There is no period left to report.")
        : number != next.Number ? Refusal.Invalid("period-wrong", $"下一个待报告周期是第{next.Number}期。", $"The next period to report is number {next.Number}.", "period")
        : null;

    /// <summary>An earlier report is replaced, and what it changes is billed or taken back.</summary>
    private static Refusal? CorrectSales(Story story, CorrectSales c)
    {
        if ((By(story, Party.Company, out _) ?? In(story, Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached, Stage.Terminated) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Period < 1 || c.Period > story.Now.Reports.Count)
        {
            return Refusal.Invalid("period-wrong", "只能更正已经报告的周期。", "Only a period that was reported can be corrected.", "period");
        }

        var report = new ReportSales(c.Period, c.Gross, c.Deductions, c.Others, c.Affirmation, c.NoSales);
        if ((CheckSales(story, report) ?? CheckAffirmed(report)) is { } wrong)
        {
            return wrong;
        }

        var netMinor = NetMinor(c.Gross, c.Deductions);
        if (story.Now.Reports[c.Period - 1] is { IsEstimate: false } reported && reported.Figures == SalesFigures.Of(netMinor, c.Others))
        {
            return Refusal.State("nothing-corrected", "更正后的数字与原报告相同。", "The corrected figures are those of the report.");
        }

        story.Tell(new SalesCorrected(c.Period, c.Gross, c.Deductions, story.Money(netMinor), c.Reason, story.Today, c.Others, c.Affirmation));
        PaymentPlan.Bill(story, c.Period, story.Today.AddDays(story.Now.Terms.Reporting!.PaymentDays));
        ConfirmWhatSalesProve(story, story.Now.Reports[c.Period - 1].To);
        AfterDebtFell(story);
        return null;
    }

    /// <summary>The report was demanded and did not come: an administrator says what it would have said.</summary>
    private static Refusal? AssessSales(Story story, AssessSales c)
    {
        if ((ByPersonInCharge(story) ?? InCommercialLife(story) ?? Text(c.Basis, "basis")) is { } refusal)
        {
            return refusal;
        }

        if (NextPeriod(story.Now) is not { } period || c.Period != period.Number)
        {
            return Refusal.Invalid("period-wrong", "只能估定下一个待报告的周期。", "Only the period that is to be reported next can be assessed.", "period");
        }

        if (story.Now.MissingReportSteps < 2 || story.Today < period.ReportDueOn.AddDays(AssessmentOpensDays))
        {
            return Refusal.State("report-may-come", $"报告逾期{AssessmentOpensDays}天并经催告后才能估定。", $"A report is assessed when it was demanded and is {AssessmentOpensDays} days late.");
        }

        if (CheckSales(story, new ReportSales(c.Period, c.Net, [], c.Others)) is { } wrong)
        {
            return wrong.Field is "gross.amountMinor" ? wrong with { Field = "net.amountMinor" } : wrong;
        }

        Assess(story, period, SalesFigures.Of(c.Net.AmountMinor, c.Others), c.Basis);
        return null;
    }

    private static void Assess(Story story, (int Number, DateOnly From, DateOnly To, DateOnly ReportDueOn) period, SalesFigures figures, string basis)
    {
        story.Tell(new SalesAssessed(period.Number, period.From, period.To, story.Money(figures.NetMinor), basis, story.Today, figures.BesideSales()));
        PaymentPlan.Bill(story, period.Number, RoyaltyDueOn(story, period.ReportDueOn));
        SettleIfNothingIsLeft(story);
    }

    /// <summary>The highest figure of each kind of all periods so far; null when nothing was ever reported that could be owed for.</summary>
    private static SalesFigures? HighestFigures(Agreement a)
    {
        var figures = a.Reports.ConvertAll(r => r.Figures);
        if (figures.IsEmpty)
        {
            return null;
        }

        var highest = new SalesFigures(
            figures.Max(f => f.NetMinor), figures.Max(f => f.Units), figures.Max(f => f.MeasureMinor), figures.Max(f => f.SublicenceMinor), figures.Min(f => f.ThirdPartyRoyaltiesMinor));
        return highest is { NetMinor: 0, Units: 0, MeasureMinor: <= 0, SublicenceMinor: 0 } ? null : highest;
    }

    /// <summary>Sums on a report are due some days after the report was; at once when that is over.</summary>
    private static DateOnly RoyaltyDueOn(Story story, DateOnly reportDueOn)
    {
        var dueOn = reportDueOn.AddDays(story.Now.Terms.Reporting!.PaymentDays);
        return dueOn < story.Today ? story.Today : dueOn;
    }

    private static Refusal? CheckSales(Story story, ReportSales c)
    {
        if (CheckOthers(story, c.Others) is { } wrong)
        {
            return wrong;
        }

        if (c.Gross.Currency != story.Now.Terms.Currency)
        {
            return InCurrency(story, c.Gross, "gross");
        }

        if (c.Deductions is null || c.Deductions.Count > 100)
        {
            return Refusal.Invalid("deductions-missing", "请列明扣除项（可为空列表，最多100项）。", "List the deductions, at most 100; an empty list if there are none.", "deductions");
        }

        if (c.Gross.AmountMinor is < 0 or > AgreementTerms.MaxAmountMinor)
        {
            return Refusal.Invalid("amount-out-of-range", "销售额不能为负，且须在系统上限之内。", "Sales are not negative, and within the limit of the system.", "gross.amountMinor");
        }

        long deductionsMinor = 0;
        for (var i = 0; i < c.Deductions.Count; i++)
        {
            if ((Text(c.Deductions[i]?.Kind, $"deductions[{i}].kind", 100) ?? Positive(story.Money(c.Deductions[i].AmountMinor), $"deductions[{i}]")) is { } refusal)
            {
                return refusal;
            }

            if (c.Deductions[i].AmountMinor > c.Gross.AmountMinor - deductionsMinor)
            {
                return Refusal.Invalid("deductions-exceed-sales", "扣除额之和不能超过销售额。", "Deductions cannot exceed the sales.", $"deductions[{i}].amountMinor");
            }

            deductionsMinor += c.Deductions[i].AmountMinor;
        }

        return null;
    }

    /// <summary>No figure of the report is anything but zero.</summary>
    public static bool IsNil(Money gross, OtherFigures? others) => gross.IsZero && (others is null || others == new OtherFigures());

    /// <summary>A person stands by the report, and a period without sales is told as one: a form that was sent empty reports nothing.</summary>
    private static Refusal? CheckAffirmed(ReportSales c) =>
        SalesAffirmation.Check(c.Affirmation, "affirmation") ?? (IsNil(c.Gross, c.Others), c.NoSales) switch
        {
            (true, false) => Refusal.Invalid("no-sales-not-affirmed", "报告全部为零：请明确声明本期没有销售。", "All figures are zero: affirm that there were no sales.", "noSales"),
            (false, true) => Refusal.Invalid("no-sales-with-figures", "已声明本期没有销售，却填写了数字。", "It is affirmed that there were no sales, yet there are figures.", "noSales"),
            _ => null,
        };

    /// <summary>An invoice is a fact about sales, whichever way it points; nothing falls due by it.</summary>
    private static Refusal? RecordSalesEvidence(Story story, RecordSalesEvidence c)
    {
        if ((By(story, Party.Both, out var party, orAdministrator: true) ?? InCommercialLife(story) ?? Text(c.Invoice, "invoice", 50) ?? InCurrency(story, c.Amount, "amount")
            ?? Sha256Hex.Check(c.FileHash, "fileHash")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Terms.Reporting is null || c.IssuedOn < story.Now.ConvertedOn || c.IssuedOn >= story.Now.LicenceEndsOn || c.IssuedOn > story.Today)
        {
            return Refusal.Invalid(
                "invoice-outside-periods", "开票日期须在需要报告的许可期内且不晚于今天。", "The invoice must be of a day in the reported term of the licence, and not of the future.", "issuedOn");
        }

        if (story.Now.SalesEvidence.Any(e => e.Invoice == c.Invoice))
        {
            return Refusal.State("invoice-known", "该发票已经登记。", "This invoice is recorded already.");
        }

        if (story.Now.SalesEvidence.Count >= MostInvoices)
        {
            return Refusal.State("invoices-too-many", $"每份合同至多登记{MostInvoices}张发票。", $"An agreement takes at most {MostInvoices} invoices.");
        }

        story.Tell(new SalesEvidenceRecorded(RunningPeriod(story.Now, c.IssuedOn), party, c.Invoice, c.IssuedOn, c.Amount, c.FileHash, story.Today));
        return null;
    }

    /// <summary>A figure that no clause asks for is refused: it would look as if it counted.</summary>
    private static Refusal? CheckOthers(Story story, OtherFigures? others)
    {
        if (others is null)
        {
            return null;
        }

        var payments = story.Now.Terms.Payments;
        var mostUnits = payments.OfType<UnitRoyalty>().Select(p => AgreementTerms.MaxAmountMinor / p.AmountPerUnitMinor).DefaultIfEmpty(0).Min();
        const long Most = AgreementTerms.MaxAmountMinor;
        return Figure(others.Units, 0, mostUnits, payments.Any(p => p is UnitRoyalty), "others.units")
            ?? Figure(others.MeasureMinor, -Most, Most, payments.Any(p => p is IncrementShare), "others.measureMinor")
            ?? Figure(others.SublicenceMinor, 0, Most, payments.Any(p => p is SublicenceShare), "others.sublicenceMinor")
            ?? Figure(others.ThirdPartyRoyaltiesMinor, 0, Most, payments.Any(p => p is StackingReduction), "others.thirdPartyRoyaltiesMinor");
    }

    private static Refusal? Figure(long value, long low, long high, bool isAsked, string field) =>
        isAsked ? AgreementTerms.Between(value, low, high, field)
        : value == 0 ? null
        : Refusal.Invalid("figure-unasked", "合同没有条款用到这一数字。", "No clause of the agreement asks for this figure.", field);

    private static long NetMinor(Money gross, IReadOnlyList<SalesDeduction> deductions) => checked(gross.AmountMinor - deductions.Sum(d => d.AmountMinor));

    private static Refusal? ElectBuyOut(Story story)
    {
        if ((By(story, Party.Company, out _) ?? In(story, Stage.Converted)) is { } refusal)
        {
            return refusal;
        }

        var trigger = story.Now.Terms.Payments.ToList().FindIndex(p => p is BuyOut);
        if (trigger < 0)
        {
            return Refusal.State("no-buy-out", "合同没有约定买断。", "The agreement has no buy-out.");
        }

        if (story.Now.BoughtOutAfterPeriod is not null)
        {
            return Refusal.State("bought-out", "已经买断。", "The company has bought itself out already.");
        }

        var (buyOut, convertedOn) = ((BuyOut)story.Now.Terms.Payments[trigger], story.Now.ConvertedOn!.Value);
        if (buyOut.Prices.FirstOrDefault(p => story.Today < LocalTime.AddMonths(convertedOn, p.BeforeMonth)) is not { } price)
        {
            return Refusal.State("buy-out-over", "可以买断的期限已过。", "The time for a buy-out is over.");
        }

        story.Tell(new BuyOutElected(trigger, story.Money(price.AmountMinor), RunningPeriod(story.Now, story.Today), story.Today));
        PaymentPlan.Arise(story, ObligationKind.BuyOut, trigger, null, price.AmountMinor, story.Today.AddDays(buyOut.DaysToPay), Explanation.Of(
            PaymentTrigger.ClauseOf(trigger), "the price for elections before convertedOn + months",
            ("amountMinor", price.AmountMinor), ("convertedOn", PaymentPlan.Iso(convertedOn)), ("months", price.BeforeMonth),
            ("electedOn", PaymentPlan.Iso(story.Today)), ("daysToPay", buyOut.DaysToPay)));
        return null;
    }

    /// <summary>Number of the reporting period in which a day lies; 0 when the agreement has none.</summary>
    private static int RunningPeriod(Agreement a, DateOnly day)
    {
        var number = 0;
        while (a.Terms.Reporting is { } reporting && LocalTime.AddMonths(a.ConvertedOn!.Value, number * reporting.PeriodMonths) <= day && number * reporting.PeriodMonths < a.Terms.CommercialMonths)
        {
            number++;
        }

        return number;
    }

    private static Refusal? SettleInKind(Story story, SettleInKind c)
    {
        if ((By(story, Party.Lab, out _) ?? InCommercialLife(story) ?? Existing(story, c.Obligation, "obligation")
            ?? InCurrency(story, c.Amount, "amount") ?? Text(c.Evidence, "evidence")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Owed(c.Obligation).Kind != ObligationKind.Equity)
        {
            return Refusal.State("not-in-kind", "这一笔应付款只能以货币清偿。", "This obligation can be settled in money only.");
        }

        ChargeLateInterest(story, c.Obligation);
        var owed = story.Now.Owed(c.Obligation);

        if (c.Amount.AmountMinor > owed.EnforceablePrincipalMinor)
        {
            return Refusal.Invalid("more-than-owed", "超过尚未清偿且无争议的本金。", "More than the principal that is open and undisputed.", "amount.amountMinor");
        }

        story.Tell(new ObligationSettledInKind(c.Obligation, c.Amount, c.Evidence, owed.WasInvoiced, story.Today));
        AfterDebtFell(story);
        return null;
    }

    private static void Report(Story story, ReportSales c, (int Number, DateOnly From, DateOnly To, DateOnly ReportDueOn) period)
    {
        var netMinor = NetMinor(c.Gross, c.Deductions);
        var earnedMinor = SalesMeter.Run(story.Now.Terms, [.. story.Now.Reports.Select(r => r.Figures), SalesFigures.Of(netMinor, c.Others)])
            .Where(l => l.Period == period.Number && story.Now.Terms.Payments[l.Trigger] is not MinimumAnnualRoyalty).Sum(l => l.EarnedMinor);
        story.Tell(new SalesReported(
            period.Number, period.From, period.To, c.Gross, c.Deductions, story.Money(netMinor), story.Money(earnedMinor), story.Today, c.Others, c.Affirmation, c.Sheet));
        PaymentPlan.Bill(story, period.Number, RoyaltyDueOn(story, period.ReportDueOn));
        ConfirmWhatSalesProve(story, period.To);
        SettleIfNothingIsLeft(story);
    }

    /// <summary>The company's own reports show that income has arisen and which sums were reached: nobody needs to claim that.</summary>
    private static void ConfirmWhatSalesProve(Story story, DateOnly periodEnd)
    {
        var netMinor = story.Now.Reports.Where(r => !r.IsEstimate).Sum(r => r.Figures.NetMinor);
        for (var i = 0; i < story.Now.Terms.Payments.Count; i++)
        {
            var proven = story.Now.Terms.Payments[i] switch
            {
                Milestone { CumulativeNetSalesMinor: { } thresholdMinor } => netMinor >= thresholdMinor,
                Milestone { Event: MilestoneKind.FirstCommercialSale } or DeferredLumpSum => netMinor > 0,
                _ => false,
            };
            if (proven && story.Now.Claims.GetValueOrDefault(i)?.Status != ClaimStatus.Confirmed)
            {
                Confirm(story, i, periodEnd.AddDays(-1), "sales reports");
            }
        }
    }
}
