using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Credit;
using Marketplace.Domain.Guarantees;
using Marketplace.Domain.Rights;

namespace Marketplace.Application.Invariants;

internal sealed class RightsAudit(string stream) : StreamAudit<RightsRegisterState, RightsCommand, RightsEvent, RightsRegister>(stream)
{
    public static readonly AuditedKind Kind = new("rights", stream => new RightsAudit(stream));

    protected override IEnumerable<IReadRow> RowsOf(RightsRegisterState state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(RightsEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is not RightsReserved e)
        {
            yield break;
        }

        foreach (var conflict in State.ConflictsOf(e.Claim))
        {
            if (conflict.Overlap == Overlap.Certain || !e.Acknowledged.Contains(conflict.With.Agreement))
            {
                yield return new BrokenInvariant(Invariant.RightsPromisedOnce, $"{e.Claim.Agreement} promises what {conflict.With.Agreement} was promised");
            }
        }
    }

    /// <summary>Only the lab gives its rights.</summary>
    protected override bool MayHaveAsked(Actor actor, RightsEvent happened, RightsRegisterState after) =>
        actor.Role == ActorRole.System || (actor.Role == ActorRole.Lab && actor.Organisation?.Value == Key);
}

internal sealed class CreditAudit(string stream) : StreamAudit<CompanyCreditState, CreditCommand, CreditEvent, CompanyCredit>(stream)
{
    public static readonly AuditedKind Kind = new("credit", stream => new CreditAudit(stream));

    protected override IEnumerable<IReadRow> RowsOf(CompanyCreditState state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(CreditEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        switch (happened)
        {
            case ExposureReserved e:
                var heldMinor = CompanyCredit.Apply(State, e).HeldMinor(e.Amount.Currency);
                if (heldMinor != e.HeldMinor || heldMinor > e.LimitMinor || (State.DecidedLimitMinor(e.Amount.Currency) is { } decided && decided != e.LimitMinor))
                {
                    yield return new BrokenInvariant(
                        Invariant.DeferredWithinLimit, $"{e.Agreement} makes it {heldMinor}, said to be {e.HeldMinor}, of at most {State.DecidedLimitMinor(e.Amount.Currency)}, said to be {e.LimitMinor}");
                }

                break;
            case InnovationAssessed e:
                var assessed = InnovationIndex.Version(e.WeightsVersion).Assess(e.Stage, e.Figures);
                if (assessed.IsRefused || assessed.Value.Points != e.Points || InnovationIndex.Version(e.WeightsVersion).ExposureLimitMinor(e.Points) != e.LimitMinor)
                {
                    yield return new BrokenInvariant(Invariant.DeferredWithinLimit, $"its figures do not give {e.Points} points and a limit of {e.LimitMinor}");
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Only the company takes on debt; only administrators say how much it may.</summary>
    protected override bool MayHaveAsked(Actor actor, CreditEvent happened, CompanyCreditState after) => actor.Role switch
    {
        ActorRole.System => true,
        ActorRole.Administrator => happened is InnovationAssessed or ExposureLimitSet,
        ActorRole.Company => happened is ExposureReserved or ExposureReduced && actor.Organisation?.Value == Key,
        ActorRole.Lab or ActorRole.Guarantor or ActorRole.Broker or ActorRole.Visitor or ActorRole.Person => false,
    };
}

internal sealed class GuaranteeAudit(string stream) : StreamAudit<GuaranteePoolState, GuaranteeCommand, GuaranteeEvent, GuaranteePool>(stream)
{
    public static readonly AuditedKind Kind = new("guarantee", stream => new GuaranteeAudit(stream));

    protected override IEnumerable<IReadRow> RowsOf(GuaranteePoolState state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(GuaranteeEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is not CoverReserved e)
        {
            yield break;
        }

        var coveredMinor = GuaranteePool.Apply(State, e).CoveredMinor(e.Amount.Currency);
        var offer = State.Offers.GetValueOrDefault(e.Amount.Currency.Code);
        if (offer is null || coveredMinor != e.CoveredMinor || coveredMinor > offer.CapacityMinor || e.CapacityMinor != offer.CapacityMinor
            || e.Premium != GuaranteePool.PremiumOf(e.Amount, offer))
        {
            yield return new BrokenInvariant(
                Invariant.CoverWithinCapacity, $"{e.Agreement} makes it {coveredMinor}, said to be {e.CoveredMinor}, of at most {offer?.CapacityMinor}, said to be {e.CapacityMinor}");
        }
    }

    /// <summary>Only the guarantor says what it stands for.</summary>
    protected override bool MayHaveAsked(Actor actor, GuaranteeEvent happened, GuaranteePoolState after) =>
        actor.Role == ActorRole.System || (actor.Role == ActorRole.Guarantor && actor.Organisation?.Value == Key);
}
