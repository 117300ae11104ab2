using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What a file of sales would report of the next period: its totals, or all that is wrong with it. Nothing is written.</summary>
[MayAsk(ActorRole.Company, For = Duty.Read)]
public sealed record CheckSalesSheet(AgreementId Agreement, int Period, ReadOnlyMemory<byte> File) : IQuery<SalesSheetCheck>;

/// <param name="Sha256">Of the file.</param>
/// <param name="Totals">Null when anything is wrong.</param>
/// <param name="Faults">The first of them.</param>
/// <param name="FaultCount">All of them.</param>
public sealed record SalesSheetCheck(string Sha256, int Rows, SalesSheetTotals? Totals, IReadOnlyList<RowFault> Faults, int FaultCount);

internal sealed class CheckSalesSheetHandler(Commands commands, ISalesSheetReader reader, MarketplaceClock clock) : IRequestHandler<CheckSalesSheet, Result<SalesSheetCheck>>
{
    public async Task<Result<SalesSheetCheck>> Handle(CheckSalesSheet request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if ((visible.Refusal ?? AgreementRules.CheckPeriod(visible.Value, request.Period, LocalTime.DateOf(clock.NowUtc))) is { } refusal)
        {
            return refusal;
        }

        var read = reader.Read(visible.Value, request.File);
        return read.Refusal is { } unreadable
            ? unreadable
            : new SalesSheetCheck(SalesSheets.HashOf(request.File), read.Value.Rows, read.Value.Totals, read.Value.Faults, read.Value.FaultCount);
    }
}
