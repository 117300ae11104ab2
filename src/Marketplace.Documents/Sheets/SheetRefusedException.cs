using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Documents.Sheets;

/// <summary>Deep inside a file something shows that it cannot be read as a whole. Never leaves <see cref="SalesSheetReader"/>.</summary>
internal sealed class SheetRefusedException(Refusal refusal) : Exception(refusal.En)
{
    public const int MaxExpandedBytes = 50 * 1024 * 1024;

    public Refusal Refusal => refusal;

    public static SheetRefusedException NotReadable => new(Of("sheet-not-readable", "文件不是可读取的 CSV 或 XLSX。", "The file is no CSV or XLSX that can be read."));

    public static SheetRefusedException Encoding => new(Of(
        "sheet-encoding", "文件的编码须为 UTF-8 或 GB18030。", "The file must be encoded in UTF-8 or GB18030."));

    public static SheetRefusedException TooLarge => new(Of(
        "sheet-too-large", $"解压后超过 {MaxExpandedBytes / 1024 / 1024} MB。", $"The file expands to more than {MaxExpandedBytes / 1024 / 1024} MB."));

    public static SheetRefusedException TooManyRows => new(Of(
        "sheet-rows-too-many", $"至多 {SalesSheet.MaxRows} 行。", $"At most {SalesSheet.MaxRows} rows."));

    public static SheetRefusedException TooManyColumns => new(Of(
        "sheet-columns-too-many", $"至多 {SalesSheet.MaxColumns} 列。", $"At most {SalesSheet.MaxColumns} columns."));

    private static Refusal Of(string code, string zh, string en) => Refusal.Invalid(code, zh, en, "file");
}
