using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company replaces its report of an earlier period; the difference is billed or taken back.</summary>
/// <param name="Reason">Why the report was wrong.</param>
/// <param name="Affirmation">Who stands by the new figures; refused without.</param>
/// <param name="NoSales">True when all figures are zero, and only then.</param>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record CorrectSales(
    Guid CommandId, AgreementId Agreement, int Period, Money Gross, IReadOnlyList<SalesDeduction> Deductions, string Reason, OtherFigures? Others = null,
    SalesAffirmation? Affirmation = null, bool NoSales = false) : ICommandRequest;

internal sealed class CorrectSalesHandler(Commands commands) : IRequestHandler<CorrectSales, Answer>
{
    public Task<Answer> Handle(CorrectSales request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value,
        new Domain.Agreements.CorrectSales(request.Period, request.Gross, request.Deductions, request.Reason, request.Others, request.Affirmation, request.NoSales));
}
