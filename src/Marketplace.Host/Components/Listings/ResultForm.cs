using Marketplace.Application.LabResults;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Listings;

/// <summary>What a listing says, as it is typed: rights and inventors one set of fields each; what is left empty is none.</summary>
/// <param name="Rights">How many sets there are.</param>
/// <param name="Inventors">Likewise.</param>
public sealed record ResultForm(int Rights, int Inventors)
{
    /// <summary>Empty sets beside those that there are.</summary>
    private const int Spare = 3;

    /// <summary>In both languages, with how many lines.</summary>
    public static readonly IReadOnlyList<(string Field, BilingualText Label, int Lines, int MaxCharacters)> Texts =
    [
        ("title", new("名称", "Title"), 0, ResultContent.MaxTitleCharacters),
        ("summary", new("一句话介绍", "In one sentence"), 2, ResultContent.MaxTextCharacters),
        ("problemSolved", new("解决什么问题", "The problem it solves"), 4, ResultContent.MaxTextCharacters),
        ("comparison", new("与主流方案相比", "Beside the leading alternative"), 4, ResultContent.MaxTextCharacters),
        ("benefit", new("采用后的好处", "What the adopter gains"), 4, ResultContent.MaxTextCharacters),
    ];

    public static ResultForm For(ResultView? result) => new((result?.Rights.Count ?? 0) + Spare, (result?.Inventors?.Count ?? 0) + Spare);

    /// <summary>Those that a refusal can stand beside.</summary>
    public IReadOnlyList<string> Fields =>
    [
        .. Texts.SelectMany(t => new[] { $"{t.Field}.zh", $"{t.Field}.en" }), "field", "industry", "readiness", "regionCode", "inventorPoolPpm",
        .. Enumerable.Range(0, Rights).SelectMany(i => new[] { $"rights[{i}].kind", $"rights[{i}].status", $"rights[{i}].number" }),
        .. Enumerable.Range(0, Inventors).SelectMany(i => new[] { $"inventors[{i}].name", $"inventors[{i}]" }),
    ];

    /// <summary>What stands in the fields of a listing that there is.</summary>
    public static IReadOnlyDictionary<string, string> Written(ResultView? result)
    {
        var written = new Dictionary<string, string>
        {
            ["regionCode"] = result?.RegionCode ?? "120116", // Binhai New Area
            ["industry"] = result?.Industry.Value ?? "",
            ["readiness"] = result?.Readiness?.Value ?? "",
            ["field"] = $"{result?.Field ?? default}",
            ["inventorPoolPpm"] = TypedNumber.WrittenRate(result?.InventorPoolPpm ?? ResultContent.DefaultInventorPoolPpm),
        };
        if (result is null)
        {
            return written;
        }

        foreach (var (field, text) in new[]
        {
            ("title", result.Title), ("summary", result.Summary), ("problemSolved", result.ProblemSolved), ("comparison", result.Comparison), ("benefit", result.Benefit),
        })
        {
            (written[$"{field}.zh"], written[$"{field}.en"]) = (text.Zh, text.En);
        }

        foreach (var (i, right) in result.Rights.Index())
        {
            (written[$"rights[{i}].kind"], written[$"rights[{i}].status"], written[$"rights[{i}].number"]) = ($"{right.Kind}", $"{right.Status}", right.Number ?? "");
        }

        foreach (var (i, inventor) in (result.Inventors ?? []).Index())
        {
            (written[$"inventors[{i}].name"], written[$"inventors[{i}]"]) = (inventor.Name, TypedNumber.WrittenRate(inventor.SharePpm));
        }

        return written;
    }

    /// <summary>What keeps a listing from being handed in, by the label of its field; null: nothing.</summary>
    public static (BilingualText Label, Refusal Why)? Missing(ResultView result)
    {
        var content = new ResultContent(
            result.Title, result.Summary, result.ProblemSolved, result.Comparison, result.Benefit, result.Field, result.Industry, result.Readiness, result.Rights,
            result.RegionCode, result.Inventors ?? [], result.InventorPoolPpm ?? ResultContent.DefaultInventorPoolPpm);
        return content.CheckComplete() is { } why ? (LabelOf(why.Field ?? ""), why) : null;
    }

    public ResultContent Read(TypedForm form)
    {
        BilingualText Text(string field) => new(form.Text($"{field}.zh"), form.Text($"{field}.en"));
        return new(
            Text("title"), Text("summary"), Text("problemSolved"), Text("comparison"), Text("benefit"), form.OneOf<TechnologyField>("field"),
            Parsed(form, IndustryCode.Parse(form.Text("industry"), "industry")),
            form.TextOrNull("readiness") is { } readiness ? Parsed(form, TechnologyReadiness.Parse(readiness, "readiness")) : null,
            [.. Enumerable.Range(0, Rights).Where(i => form.Text($"rights[{i}].kind").Length > 0).Select(i => new IntellectualProperty(
                form.OneOf<RightKind>($"rights[{i}].kind"), form.OneOf<RightStatus>($"rights[{i}].status"), form.TextOrNull($"rights[{i}].number")))],
            form.Text("regionCode"),
            [.. Enumerable.Range(0, Inventors).Where(i => form.Text($"inventors[{i}].name").Length > 0).Select(i => new Inventor(form.Text($"inventors[{i}].name"), form.Rate($"inventors[{i}]")))],
            form.Rate("inventorPoolPpm"));
    }

    private static BilingualText LabelOf(string field) => field.Split('.', '[')[0] switch
    {
        "readiness" => new("技术就绪度", "Technology readiness"),
        "rights" => new("知识产权", "Intellectual property"),
        "inventors" or "inventorPoolPpm" => new("完成人与份额", "Inventors and their shares"),
        "regionCode" => new("行政区划代码", "Code of the region"),
        var name when Texts.FirstOrDefault(t => t.Field == name) is { Label: { } label } =>
            field.EndsWith(".en", StringComparison.Ordinal) ? new($"{label.Zh}（英文）", $"{label.En} (English)") : new($"{label.Zh}（中文）", $"{label.En} (Chinese)"),
        _ => new(field, field),
    };

    private static T Parsed<T>(TypedForm form, Result<T> result) where T : struct
    {
        if (result.Refusal is not { } refusal)
        {
            return result.Value;
        }

        form.Refuse(refusal);
        return default;
    }
}
