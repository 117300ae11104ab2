using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Agreements;

/// <summary>What decides whether a company may apply; as it stands when it asks.</summary>
/// <param name="OfferValidUntil">Last local day on which a company may apply.</param>
/// <param name="IsHeld">Another agreement of the company has reached the hold step of the ladder: nothing new until it has paid.</param>
public sealed record ApplicationFacts(
    OfferStatus Offer, DateOnly OfferValidUntil, ResultStatus Result, OrganisationStatus Lab, OrganisationStatus Company, bool IsHeld)
{
    /// <summary>Refuses with <c>offer-not-open</c>, <c>result-not-listed</c>, <c>lab-not-verified</c>, <c>company-not-verified</c> or <c>applications-held</c>.</summary>
    public Refusal? Check(DateOnly today) =>
        Offer != OfferStatus.Open || today > OfferValidUntil
            ? Refusal.State("offer-not-open", "该要约已撤回或已过期。", "The offer was withdrawn or has expired.")
        : Result != ResultStatus.Listed
            ? Refusal.State("result-not-listed", "该成果当前未上架，不能申请试用。", "The result is not listed now: nobody can apply for it.")
        : Lab != OrganisationStatus.Verified
            ? Refusal.State("lab-not-verified", "该实验室当前不能订立新合同。", "The lab may not enter into new agreements now.")
        : Company != OrganisationStatus.Verified
            ? Refusal.State("company-not-verified", "企业通过核验后才能申请。", "The company has to be verified before it applies.")
        : IsHeld
            ? Refusal.State("applications-held", "贵企业有逾期30日以上的款项，清偿前暂停受理新的申请。", "The company owes sums that are 30 days overdue: new applications are held until they are paid.")
        : null;
}
