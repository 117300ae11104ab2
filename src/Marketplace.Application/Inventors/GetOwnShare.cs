using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Inventors;

/// <summary>What one was due of an agreement as an inventor: each share of each receipt, what was paid out, and one's objections. Others' shares are not told.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Inventor)]
public sealed record GetOwnShare(AgreementId Agreement) : IQuery<OwnShareView>;

/// <param name="PoolPpm">Today.</param>
/// <param name="SharePpm">Today.</param>
/// <param name="Account">Of all years.</param>
public sealed record OwnShareView(
    AgreementId Agreement, BilingualText ResultTitle, BilingualText LabName, long PoolPpm, long SharePpm, InventorAccount Account, IReadOnlyList<InventorObjection> Objections);

internal sealed class GetOwnShareHandler(Commands commands, IJournal journal) : IRequestHandler<GetOwnShare, Result<OwnShareView>>
{
    public async Task<Result<OwnShareView>> Handle(GetOwnShare request, CancellationToken cancellationToken)
    {
        var visible = await commands.OwnShareOf(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var (agreement, place) = visible.Value;
        var statement = await GetInventorStatementHandler.Read(journal, request.Agreement, year: null, cancellationToken);
        var about = await commands.About(agreement);
        return new OwnShareView(
            request.Agreement, about.Result.Title, about.Lab.Name, agreement.Inventors.PoolPpm, agreement.Inventors.Inventors[place - 1].SharePpm,
            statement.Inventors.Single(i => i.Inventor == place), [.. statement.Objections.Where(o => o.Inventor == place)]);
    }
}
