using System.Text.RegularExpressions;

namespace Marketplace.Domain.LabResults;

/// <summary>What a listing says about a result. A draft may be half written; what is submitted is complete in both languages.</summary>
/// <param name="Title">Name of the result, as the public notice shows it.</param>
/// <param name="Summary">One or two sentences for the catalog card.</param>
/// <param name="ProblemSolved">Whose problem it solves.</param>
/// <param name="Comparison">Beside the leading alternative.</param>
/// <param name="Benefit">What the adopter gains.</param>
/// <param name="Industry">Class of GB/T 4754-2017 in which it is used.</param>
/// <param name="Readiness">Level and the scale it is measured on; null while a draft does not know it.</param>
/// <param name="Rights">The intellectual property that a licence would cover.</param>
/// <param name="RegionCode">Six digits of GB/T 2260: where the lab works on it (120116 is Binhai New Area, Tianjin).</param>
/// <param name="Inventors">Who made it, with their shares of the inventor pool.</param>
/// <param name="InventorPoolPpm">Part of net income that goes to the inventors; at least half (Art. 45 of the Law on Promoting
/// the Transformation of Scientific and Technological Achievements).</param>
public sealed partial record ResultContent(
    BilingualText Title,
    BilingualText Summary,
    BilingualText ProblemSolved,
    BilingualText Comparison,
    BilingualText Benefit,
    TechnologyField Field,
    IndustryCode Industry,
    TechnologyReadiness? Readiness,
    IReadOnlyList<IntellectualProperty> Rights,
    string RegionCode,
    IReadOnlyList<Inventor> Inventors,
    long InventorPoolPpm = ResultContent.DefaultInventorPoolPpm)
{
    public const long MinInventorPoolPpm = 500_000;
    public const long DefaultInventorPoolPpm = 500_000;
    public const int MaxTitleCharacters = 200;
    public const int MaxTextCharacters = 4_000;
    public const int MaxRights = 100;

    /// <summary>What holds for every draft: nothing in it is malformed, though much may be missing.</summary>
    public Refusal? CheckDraft() =>
        BilingualText.CheckRequired(Title.Zh, "title.zh", MaxTitleCharacters)
        ?? Title.CheckLength("title", MaxTitleCharacters)
        ?? Summary.CheckLength("summary", MaxTextCharacters)
        ?? ProblemSolved.CheckLength("problemSolved", MaxTextCharacters)
        ?? Comparison.CheckLength("comparison", MaxTextCharacters)
        ?? Benefit.CheckLength("benefit", MaxTextCharacters)
        ?? CheckRights()
        ?? CheckRegion()
        ?? (Inventors.Count == 0 ? null : Inventor.CheckAll(Inventors, "inventors"))
        ?? CheckPool();

    /// <summary>What the public notice and the catalog need before anybody may see it.</summary>
    public Refusal? CheckComplete() =>
        CheckDraft()
        ?? Title.CheckComplete("title", MaxTitleCharacters)
        ?? Summary.CheckComplete("summary", MaxTextCharacters)
        ?? ProblemSolved.CheckComplete("problemSolved", MaxTextCharacters)
        ?? Comparison.CheckComplete("comparison", MaxTextCharacters)
        ?? Benefit.CheckComplete("benefit", MaxTextCharacters)
        ?? (Readiness is null
            ? Refusal.Invalid("readiness-missing", "请填写技术成熟度等级及其标准。", "State the technology readiness level and its scale.", "readiness")
            : null)
        ?? (Rights.Count == 0
            ? Refusal.Invalid("rights-missing", "请至少填写一项知识产权。", "Name at least one intellectual property right.", "rights")
            : null)
        ?? Inventor.CheckAll(Inventors, "inventors");

    /// <summary>The same content with patent numbers in their canonical spelling, so that the same patent is found twice.</summary>
    /// <exception cref="InvalidOperationException">The content was not checked.</exception>
    public ResultContent Normalised() => this with { Rights = [.. Rights.Select(right => right.Normalised())] };

    private Refusal? CheckRights()
    {
        if (Rights.Count > MaxRights)
        {
            return Refusal.Invalid("rights-too-many", $"知识产权最多 {MaxRights} 项。", $"At most {MaxRights} rights.", "rights");
        }

        for (var i = 0; i < Rights.Count; i++)
        {
            var refusal = Rights[i] is { } right ? right.Check() : Refusal.Invalid("right-missing", "此项不能为空。", "This entry is empty.");
            if (refusal is not null)
            {
                return refusal.Under($"rights[{i}]");
            }
        }

        return null;
    }

    private Refusal? CheckRegion() => SixDigits().IsMatch(RegionCode)
        ? null
        : Refusal.Invalid("region-malformed", "行政区划代码应为六位数字。", "A region code has six digits (GB/T 2260).", "regionCode");

    private Refusal? CheckPool() => InventorPoolPpm is >= MinInventorPoolPpm and <= Money.WholePpm
        ? null
        : Refusal.Invalid(
            "inventor-pool-out-of-range",
            "完成人奖酬比例不得低于净收入的50%，也不得超过100%（促进科技成果转化法第四十五条）。",
            "The inventors' part is at least 50 % and at most 100 % of net income (Art. 45, Law on Promoting the Transformation of S&T Achievements).",
            "inventorPoolPpm");

    [GeneratedRegex("^[0-9]{6}\\z")]
    private static partial Regex SixDigits();
}

/// <summary>One of those who made the result. Known by the place in the list: ledger accounts are kept under it.</summary>
/// <param name="SharePpm">Part of the inventor pool; the shares of all inventors are exactly the whole.</param>
public sealed record Inventor(string Name, long SharePpm)
{
    public const int MaxInventors = 100;
    public const int MaxNameCharacters = 100;

    /// <summary>At least one inventor, every one named, shares positive and exactly whole.</summary>
    public static Refusal? CheckAll(IReadOnlyList<Inventor> inventors, string field)
    {
        if (inventors.Count is 0 or > MaxInventors)
        {
            return Refusal.Invalid(
                "inventors-count", $"完成人应为1至{MaxInventors}名。", $"Name between 1 and {MaxInventors} inventors.", field);
        }

        for (var i = 0; i < inventors.Count; i++)
        {
            var refusal = inventors[i] is { } inventor
                ? BilingualText.CheckRequired(inventor.Name, "name", MaxNameCharacters)
                : Refusal.Invalid("inventor-missing", "此项不能为空。", "This entry is empty.");
            if (refusal is not null)
            {
                return refusal.Under($"{field}[{i}]");
            }
        }

        return Shares.Check([.. inventors.Select(i => i.SharePpm)], field);
    }
}

/// <summary>One right that protects the result.</summary>
/// <param name="Number">Application number for patents, registration number otherwise; null when it is not public,
/// in which case the agreement has to name it.</param>
public sealed record IntellectualProperty(RightKind Kind, RightStatus Status, string? Number)
{
    public const int MaxNumberCharacters = 60;

    /// <summary>What people call it.</summary>
    public static BilingualText NameOf(RightKind kind) => kind switch
    {
        RightKind.InventionPatent => new("发明专利", "Invention patent"),
        RightKind.UtilityModel => new("实用新型", "Utility model"),
        RightKind.DesignPatent => new("外观设计", "Design patent"),
        RightKind.SoftwareCopyright => new("软件著作权", "Software copyright"),
        RightKind.IntegratedCircuitLayout => new("集成电路布图设计", "Integrated circuit layout"),
        RightKind.PlantVariety => new("植物新品种", "Plant variety"),
        RightKind.NewDrugVariety => new("新药品种", "New drug variety"),
        RightKind.KnowHow => new("技术秘密", "Know-how"),
    };

    /// <summary>A patent's number must be a well-formed application number; others only need to be short.</summary>
    public Refusal? Check() => Number switch
    {
        null => null,
        _ when IsPatent(Kind) => PatentApplicationNumber.Parse(Number, "number").Refusal,
        _ => BilingualText.CheckRequired(Number, "number", MaxNumberCharacters),
    };

    internal IntellectualProperty Normalised() => Number is not null && IsPatent(Kind)
        ? this with { Number = PatentApplicationNumber.Parse(Number, "number").Value.Value }
        : this;

    public static bool IsPatent(RightKind kind) => kind switch
    {
        RightKind.InventionPatent or RightKind.UtilityModel or RightKind.DesignPatent => true,
        RightKind.SoftwareCopyright or RightKind.IntegratedCircuitLayout or RightKind.PlantVariety
            or RightKind.NewDrugVariety or RightKind.KnowHow => false,
    };
}

/// <summary>Kinds of rights that the Law on Promoting the Transformation of S&amp;T Achievements and its practice name.</summary>
public enum RightKind
{
    InventionPatent,
    UtilityModel,
    DesignPatent,
    SoftwareCopyright,
    IntegratedCircuitLayout,
    PlantVariety,
    NewDrugVariety,

    /// <summary>技术秘密: protected by keeping it, so it has neither number nor expiry.</summary>
    KnowHow,
}

public enum RightStatus
{
    /// <summary>Exists without registration (know-how, an unregistered copyright) or is not filed yet.</summary>
    Unregistered,

    Pending,
    Granted,
    Lapsed,
}
