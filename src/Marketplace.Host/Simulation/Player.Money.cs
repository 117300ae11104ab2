using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using AnswerDistributionObjection = Application.Agreements.AnswerDistributionObjection;
using AnswerHardship = Application.Agreements.AnswerHardship;
using ApproveEnforcementStep = Application.Agreements.ApproveEnforcementStep;
using AssessSales = Application.Agreements.AssessSales;
using AuthoriseCollection = Application.Agreements.AuthoriseCollection;
using ChangeInventorSplit = Application.Agreements.ChangeInventorSplit;
using ChargeEnforcementCost = Application.Agreements.ChargeEnforcementCost;
using ClaimTrigger = Application.Agreements.ClaimTrigger;
using CloseAgreement = Application.Agreements.CloseAgreement;
using CollectObligation = Application.Agreements.CollectObligation;
using ContestTrigger = Application.Agreements.ContestTrigger;
using CorrectSales = Application.Agreements.CorrectSales;
using DecideDispute = Application.Agreements.DecideDispute;
using DecideHardship = Application.Agreements.DecideHardship;
using DecideTrigger = Application.Agreements.DecideTrigger;
using DistributeIncome = Application.Agreements.DistributeIncome;
using ElectBuyOut = Application.Agreements.ElectBuyOut;
using ForecastSales = Application.Agreements.ForecastSales;
using ObjectToDistribution = Application.Agreements.ObjectToDistribution;
using OpenDispute = Application.Agreements.OpenDispute;
using PayBroker = Application.Agreements.PayBroker;
using PayInventor = Application.Agreements.PayInventor;
using PayLab = Application.Agreements.PayLab;
using RecordReceipt = Application.Agreements.RecordReceipt;
using RecordSalesEvidence = Application.Agreements.RecordSalesEvidence;
using RecordTaxRemittance = Application.Agreements.RecordTaxRemittance;
using RefundUnapplied = Application.Agreements.RefundUnapplied;
using ReportSales = Application.Agreements.ReportSales;
using RequestHardship = Application.Agreements.RequestHardship;
using SettleInKind = Application.Agreements.SettleInKind;
using WaiveObligation = Application.Agreements.WaiveObligation;

/// <summary>How a company pays.</summary>
internal enum PayingStyle
{
    Early,
    ByMandate,
    Late,
    InParts,
    Never,
}

// Claims, reports, payments, the ladder, disputes, income.
internal sealed partial class Player
{
    private const string Sandbox = "sandbox";
    private const string Bank = "示例银行";

    /// <summary>A lab asks those for a surety whom it does not expect to pay in time, and it knows them.</summary>
    private PayingStyle PayingOf(Agreement a) => chance.Between("paying", ThirdParty.Of(a.Terms) is { Role: ThirdPartyRole.Guarantor } ? 65 : 0, 99) switch
    {
        < 20 => PayingStyle.Early,
        < 55 => PayingStyle.ByMandate,
        < 75 => PayingStyle.Late,
        < 88 => PayingStyle.InParts,
        _ => PayingStyle.Never,
    };

    private Move? OfClaims(Agreement a, DateOnly today)
    {
        foreach (var claim in a.Claims.Values)
        {
            var why = $"claim {claim.Trigger}";
            if (claim.Status == ClaimStatus.Open && chance.Percent($"{why} contested", 30) && today >= claim.ContestUntil.AddDays(-8))
            {
                return claim.By == Party.Lab
                    ? Company(a, $"{why} contest {claim.ContestUntil}", id => new ContestTrigger(id, a.Id, claim.Trigger, "示例：仅为样机"))
                    : Lab(a, $"{why} contest {claim.ContestUntil}", id => new ContestTrigger(id, a.Id, claim.Trigger, "示例：证据不足"));
            }

            if (claim.Status == ClaimStatus.Contested && today >= claim.ContestUntil.AddDays(10))
            {
                return Administrator($"{why} decide {claim.ContestUntil}", id => new DecideTrigger(id, a.Id, claim.Trigger, chance.Percent($"{why} confirmed", 60), "示例裁定"));
            }
        }

        if (a.ConvertedOn is not { } converted || today >= a.LicenceEndsOn)
        {
            return null;
        }

        for (var i = 0; i < a.Terms.Payments.Count; i++)
        {
            var claimable = a.Terms.Payments[i] is Milestone { CumulativeNetSalesMinor: null } or ConditionalSum or EquityConversion or DeferredLumpSum { PayDate: PayDateRule.Later };
            if (claimable && !a.Claims.ContainsKey(i) && chance.Percent($"milestone {i}", 70) && today >= converted.AddDays(chance.Days($"milestone {i}", 40, 300)))
            {
                return chance.Percent($"milestone {i} by lab", 50)
                    ? Lab(a, $"milestone {i}", id => new ClaimTrigger(id, a.Id, i, today, "示例证据"))
                    : Company(a, $"milestone {i}", id => new ClaimTrigger(id, a.Id, i, today, "示例证据"));
            }
        }

        return null;
    }

    private Move? OfReports(Agreement a, DateOnly today)
    {
        if (AgreementRules.NextPeriod(a) is not { } period)
        {
            return null;
        }

        var why = $"report {period.Number}";
        if (ForgetsReports && period.Number > 1 - (number % 2)) // some have reported once, some never
        {
            return a.MissingReportSteps >= 2 && today >= period.ReportDueOn.AddDays(35)
                ? Administrator($"assess {period.Number}", id => new AssessSales(id, a.Id, period.Number, new Money(GrossMinor(period.Number), a.Terms.Currency), "示例：增值税发票", Others(a, period.Number)))
                : null;
        }

        var delay = chance.Percent($"{why} late", 15) ? chance.Days(why, 32, 60) : chance.Days(why, 1, 29);
        if (today < period.To.AddDays(delay))
        {
            return null;
        }

        var grossMinor = GrossMinor(period.Number);
        IReadOnlyList<SalesDeduction> deductions = grossMinor > 0 && chance.Percent($"{why} returns", 40) ? [new SalesDeduction("退货", grossMinor / 20)] : [];
        var (gross, others) = (new Money(grossMinor, a.Terms.Currency), Others(a, period.Number));
        return gross.IsPositive && chance.Percent("reports by file", 30)
            ? Company(a, why, id => new ReportSalesFromSheet(id, a.Id, period.Number, SimulatedSheet.Of(gross, deductions, others?.Units), "sales.csv", Affirmation, others))
            : Company(a, why, id => new ReportSales(id, a.Id, period.Number, gross, deductions, others, Affirmation, AgreementRules.IsNil(gross, others)));
    }

    private static readonly SalesAffirmation Affirmation = new("示例经理", "财务负责人");

    private bool ForgetsReports => chance.Percent("forgets reports", 12);

    private long GrossMinor(int period) => chance.Percent($"report {period} zero", 15) ? 0 : chance.Between($"report {period} gross", 10_000_00, 4_000_000_00);

    /// <summary>Only what a clause asks for.</summary>
    private OtherFigures? Others(Agreement a, int period)
    {
        var why = $"report {period}";
        long Asked<T>(string what, long low, long high) where T : PaymentTrigger => a.Terms.Payments.Any(p => p is T) ? chance.Between($"{why} {what}", low, high) : 0;
        var others = new OtherFigures(
            Asked<UnitRoyalty>("units", 0, 40), Asked<IncrementShare>("output", 0, 3_000_000_00),
            Asked<SublicenceShare>("sublicence", 0, 200_000_00), Asked<StackingReduction>("third parties", 0, 50_000_00));
        return others == new OtherFigures() ? null : others;
    }

    /// <summary>Some reports were wrong, and are found to be a month later: up or down by a tenth.</summary>
    private Move? OfCorrections(Agreement a, DateOnly today)
    {
        if (a.Stage is not (Stage.Converted or Stage.Overdue))
        {
            return null;
        }

        foreach (var report in a.Reports)
        {
            var why = $"correct {report.Number}";
            var rightMinor = GrossMinor(report.Number) / 10 * (chance.Percent($"{why} up", 50) ? 11 : 9);
            if (chance.Percent(why, 12) && today >= report.To.AddDays(chance.Days(why, 61, 80)) && report.Figures.NetMinor != rightMinor)
            {
                var (gross, others) = (new Money(rightMinor, a.Terms.Currency), Others(a, report.Number));
                return Company(a, why, id => new CorrectSales(id, a.Id, report.Number, gross, [], "示例：复核", others, Affirmation, AgreementRules.IsNil(gross, others)));
            }
        }

        return null;
    }

    /// <summary>Of some reports an invoice turns up, and a few invoices show more than was reported.</summary>
    private Move? OfEvidence(Agreement a, DateOnly today)
    {
        foreach (var report in a.Reports.Where(r => r is { Statement.GrossMinor: > 10 } && a.SalesEvidence.All(e => e.Period != r.Number)))
        {
            var why = $"invoice {report.Number}";
            if (chance.Percent(why, 20) && today >= report.To.AddDays(chance.Days(why, 31, 70)))
            {
                var amount = new Money(report.Statement!.GrossMinor / 10 * (chance.Percent($"{why} more", 25) ? 12 : 9), a.Terms.Currency);
                var number = $"{chance.Between($"{why} number", 10_000_000, 99_999_999)}";
                return chance.Percent($"{why} by lab", 50)
                    ? Lab(a, why, id => new RecordSalesEvidence(id, a.Id, number, report.From, amount, new string('0', 64)))
                    : Administrator(why, id => new RecordSalesEvidence(id, a.Id, number, report.From, amount, new string('0', 64)));
            }
        }

        return null;
    }

    /// <summary>Many say once, soon after the conversion, what they expect to sell; some expect too much.</summary>
    private Move? OfForecast(Agreement a, DateOnly today) =>
        a is { Forecasts.IsEmpty: true, ConvertedOn: { } converted } && AgreementRules.PeriodToForecast(a, today) is not null
        && chance.Percent("forecasts", 60) && today >= converted.AddDays(chance.Days("forecasts", 1, 25))
            ? Company(a, "forecast", id => new ForecastSales(id, a.Id, new Money(chance.Between("forecast", 10_000_00, 1_500_000_00), a.Terms.Currency)))
            : null;

    private Move? OfBuyOut(Agreement a, DateOnly today) =>
        a is { Stage: Stage.Converted, BoughtOutAfterPeriod: null, ConvertedOn: { } converted }
        && a.Terms.Payments.OfType<BuyOut>().Any() && chance.Percent("buys out", 80)
        && today >= converted.AddDays(chance.Days("buys out", 100, 400)) && today < LocalTime.AddMonths(converted, 18)
            ? Company(a, "buy out", id => new ElectBuyOut(id, a.Id))
            : null;

    private Move? OfEquity(Agreement a, DateOnly today)
    {
        foreach (var owed in a.Obligations.Where(o => o is { Kind: ObligationKind.Equity, Principal.InKindMinor: 0 } && o.EnforceablePrincipalMinor > 1))
        {
            var why = $"equity {owed.Number}";
            if (chance.Percent(why, 70) && today >= owed.DueOn.AddDays(-chance.Days(why, 1, 30)))
            {
                var partMinor = chance.Percent($"{why} all", 60) ? owed.EnforceablePrincipalMinor : owed.EnforceablePrincipalMinor / 2;
                return Lab(a, why, id => new SettleInKind(id, a.Id, owed.Number, new Money(partMinor, a.Terms.Currency), "示例股东名册"));
            }
        }

        return null;
    }

    private Move? OfMoney(Agreement a, DateOnly today)
    {
        if (PayingOf(a) == PayingStyle.ByMandate && a.Mandate is null && a.Stage == Stage.Converted)
        {
            return Company(a, "mandate", id => new AuthoriseCollection(id, a.Id, Sandbox, chance.Among("mandate", SimulatedMethods.Collections)));
        }

        foreach (var owed in a.Obligations.Where(o => o.IsOpen))
        {
            if ((OfDispute(a, owed, today) ?? OfPayment(a, owed, today) ?? OfLadder(a, owed, today)) is { } move)
            {
                return move;
            }
        }

        return OfDecision(a, today) ?? OfSurplus(a, today) ?? OfObjection(a, today) ?? OfIncome(a, today);
    }

    private Move? OfPayment(Agreement a, Obligation owed, DateOnly today)
    {
        var (why, paying) = ($"pay {owed.Number}", PayingOf(a));
        var sent = a.Receipts.Count(r => r.Source == Bank && r.Reference.StartsWith($"{number}-{owed.Number}-", StringComparison.Ordinal));
        if (sent >= 4)
        {
            return null;
        }

        var day = paying switch
        {
            PayingStyle.Early => owed.DueOn.AddDays(-chance.Days(why, 1, 20)),
            PayingStyle.ByMandate => owed.DueOn.AddDays(20), // by hand, if the collection has not brought all of it
            PayingStyle.Late => owed.DueOn.AddDays(chance.Days(why, 3, 100)),
            PayingStyle.InParts => owed.DueOn.AddDays(chance.Days(why, -5, 30)),
            PayingStyle.Never => a.Stage == Stage.Terminated && chance.Percent($"{why} after all", 40) ? owed.DueOn.AddDays(260) : DateOnly.MaxValue,
        };
        if (day > DateOnly.MaxValue.AddDays(-400) || today < day.AddDays(sent * 21) || owed.EnforceableMinor == 0)
        {
            return null;
        }

        if (paying == PayingStyle.ByMandate && owed.IsOverdue && sent == 0 && a.Intents.Count(i => i.Obligation == owed.Number) is 1 && a.Intents.All(i => !i.IsOpen))
        {
            return Company(a, $"{why} collect again", id => new CollectObligation(id, a.Id, owed.Number));
        }

        if (a.Intents.Any(i => i.Obligation == owed.Number && i.IsOpen))
        {
            return null;
        }

        var share = paying == PayingStyle.InParts && sent < 2 ? 3 : 1;
        var surplus = chance.Percent($"{why} too much", 4) ? 12_345 : 0;
        var amount = new Money(Math.Max(1, owed.EnforceableMinor / share) + surplus, chance.Percent($"{why} {sent} foreign", 2) ? Currency.Parse("USD", "currency").Value : a.Terms.Currency);
        var receivedOn = today.AddDays(-chance.Days($"{why} {sent} noticed", 0, 4));
        return Administrator($"{why} {sent}", id => new RecordReceipt(
            id, a.Id, Bank, string.Create(CultureInfo.InvariantCulture, $"{number}-{owed.Number}-{sent + 1}"), amount, receivedOn));
    }

    /// <summary>Some of those who pay late or in parts ask for time when the demand has come, and most get it.</summary>
    private Move? OfHardship(Agreement a, DateOnly today)
    {
        if (a.Hardship is { LabConsents: false } asked)
        {
            var consents = chance.Percent($"hardship {asked.Obligation} consents", 75);
            return today < asked.On.AddDays(4) ? null : Lab(a, $"hardship {asked.Obligation}", id => new AnswerHardship(id, a.Id, consents, consents ? null : "示例：经营正常"));
        }

        if (a.Hardship is { } consented)
        {
            var owed = a.Owed(consented.Obligation);
            var fits = owed.ContestedMinor == 0 && owed.Principal.OutstandingMinor == consented.Parts.Sum(p => p.AmountMinor) && consented.Parts[0].DueOn > today;
            return today < consented.On.AddDays(9) ? null : Administrator($"hardship {consented.Obligation}", id => new DecideHardship(id, a.Id, fits && chance.Percent($"hardship {consented.Obligation} approved", 85), "示例：已核实"));
        }

        var needy = a.Stage is Stage.Overdue or Stage.Cure && PayingOf(a) is PayingStyle.Late or PayingStyle.InParts
            ? a.Obligations.FirstOrDefault(o => o is { Kind: not ObligationKind.HardshipPart, ContestedMinor: 0, Principal.OutstandingMinor: > 2 } && o.IsOverdue
                && chance.Percent($"hardship {o.Number}", 25) && today == o.DueOn.AddDays(chance.Days($"hardship {o.Number}", 16, 28)))
            : null;
        if (needy is null)
        {
            return null;
        }

        var thirdMinor = needy.Principal.OutstandingMinor / 3;
        HardshipPart[] parts = [new(today.AddDays(60), thirdMinor), new(today.AddDays(120), thirdMinor), new(today.AddDays(180), needy.Principal.OutstandingMinor - (2 * thirdMinor))];
        return Company(a, $"hardship {needy.Number}", id => new RequestHardship(id, a.Id, needy.Number, parts, chance.Percent($"hardship {needy.Number} interest", 50), "示例：回款延迟"));
    }

    private Move? OfLadder(Agreement a, Obligation owed, DateOnly today)
    {
        if (owed.EnforceableMinor == 0)
        {
            return null;
        }

        foreach (var proposed in owed.Proposed)
        {
            var approvals = proposed.ApprovedBy.Count;
            if (today >= proposed.DueOn.AddDays(2 + (2 * approvals)))
            {
                var id = chance.Id($"approve {owed.Number} {proposed.Step} {proposed.DueOn} {approvals}");
                return new Move(approvals == 0 ? Market.Administrator : Market.SecondAdministrator, new ApproveEnforcementStep(id, a.Id, owed.Number, proposed.Step));
            }
        }

        if (owed.IsOverdue && owed.HasReached(a.Terms, EnforcementStep.Demand) && owed.Costs.ChargedMinor == 0 && chance.Percent($"costs {owed.Number}", 25) && a.Stage != Stage.Settled)
        {
            return Administrator($"costs {owed.Number}", id => new ChargeEnforcementCost(id, a.Id, owed.Number, new Money(3_000, a.Terms.Currency), "示例：公证送达费"));
        }

        var forgiven = PayingOf(a) == PayingStyle.InParts && owed.IsOverdue && owed.Principal.AllocatedMinor > 0 && chance.Percent($"forgive {owed.Number}", 30);
        return forgiven && today >= owed.DueOn.AddDays(45)
            ? Lab(a, $"forgive {owed.Number} {owed.OutstandingMinor}", id => new WaiveObligation(id, a.Id, owed.Number, new Money(owed.EnforceableMinor, a.Terms.Currency), "示例：协商减免"))
            : null;
    }

    private Move? OfDispute(Agreement a, Obligation owed, DateOnly today)
    {
        var disputes = owed is { WasInvoiced: true, ContestedMinor: 0, Principal.OutstandingMinor: > 1 }
            && chance.Percent($"dispute {owed.Number}", 8)
            && a.Disputes.All(d => !d.Contested.ContainsKey(owed.Number))
            && a.Stage is Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached;
        if (!disputes || today < owed.DueOn.AddDays(chance.Days($"dispute {owed.Number}", 0, 40)))
        {
            return null;
        }

        var contested = chance.Percent($"dispute {owed.Number} all", 50) ? owed.Principal.OutstandingMinor : owed.Principal.OutstandingMinor / 2;
        return Company(a, $"dispute {owed.Number}", id => new OpenDispute(id, a.Id, [new ContestedSum(owed.Number, contested)], "示例：计算有误"));
    }

    private Move? OfDecision(Agreement a, DateOnly today)
    {
        foreach (var dispute in a.Disputes.Where(d => d.IsOpen && today >= d.OpenedOn.AddDays(chance.Days($"dispute of {d.Number}", 10, 60))))
        {
            IReadOnlyList<ContestedSum> notOwed = chance.Percent($"decide {dispute.Number}", 40)
                ? [.. dispute.Contested.Select(c => new ContestedSum(c.Key, Math.Max(1, c.Value / 3)))]
                : [];
            return Administrator($"decide {dispute.Number}", id => new DecideDispute(id, a.Id, dispute.Number, notOwed, "示例裁定"));
        }

        return null;
    }

    /// <summary>Money that nobody claims goes back: foreign currency soon, the rest when nothing is owed any more.</summary>
    private Move? OfSurplus(Agreement a, DateOnly today)
    {
        var nothingOwed = a.Stage is Stage.Settled or Stage.Terminated or Stage.Returned or Stage.Expired && a.Obligations.All(o => !o.IsOpen);
        var receipt = a.Receipts.FirstOrDefault(r => r.UnappliedMinor > 0 && (nothingOwed || r.Amount.Currency != a.Terms.Currency));
        return receipt is null || today.Day % 7 != 0 ? null : Administrator(
            $"refund {receipt.Number} {a.Intents.Count}",
            id => new RefundUnapplied(id, a.Id, receipt.Number, receipt.Amount with { AmountMinor = receipt.UnappliedMinor }, Sandbox, SimulatedMethods.PayoutAfter(a)));
    }

    /// <summary>Some inventors object once, to a distribution or to the split; some of them are right, and the split changes before they are answered.</summary>
    private Move? OfObjection(Agreement a, DateOnly today)
    {
        foreach (var open in a.Objections.Where(o => o.IsOpen && today >= o.On.AddDays(chance.Days($"answer objection {o.Number}", 5, 40))))
        {
            var isUpheld = chance.Percent($"objection {open.Number} upheld", 40);
            return isUpheld && open.SplitVersion == a.SplitVersion
                ? Lab(a, $"split {a.SplitVersion}", id => new ChangeInventorSplit(id, a.Id, Nudged(a.Inventors)))
                : Lab(a, $"answer objection {open.Number}", id => new AnswerDistributionObjection(id, a.Id, open.Number, isUpheld, "示例：已核对贡献"));
        }

        var distributed = a.Receipts.FirstOrDefault(r => r.SplitVersion is not null);
        for (var inventor = 1; distributed is not null && today.Day == 12 && inventor <= a.Inventors.Inventors.Count; inventor++)
        {
            var (place, why) = (inventor, $"inventor {inventor} objects");
            if (chance.Percent(why, 20) && a.Objections.All(o => o.Inventor != place))
            {
                int? receipt = chance.Percent($"{why} to a receipt", 50) ? distributed.Number : null;
                return Lab(a, why, id => new ObjectToDistribution(id, a.Id, place, "示例：贡献未计全", receipt));
            }
        }

        return null;
    }

    /// <summary>A thousandth of the pool moves from the last inventor to the first; with one inventor, or too little, all stays as it is.</summary>
    private static InventorSplit Nudged(InventorSplit split) => split.Inventors.Count < 2 || split.Inventors[^1].SharePpm <= 1_000
        ? split
        : split with
        {
            Inventors =
            [
                split.Inventors[0] with { SharePpm = split.Inventors[0].SharePpm + 1_000 },
                .. split.Inventors.Skip(1).SkipLast(1),
                split.Inventors[^1] with { SharePpm = split.Inventors[^1].SharePpm - 1_000 },
            ],
        };

    private Move? OfIncome(Agreement a, DateOnly today)
    {
        if (today.Day != 5)
        {
            return null;
        }

        if (!a.IsSplitDisputed && a.Receipts.Any(r => r.NetUndistributedMinor > 0))
        {
            return Lab(a, $"distribute {today}", id => new DistributeIncome(id, a.Id));
        }

        if (a.BalanceMinor(ChartOfAccounts.LabPayable, a.Terms.Currency) < 0)
        {
            return Lab(a, $"pay lab {today}", id => new PayLab(id, a.Id, Sandbox, SimulatedMethods.PayoutAfter(a)));
        }

        if (a.BalanceMinor(ChartOfAccounts.BrokerPayable, a.Terms.Currency) < 0)
        {
            return Lab(a, $"pay broker {today}", id => new PayBroker(id, a.Id, Sandbox, SimulatedMethods.PayoutAfter(a)));
        }

        if (today.Month % 3 == 0 && a.BalanceMinor(ChartOfAccounts.TaxPayable, a.Terms.Currency) is < 0 and var taxMinor)
        {
            return Administrator($"remit tax {today}", id => new RecordTaxRemittance(id, a.Id, new Money(-taxMinor, a.Terms.Currency), $"示例：完税证明 {today:yyyy-MM}", today));
        }

        for (var inventor = 1; inventor <= a.Inventors.Inventors.Count; inventor++)
        {
            var place = inventor;
            if (!a.HasObjected(inventor) && !a.Intents.Any(i => i.IsOpen && i.Payee == $"inventor:{place}") && a.BalanceMinor(ChartOfAccounts.InventorPayable(inventor), a.Terms.Currency) < 0)
            {
                return Lab(a, $"pay inventor {inventor} {today}", id => new PayInventor(id, a.Id, place, Sandbox, SimulatedMethods.PayoutAfter(a)));
            }
        }

        return null;
    }

    private Move? OfClosing(Agreement a, DateOnly today)
    {
        var isClear = a.Objections.All(o => !o.IsOpen) && a.Obligations.All(o => !o.IsOpen) && !HasUndecidedClaim(a) && a.Intents.All(i => !i.IsOpen)
            && a.Balances.All(b => b.Value == 0 || AgreementRules.MayStayOnTheBooks(Agreement.AccountOf(b.Key).Account));
        return isClear && today.Day == 20 ? Lab(a, "close", id => new CloseAgreement(id, a.Id)) : null;
    }
}

/// <summary>Ways to pay of the sandbox provider.</summary>
internal static class SimulatedMethods
{
    public static readonly IReadOnlyList<string> Collections =
        ["sandbox:ok", "sandbox:ok", "sandbox:delay-3d", "sandbox:decline", "sandbox:partial-40", "sandbox:silent"];

    private static readonly IReadOnlyList<string> Payouts = ["sandbox:ok", "sandbox:silent", "sandbox:delay-3d"];

    /// <summary>Every fifth payout is declined first, so that it has to be ordered again.</summary>
    public static string PayoutAfter(Agreement a) =>
        a.Intents.Count % 5 == 4 && a.Intents[^1].Status != IntentStatus.Failed ? "sandbox:decline" : Payouts[a.Intents.Count % Payouts.Count];
}
