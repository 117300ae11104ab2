using Marketplace.Application.Credit;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Guarantees;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Rights;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Credit;
using Marketplace.Domain.Guarantees;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Rights;

namespace Marketplace.Application.Agreements;

/// <summary>
/// What each party gives by its signature is taken from its own register before it signs: rights of the lab, credit of the company, capacity of
/// the guarantor. Registers
/// are streams, so two signatures at the same time meet there. Nothing gives back when an agreement ends: who is refused looks again.
/// </summary>
internal sealed class Reservations(Commands commands, MarketplaceClock clock)
{
    /// <summary>Takes what this party gives; null when it is taken.</summary>
    public async Task<Refusal?> TakeFor(Agreement a, Party party, bool acknowledgesOverlaps) => party switch
    {
        Party.Lab => await TakeRights(a, acknowledgesOverlaps),
        Party.Company => await TakeCredit(a, Exposure.At(a.Terms), a.DocumentHash!),
        Party.Third => await TakeCover(a),
        _ => null,
    };

    /// <summary>What an agreement would take of its lab's rights from today on.</summary>
    public async Task<RightsClaim> ClaimOf(Agreement a)
    {
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(a.Result.Value);
        var today = LocalTime.DateOf(clock.NowUtc);
        var terms = a.Terms;
        DateOnly? until = terms.Licence == LicenceKind.Assignment
            ? null
            : LocalTime.AddMonths(today, terms.TrialMonths + AgreementRules.MaxExtensionMonths + terms.CommercialMonths);
        return new RightsClaim(
            a.Id, a.Company, a.Result, [.. result.Content!.Rights.Where(r => IntellectualProperty.IsPatent(r.Kind)).Select(r => r.Number).OfType<string>()],
            terms.Licence, terms.FieldOfUse, terms.Territory, today, until);
    }

    /// <summary>Conflicts with agreements that are not over.</summary>
    public async Task<IReadOnlyList<RightsConflict>> ConflictsOf(Agreement a, RightsClaim claim)
    {
        var register = await commands.StateOf<IRightsRegisterGrain, RightsRegisterState>(a.Lab.Value);
        var conflicts = register.ConflictsOf(claim);
        var ended = await Ended(conflicts);
        return [.. conflicts.Where(c => !ended.Contains(c.With.Agreement))];
    }

    /// <summary>What the agreements that a company holds defer today.</summary>
    public async Task<IReadOnlyList<AgreementExposure>> ExposuresNow(CompanyCreditState credit)
    {
        var now = new List<AgreementExposure>();
        foreach (var id in credit.Held.Keys.Select(AgreementId.Wrap))
        {
            now.Add(new AgreementExposure(id, Exposure.Now(await commands.StateOf<IAgreementGrain, Agreement>(id.Value))));
        }

        return now;
    }

    /// <summary>What a guarantor still stands for in the agreements that it covers.</summary>
    public async Task<IReadOnlyList<AgreementCover>> CoversNow(GuaranteePoolState pool)
    {
        var now = new List<AgreementCover>();
        foreach (var id in pool.Covers.Keys.Select(AgreementId.Wrap))
        {
            now.Add(new AgreementCover(id, Exposure.CoverNow(await commands.StateOf<IAgreementGrain, Agreement>(id.Value))));
        }

        return now;
    }

    private async Task<Refusal?> TakeRights(Agreement a, bool acknowledgesOverlaps)
    {
        var claim = await ClaimOf(a);
        var first = await Reserve([]);
        if (first?.Code is not ("rights-conflict" or "rights-may-conflict"))
        {
            return first;
        }

        var register = await commands.StateOf<IRightsRegisterGrain, RightsRegisterState>(a.Lab.Value);
        var ended = await Ended(register.ConflictsOf(claim));
        return ended.Count == 0 ? first : await Reserve(ended);

        Task<Refusal?> Reserve(IReadOnlyList<AgreementId> over) =>
            Take<IRightsRegisterGrain>("reserve-rights", a, a.DocumentHash!, a.Lab, new ReserveRights(a.Lab, claim, over, acknowledgesOverlaps));
    }

    /// <summary>Takes from the company's credit what a document that it signs lets it defer; null when it is taken.</summary>
    public async Task<Refusal?> TakeCredit(Agreement a, Money amount, string documentHash)
    {
        var exposure = new AgreementExposure(a.Id, amount);
        if (exposure.Amount.AmountMinor == 0)
        {
            return null;
        }

        var first = await Reserve([]);
        return first?.Code != "exposure-over-limit"
            ? first
            : await Reserve(await ExposuresNow(await commands.StateOf<ICompanyCreditGrain, CompanyCreditState>(a.Company.Value)));

        Task<Refusal?> Reserve(IReadOnlyList<AgreementExposure> now) =>
            Take<ICompanyCreditGrain>("reserve-exposure", a, documentHash, a.Company, new ReserveExposure(a.Company, exposure, now));
    }

    private async Task<Refusal?> TakeCover(Agreement a)
    {
        if (ThirdParty.Of(a.Terms) is not { } third)
        {
            return null;
        }

        var organisation = await commands.StateOf<IOrganisationGrain, OrganisationState>(third.Organisation.Value);
        if (organisation.Status != OrganisationStatus.Verified
            || organisation.Kind != (third.Role == ThirdPartyRole.Guarantor ? OrganisationKind.Guarantor : OrganisationKind.Broker))
        {
            return Refusal.State("third-party-not-verified", "机构通过核验后才能担保或居间。", "An organisation stands surety or introduces others once it is verified.");
        }

        if (third.Role == ThirdPartyRole.Broker)
        {
            return null;
        }

        var cover = new AgreementCover(a.Id, new Money(third.LimitMinor, a.Terms.Currency));
        var first = await Reserve([]);
        return first?.Code != "cover-over-capacity"
            ? first
            : await Reserve(await CoversNow(await commands.StateOf<IGuaranteePoolGrain, GuaranteePoolState>(third.Organisation.Value)));

        Task<Refusal?> Reserve(IReadOnlyList<AgreementCover> now) =>
            Take<IGuaranteePoolGrain>("reserve-cover", a, a.DocumentHash!, third.Organisation, new ReserveCover(third.Organisation, cover, third.CoverPpm, now));
    }

    /// <summary>The id follows from what is signed: who signs again after a lost answer takes nothing twice.</summary>
    private async Task<Refusal?> Take<TGrain>(string what, Agreement a, string documentHash, OrganisationId whose, object command) where TGrain : IJournaledGrain =>
        await commands.ExecuteOnce<TGrain>(DerivedId.Guid(what, a.Id.Value, documentHash), whose.Value, command) is Refused { Refusal: var refusal } ? refusal : null;

    private async Task<IReadOnlyList<AgreementId>> Ended(IReadOnlyList<RightsConflict> conflicts)
    {
        var ended = new List<AgreementId>();
        foreach (var id in conflicts.Select(c => c.With.Agreement))
        {
            if (HasGivenBack(await commands.StateOf<IAgreementGrain, Agreement>(id.Value)))
            {
                ended.Add(id);
            }
        }

        return ended;
    }

    private static bool HasGivenBack(Agreement a) => a.Stage switch
    {
        Stage.Declined or Stage.Withdrawn or Stage.Returned or Stage.Expired or Stage.Terminated => true,
        Stage.Settled or Stage.Closed => a.ConvertedOn is null || a.Terms.Licence != LicenceKind.Assignment, // a title that has passed does not come back
        Stage.None or Stage.Applied or Stage.Negotiating or Stage.Agreed or Stage.Signed or Stage.Filed or Stage.Delivered or Stage.InTrial or Stage.Extended
            or Stage.DecisionDue or Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached => false,
    };
}
