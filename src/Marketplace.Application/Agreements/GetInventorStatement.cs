using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What each inventor was due of an agreement, from which receipt and in which split; for its lab and administrators.</summary>
/// <param name="Year">A local year; null: all.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetInventorStatement(AgreementId Agreement, int? Year = null) : IQuery<InventorStatement>;

internal sealed class GetInventorStatementHandler(Commands commands, IJournal journal) : IRequestHandler<GetInventorStatement, Result<InventorStatement>>
{
    public async Task<Result<InventorStatement>> Handle(GetInventorStatement request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!commands.Principal.Sees(visible.Value.Lab))
        {
            return Refusal.NotFound();
        }

        return await Read(journal, request.Agreement, request.Year, cancellationToken);
    }

    /// <summary>Of an agreement that whoever asks may see.</summary>
    internal static async Task<InventorStatement> Read(IJournal journal, AgreementId agreement, int? year, CancellationToken cancel)
    {
        var events = new List<AgreementEvent>();
        await foreach (var stored in journal.ReadStream($"agreement/{agreement}", cancel))
        {
            events.Add(EventCatalog<AgreementEvent>.Instance.Read(stored.Type, stored.Body));
        }

        return InventorStatement.Of(events, year);
    }
}
