using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company reports the net sales of the next period; zero sales are reported too.</summary>
/// <param name="Period">Number of the period, from 1; only the next one can be reported.</param>
/// <param name="Deductions">Actual, of the kinds that the contract allows; an empty list when there are none.</param>
/// <param name="Others">Units, profit or output value, sublicence income, royalties to third parties: what the clauses ask for, else null.</param>
/// <param name="Affirmation">Who stands by the report; refused without.</param>
/// <param name="NoSales">True when all figures are zero, and only then.</param>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record ReportSales(
    Guid CommandId, AgreementId Agreement, int Period, Money Gross, IReadOnlyList<SalesDeduction> Deductions, OtherFigures? Others = null,
    SalesAffirmation? Affirmation = null, bool NoSales = false) : ICommandRequest;

internal sealed class ReportSalesHandler(Commands commands) : IRequestHandler<ReportSales, Answer>
{
    public Task<Answer> Handle(ReportSales request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value,
        new Domain.Agreements.ReportSales(request.Period, request.Gross, request.Deductions, request.Others, request.Affirmation, request.NoSales));
}
