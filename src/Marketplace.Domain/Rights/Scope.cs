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
    private const string EveryWhere = "";

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

    private static readonly (string Alias, string Place)[] Aliases =
    [
        ("MAINLANDCHINA", "中国大陆"), ("CHINESEMAINLAND", "中国大陆"), ("中国境内", "中国大陆"), ("境内", "中国大陆"), ("内地", "中国大陆"), ("大陆", "中国大陆"),
        ("中华人民共和国", "中国"), ("PRC", "中国"), ("CHINA", "中国"), ("全国", "中国"), ("USA", "美国"), ("UNITEDSTATES", "美国"), ("US", "美国"), ("JAPAN", "日本"), ("KOREA", "韩国"),
        ("UNITEDKINGDOM", "英国"), ("UK", "英国"), ("EUROPEANUNION", "欧盟"), ("EU", "欧盟"), ("GERMANY", "德国"), ("FRANCE", "法国"), ("SINGAPORE", "新加坡"), ("INDIA", "印度"),
        ("BEIJING", "北京"), ("TIANJIN", "天津"), ("SHANGHAI", "上海"), ("HONGKONG", "香港"), ("MACAO", "澳门"), ("MACAU", "澳门"), ("TAIWAN", "台湾"),
    ];

    public static Overlap OfFields(string one, string other) => Most(Items(one), Items(other), (a, b) =>
        Everything.Contains(a) || Everything.Contains(b) || Contains(a, b) ? Overlap.Certain : Overlap.Possible);

    public static Overlap OfTerritories(string one, string other) => Most(Items(one), Items(other), OfPlaces);

    private static Overlap OfPlaces(string one, string other)
    {
        if (World.Contains(one) || World.Contains(other) || Contains(one, other))
        {
            return Overlap.Certain;
        }

        var (a, b) = (PlaceOf(one), PlaceOf(other));
        return a is null || b is null ? Overlap.Possible
            : LiesIn(a, b) || LiesIn(b, a) ? (IsThePlace(one, a) || IsThePlace(other, b) ? Overlap.Certain : Overlap.Possible)
            : Overlap.None;
    }

    /// <summary>Whether the words name the whole place and no part of it: 天津, not 天津滨海.</summary>
    private static bool IsThePlace(string words, string place) =>
        words == place || words == $"{place}市" || words == $"{place}省" || Aliases.Any(a => a.Place == place && words.StartsWith(a.Alias, StringComparison.Ordinal)) || Regions.ContainsKey(place);

    private static bool LiesIn(string inner, string outer)
    {
        for (var place = inner; place != EveryWhere; place = Within[place])
        {
            if (place == outer)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The smallest known place that the words name; null when none is known.</summary>
    private static string? PlaceOf(string words)
    {
        var named = Within.Keys.Where(words.Contains).Concat(Aliases.Where(a => a.Alias.Length > 3 ? words.Contains(a.Alias, StringComparison.Ordinal) : words == a.Alias).Select(a => a.Place)).Distinct().ToList();
        return named.Count == 0 ? null : named.MaxBy(Depth);
    }

    private static int Depth(string place)
    {
        var depth = 0;
        for (var at = place; at != EveryWhere; at = Within[at])
        {
            depth++;
        }

        return depth;
    }

    private static bool Contains(string one, string other) =>
        one == other || (Math.Min(one.Length, other.Length) >= 2 && (one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal)));

    private static Overlap Most(IReadOnlyList<string> one, IReadOnlyList<string> other, Func<string, string, Overlap> compare) =>
        one.SelectMany(a => other.Select(b => compare(a, b))).Max();

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
            within[place] = EveryWhere;
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
