using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using MediatR;

namespace Marketplace.Application.Exports;

/// <summary>The organisation's own, or for administrators the marketplace's; the newest first.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read, OfOrganisationsFor = Duty.Finance)]
public sealed record ListExports(string? After = null, int Limit = 20) : IQuery<Page<ExportCard>>;

/// <param name="Step">How many parts are done, of <paramref name="Steps"/>.</param>
/// <param name="KeptUntilUtc">Its file; null: there is none.</param>
public sealed record ExportCard(
    ExportId Export, LedgerMonth Month, SheetFormat Format, bool InEnglish, ExportState State, string AskedBy, DateTimeOffset AskedAtUtc, int Step, int Steps, long Rows,
    string? Sha256, long? Bytes, DateTimeOffset? FinishedAtUtc, DateTimeOffset? KeptUntilUtc)
{
    internal static ExportCard Of(CycleExport e) => new(
        ExportId.Wrap(e.Export), LedgerMonth.Parse(e.Month).Value, e.Format, e.InEnglish, e.State, e.AskedBy, e.AskedAtUtc, e.Step, e.Steps, e.Rows, e.Sha256, e.Bytes, e.FinishedAtUtc,
        e.State == ExportState.Finished ? e.FinishedAtUtc + ExportShelf.KeptFor : null);

    public bool IsOver => State is not (ExportState.Waiting or ExportState.Running);
}

internal sealed class ListExportsHandler(Caller caller, ExportShelf shelf) : IRequestHandler<ListExports, Result<Page<ExportCard>>>
{
    private const string Instant = "yyyyMMddHHmmssffffff";

    public async Task<Result<Page<ExportCard>>> Handle(ListExports request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        (DateTime, string)? after = null;
        if (request.After is { } marker)
        {
            if (marker.Split('-') is not [var instant, var id]
                || !DateTime.TryParseExact(instant, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            after = (at, id);
        }

        var read = await shelf.List(caller.Principal.Organisation?.Value, after, request.Limit + 1, cancellationToken);
        return Page<ExportCard>.Of(
            [.. read.Select(ExportCard.Of)], request.Limit, card => $"{card.AskedAtUtc.ToString(Instant, CultureInfo.InvariantCulture)}-{card.Export}");
    }
}
