using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketplace.Domain.Rights;

/// <summary>Whether two scopes, written in words by people, share something.</summary>
public enum Overlap
{
    None,

    /// <summary>The words differ, and no table knows whether what they mean does: a person has to say.</summary>
    Possible,

    Certain,
}

/// <summary>
/// Compares fields of use and territories as contracts name them: lists of words in Chinese or English. Says <see cref="Overlap.None"/> only
/// of territories that it knows to be apart; two fields with different names may still be one, so they are never known to be apart.
/// </summary>
public static partial class Scope
{
    private const string Nowhere = "";

    private static readonly FrozenSet<string> Everything = Set(
        "全部", "所有", "全部领域", "所有领域", "不限", "不限领域", "任何领域", "全领域", "ALL", "ALLFIELDS", "ANY", "ANYFIELD", "UNLIMITED", "UNRESTRICTED");

    private static readonly FrozenSet<string> World = Set("全球", "世界", "全世界", "世界范围", "全球范围", "不限", "WORLD", "WORLDWIDE", "GLOBAL");

    private static readonly Dictionary<string, string[]> Regions = new(StringComparer.Ordinal)
    {
        ["中国"] = ["中国大陆", "香港", "澳门", "台湾"],
        ["中国大陆"] =
        [
            "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南",
            "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆",
        ],
        ["欧盟"] = ["德国", "法国", "意大利", "西班牙", "荷兰"],
    };

    /// <summary>Name → what it lies in. Two places, neither of which lies in the other, are apart.</summary>
    private static readonly FrozenDictionary<string, string> Within = Places();

    /// <summary>What else a place is called, as a whole.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MAINLANDCHINA"] = "中国大陆", ["CHINESEMAINLAND"] = "中国大陆", ["境内"] = "中国大陆", ["内地"] = "中国大陆", ["大陆"] = "中国大陆", ["中国境内"] = "中国大陆", ["中国内地"] = "中国大陆",
        ["中华人民共和国"] = "中国", ["PRC"] = "中国", ["CHINA"] = "中国", ["全国"] = "中国", ["USA"] = "美国", ["US"] = "美国", ["UNITEDSTATES"] = "美国", ["JAPAN"] = "日本", ["KOREA"] = "韩国",
        ["SOUTHKOREA"] = "韩国", ["UNITEDKINGDOM"] = "英国", ["UK"] = "英国", ["EUROPEANUNION"] = "欧盟", ["EU"] = "欧盟", ["GERMANY"] = "德国", ["FRANCE"] = "法国",
        ["SINGAPORE"] = "新加坡", ["INDIA"] = "印度", ["BEIJING"] = "北京", ["TIANJIN"] = "天津", ["SHANGHAI"] = "上海", ["HONGKONG"] = "香港", ["MACAO"] = "澳门", ["MACAU"] = "澳门",
        ["TAIWAN"] = "台湾",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What may follow the name of a place without making it smaller.</summary>
    private static readonly string[] Suffixes = ["特别行政区", "自治区", "市", "省", "全境", "境内", "地区", "范围", "范围内"];

    /// <summary>Words that take something out again: what is left is for people to say.</summary>
    private static readonly string[] Exceptions = ["除", "不含", "不包括", "EXCEPT", "EXCLUD", "WITHOUT"];

    public static Overlap OfFields(string one, string other) => Most(one, other, (a, b) =>
        Everything.Contains(a) || Everything.Contains(b) || Contains(a, b) ? Overlap.Certain : Overlap.Possible);

    public static Overlap OfTerritories(string one, string other) => Most(one, other, OfPlaces);

    private static Overlap OfPlaces(string one, string other)
    {
        if (World.Contains(one) || World.Contains(other) || Contains(one, other))
        {
            return Overlap.Certain;
        }

        var (a, b) = (PlaceOf(one), PlaceOf(other));
        return a is null || b is null ? Overlap.Possible
            : LiesIn(a.Name, b.Name) ? (b.IsWhole ? Overlap.Certain : Overlap.Possible)
            : LiesIn(b.Name, a.Name) ? (a.IsWhole ? Overlap.Certain : Overlap.Possible)
            : Overlap.None;
    }

    /// <param name="IsWhole">The words name the place and no part of it: 天津市, not 天津滨海.</param>
    private sealed record Place(string Name, bool IsWhole);

    /// <summary>The smallest known place that the words name; null when none is known, or several are.</summary>
    private static Place? PlaceOf(string words)
    {
        var bare = Suffixes.Where(s => words.EndsWith(s, StringComparison.Ordinal)).Select(s => words[..^s.Length]).Prepend(words).ToList();
        if (bare.Select(w => Aliases.GetValueOrDefault(w) ?? (Within.ContainsKey(w) ? w : null)).FirstOrDefault(p => p is not null) is { } whole)
        {
            return new Place(whole, IsWhole: true);
        }

        var named = Within.Keys.Where(p => words.Contains(p, StringComparison.Ordinal)).ToList();
        return named.Find(p => named.TrueForAll(other => LiesIn(p, other))) is { } part ? new Place(part, IsWhole: false) : null;
    }

    private static bool LiesIn(string inner, string outer)
    {
        for (var place = inner; place != Nowhere; place = Within[place])
        {
            if (place == outer)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string one, string other) =>
        one == other || (Math.Min(one.Length, other.Length) >= 2 && (one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal)));

    private static Overlap Most(string one, string other, Func<string, string, Overlap> compare)
    {
        var most = Items(one).SelectMany(a => Items(other).Select(b => compare(a, b))).Max();
        return most == Overlap.Certain && (HasException(one) || HasException(other)) ? Overlap.Possible : most;
    }

    private static bool HasException(string list) => Exceptions.Any(e => list.Contains(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>The words of a list, without what stands in brackets, spaces and case; never empty.</summary>
    private static IReadOnlyList<string> Items(string list)
    {
        var plain = Bracketed().Replace(list.Normalize(NormalizationForm.FormKC), "").ToUpperInvariant();
        var items = plain.Split(',', ';', '/', '、', '。', '|', '\n').Select(i => string.Concat(i.Where(char.IsLetterOrDigit))).Where(i => i.Length > 0).ToList();
        return items.Count > 0 ? items : [string.Concat(list.Where(c => !char.IsWhiteSpace(c)))];
    }

    private static FrozenDictionary<string, string> Places()
    {
        var within = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in new[] { "中国", "欧盟", "美国", "日本", "韩国", "英国", "新加坡", "印度", "加拿大", "澳大利亚", "俄罗斯", "巴西" })
        {
            within[place] = Nowhere;
        }

        foreach (var (region, parts) in Regions)
        {
            foreach (var part in parts)
            {
                within[part] = region;
            }
        }

        return within.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"[(\[【][^)\]】]*[)\]】]")]
    private static partial Regex Bracketed();
}
