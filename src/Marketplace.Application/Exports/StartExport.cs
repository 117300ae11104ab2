using Marketplace.Application.Door;
using Marketplace.Application.Ledger;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using MediatR;

namespace Marketplace.Application.Exports;

/// <summary>
/// Has the file of a month made in the background: of the whole marketplace for administrators, of one's own share for an organisation. Only what the
/// sender may look at themselves goes into it. Sent twice, it is made once.
/// </summary>
/// <param name="Format">Of the tables in it.</param>
/// <param name="InEnglish">Else in Chinese.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read, OfOrganisationsFor = Duty.Finance)]
public sealed record StartExport(Guid CommandId, LedgerMonth Month, SheetFormat Format = SheetFormat.Xlsx, bool InEnglish = false) : ICommandRequest;

internal sealed class StartExportHandler(Commands commands, MonthBooks books, ExportShelf shelf) : IRequestHandler<StartExport, Answer>
{
    /// <summary>That one organisation, or the marketplace, may have under way.</summary>
    private const int MostOpen = 5;

    private static readonly Refusal TooMany = Refusal.State(
        "exports-too-many", $"已有 {MostOpen} 个导出尚未完成，请等其完成或先中止。", $"{MostOpen} exports are not over yet: wait for them, or end one.");

    public async Task<Answer> Handle(StartExport request, CancellationToken cancellationToken)
    {
        if (books.Check(request.Month) is { } refusal)
        {
            return refusal;
        }

        var (by, organisation) = (commands.Principal.Actor, commands.Principal.Organisation?.Value);
        var id = DerivedId.From<ExportId>("export", organisation ?? "", request.CommandId.ToString());
        if (await shelf.Find(id, cancellationToken) is not { } known)
        {
            if (await shelf.Open(organisation, cancellationToken) >= MostOpen)
            {
                return TooMany;
            }

            known = await shelf.Add(
                now => new CycleExport
                {
                    Export = id.Value, Organisation = organisation, AskedBy = by.ToString(), Month = request.Month.Value, Format = request.Format, InEnglish = request.InEnglish, AskedAtUtc = now,
                },
                cancellationToken);
        }

        return (known.Month, known.Format, known.InEnglish) == (request.Month.Value, request.Format, request.InEnglish) ? new Accepted(id.Value, 1) : Refusals.CommandIdReused;
    }
}
