using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>For every sum that was ever owed: why it is what it is, by clause, formula and numbers.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record ExplainAgreement(AgreementId Agreement) : IQuery<IReadOnlyList<ExplainedSum>>;

/// <param name="Amount">Principal as it arose.</param>
/// <param name="DueOn">As it is now.</param>
/// <param name="Reasons">Of the sum, of new due dates, of late interest and of corrections, in the order in which they came.</param>
public sealed record ExplainedSum(int Number, ObligationKind Kind, Money Amount, DateOnly DueOn, IReadOnlyList<ExplainedReason> Reasons);

/// <param name="On">The day on which it took effect.</param>
/// <param name="Event">Wire name of the event that says so.</param>
public sealed record ExplainedReason(DateOnly On, string Event, Explanation Why);

internal sealed class ExplainAgreementHandler(Commands commands, IJournal journal) : IRequestHandler<ExplainAgreement, Result<IReadOnlyList<ExplainedSum>>>
{
    public async Task<Result<IReadOnlyList<ExplainedSum>>> Handle(ExplainAgreement request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var reasons = new List<(int Number, ExplainedReason Reason)>();
        await foreach (var recorded in journal.ReadStream($"agreement/{request.Agreement.Value}", cancellationToken))
        {
            if (WhyOf(EventCatalog<AgreementEvent>.Instance.Read(recorded.Type, recorded.Body)) is var (number, on, why))
            {
                reasons.Add((number, new ExplainedReason(on, recorded.Type, why)));
            }
        }

        return visible.Value.Obligations
            .Select(o => new ExplainedSum(
                o.Number, o.Kind, new Money(o.Principal.ChargedMinor, visible.Value.Terms.Currency), o.DueOn, [.. reasons.Where(r => r.Number == o.Number).Select(r => r.Reason)]))
            .ToList();
    }

    private static (int Number, DateOnly On, Explanation Why)? WhyOf(AgreementEvent happened) => happened switch
    {
        ObligationArose e => (e.Number, e.On, e.Why),
        ObligationRescheduled e => (e.Number, e.On, e.Why),
        ObligationCorrected e => (e.Number, e.On, e.Why),
        ObligationBecameOverdue e => (e.Number, e.DueOn.AddDays(1), e.Why),
        _ => null,
    };
}
