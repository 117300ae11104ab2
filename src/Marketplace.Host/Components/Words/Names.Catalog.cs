using System.Globalization;
using Marketplace.Application.Catalog;
using Marketplace.Application.Licensing;
using Marketplace.Domain;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    /// <summary>Provinces by the first two digits of GB/T 2260.</summary>
    private static readonly Dictionary<string, BilingualText> Provinces = new(StringComparer.Ordinal)
    {
        ["11"] = new("北京", "Beijing"), ["12"] = new("天津", "Tianjin"), ["13"] = new("河北", "Hebei"), ["14"] = new("山西", "Shanxi"),
        ["15"] = new("内蒙古", "Inner Mongolia"), ["21"] = new("辽宁", "Liaoning"), ["22"] = new("吉林", "Jilin"), ["23"] = new("黑龙江", "Heilongjiang"),
        ["31"] = new("上海", "Shanghai"), ["32"] = new("江苏", "Jiangsu"), ["33"] = new("浙江", "Zhejiang"), ["34"] = new("安徽", "Anhui"),
        ["35"] = new("福建", "Fujian"), ["36"] = new("江西", "Jiangxi"), ["37"] = new("山东", "Shandong"), ["41"] = new("河南", "Henan"),
        ["42"] = new("湖北", "Hubei"), ["43"] = new("湖南", "Hunan"), ["44"] = new("广东", "Guangdong"), ["45"] = new("广西", "Guangxi"),
        ["46"] = new("海南", "Hainan"), ["50"] = new("重庆", "Chongqing"), ["51"] = new("四川", "Sichuan"), ["52"] = new("贵州", "Guizhou"),
        ["53"] = new("云南", "Yunnan"), ["54"] = new("西藏", "Tibet"), ["61"] = new("陕西", "Shaanxi"), ["62"] = new("甘肃", "Gansu"),
        ["63"] = new("青海", "Qinghai"), ["64"] = new("宁夏", "Ningxia"), ["65"] = new("新疆", "Xinjiang"), ["71"] = new("台湾", "Taiwan"),
        ["81"] = new("香港", "Hong Kong"), ["82"] = new("澳门", "Macao"),
    };

    /// <summary>In the order of their codes.</summary>
    public static IEnumerable<(string Code, BilingualText Name)> AllProvinces => Provinces.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value));

    /// <summary>A code that is no province's is shown as it is.</summary>
    public static BilingualText OfProvince(string code) => Provinces.GetValueOrDefault(code, new(code, code));

    public static BilingualText OfReadiness(int level)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"TRL {level}");
        return new(text, text);
    }

    public static BilingualText Of(TrialLength length) => length switch
    {
        TrialLength.UpTo3Months => new("不超过 3 个月", "Up to 3 months"),
        TrialLength.From4To6Months => new("4 至 6 个月", "4 to 6 months"),
        TrialLength.From7To12Months => new("7 至 12 个月", "7 to 12 months"),
        TrialLength.Longer => new("12 个月以上", "More than 12 months"),
    };

    public static BilingualText Of(OfferCover cover) => cover switch
    {
        OfferCover.Guaranteed => new("有担保或保险", "Guaranteed or insured"),
        OfferCover.Unsecured => new("无担保", "Without a guarantee"),
    };

    public static BilingualText Of(CatalogOrder order) => order switch
    {
        CatalogOrder.Newest => new("最新在前", "Newest first"),
        CatalogOrder.TitleFirst => new("标题相符在前", "Title matches first"),
    };
}
