using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Marketplace.Domain;

/// <summary>How ripe a result is. A level means nothing without the standard that defines it, so the two are never apart.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<TechnologyReadiness>))]
public readonly partial record struct TechnologyReadiness : IIdentifier<TechnologyReadiness>
{
    private const int Lowest = 1;
    private const int Highest = 9;

    private TechnologyReadiness(int level, ReadinessScale scale) => (Level, Scale) = (level, scale);

    /// <summary>1 to 9.</summary>
    public int Level { get; }

    public ReadinessScale Scale { get; }

    /// <summary><c>TRL 6 (GB/T 22900)</c></summary>
    /// <exception cref="InvalidOperationException">Of <c>default(TechnologyReadiness)</c>.</exception>
    public string Value => Level >= Lowest
        ? $"TRL {Level.ToString(CultureInfo.InvariantCulture)} (GB/T {NumberOf(Scale)})"
        : throw new InvalidOperationException("A technology readiness was never set.");

    /// <summary>Refuses, with <c>readiness-level</c>, levels below 1 and above 9.</summary>
    public static Result<TechnologyReadiness> Of(int level, ReadinessScale scale, string field) =>
        level is >= Lowest and <= Highest
            ? new TechnologyReadiness(level, scale)
            : Refusal.Invalid(
                "readiness-level",
                $"技术就绪度等级应为 {Lowest} 至 {Highest}，实为 {level}。",
                $"A technology readiness level is {Lowest} to {Highest}, but is {level}.",
                field);

    /// <summary>
    /// Accepts the level before or after the standard: <c>TRL 6 (GB/T 22900)</c>, <c>GB/T 22900-2022 TRL6</c>, <c>6 GB/T 37264</c>,
    /// in any case and width. Refuses <c>readiness-format</c> and <c>readiness-level</c>.
    /// </summary>
    public static Result<TechnologyReadiness> Parse(string? text, string field)
    {
        var compact = InputText.Compact(text);
        var match = Written().Match(compact);
        if (!match.Success)
        {
            return Refusal.Invalid(
                "readiness-format",
                $"“{InputText.Shown(compact)}”不是带标准的技术就绪度，应写作“TRL 6 (GB/T 22900)”或“TRL 6 (GB/T 37264)”。",
                $"\"{InputText.Shown(compact)}\" is no readiness level with its scale; write \"TRL 6 (GB/T 22900)\" or \"TRL 6 (GB/T 37264)\".",
                field);
        }

        var scale = match.Groups["scale"].Value == NumberOf(ReadinessScale.GbT22900) ? ReadinessScale.GbT22900 : ReadinessScale.GbT37264;
        return Of(int.Parse(match.Groups["level"].Value, NumberStyles.None, CultureInfo.InvariantCulture), scale, field);
    }

    public override string ToString() => Value;

    private static string NumberOf(ReadinessScale scale) => scale switch
    {
        ReadinessScale.GbT22900 => "22900",
        ReadinessScale.GbT37264 => "37264",
    };

    [GeneratedRegex(
        @"^(?:(?:TRL)?(?<level>\d{1,3})[,:]?\(?GB/?T(?<scale>22900|37264)(?:-\d{4})?\)?|GB/?T(?<scale>22900|37264)(?:-\d{4})?(?:TRL|[,:](?:TRL)?)(?<level>\d{1,3}))$",
        RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Written();
}

/// <summary>The standard that defines the nine levels.</summary>
public enum ReadinessScale
{
    /// <summary>GB/T 22900, evaluation of science and technology research projects 科学技术研究项目评价通则.</summary>
    GbT22900,

    /// <summary>GB/T 37264, technology readiness levels of new materials 新材料技术成熟度等级划分及定义.</summary>
    GbT37264,
}
