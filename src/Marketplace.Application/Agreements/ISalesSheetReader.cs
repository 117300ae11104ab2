using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Agreements;

/// <summary>Opens files of sales: CSV and XLSX, told apart by what is in them.</summary>
public interface ISalesSheetReader
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <returns>Refused with <c>sheet-…</c>, field <c>file</c>, when the file as a whole cannot be read.</returns>
    Result<SheetTable> Read(ReadOnlyMemory<byte> file);
}
