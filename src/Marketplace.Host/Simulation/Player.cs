using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using AcceptApplication = Application.Agreements.AcceptApplication;
using AcceptDelivery = Application.Agreements.AcceptDelivery;
using AcceptTerms = Application.Agreements.AcceptTerms;
using AnswerExtension = Application.Agreements.AnswerExtension;
using ApplyForTrial = Application.Agreements.ApplyForTrial;
using ClaimTrigger = Application.Agreements.ClaimTrigger;
using ConvertLicence = Application.Agreements.ConvertLicence;
using DeclineApplication = Application.Agreements.DeclineApplication;
using DeliverResult = Application.Agreements.DeliverResult;
using FileAgreement = Application.Agreements.FileAgreement;
using ProposeTerms = Application.Agreements.ProposeTerms;
using RequestExtension = Application.Agreements.RequestExtension;
using ReturnResult = Application.Agreements.ReturnResult;
using SignAgreement = Application.Agreements.SignAgreement;
using WithdrawApplication = Application.Agreements.WithdrawApplication;

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
        Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached => OfClaims(a, today) ?? OfReports(a, today) ?? OfCorrections(a, today) ?? OfEvidence(a, today) ?? OfBuyOut(a, today) ?? OfEquity(a, today) ?? OfHardship(a, today) ?? OfMoney(a, today),
        Stage.Returned or Stage.Expired or Stage.Terminated or Stage.Settled => OfMoney(a, today) ?? OfClosing(a, today),
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
            TrialStyle.Declined => Lab(a, "decline", id => new DeclineApplication(id, a.Id, "示例:产能不足")),
            TrialStyle.Withdraws => Company(a, "withdraw", id => new WithdrawApplication(id, a.Id, "示例:不再需要")),
            _ => Lab(a, "take up", id => new AcceptApplication(id, a.Id)),
        };
    }

    private Move? OfNegotiating(Agreement a, DateOnly today)
    {
        var newest = a.Proposals[^1];
        if (today < newest.On.AddDays(chance.Days($"reply {newest.Version}", 1, 15)))
        {
            return null;
        }

        if (newest.Version <= chance.Between("rounds", 0, 2))
        {
            var cheaper = SimulatedTerms.Cheaper(newest.Terms);
            return newest.Version % 2 == 1
                ? Company(a, $"propose {newest.Version}", id => new ProposeTerms(id, a.Id, cheaper, "示例:延长补救期"))
                : Lab(a, $"propose {newest.Version}", id => new ProposeTerms(id, a.Id, cheaper, null));
        }

        return a.AcceptedBy.HasFlag(Party.Lab)
            ? Company(a, $"accept {newest.Version}", id => new AcceptTerms(id, a.Id, newest.Version))
            : Lab(a, $"accept {newest.Version}", id => new AcceptTerms(id, a.Id, newest.Version));
    }

    private Move? OfAgreed(Agreement a, DateOnly today)
    {
        if (today < a.Proposals[^1].On.AddDays(16 + chance.Days("sign", 0, 10)))
        {
            return null;
        }

        return a.SignedBy.HasFlag(Party.Lab)
            ? Company(a, "sign", id => new SignAgreement(id, a.Id, a.DocumentHash!))
            : Lab(a, "sign", id => new SignAgreement(id, a.Id, a.DocumentHash!));
    }

    private Move? OfTrial(Agreement a, DateOnly today)
    {
        var (began, ends) = (a.TrialStartedOn!.Value, a.TrialEndsOn!.Value);
        var daysLeft = ends.DayNumber - today.DayNumber;
        if (a.ExtensionAskedMonths is not null && daysLeft <= 16)
        {
            var consents = chance.Percent("consents", 70);
            return Lab(a, "answer extension", id => new AnswerExtension(id, a.Id, consents, consents ? null : "示例:另有安排"));
        }

        if (a is { ExtendedByMonths: 0, ExtensionAskedMonths: null } && chance.Percent("asks for more", 20) && daysLeft == 20)
        {
            return Company(a, "extend", id => new RequestExtension(id, a.Id, chance.Days("months", 1, 6), "示例:验证未完"));
        }

        if (HasUndecidedClaim(a))
        {
            return null;
        }

        return Style switch
        {
            TrialStyle.Returns when today >= began.AddDays(chance.Days("returns", 30, 80)) =>
                Company(a, "return", id => new ReturnResult(id, a.Id, "示例:已停止使用", "示例:已销毁")),
            TrialStyle.Converts when today >= ends.AddDays(-chance.Days("converts", 1, 60)) => Company(a, "convert", id => new ConvertLicence(id, a.Id)),
            TrialStyle.UsesWithoutConverting when today >= began.AddDays(chance.Days("uses", 20, 70)) && !a.Claims.ContainsKey(0) =>
                Lab(a, "claim use", id => new ClaimTrigger(id, a.Id, 0, today.AddDays(-2), "示例:产品已上市")),
            _ => null,
        };
    }

    private static bool HasUndecidedClaim(Agreement a) => a.Claims.Values.Any(c => c.Status is ClaimStatus.Open or ClaimStatus.Contested);

    private Move Lab(Agreement a, string reason, Func<Guid, ICommandRequest> request) =>
        new(Market.OfficerOf(ActorRole.Lab, a.Lab), request(chance.Id($"lab: {reason}")));

    private Move Company(Agreement a, string reason, Func<Guid, ICommandRequest> request) =>
        new(Market.OfficerOf(ActorRole.Company, a.Company), request(chance.Id($"company: {reason}")));

    private Move Administrator(string reason, Func<Guid, ICommandRequest> request) => new(Market.Administrator, request(chance.Id($"administrator: {reason}")));
}
