using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company reports the next period by a file with its lines of sales. The totals are computed here, of the file whose hash is kept.</summary>
/// <param name="File">CSV or XLSX.</param>
/// <param name="Others">What the clauses ask for beside sales and units; the units are the quantity of the file.</param>
/// <param name="NoSales">True when all figures are zero, and only then.</param>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record ReportSalesFromSheet(
    Guid CommandId, AgreementId Agreement, int Period, ReadOnlyMemory<byte> File, string FileName, SalesAffirmation? Affirmation = null, OtherFigures? Others = null,
    bool NoSales = false) : ICommandRequest;

internal sealed class ReportSalesFromSheetHandler(Commands commands, ISalesSheetReader reader) : IRequestHandler<ReportSalesFromSheet, Answer>
{
    public async Task<Answer> Handle(ReportSalesFromSheet request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if ((visible.Refusal ?? SalesSheets.CheckName(request.FileName)) is { } refusal)
        {
            return refusal;
        }

        // Terms and file alone decide what is read: sent again, the same command asks for the same.
        var read = reader.Read(visible.Value, request.File);
        if (read.Refusal is { } unreadable)
        {
            return unreadable;
        }

        return read.Value.Totals is not { } totals
            ? SalesSheets.Refused(read.Value)
            : await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ReportSales(
                request.Period, totals.Gross, totals.Deductions, SalesSheets.OthersOf(totals, request.Others), request.Affirmation, request.NoSales,
                SalesSheets.FileOf(request.FileName, request.File, totals.Rows)));
    }
}
