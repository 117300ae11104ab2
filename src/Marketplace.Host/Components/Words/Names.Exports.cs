using Marketplace.Application.Exports;
using Marketplace.Domain;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(ExportState state) => state switch
    {
        ExportState.Waiting => new("等待制作", "Waiting"),
        ExportState.Running => new("正在制作", "Being made"),
        ExportState.Finished => new("已完成", "Finished"),
        ExportState.Failed => new("制作失败", "Failed"),
        ExportState.Ended => new("已中止", "Ended"),
        ExportState.Expired => new("已过保存期", "Not kept any longer"),
    };

    public static BilingualText Of(SheetFormat format) => format switch
    {
        SheetFormat.Xlsx => new("XLSX（电子表格）", "XLSX (spreadsheets)"),
        SheetFormat.Csv => new("CSV（文本表格）", "CSV (tables as text)"),
    };
}
