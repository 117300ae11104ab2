using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The workspace of a trial: what it has to show, what it has shown, and what both say of it; for its parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetTrial(AgreementId Agreement) : IQuery<TrialView>;

/// <param name="StartedOn">Null: it has not begun.</param>
/// <param name="DaysLeft">With today; null unless the trial is on.</param>
/// <param name="Log">Newest first.</param>
/// <param name="SignOff">Null: nobody has asked for it.</param>
public sealed record TrialView(
    AgreementId Agreement,
    AgreementState State,
    BilingualText ResultTitle,
    BilingualText LabName,
    BilingualText CompanyName,
    DateOnly? StartedOn,
    DateOnly? EndsOn,
    int? DaysLeft,
    IReadOnlyList<CriterionStanding> Criteria,
    IReadOnlyList<TrialEntry> Log,
    TrialSignOff? SignOff);

/// <param name="Latest">Null: not measured yet.</param>
public sealed record CriterionStanding(AcceptanceCriterion Criterion, CriterionResult? Latest);

internal sealed class GetTrialHandler(Commands commands, MarketplaceClock clock) : IRequestHandler<GetTrial, Result<TrialView>>
{
    public async Task<Result<TrialView>> Handle(GetTrial request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var a = visible.Value;
        var about = await commands.About(a);
        return new TrialView(
            a.Id, a.State, about.Result.Title, about.Lab.Name, about.Company.Name, a.TrialStartedOn, a.TrialEndsOn, DaysLeft(a),
            [.. TrialCriteria.Of(a).Zip(TrialCriteria.Results(a), (criterion, latest) => new CriterionStanding(criterion, latest))], [.. a.TrialLog.Reverse()], a.SignOff);
    }

    private int? DaysLeft(Agreement a) => a is { Stage: Stage.InTrial or Stage.Extended or Stage.DecisionDue, TrialEndsOn: { } endsOn }
        ? Math.Max(0, endsOn.DayNumber - LocalTime.DateOf(clock.NowUtc).DayNumber + 1)
        : null;
}
