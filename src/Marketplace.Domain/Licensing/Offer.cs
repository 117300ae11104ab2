using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Licensing;

public enum OfferStatus
{
    /// <summary>Nothing was offered under this id.</summary>
    Absent,

    Open,
    Withdrawn,
}

/// <summary>A lab's standing invitation to license one of its results on these terms.</summary>
/// <param name="ResultId">What is offered; null only while absent.</param>
/// <param name="Lab">Owner of the result; null only while absent.</param>
/// <param name="Terms">Null only while absent.</param>
/// <param name="ValidUntil">Last local day on which a company may apply.</param>
public sealed record OfferState(OfferStatus Status, LabResultId? ResultId, OrganisationId? Lab, AgreementTerms? Terms, DateOnly ValidUntil)
{
    /// <summary>Whether a company may apply on this local day. Whether the result is still listed is the result's to say.</summary>
    public bool IsOpenOn(DateOnly day) => Status == OfferStatus.Open && day <= ValidUntil;
}

public abstract record OfferCommand;

/// <param name="Lab">Fact, gathered by the use case: owner of the result.</param>
/// <param name="ResultStatus">Fact, gathered by the use case: only a listed result is offered.</param>
/// <param name="LabStatus">Fact, gathered by the use case: a suspended lab enters into nothing new.</param>
/// <param name="ValidUntil">Today at the earliest, three years ahead at the latest.</param>
public sealed record MakeOffer(
    LabResultId ResultId,
    OrganisationId Lab,
    ResultStatus ResultStatus,
    OrganisationStatus LabStatus,
    AgreementTerms Terms,
    DateOnly ValidUntil) : OfferCommand;

/// <summary>Closes the offer to new applicants; what was applied for before goes on.</summary>
public sealed record WithdrawOffer(string Reason) : OfferCommand;

public abstract record OfferEvent;

public sealed record OfferMade(LabResultId ResultId, OrganisationId Lab, AgreementTerms Terms, DateOnly ValidUntil) : OfferEvent;

public sealed record OfferWithdrawn(string Reason) : OfferEvent;

/// <summary>An offer: OPEN until its last day has passed, or WITHDRAWN before.</summary>
public sealed class Offer : IAggregate<OfferState, OfferCommand, OfferEvent>
{
    public const int MaxReasonCharacters = 2_000;
    public const int MaxValidYears = 3;

    private Offer() { }

    public static OfferState Initial { get; } = new(OfferStatus.Absent, null, null, null, default);

    public static Result<IReadOnlyList<OfferEvent>> Decide(OfferState state, OfferCommand command, CommandContext context) => command switch
    {
        MakeOffer make => Make(state, make, context),
        WithdrawOffer withdraw => Withdraw(state, withdraw, context.Actor),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static OfferState Apply(OfferState state, OfferEvent happened) => happened switch
    {
        OfferMade e => new(OfferStatus.Open, e.ResultId, e.Lab, e.Terms, e.ValidUntil),
        OfferWithdrawn => state with { Status = OfferStatus.Withdrawn },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<OfferEvent>> Make(OfferState state, MakeOffer command, CommandContext context)
    {
        if (Authority.OwnerOnly(context.Actor, command.Lab) is { } forbidden)
        {
            return forbidden;
        }

        if (state.Status != OfferStatus.Absent)
        {
            return Refusal.State("offer-state", "要约已经发出，不能重新发出。", "The offer was made already and cannot be made again.");
        }

        if (command.LabStatus != OrganisationStatus.Verified)
        {
            return Refusal.State("lab-not-verified", "机构通过核验后才能发出要约。", "The lab has to be verified before it makes offers.");
        }

        if (command.ResultStatus != ResultStatus.Listed)
        {
            var status = LabResult.NameOf(command.ResultStatus);
            return Refusal.State(
                "result-not-listed",
                $"只有已上架的成果才能发出要约，该成果当前状态为“{status.Zh}”。",
                $"Only a listed result can be offered; this one is {status.En}.");
        }

        if (command.ValidUntil < context.Today || command.ValidUntil > context.Today.AddYears(MaxValidYears))
        {
            return Refusal.Invalid(
                "valid-until-out-of-range",
                $"有效期应在今天至{MaxValidYears}年之内。",
                $"An offer is valid until today at the earliest and {MaxValidYears} years ahead at the latest.",
                "validUntil");
        }

        return command.Terms.Check() is { } refusal
            ? refusal.Under("terms")
            : Happens(new OfferMade(command.ResultId, command.Lab, command.Terms, command.ValidUntil));
    }

    private static Result<IReadOnlyList<OfferEvent>> Withdraw(OfferState state, WithdrawOffer command, Actor actor)
    {
        if (state.Lab is not { } lab)
        {
            return Refusal.NotFound();
        }

        if (Authority.OwnerOrAdministrator(actor, lab) is { } forbidden)
        {
            return forbidden;
        }

        if (state.Status == OfferStatus.Withdrawn)
        {
            return Refusal.State("offer-state", "要约已经撤回。", "The offer is withdrawn already.");
        }

        return BilingualText.CheckRequired(command.Reason, "reason", MaxReasonCharacters) is { } refusal
            ? refusal
            : Happens(new OfferWithdrawn(command.Reason));
    }

    private static OfferEvent[] Happens(OfferEvent happened) => [happened];
}
