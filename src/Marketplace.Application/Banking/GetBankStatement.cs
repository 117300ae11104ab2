using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetBankStatement(BankStatementId Statement) : IQuery<BankStatementView>;

/// <param name="Done">Lines recorded so far, of <paramref name="Entries"/>.</param>
/// <param name="New">Of these, those that no earlier statement had brought.</param>
/// <param name="Parts">What it says of each account: opening and closing balance, period, sums.</param>
public sealed record BankStatementView(
    BankStatementId Statement, StatementStatus Status, string Format, int Entries, int Done, int New, DateTimeOffset AcceptedAtUtc, IReadOnlyList<StatementPart> Parts);

internal sealed class GetBankStatementHandler(Commands commands) : IRequestHandler<GetBankStatement, Result<BankStatementView>>
{
    public async Task<Result<BankStatementView>> Handle(GetBankStatement request, CancellationToken cancellationToken) =>
        await commands.StateOf<IBankStatementGrain, BankStatement>(request.Statement.Value) is { Format: { } format, AcceptedAtUtc: { } acceptedAtUtc } s
            ? new BankStatementView(request.Statement, s.Status, format, s.Entries, s.Done, s.New, acceptedAtUtc, s.Parts)
            : Refusal.NotFound();
}
