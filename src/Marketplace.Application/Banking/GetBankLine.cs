using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetBankLine(BankLineId Line) : IQuery<BankLineView>;

/// <param name="Proposals">What it may be, the best first, with what speaks for each.</param>
public sealed record BankLineView(
    BankLineId Line, BankAccountId Account, BankStatementId Statement, BankLineStatus Status, StatementEntry Entry, IReadOnlyList<MatchProposal> Proposals,
    ParkReason? Parked, BankLineTarget? Target, int? Receipt, bool ByPerson, string? Reason);

internal sealed class GetBankLineHandler(Commands commands) : IRequestHandler<GetBankLine, Result<BankLineView>>
{
    public async Task<Result<BankLineView>> Handle(GetBankLine request, CancellationToken cancellationToken) =>
        await commands.StateOf<IBankLineGrain, BankLine>(request.Line.Value) is { Entry: { } entry } l
            ? new BankLineView(request.Line, l.Account, l.Statement, l.Status, entry, l.Proposals, l.Parked, l.Target, l.Receipt, l.ByPerson, l.Reason)
            : Refusal.NotFound();
}
