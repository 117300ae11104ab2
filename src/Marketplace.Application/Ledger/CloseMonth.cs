using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using MediatR;

namespace Marketplace.Application.Ledger;

/// <summary>Says that a month of the books is right as it stands, and keeps its trial balance; from then on corrections are later entries.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record CloseMonth(Guid CommandId, LedgerMonth Month) : ICommandRequest;

internal sealed class CloseMonthHandler(Commands commands, MonthBooks books) : IRequestHandler<CloseMonth, Answer>
{
    public async Task<Answer> Handle(CloseMonth request, CancellationToken cancellationToken)
    {
        var closedThrough = await books.ClosedThrough(cancel: cancellationToken);
        var (balance, openBefore) = await books.BalanceOf(request.Month, cancellationToken);
        return await commands.Execute<IMonthCloseGrain>(
            request, request.Month.Value, new Domain.Ledger.CloseMonth(balance, openBefore, closedThrough > request.Month ? closedThrough : null));
    }
}
