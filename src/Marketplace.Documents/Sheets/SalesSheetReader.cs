using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Documents.Sheets;

/// <summary>Opens files of sales: what begins like a zip archive is a workbook, everything else is text.</summary>
public sealed class SalesSheetReader : ISalesSheetReader
{
    public Result<SheetTable> Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            return new SheetTable(file.Span.StartsWith("PK\u0003\u0004"u8) ? XlsxTable.Read(file) : CsvTable.Read(file));
        }
        catch (SheetRefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
