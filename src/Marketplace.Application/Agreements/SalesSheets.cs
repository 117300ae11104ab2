using System.Security.Cryptography;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Agreements;

/// <summary>From the bytes of a file to what it says under the terms of an agreement.</summary>
internal static class SalesSheets
{
    private const int MostCharactersOfName = 200;

    public static Result<SalesSheetReading> Read(this ISalesSheetReader reader, Agreement agreement, ReadOnlyMemory<byte> file)
    {
        if (file.Length is 0 or > ISalesSheetReader.MaxBytes)
        {
            return Refusal.Invalid("sheet-size", $"文件不能为空，且最大 {ISalesSheetReader.MaxBytes / 1024 / 1024} MB。", $"The file must not be empty, and at most {ISalesSheetReader.MaxBytes / 1024 / 1024} MB.", "file");
        }

        var table = reader.Read(file);
        return table.Refusal is { } refusal ? refusal : SalesSheet.Read(table.Value, agreement.Terms);
    }

    /// <summary>All faults of the cells as one refusal.</summary>
    public static Refusal Refused(SalesSheetReading reading) => Refusal.Invalid(
        "sheet-has-errors", $"文件中有 {reading.FaultCount} 处错误，未提交任何内容。", $"Errors in the file: {reading.FaultCount}. Nothing was reported.", "file") with { Rows = reading.Faults };

    public static SalesSheetFile FileOf(string name, ReadOnlyMemory<byte> file, int rows) => new(name, HashOf(file), file.Length, rows);

    public static string HashOf(ReadOnlyMemory<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file.Span));

    public static Refusal? CheckName(string name) => string.IsNullOrWhiteSpace(name) || name.Length > MostCharactersOfName || name.Any(char.IsControl)
        ? Refusal.Invalid("file-name", $"请注明文件名（{MostCharactersOfName}字以内）。", $"Name the file, in at most {MostCharactersOfName} characters.", "fileName")
        : null;

    /// <summary>The quantity is what a clause counts; the other figures are told beside the file.</summary>
    public static OtherFigures? OthersOf(SalesSheetTotals totals, OtherFigures? told)
    {
        var others = (told ?? new OtherFigures()) with { Units = totals.Units };
        return others == new OtherFigures() ? null : others;
    }
}
