using System.Globalization;
using System.Text.RegularExpressions;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What a term that two versions say differently is called, and what each of them says.</summary>
public static partial class TermWords
{
    private static readonly Dictionary<string, BilingualText> Members = new(StringComparer.Ordinal)
    {
        ["licence"] = new("许可方式", "Licence"),
        ["fieldOfUse"] = new("使用领域", "Field of use"),
        ["territory"] = new("地域", "Territory"),
        ["trialMonths"] = new("免费试用", "Free trial"),
        ["commercialMonths"] = new("转化后许可期", "Licence after conversion"),
        ["currency"] = new("币种", "Currency"),
        ["reporting"] = new("销售报告", "Sales reports"),
        ["periodMonths"] = new("报告周期", "Reporting period"),
        ["reportDays"] = new("期满后报告期限", "Time to report a period"),
        ["paymentDays"] = new("报告后付款期限", "Time to pay after the report"),
        ["lateInterest"] = new("逾期利息", "Late interest"),
        ["contractRatePpm"] = new("约定逾期年利率", "Contract rate of late interest"),
        ["lprMarginPpm"] = new("逾期利率相对 LPR 上浮", "Margin of late interest over the LPR"),
        ["dayCount"] = new("一年按多少天计息", "Days of a year of interest"),
        ["platformFeePpm"] = new("平台服务费", "Platform fee"),
        ["cureDays"] = new("补救期", "Cure period"),
        ["ladder"] = new("催收步骤", "Enforcement ladder"),
        ["step"] = new("步骤", "step"),
        ["day"] = new("到期后第几天", "days after the due date"),
        ["approvals"] = new("批准人数", "approvals"),
        ["template"] = new("合同模板", "Contract template"),
        ["id"] = new("名称", "name"),
        ["version"] = new("版本", "version"),
        ["hash"] = new("哈希", "hash"),
        ["amountMinor"] = new("金额", "amount"),
        ["monthsAfterEffect"] = new("生效后多久付款", "time from effect to payment"),
        ["payDate"] = new("以先到者还是后到者为准", "whichever comes first or last"),
        ["totalMinor"] = new("总额", "total"),
        ["parts"] = new("期", "part"),
        ["monthsAfterConversion"] = new("转化后多久付款", "time from conversion to payment"),
        ["weightPpm"] = new("占比", "share"),
        ["event"] = new("事件", "event"),
        ["evidence"] = new("证据", "evidence"),
        ["daysToPay"] = new("付款期限", "time to pay"),
        ["cumulativeNetSalesMinor"] = new("累计净销售额门槛", "cumulative net sales to reach"),
        ["ratePpm"] = new("费率", "rate"),
        ["tiers"] = new("档", "band"),
        ["fromMinor"] = new("起点", "from"),
        ["method"] = new("分档计算方式", "how bands apply"),
        ["base"] = new("分档依据", "what bands count"),
        ["isCreditable"] = new("可否抵扣", "credited or not"),
        ["condition"] = new("条件", "condition"),
        ["daysAfterConversion"] = new("转化后付款期限", "time to pay after conversion"),
        ["yearlyStepPpm"] = new("每年调整", "change each year"),
        ["unit"] = new("计量单位", "unit"),
        ["amountPerUnitMinor"] = new("每单位金额", "amount per unit"),
        ["yearlyFloorMinor"] = new("合同年度起点", "floor of a contract year"),
        ["measure"] = new("指标", "measure"),
        ["baselineMinor"] = new("基数", "baseline"),
        ["sharePpm"] = new("抵减比例", "part that is deducted"),
        ["floorPpm"] = new("至少保留", "part that always stays"),
        ["prices"] = new("项买断价", "price"),
        ["beforeMonth"] = new("转化后期限", "before, from conversion"),
        ["times"] = new("项适用期间", "Periods of a clause"),
        ["clause"] = new("条款", "clause"),
        ["fromPeriod"] = new("起始期", "from period"),
        ["throughPeriod"] = new("截止期", "through period"),
        ["equityPpm"] = new("股权占注册资本", "equity of the registered capital"),
    };

    private static readonly Dictionary<string, BilingualText> CriterionMembers = new(StringComparer.Ordinal)
    {
        ["criteria"] = new("项验收指标", "Criterion"),
        ["name"] = new("名称", "name"),
        ["measure"] = new("测量内容", "what is measured"),
        ["unit"] = new("计量单位", "unit"),
        ["comparison"] = new("比较方式", "comparison"),
        ["low"] = new("下限", "lower bound"),
        ["high"] = new("上限", "upper bound"),
        ["method"] = new("测试方法", "how it is tested"),
    };

    /// <param name="path">Of a <see cref="TermDifference"/>.</param>
    /// <param name="terms">Of a side that has it; null: values of a template go by their own names.</param>
    public static BilingualText Label(string path, AgreementTerms? terms, IReadOnlyList<TemplateDetails> templates)
    {
        if (NameOfValue(path) is { } value)
        {
            var label = Parameter(value, terms, templates)?.Label ?? new(value, value);
            return new($"模板参数：{label.Zh}", $"Template: {label.En}");
        }

        var names = IsCriterion(path) ? CriterionMembers : Members;
        BilingualText[] parts = [.. path.Split('.').Select(part => Part(part, names))];
        return new(string.Join(" · ", parts.Select(p => p.Zh)), string.Join(": ", parts.Select(p => p.En)));
    }

    /// <summary>What one side says, or that it says nothing.</summary>
    /// <param name="terms">Of this side.</param>
    public static string Value(Reader r, string path, string? value, AgreementTerms terms, IReadOnlyList<TemplateDetails> templates)
    {
        if (value is null)
        {
            return r.T("（无）", "(none)");
        }

        if (NameOfValue(path) is { } name)
        {
            return Parameter(name, terms, templates) is { } parameter ? ParameterWords.Default(r, parameter with { Default = value }) : value;
        }

        return IsCriterion(path) ? OfCriterion(r, path, value) : Whole(r, path, terms) ?? Choice(r, path, value) ?? Number(r, path, value, terms.Currency) ?? value;
    }

    private static ParameterDetails? Parameter(string name, AgreementTerms? terms, IReadOnlyList<TemplateDetails> templates) => terms?.Template is { } named
        ? templates.FirstOrDefault(t => t.Id == named.Id && t.Version == named.Version)?.Parameters.FirstOrDefault(p => p.Name == name)
        : null;

    /// <summary>A clause, or a part of one, that stands on one side only.</summary>
    private static string? Whole(Reader r, string path, AgreementTerms terms) => path switch
    {
        "reporting" => PaymentWords.Reporting(r, terms.Reporting!),
        "lateInterest" => PaymentWords.LateInterest(r, terms.LateInterest),
        "template" => $"{terms.Template!.Id} {terms.Template.Version}",
        "ladder" => string.Join(r.T("；", "; "), terms.Ladder!.Select(s => r.T($"{Names.Of(s.Step).Zh} {s.Day}", $"{Names.Of(s.Step).En} {s.Day}"))),
        "times" => string.Join(' ', terms.Times!.Select(t => Period(r, t))),
        _ when path.StartsWith("times[", StringComparison.Ordinal) && path.EndsWith(']') => Period(r, terms.Times![int.Parse(path.AsSpan(6, path.Length - 7), CultureInfo.InvariantCulture)]),
        _ when WholePayment().Match(path) is { Success: true } whole => Clause(r, terms, Position(whole)),
        _ when PartOfPayment().Match(path) is { Success: true } part => PaymentWords.Parts(r, terms.Payments[Position(part)], terms)[int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture)],
        _ => null,
    };

    private static string Period(Reader r, ClauseTime time) =>
        r.T($"条款 {PaymentTrigger.ClauseOf(time.Clause)}", $"Clause {PaymentTrigger.ClauseOf(time.Clause)}") + r.T("：", ": ") + PaymentWords.Time(r, time);

    /// <summary>A payment clause with all of its parts.</summary>
    public static string Clause(Reader r, AgreementTerms terms, int position)
    {
        var payment = terms.Payments[position];
        var parts = string.Join(r.T("；", "; "), PaymentWords.Parts(r, payment, terms));
        return r.T(Names.Of(payment.Model)) + r.T("：", ": ") + PaymentWords.Sentence(r, payment, terms) + (parts.Length == 0 ? "" : r.T("", " ") + parts);
    }

    private static string OfCriterion(Reader r, string path, string value) => Leaf(path) switch
    {
        "comparison" when Enum.TryParse<CriterionComparison>(value, ignoreCase: true, out var comparison) => r.T(Names.Of(comparison)),
        "low" or "high" => r.Number(decimal.Parse(value, NumberStyles.Number, CultureInfo.InvariantCulture)),
        _ when path.EndsWith(']') => TrialWords.Sentence(r, CanonicalJson.Read<AcceptanceCriterion>(value)),
        _ => value,
    };

    private static bool IsCriterion(string path) => path.StartsWith("criteria[", StringComparison.Ordinal);

    private static string? Choice(Reader r, string path, string value) => (Leaf(path), value) switch
    {
        ("licence", _) when Enum.TryParse<LicenceKind>(value, ignoreCase: true, out var licence) => r.T(Names.Of(licence)),
        ("event", _) when Enum.TryParse<MilestoneKind>(value, ignoreCase: true, out var milestone) => r.T(Names.Of(milestone)),
        ("measure", _) when Enum.TryParse<IncrementMeasure>(value, ignoreCase: true, out var measure) => r.T(Names.Of(measure)),
        ("payDate", _) when Enum.TryParse<PayDateRule>(value, ignoreCase: true, out var rule) => r.T(Names.Of(rule)),
        ("method", _) when Enum.TryParse<TierMethod>(value, ignoreCase: true, out var method) => r.T(Names.Of(method)),
        ("base", _) when Enum.TryParse<TierBase>(value, ignoreCase: true, out var counted) => r.T(Names.Of(counted)),
        ("isCreditable", "true") => r.T("可抵扣", "credited"),
        ("isCreditable", "false") => r.T("不可抵扣", "not credited"),
        _ => null,
    };

    private static string? Number(Reader r, string path, string value, Currency currency)
    {
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var member = Leaf(path);
        return member switch
        {
            "beforeMonth" => r.Months((int)number),
            "clause" => PaymentTrigger.ClauseOf((int)number),
            "unit" or "fieldOfUse" or "territory" or "condition" or "evidence" or "event" => value,
            _ when member.EndsWith("Minor", StringComparison.Ordinal) => r.Money(number, currency),
            _ when member.EndsWith("Ppm", StringComparison.Ordinal) => r.Percent(number),
            _ when member.Contains("onths", StringComparison.Ordinal) => r.Months((int)number),
            _ when member.Contains("ays", StringComparison.Ordinal) => r.Days((int)number),
            _ => value,
        };
    }

    private static string? NameOfValue(string path) => path.StartsWith("template.values.", StringComparison.Ordinal) ? path["template.values.".Length..] : null;

    /// <summary>The words of one part of a path, with the place in its list; a number of its own for a clause.</summary>
    private static BilingualText Part(string part, Dictionary<string, BilingualText> names)
    {
        var (name, place) = Indexed().Match(part) is { Success: true } indexed
            ? (indexed.Groups[1].Value, int.Parse(indexed.Groups[2].Value, CultureInfo.InvariantCulture))
            : (part, (int?)null);
        return (name, place) switch
        {
            ("payments", { } i) => new($"条款 {PaymentTrigger.ClauseOf(i)}", $"Clause {PaymentTrigger.ClauseOf(i)}"),
            ("ladder", { } i) => Names.Of(EnforcementLadder.Standard[i].Step),
            (_, { } i) when names.GetValueOrDefault(name) is { } item => new($"第 {i + 1} {item.Zh}", $"{item.En} {i + 1}"),
            _ => names.GetValueOrDefault(name) ?? new(name, name), // a journal may know a term that is gone
        };
    }

    private static string Leaf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static int Position(Match path) => int.Parse(path.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^payments\[(\d+)\]$")]
    private static partial Regex WholePayment();

    [GeneratedRegex(@"^payments\[(\d+)\]\.(?:tiers|parts|prices)\[(\d+)\]$")]
    private static partial Regex PartOfPayment();

    [GeneratedRegex(@"^(\w+)\[(\d+)\]$")]
    private static partial Regex Indexed();
}
