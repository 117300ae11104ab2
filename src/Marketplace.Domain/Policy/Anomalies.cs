using System.Globalization;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Credit;
using Marketplace.Domain.LabResults;

namespace Marketplace.Domain.Policy;

/// <summary>What looks odd. Advice to an administrator, who decides whether it is: nothing follows from a flag by itself.</summary>
public enum AnomalyKind
{
    /// <summary>Lab and company are the same body under two codes.</summary>
    SameBody,

    /// <summary>The same person signs for both, or both have the same contact.</summary>
    SamePerson,

    /// <summary>The third party of the contract is the company itself.</summary>
    SelfGuarantee,

    /// <summary>What would be one contract is several small ones.</summary>
    SplitContract,

    RoyaltyBelowPeers,

    /// <summary>Reported sales fall when the sum that they would make due comes near.</summary>
    SalesFallNearThreshold,
}

/// <param name="Agreement">The earliest one concerned.</param>
/// <param name="Others">Those that together with it are odd; mostly none.</param>
/// <param name="Numbers">By what it was found.</param>
public sealed record AnomalyFlag(
    AnomalyKind Kind, AgreementId Agreement, IReadOnlyList<AgreementId> Others, OrganisationId Lab, OrganisationId Company, BilingualText Reason,
    IReadOnlyList<ExplanationInput> Numbers);

/// <summary>From where on something is odd.</summary>
/// <param name="SplitDays">Agreements that take effect within so many days may belong together.</param>
/// <param name="SplitMinor">Each is below, all together are above; CNY.</param>
/// <param name="PeersNeeded">With fewer there is no median worth a word.</param>
/// <param name="RoyaltyPartPpm">Of the peers' median; what is below is far below.</param>
/// <param name="FallPpm">Of the usual sales; what is below has fallen.</param>
public sealed record AnomalyLimits(int SplitDays, long SplitMinor, int PeersNeeded, long RoyaltyPartPpm, long FallPpm)
{
    /// <summary>Contracts are split to stay below what needs no assessment of the company.</summary>
    public static AnomalyLimits Standard { get; } = new(60, InnovationIndex.Current.ExposureLimitMinor(null), 5, 400_000, 500_000);
}

/// <summary>An agreement in effect with what is known of its parties.</summary>
public sealed record ExaminedAgreement(AgreementFigures Figures, TechnologyField Field, ExaminedParty Lab, ExaminedParty Company);

public sealed record ExaminedParty(BilingualText Name, string Uscc, string? ContactMail);

public static class Anomalies
{
    /// <summary>What no flag looks for, since nobody has told us.</summary>
    public static readonly IReadOnlyList<BilingualText> NotExamined =
    [
        new("股东、实际控制人与关联企业：平台没有股权数据", "shareholders, those in control and affiliated companies: we have no data on ownership"),
        new("销售报告与发票的差异：平台没有发票数据", "sales reports against invoices: we have no invoices"),
        new("临近一般到期日的销售下降：只有累计销售额里程碑随销售到期", "sales that fall before other due dates: only milestones of cumulative sales fall due by sales"),
    ];

    /// <summary>By agreement, then by kind.</summary>
    public static IReadOnlyList<AnomalyFlag> In(IReadOnlyCollection<ExaminedAgreement> agreements, AnomalyLimits limits) =>
    [
        .. SameBodies(agreements)
            .Concat(SamePersons(agreements))
            .Concat(SelfGuarantees(agreements))
            .Concat(SplitContracts(agreements, limits))
            .Concat(LowRoyalties(agreements, limits))
            .Concat(FallingSales(agreements, limits))
            .OrderBy(f => f.Agreement.Value, StringComparer.Ordinal).ThenBy(f => f.Kind),
    ];

    private static IEnumerable<AnomalyFlag> SameBodies(IEnumerable<ExaminedAgreement> agreements) =>
        from a in agreements
        where BodyOf(a.Lab.Uscc) == BodyOf(a.Company.Uscc)
        select Flag(
            AnomalyKind.SameBody, a,
            $"院所方与企业的主体标识码相同（{BodyOf(a.Lab.Uscc)}），可能是同一主体的两次登记。",
            $"Laboratory and company have the same body code ({BodyOf(a.Lab.Uscc)}): they may be one body, registered twice.",
            ("labUscc", a.Lab.Uscc), ("companyUscc", a.Company.Uscc));

    private static IEnumerable<AnomalyFlag> SamePersons(IReadOnlyCollection<ExaminedAgreement> agreements)
    {
        // Whoever signs for one side here and for the other elsewhere acts for both.
        var signers = agreements
            .SelectMany(a => new[] { (Organisation: a.Figures.Lab, Person: a.Figures.LabSignatory), (Organisation: a.Figures.Company, Person: a.Figures.CompanySignatory) })
            .Where(s => s.Person.Length > 0)
            .ToLookup(s => s.Organisation, s => s.Person);
        foreach (var a in agreements)
        {
            var both = signers[a.Figures.Lab].Intersect(signers[a.Figures.Company], StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).FirstOrDefault();
            if (both is not null)
            {
                yield return Flag(
                    AnomalyKind.SamePerson, a, $"“{both}”既为院所方签署，也为企业签署。", $"\"{both}\" signs for the laboratory and for the company.", ("person", both));
            }

            if (a.Lab.ContactMail is { Length: > 0 } mail && string.Equals(mail, a.Company.ContactMail, StringComparison.OrdinalIgnoreCase))
            {
                yield return Flag(
                    AnomalyKind.SamePerson, a, $"院所方与企业的联系邮箱相同（{mail}）。", $"Laboratory and company have the same contact ({mail}).", ("contactMail", mail));
            }
        }
    }

    private static IEnumerable<AnomalyFlag> SelfGuarantees(IEnumerable<ExaminedAgreement> agreements) =>
        from a in agreements
        let third = a.Figures.ThirdPartyUscc is { } typed && Uscc.Parse(typed, "uscc") is { IsRefused: false, Value: var code } ? code.Value : null
        where (third is not null && BodyOf(third) == BodyOf(a.Company.Uscc))
            || (a.Figures.ThirdPartyName?.Trim() is { Length: > 0 } name && (name == a.Company.Name.Zh.Trim() || name == a.Company.Name.En.Trim()))
        select Flag(
            AnomalyKind.SelfGuarantee, a,
            "合同中的第三方（担保人或技术经理人）就是企业自己。", "The third party of the contract, guarantor or broker, is the company itself.",
            ("thirdPartyName", a.Figures.ThirdPartyName ?? ""), ("thirdPartyUscc", a.Figures.ThirdPartyUscc ?? ""), ("companyUscc", a.Company.Uscc));

    private static IEnumerable<AnomalyFlag> SplitContracts(IEnumerable<ExaminedAgreement> agreements, AnomalyLimits limits)
    {
        var small = agreements.Where(a => a.Figures.Currency == Currency.Cny && a.Figures.ContractSumMinor > 0 && a.Figures.ContractSumMinor < limits.SplitMinor);
        foreach (var group in small.GroupBy(a => (a.Figures.Lab, a.Figures.Company, a.Figures.Result)))
        {
            ExaminedAgreement[] byDate = [.. group.OrderBy(a => a.Figures.EffectiveOn).ThenBy(a => a.Figures.Agreement.Value, StringComparer.Ordinal)];
            var windows = byDate.Select((first, i) => byDate.Skip(i).TakeWhile(a => a.Figures.EffectiveOn <= first.Figures.EffectiveOn.AddDays(limits.SplitDays)).ToArray());
            var largest = windows.MaxBy(SumMinor)!;
            if (largest.Length > 1 && SumMinor(largest) > limits.SplitMinor)
            {
                var days = largest[^1].Figures.EffectiveOn.DayNumber - largest[0].Figures.EffectiveOn.DayNumber;
                yield return Flag(
                    AnomalyKind.SplitContract, largest[0],
                    $"同一双方就同一成果在 {days} 天内有 {largest.Length} 份合同，每份低于 {Yuan(limits.SplitMinor)}，合计 {Yuan(SumMinor(largest))}。",
                    $"The same parties have {largest.Length} contracts on the same result within {days} days, each below {InEnglish(limits.SplitMinor)}, together {InEnglish(SumMinor(largest))}.",
                    ("contracts", largest.Length), ("days", days), ("sumMinor", SumMinor(largest)), ("limitMinor", limits.SplitMinor)) with
                {
                    Others = [.. largest.Skip(1).Select(a => a.Figures.Agreement)],
                };
            }
        }

        static long SumMinor(ExaminedAgreement[] window) => window.Sum(a => a.Figures.ContractSumMinor);
    }

    private static IEnumerable<AnomalyFlag> LowRoyalties(IEnumerable<ExaminedAgreement> agreements, AnomalyLimits limits)
    {
        foreach (var field in agreements.Where(a => a.Figures.RoyaltyPpm is not null).GroupBy(a => a.Field))
        {
            ExaminedAgreement[] byRate = [.. field.OrderBy(a => a.Figures.RoyaltyPpm)];
            if (byRate.Length <= limits.PeersNeeded)
            {
                continue;
            }

            for (var i = 0; i < byRate.Length; i++)
            {
                var (ratePpm, medianPpm) = (byRate[i].Figures.RoyaltyPpm!.Value, MedianWithout(byRate, i));
                if ((Int128)ratePpm * Money.WholePpm < (Int128)medianPpm * limits.RoyaltyPartPpm)
                {
                    var name = TechnologyFields.NameOf(field.Key);
                    yield return Flag(
                        AnomalyKind.RoyaltyBelowPeers, byRate[i],
                        $"提成率 {Percent(ratePpm)}，远低于“{name.Zh}”领域另外 {byRate.Length - 1} 份合同的中位数 {Percent(medianPpm)}。",
                        $"A royalty of {Percent(ratePpm)} is far below {Percent(medianPpm)}, the median of {byRate.Length - 1} other contracts in {name.En}.",
                        ("royaltyPpm", ratePpm), ("medianPpm", medianPpm), ("peers", byRate.Length - 1));
                }
            }
        }
    }

    private static IEnumerable<AnomalyFlag> FallingSales(IEnumerable<ExaminedAgreement> agreements, AnomalyLimits limits) =>
        from a in agreements
        let near = a.Figures.Nearing
        where near is not null
            && (Int128)near.ReachedMinor - near.LastNetMinor + near.UsualNetMinor >= near.ThresholdMinor
            && (Int128)near.LastNetMinor * Money.WholePpm < (Int128)near.UsualNetMinor * limits.FallPpm
        select Flag(
            AnomalyKind.SalesFallNearThreshold, a,
            "按前三期的水平，上一期即应达到累计销售额门槛；报告的销售额却降到一半以下。",
            "At the pace of the three periods before, the last one would have reached the threshold of cumulative sales; it fell to less than half instead.",
            ("usualNetMinor", near.UsualNetMinor), ("lastNetMinor", near.LastNetMinor), ("reachedMinor", near.ReachedMinor), ("thresholdMinor", near.ThresholdMinor));

    /// <summary>主体标识码: characters 9 to 17, which name the body whatever office registered it.</summary>
    private static string BodyOf(string uscc) => uscc[8..17];

    private static long MedianWithout(ExaminedAgreement[] byRate, int left)
    {
        long At(int place) => byRate[place < left ? place : place + 1].Figures.RoyaltyPpm!.Value;
        var count = byRate.Length - 1;
        return count % 2 == 1 ? At(count / 2) : Rounding.HalfEven((Int128)At((count / 2) - 1) + At(count / 2), 2);
    }

    private static AnomalyFlag Flag(AnomalyKind kind, ExaminedAgreement a, string zh, string en, params (string Name, object Value)[] numbers) => new(
        kind, a.Figures.Agreement, [], a.Figures.Lab, a.Figures.Company, new BilingualText(zh, en),
        [.. numbers.Select(n => new ExplanationInput(n.Name, FormattableString.Invariant($"{n.Value}")))]);

    private static string Yuan(long amountMinor) => new Money(amountMinor, Currency.Cny).Format(CultureInfo.GetCultureInfo("zh-CN"));

    private static string InEnglish(long amountMinor) => new Money(amountMinor, Currency.Cny).Format(CultureInfo.GetCultureInfo("en-GB"));

    private static string Percent(long ppm) => $"{((decimal)ppm / 10_000).ToString("0.####", CultureInfo.InvariantCulture)}%";
}
