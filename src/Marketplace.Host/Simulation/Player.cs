using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using AcceptApplication = Application.Agreements.AcceptApplication;
using AcceptDelivery = Application.Agreements.AcceptDelivery;
using AcceptTerm = Application.Agreements.AcceptTerm;
using AcceptTerms = Application.Agreements.AcceptTerms;
using AnswerExtension = Application.Agreements.AnswerExtension;
using ApplyForTrial = Application.Agreements.ApplyForTrial;
using ClaimTrigger = Application.Agreements.ClaimTrigger;
using ConfirmSignOff = Application.Agreements.ConfirmSignOff;
using ContestTerm = Application.Agreements.ContestTerm;
using ConvertLicence = Application.Agreements.ConvertLicence;
using DeclineApplication = Application.Agreements.DeclineApplication;
using DeliverResult = Application.Agreements.DeliverResult;
using FileAgreement = Application.Agreements.FileAgreement;
using ObjectToSignOff = Application.Agreements.ObjectToSignOff;
using ProposeTerms = Application.Agreements.ProposeTerms;
using RecordTrialEntry = Application.Agreements.RecordTrialEntry;
using RequestExtension = Application.Agreements.RequestExtension;
using RequestSignOff = Application.Agreements.RequestSignOff;
using RetractTrialEntry = Application.Agreements.RetractTrialEntry;
using ReturnResult = Application.Agreements.ReturnResult;
using SignAgreement = Application.Agreements.SignAgreement;
using WithdrawApplication = Application.Agreements.WithdrawApplication;
using WithdrawProposal = Application.Agreements.WithdrawProposal;

/// <summary>How a company goes through its trial.</summary>
internal enum TrialStyle
{
    Declined,
    Withdraws,
    Returns,
    Lapses,
    UsesWithoutConverting,
    Converts,
}

/// <summary>
/// The people of one agreement. What they do next follows from the state and the day alone, and each of their moves changes the state:
/// played again from any point, they do the same.
/// </summary>
internal sealed partial class Player(long seed, int number, Market market)
{
    private readonly Chance chance = new(seed, $"agreement {number}");

    public AgreementId Deal => Id.CreatedBy<AgreementId>(chance.Id("apply"));

    public int AppliesOnDay(int days) => Market.OpensOnDay + chance.Days("applies", 0, Math.Max(1, days * 55 / 100));

    public Move Application()
    {
        var (company, offer) = market.Applicant(number);
        return new Move(company, new ApplyForTrial(chance.Id("apply"), offer, "示例试用"));
    }

    private TrialStyle Style => chance.Between("style", 0, 99) switch
    {
        < 4 => TrialStyle.Declined,
        < 7 => TrialStyle.Withdraws,
        < 15 => TrialStyle.Returns,
        < 22 => TrialStyle.Lapses,
        < 30 => TrialStyle.UsesWithoutConverting,
        _ => TrialStyle.Converts,
    };

    /// <summary>The next move of any of them on this day, or null when nobody has one.</summary>
    public Move? Next(Agreement a, DateOnly today) => a.Stage switch
    {
        Stage.Applied => OfApplied(a, today),
        Stage.Negotiating => OfNegotiating(a, today),
        Stage.Agreed => OfAgreed(a, today),
        Stage.Signed => today >= a.EffectiveOn!.Value.AddDays(chance.Days("file", 1, 30))
            ? Lab(a, "file", id => new FileAgreement(id, a.Id, $"示例备案-{number}")) : null,
        Stage.Filed => today >= a.EffectiveOn!.Value.AddDays(chance.Days("deliver", 3, 40))
            ? Lab(a, "deliver", id => new DeliverResult(id, a.Id, "示例资料已交付")) : null,
        Stage.Delivered => chance.Percent("silent", 30) || today < a.AcceptanceDueOn!.Value.AddDays(-chance.Days("accept", 3, 12))
            ? null : Company(a, "accept delivery", id => new AcceptDelivery(id, a.Id)),
        Stage.InTrial or Stage.Extended or Stage.DecisionDue => OfTrial(a, today) ?? OfClaims(a, today),
        Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached => OfClaims(a, today) ?? OfReports(a, today) ?? OfCorrections(a, today) ?? OfEvidence(a, today) ?? OfForecast(a, today) ?? OfBuyOut(a, today) ?? OfEquity(a, today) ?? OfHardship(a, today) ?? OfGuarantor(a, today) ?? OfMoney(a, today) ?? OfAmendment(a, today) ?? OfFapiao(a, today),
        Stage.Returned or Stage.Expired or Stage.Terminated or Stage.Settled => OfGuarantor(a, today) ?? OfMoney(a, today) ?? OfFapiao(a, today) ?? OfClosing(a, today),
        Stage.None or Stage.Declined or Stage.Withdrawn or Stage.Closed => null,
    };

    private Move? OfApplied(Agreement a, DateOnly today)
    {
        if (today < a.Proposals[0].On.AddDays(chance.Days("answer", 1, 12)))
        {
            return null;
        }

        return Style switch
        {
            TrialStyle.Declined => Lab(a, "decline", id => new DeclineApplication(id, a.Id, "示例：产能不足")),
            TrialStyle.Withdraws => Company(a, "withdraw", id => new WithdrawApplication(id, a.Id, "示例：不再需要")),
            _ => Lab(a, "take up", id => new AcceptApplication(id, a.Id)),
        };
    }

    private Move? OfNegotiating(Agreement a, DateOnly today)
    {
        var (newest, versions) = (a.Newest, a.Proposals.Count);
        var isProposed = newest.By == a.AcceptedBy;
        if (isProposed && today > newest.On && chance.Percent($"regrets {newest.Version}", 12))
        {
            return Move(a, newest.By, $"take back {newest.Version}", id => new WithdrawProposal(id, a.Id, newest.Version));
        }

        if (isProposed && today > newest.On && chance.Percent($"comments {newest.Version}", 40) && Comment(a, newest) is { } comment)
        {
            return comment;
        }

        // Some let a version lapse, and some a whole negotiation.
        if (today < newest.On.AddDays(chance.Days($"reply {newest.Version}", 1, 15))
            || (newest.ValidUntil is not null && chance.Percent($"lets lapse {newest.Version}", 40))
            || (versions > 1 && chance.Percent("walks away", 4)))
        {
            return null;
        }

        if (versions == 1 && newest.Terms.Licence != LicenceKind.NonExclusive && chance.Percent("is content with a province", 93))
        {
            var narrower = SimulatedTerms.InOneProvince(newest.Terms, chance);
            return Company(a, "propose 1", id => new ProposeTerms(id, a.Id, narrower, "示例：只在一省使用", null, Criteria(1)));
        }

        if (versions <= chance.Between("rounds", 0, 2))
        {
            var cheaper = SimulatedTerms.Cheaper(newest.Terms);
            var validUntil = chance.Percent($"limits {versions}", 30) ? today.AddDays(chance.Days($"valid {versions}", 5, 40)) : (DateOnly?)null;
            return versions % 2 == 1
                ? Company(a, $"propose {versions}", id => new ProposeTerms(id, a.Id, cheaper, "示例：延长补救期", validUntil, Criteria(versions)))
                : Lab(a, $"propose {versions}", id => new ProposeTerms(id, a.Id, cheaper, null, validUntil, Criteria(versions)));
        }

        return Move(a, a.AcceptedBy.HasFlag(Party.Lab) ? Party.Company : Party.Lab, $"accept {newest.Version}", id => new AcceptTerms(id, a.Id, newest.Version));
    }

    /// <summary>Most agree on what the trial has to show; later versions keep it.</summary>
    private AcceptanceCriterion[]? Criteria(int versions) => versions > 1 || !chance.Percent("criteria", 70) ? null :
    [
        new("示例收率", "示例：反应收率", "%", CriterionComparison.AtLeast, chance.Between("yield", 900, 980) / 10m, null, "示例：三次平均"),
        new("示例噪声", "示例：声压级", "dB", CriterionComparison.AtMost, null, chance.Between("noise", 50, 70), "示例：声级计"),
    ];

    /// <summary>What the other party says of the first term that it has said nothing of.</summary>
    private Move? Comment(Agreement a, TermsProposal newest)
    {
        var path = AgreementRules.Differences(a, newest).Select(d => d.Path).FirstOrDefault(p => newest.Stances.All(s => s.Path != p));
        return path is null ? null : Move(
            a, Party.Both & ~newest.By, $"comment {newest.Version} {path}",
            id => chance.Percent($"agrees {newest.Version} {path}", 60) ? new AcceptTerm(id, a.Id, newest.Version, path) : new ContestTerm(id, a.Id, newest.Version, path, "示例：不同意"));
    }

    private Move? OfAgreed(Agreement a, DateOnly today)
    {
        if (today < a.Newest.On.AddDays(16 + chance.Days("sign", 0, 10)))
        {
            return null;
        }

        if (today >= a.Newest.On.AddDays(60))
        {
            return Company(a, "give up", id => new WithdrawApplication(id, a.Id, "示例：权利已许可他人或额度不足"));
        }

        var party = Missing(a.SignedBy);
        return !IsSigningDayOf(party, today) ? null : Move(a, party, "sign", id => new SignAgreement(
            id, a.Id, a.DocumentHash!, AcknowledgesOverlaps: party == Party.Lab && chance.Percent("compares rights", 90)));
    }

    private Move? OfTrial(Agreement a, DateOnly today)
    {
        var (began, ends) = (a.TrialStartedOn!.Value, a.TrialEndsOn!.Value);
        var daysLeft = ends.DayNumber - today.DayNumber;
        if (a.ExtensionAskedMonths is not null && daysLeft <= 16)
        {
            var consents = chance.Percent("consents", 70);
            return Lab(a, "answer extension", id => new AnswerExtension(id, a.Id, consents, consents ? null : "示例：另有安排"));
        }

        if (a is { ExtendedByMonths: 0, ExtensionAskedMonths: null } && chance.Percent("asks for more", 20) && daysLeft == 20)
        {
            return Company(a, "extend", id => new RequestExtension(id, a.Id, chance.Days("months", 1, 6), "示例：验证未完"));
        }

        if (OfTrialLog(a, today, began) is { } written)
        {
            return written;
        }

        if (HasUndecidedClaim(a))
        {
            return null;
        }

        return Style switch
        {
            TrialStyle.Returns when today >= began.AddDays(chance.Days("returns", 30, 80)) =>
                Company(a, "return", id => new ReturnResult(id, a.Id, "示例：已停止使用", "示例：已销毁")),
            TrialStyle.Converts when today >= ends.AddDays(-chance.Days("converts", 1, 60)) => Company(a, "convert", id => new ConvertLicence(id, a.Id)),
            TrialStyle.UsesWithoutConverting when today >= began.AddDays(chance.Days("uses", 20, 70)) && !a.Claims.ContainsKey(0) =>
                Lab(a, "claim use", id => new ClaimTrigger(id, a.Id, 0, today.AddDays(-2), "示例：产品已上市")),
            _ => null,
        };
    }

    /// <summary>Measurements, one of which is sometimes taken back, and then the result is put before the other party.</summary>
    private Move? OfTrialLog(Agreement a, DateOnly today, DateOnly began)
    {
        var criteria = TrialCriteria.Of(a).Count;
        var entries = a.TrialLog.Count;
        if (criteria == 0 || today < began.AddDays(5 + (entries * chance.Days("between entries", 2, 5))))
        {
            return null;
        }

        if (entries < criteria + 1)
        {
            return entries < criteria
                ? Company(a, $"measure {entries}", id => new RecordTrialEntry(
                    id, a.Id, TrialEntryKind.Measurement, today, null, entries, chance.Between($"measured {entries}", entries == 0 ? 890 : 450, entries == 0 ? 999 : 680) / 10m,
                    [new EvidenceFile("示例记录.csv", new string('0', 64), 1_024)]))
                : Lab(a, "note", id => new RecordTrialEntry(id, a.Id, TrialEntryKind.Issue, today, "示例：接口调试"));
        }

        if (a.TrialLog[0].RetractedFor is null && entries == criteria + 1 && chance.Percent("misread", 30))
        {
            return Company(a, "retract", id => new RetractTrialEntry(id, a.Id, 1, "示例：仪器未校准"));
        }

        if (TrialCriteria.Results(a)[0] is null)
        {
            return Company(a, "measure again", id => new RecordTrialEntry(id, a.Id, TrialEntryKind.Measurement, today, null, 0, chance.Between("measured again", 890, 999) / 10m));
        }

        return a.SignOff switch
        {
            null => Company(a, "ask for sign-off", id => new RequestSignOff(id, a.Id)),
            { Status: SignOffStatus.Requested } asked when today > asked.RequestedOn.AddDays(chance.Days("answers sign-off", 1, 14)) && !chance.Percent("stays silent", 30) =>
                asked.RequestedBy == Party.Company && chance.Percent("objects", 30)
                    ? Lab(a, "object to sign-off", id => new ObjectToSignOff(id, a.Id, "示例：样品不足"))
                    : Move(a, Party.Both & ~asked.RequestedBy, "confirm sign-off", id => new ConfirmSignOff(id, a.Id)),
            { Status: SignOffStatus.Objected } => Lab(a, "ask again for sign-off", id => new RequestSignOff(id, a.Id)),
            _ => null,
        };
    }

    /// <summary>Who signs next.</summary>
    private static Party Missing(Party signedBy) => !signedBy.HasFlag(Party.Lab) ? Party.Lab : !signedBy.HasFlag(Party.Company) ? Party.Company : Party.Third;

    /// <summary>Each party has days of its own: a day that is played again after a cut brings no second signature.</summary>
    private static bool IsSigningDayOf(Party party, DateOnly today) => (today.DayNumber % 3) == party switch
    {
        Party.Lab => 0,
        Party.Company => 1,
        _ => 2,
    };

    private static bool HasUndecidedClaim(Agreement a) => a.Claims.Values.Any(c => c.Status is ClaimStatus.Open or ClaimStatus.Contested);

    private Move Move(Agreement a, Party by, string reason, Func<Guid, ICommandRequest> request) =>
        by == Party.Lab ? Lab(a, reason, request) : by == Party.Company ? Company(a, reason, request) : Third(a, reason, request);

    private Move Lab(Agreement a, string reason, Func<Guid, ICommandRequest> request) =>
        new(Market.OfficerOf(ActorRole.Lab, a.Lab), request(chance.Id($"lab: {reason}")));

    private Move Company(Agreement a, string reason, Func<Guid, ICommandRequest> request) =>
        new(Market.OfficerOf(ActorRole.Company, a.Company), request(chance.Id($"company: {reason}")));

    private Move Third(Agreement a, string reason, Func<Guid, ICommandRequest> request)
    {
        var third = ThirdParty.Of(a.Terms)!;
        return new(Market.OfficerOf(third.Role == ThirdPartyRole.Guarantor ? ActorRole.Guarantor : ActorRole.Broker, third.Organisation), request(chance.Id($"third: {reason}")));
    }

    private Move Administrator(string reason, Func<Guid, ICommandRequest> request) => new(Market.Administrator, request(chance.Id($"administrator: {reason}")));
}
