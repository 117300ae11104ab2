using System.Collections.Immutable;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Rights;

/// <summary>What an agreement takes of a lab's rights, from its signature on: the trial, and the licence that it may become.</summary>
/// <param name="Patents">Application numbers that protect the result: another result under the same patent is the same right.</param>
/// <param name="Until">Last day on which a licence of it can run; null of an assignment.</param>
public sealed record RightsClaim(
    AgreementId Agreement, OrganisationId Company, LabResultId Result, IReadOnlyList<string> Patents, LicenceKind Licence,
    string FieldOfUse, string Territory, DateOnly From, DateOnly? Until)
{
    /// <summary>How far the two promise one thing twice. Non-exclusive licences stand side by side.</summary>
    public Overlap ConflictWith(RightsClaim other)
    {
        var isOneRight = Result == other.Result || Patents.Intersect(other.Patents, StringComparer.Ordinal).Any();
        var isAtOneTime = From <= (other.Until ?? DateOnly.MaxValue) && other.From <= (Until ?? DateOnly.MaxValue);
        if (!isOneRight || !isAtOneTime || (Licence == LicenceKind.NonExclusive && other.Licence == LicenceKind.NonExclusive))
        {
            return Overlap.None;
        }

        var (field, territory) = (Scope.OfFields(FieldOfUse, other.FieldOfUse), Scope.OfTerritories(Territory, other.Territory));
        return field < territory ? field : territory;
    }
}

/// <summary>Two agreements that promise one right.</summary>
public sealed record RightsConflict(RightsClaim With, Overlap Overlap);

/// <summary>Everything that a lab has promised and not got back.</summary>
public sealed record RightsRegisterState(ImmutableList<RightsClaim> Granted)
{
    /// <summary>What stands against a claim, certain conflicts first.</summary>
    public IReadOnlyList<RightsConflict> ConflictsOf(RightsClaim claim) =>
    [
        .. from granted in Granted
           where granted.Agreement != claim.Agreement
           let overlap = claim.ConflictWith(granted)
           where overlap != Overlap.None
           orderby overlap descending
           select new RightsConflict(granted, overlap),
    ];
}

public abstract record RightsCommand;

/// <summary>The lab signs: what it promises is taken, unless it has promised it to somebody else.</summary>
/// <param name="Ended">Fact, gathered by the use case: agreements in the register that are over, so that their rights are free again.</param>
/// <param name="AcknowledgesOverlaps">The lab has looked at the possible conflicts and says that there is none.</param>
public sealed record ReserveRights(OrganisationId Lab, RightsClaim Claim, IReadOnlyList<AgreementId> Ended, bool AcknowledgesOverlaps) : RightsCommand;

public abstract record RightsEvent;

/// <param name="Acknowledged">Agreements whose scope may overlap, as their words do not say; the lab says that they do not.</param>
public sealed record RightsReserved(RightsClaim Claim, IReadOnlyList<AgreementId> Acknowledged) : RightsEvent;

/// <summary>The agreement is over.</summary>
public sealed record RightsReleased(AgreementId Agreement) : RightsEvent;

/// <summary>One lab's register of rights: the lock that keeps two exclusive promises from being signed at the same time.</summary>
public sealed class RightsRegister : IAggregate<RightsRegisterState, RightsCommand, RightsEvent>
{
    private RightsRegister() { }

    public static RightsRegisterState Initial { get; } = new([]);

    public static Result<IReadOnlyList<RightsEvent>> Decide(RightsRegisterState state, RightsCommand command, CommandContext context) => command switch
    {
        ReserveRights c => Reserve(state, c, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static RightsRegisterState Apply(RightsRegisterState state, RightsEvent happened) => happened switch
    {
        RightsReserved e => new(state.Granted.RemoveAll(c => c.Agreement == e.Claim.Agreement).Add(e.Claim)), // other terms of it were never signed by both
        RightsReleased e => new(state.Granted.RemoveAll(c => c.Agreement == e.Agreement)),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<RightsEvent>> Reserve(RightsRegisterState state, ReserveRights c, CommandContext context)
    {
        if (Authority.OwnerOnly(context.Actor, c.Lab) is { } forbidden)
        {
            return forbidden;
        }

        var released = state.Granted.Where(g => g.Until < context.Today || c.Ended.Contains(g.Agreement)).Select(g => new RightsReleased(g.Agreement)).ToList();
        var free = released.Aggregate(state, Apply);
        var conflicts = free.ConflictsOf(c.Claim);
        if (Refused(conflicts, c.AcknowledgesOverlaps) is { } refusal)
        {
            return refusal;
        }

        return Result<IReadOnlyList<RightsEvent>>.Of([.. released, new RightsReserved(c.Claim, [.. conflicts.Select(x => x.With.Agreement)])]);
    }

    /// <summary>Told to the lab alone: the names are of its own agreements.</summary>
    private static Refusal? Refused(IReadOnlyList<RightsConflict> conflicts, bool acknowledgesOverlaps)
    {
        var named = string.Join(", ", conflicts.Take(5).Select(c => c.With.Agreement));
        return conflicts.Count == 0 ? null
            : conflicts[0].Overlap == Overlap.Certain
                ? Refusal.State(
                    "rights-conflict", $"与贵方已签的合同权利冲突：{named}。", $"It promises rights that these agreements of yours have been promised: {named}.")
            : acknowledgesOverlaps ? null
            : Refusal.State(
                "rights-may-conflict",
                $"可能与贵方已签的合同权利冲突：{named}。请核对使用领域与地域，确认不冲突后再签署（acknowledgesOverlaps）。",
                $"It may promise rights that these agreements of yours have been promised: {named}. Compare field and territory, and sign with acknowledgesOverlaps if they do not.");
    }
}
