using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>Something that an agreement waits for one of its parties to do.</summary>
/// <param name="By">The last day for it, or the day from which it costs something; null: nobody has set one.</param>
/// <param name="Number">Of the obligation, period, trigger, version, amendment or objection that it concerns; null when it concerns the whole agreement.</param>
/// <param name="Amount">What is to be paid, put on fapiao, divided or paid out.</param>
public sealed record OpenTask(OpenTaskKind Kind, DateOnly? By = null, int? Number = null, Money? Amount = null)
{
    /// <summary>So long after it came a report that gives reasons for doubt is worth a look.</summary>
    private const int DaysToLookAtReport = 30;

    /// <summary>What waits for one party on a day, the earliest first and then what has no date. Looks only: what may be done is said by the rules.</summary>
    /// <param name="party">One alone.</param>
    public static IReadOnlyList<OpenTask> Of(Agreement a, Party party, DateOnly today) =>
    [
        .. (a.Stage == Stage.None ? [] : party switch
        {
            Party.Lab => Common(a, party).Concat(OfLab(a, today)),
            Party.Company => Common(a, party).Concat(OfCompany(a, today)),
            Party.Third => Signatures(a, party).Concat(OfThird(a)),
            _ => [],
        }).OrderBy(t => t.By is null).ThenBy(t => t.By).ThenBy(t => t.Kind).ThenBy(t => t.Number),
    ];

    private static IEnumerable<OpenTask> Common(Agreement a, Party party)
    {
        if (a.Stage == Stage.Negotiating && !a.AcceptedBy.HasFlag(party))
        {
            yield return new(OpenTaskKind.AnswerTerms, AgreementRules.OpenUntil(a), a.Newest.Version);
        }

        foreach (var signature in Signatures(a, party))
        {
            yield return signature;
        }

        if (a.SignOff is { Status: SignOffStatus.Requested } asked && asked.RequestedBy != party)
        {
            yield return new(OpenTaskKind.AnswerSignOff, asked.AnswerDueOn);
        }

        foreach (var claim in a.Claims.Values.Where(c => c.Status == ClaimStatus.Open && c.By != party))
        {
            yield return new(OpenTaskKind.AnswerClaim, claim.ContestUntil, claim.Trigger);
        }
    }

    private static IEnumerable<OpenTask> Signatures(Agreement a, Party party)
    {
        if (a.Stage == Stage.Agreed && a.Signatories.HasFlag(party) && !a.SignedBy.HasFlag(party))
        {
            yield return new(OpenTaskKind.Sign);
        }

        foreach (var amendment in a.Amendments.Where(m => m.Status == AmendmentStatus.Proposed && a.Signatories.HasFlag(party) && !m.SignedBy.HasFlag(party)))
        {
            yield return new(OpenTaskKind.SignAmendment, Number: amendment.Number);
        }
    }

    private static IEnumerable<OpenTask> OfLab(Agreement a, DateOnly today)
    {
        if (a.Stage == Stage.Applied)
        {
            yield return new(OpenTaskKind.AnswerApplication);
        }

        if (a.Stage == Stage.Signed)
        {
            yield return new(OpenTaskKind.File, a.FilingDueOn);
        }

        if (a.Stage == Stage.Filed)
        {
            yield return new(OpenTaskKind.Deliver);
        }

        if (a.ExtensionAskedMonths is { } months && IsInTrial(a))
        {
            yield return new(OpenTaskKind.AnswerExtension, a.TrialEndsOn, months);
        }

        if (a.Hardship is { LabConsents: false } hardship)
        {
            yield return new(OpenTaskKind.AnswerHardship, Number: hardship.Obligation);
        }

        foreach (var objection in a.Objections.Where(o => o.IsOpen))
        {
            yield return new(OpenTaskKind.AnswerObjection, Number: objection.Number);
        }

        if (a.Reports is [.., { } newest] && newest.ReceivedOn.AddDays(DaysToLookAtReport) is var until && today <= until && ReportRisk.Of(a, RiskWeights.Current).Score > 0)
        {
            yield return new(OpenTaskKind.LookAtReport, until, newest.Number);
        }

        foreach (var owed in a.Obligations.Where(o => o.WasInvoiced && a.Terms.Currency == Currency.Cny && AgreementRules.LeftForFapiaoMinor(a, o.Number) > 0))
        {
            yield return new(OpenTaskKind.RecordFapiao, owed.DueOn, owed.Number, new Money(AgreementRules.LeftForFapiaoMinor(a, owed.Number), Currency.Cny));
        }

        foreach (var (kind, amount) in Distributions(a))
        {
            yield return new(kind, Amount: amount);
        }
    }

    private static IEnumerable<(OpenTaskKind Kind, Money Amount)> Distributions(Agreement a)
    {
        foreach (var ofCurrency in a.Balances.Select(b => (Account: Agreement.AccountOf(b.Key), b.Value)).GroupBy(b => b.Account.CurrencyCode))
        {
            var currency = Currency.Parse(ofCurrency.Key, "currency").Value;
            Money Owed(string account) => new(-ofCurrency.Where(b => ChartOfAccounts.OfAllAgreements(b.Account.Account) == account).Sum(b => b.Value), currency);
            if (Owed(ChartOfAccounts.LabUndistributed) is { IsPositive: true } undivided && !a.IsSplitDisputed)
            {
                yield return (OpenTaskKind.Distribute, undivided);
            }

            if (Owed("inventor.payable") is { IsPositive: true } inventors)
            {
                yield return (OpenTaskKind.PayInventors, inventors);
            }

            if (Owed(ChartOfAccounts.BrokerPayable) is { IsPositive: true } broker)
            {
                yield return (OpenTaskKind.PayBroker, broker);
            }

            if (Owed(ChartOfAccounts.LabPayable) is { IsPositive: true } own)
            {
                yield return (OpenTaskKind.OrderPayout, own);
            }
        }
    }

    private static IEnumerable<OpenTask> OfCompany(Agreement a, DateOnly today)
    {
        if (a.Stage == Stage.Delivered)
        {
            yield return new(OpenTaskKind.AcceptDelivery, a.AcceptanceDueOn);
        }

        if (a.Stage == Stage.DecisionDue)
        {
            yield return new(OpenTaskKind.Decide, a.TrialEndsOn);
        }

        if (a.Stage is Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached && AgreementRules.NextPeriod(a) is { } period && period.To <= today)
        {
            yield return new(OpenTaskKind.ReportSales, period.ReportDueOn, period.Number);
        }

        foreach (var owed in a.Obligations.Where(o => o.WasInvoiced && o.EnforceableMinor > 0))
        {
            yield return new(OpenTaskKind.Pay, owed.DueOn, owed.Number, new Money(owed.EnforceableMinor, a.Terms.Currency));
        }
    }

    private static IEnumerable<OpenTask> OfThird(Agreement a) => a.GuaranteeClaims.Index()
        .Where(c => c.Item.PaidMinor < c.Item.AmountMinor)
        .Select(c => new OpenTask(OpenTaskKind.PayGuaranteeClaim, c.Item.PayBy, c.Item.Obligation, new Money(c.Item.AmountMinor - c.Item.PaidMinor, a.Terms.Currency)));

    private static bool IsInTrial(Agreement a) => a.Stage is Stage.InTrial or Stage.Extended or Stage.DecisionDue;
}

public enum OpenTaskKind
{
    AnswerApplication,

    /// <summary>Accept the newest version of the terms, or propose another.</summary>
    AnswerTerms,
    Sign,
    SignAmendment,
    File,
    Deliver,
    AcceptDelivery,

    /// <summary>The number is of the months that the company asks for.</summary>
    AnswerExtension,

    /// <summary>Convert, extend or return before the trial ends.</summary>
    Decide,

    /// <summary>Silence confirms the result of the trial.</summary>
    AnswerSignOff,

    /// <summary>Silence confirms that an event which makes money fall due has happened.</summary>
    AnswerClaim,
    ReportSales,
    LookAtReport,
    Pay,
    RecordFapiao,
    AnswerHardship,

    /// <summary>Of an inventor.</summary>
    AnswerObjection,
    Distribute,
    PayInventors,
    PayBroker,
    OrderPayout,
    PayGuaranteeClaim,
}
