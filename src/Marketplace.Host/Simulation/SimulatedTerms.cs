using System.Text.Json;
using Marketplace.Application.Licensing;
using Marketplace.Documents.Templates;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Host.Simulation;

/// <summary>Terms of every kind that the rules know, every second time from a template, with numbers thrown by dice.</summary>
internal static class SimulatedTerms
{
    private const int Kinds = 13;

    public static readonly ContractTemplates Templates = new();

    /// <param name="codeOf">Code of some organisation that stands surety or introduces others.</param>
    public static AgreementTerms Of(Chance chance, int number, Func<OrganisationKind, string> codeOf) =>
        number % 2 == 0 ? FromTemplate(chance, number / 2, codeOf) : Free(chance, number / 2);

    /// <summary>Its defaults, on shorter terms and with a low cap, so that a few years of play come to their end.</summary>
    private static AgreementTerms FromTemplate(Chance chance, int number, Func<OrganisationKind, string> codeOf)
    {
        var template = Templates.Newest[number % Templates.Newest.Count];
        var values = new Dictionary<string, JsonElement>();
        void Set(string name, Func<ParameterDetails, long> value)
        {
            if (template.Parameters.FirstOrDefault(p => p.Name == name) is { } parameter)
            {
                values[name] = JsonSerializer.SerializeToElement(Math.Clamp(value(parameter), parameter.Min!.Value, parameter.Max!.Value));
            }
        }

        if (template.Parameters.Any(p => p.Name == "thirdPartyUscc"))
        {
            var isGuarantor = chance.Percent($"template {number} guarantor", 60);
            values["thirdPartyRole"] = JsonSerializer.SerializeToElement(isGuarantor ? "guarantor" : "broker");
            values["thirdPartyUscc"] = JsonSerializer.SerializeToElement(codeOf(isGuarantor ? OrganisationKind.Guarantor : OrganisationKind.Broker));
        }

        Set("trialMonths", _ => chance.Between($"template {number} trial", 3, 9));
        Set("commercialMonths", _ => 12 * chance.Between($"template {number} years", 2, 3));
        Set("capAmount", p => p.Min!.Value);
        return Templates.Fill(template.Id, null, values).Value;
    }

    /// <summary>A counter-proposal: a lower fee and more days to cure, through the template where there is one.</summary>
    public static AgreementTerms Cheaper(AgreementTerms terms)
    {
        var (feePpm, cureDays) = (Math.Max(0, terms.PlatformFeePpm - 1_000), Math.Min(90, terms.CureDays + 5));
        return terms.Template is not { } named
            ? terms with { PlatformFeePpm = feePpm, CureDays = cureDays }
            : Filled(named, parameter => parameter.Name switch
            {
                "platformFee" => Within(parameter, feePpm),
                "cureDays" => Within(parameter, cureDays),
                _ => null,
            });

        static JsonElement Within(ParameterDetails parameter, long value) =>
            JsonSerializer.SerializeToElement(Math.Clamp(value, parameter.Min!.Value, parameter.Max!.Value));
    }

    /// <summary>A counter-proposal: exclusive in one province is enough, and leaves the others to others.</summary>
    public static AgreementTerms InOneProvince(AgreementTerms terms, Chance chance)
    {
        var province = chance.Among("province", Provinces);
        return terms.Template is not { } named
            ? terms with { Territory = province }
            : Filled(named, parameter => parameter.Name == "territory" ? JsonSerializer.SerializeToElement(province) : null);
    }

    private static readonly string[] Provinces =
    [
        "北京市", "天津市", "上海市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省",
        "湖南省", "广东省", "四川省", "陕西省",
    ];

    /// <summary>The template once more, with other values for some of its parameters.</summary>
    private static AgreementTerms Filled(TemplateRef named, Func<ParameterDetails, JsonElement?> change)
    {
        var values = named.Values.ToDictionary(v => v.Name, v => JsonSerializer.SerializeToElement(v.Value));
        foreach (var parameter in Templates.Find(named.Id, named.Version)!.Parameters)
        {
            if (change(parameter) is { } value)
            {
                values[parameter.Name] = value;
            }
        }

        return Templates.Fill(named.Id, named.Version, values).Value;
    }

    private static AgreementTerms Free(Chance chance, int number)
    {
        var why = $"terms {number}";
        var kind = number % Kinds;
        var currency = kind == 6 ? Currency.Parse("JPY", "currency").Value : Currency.Cny;
        var sum = chance.Between($"{why} sum", 50_000_00, 3_000_000_00);
        IReadOnlyList<PaymentTrigger> payments = kind switch
        {
            0 => [new DeferredLumpSum(sum, 12, PayDateRule.Earlier)],
            1 => [new DeferredLumpSum(sum, 12, PayDateRule.Later)],
            2 => [new Instalments(sum, [new Instalment(1, 333_333), new Instalment(6, 333_333), new Instalment(12, 333_334)])],
            3 => [new DeferredLumpSum(sum, 6, PayDateRule.Earlier), new Milestone(MilestoneKind.MassProduction, "投产报告", sum / 2, 30)],
            4 => [new RunningRoyalty(chance.Between($"{why} rate", 5_000, 60_000)), new MinimumAnnualRoyalty(sum / 4)],
            5 =>
            [
                new TieredRoyalty([new RoyaltyTier(0, 50_000), new RoyaltyTier(sum, 30_000), new RoyaltyTier(sum * 4, 10_000)], TierMethod.Marginal, TierBase.Cumulative),
                new Milestone(MilestoneKind.CumulativeNetSales, "累计净销售额", sum / 5, 45, CumulativeNetSalesMinor: sum * 3),
            ],
            6 => [new RunningRoyalty(chance.Between($"{why} rate", 5_000, 60_000)), new Milestone(MilestoneKind.FirstCommercialSale, "首单发票", sum / 10, 15)],
            7 => [new TieredRoyalty([new RoyaltyTier(0, 20_000), new RoyaltyTier(sum * 2, 45_000)], TierMethod.WholeAmount, TierBase.PerPeriod)],
            8 =>
            [
                new EntryFee(sum / 20, 30, IsCreditable: true), new SteppedRoyalty(chance.Between($"{why} rate", 20_000, 60_000), -5_000),
                new StackingReduction(500_000, 500_000), new CumulativeCap(sum / 15),
            ],
            9 => [new UnitRoyalty("席位", chance.Between($"{why} seat", 100_00, 900_00)), new MinimumAnnualRoyalty(sum / 8, IsCreditable: true), new BuyOut([new BuyOutPrice(9, sum), new BuyOutPrice(18, sum / 2)], 30)],
            10 => [new ThresholdRoyalty(chance.Between($"{why} rate", 5_000, 40_000), sum), new SublicenceShare(300_000, -50_000)],
            11 => [new IncrementShare(IncrementMeasure.OutputValue, chance.Between($"{why} rate", 50_000, 150_000), sum / 2), new ConditionalSum("示例：通过验收", "验收报告", sum / 10, 30)],
            _ => [new EquityConversion("示例：完成一轮融资", "增资协议", sum, 20_000, 60)],
        };
        return new AgreementTerms(
            chance.Among($"{why} licence", Enum.GetValues<LicenceKind>()), "示例领域", "中国",
            TrialMonths: (int)chance.Between($"{why} trial", 3, 9),
            CommercialMonths: 12 * (int)chance.Between($"{why} years", payments.Any(p => p is BuyOut) ? 2 : 1, 3), // as long as its last price holds
            currency, payments,
            payments.Any(p => p.NeedsSalesReports) ? new SalesReporting(chance.Among($"{why} period", 3, 6), ReportDays: 30, PaymentDays: 15) : null,
            kind == 7 ? new LateInterestTerms(120_000, 300_000, 360) : new LateInterestTerms(null, chance.Between($"{why} margin", 300_000, 500_000), 365),
            PlatformFeePpm: chance.Between($"{why} fee", 10_000, 40_000),
            CureDays: (int)chance.Between($"{why} cure", 30, 60));
    }
}
