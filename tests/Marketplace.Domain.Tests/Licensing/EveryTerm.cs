using System.Collections;
using System.Reflection;
using System.Text.Json;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;

namespace Marketplace.Domain.Tests.Licensing;

/// <summary>Terms with something in every member, and the same with each of them changed.</summary>
internal static class EveryTerm
{
    /// <summary>Every kind of payment, and something in every member that may be null.</summary>
    public static readonly AgreementTerms Full = Deals.Terms(
        Deals.LumpSum(), new Instalments(90_000, [new(0, 400_000), new(6, 600_000)]), new Milestone(MilestoneKind.CumulativeNetSales, "审计报告", 50_000, 30, 900_000),
        new RunningRoyalty(30_000), new TieredRoyalty([new(0, 10_000), new(500_000, 20_000)], TierMethod.Marginal, TierBase.Cumulative), new MinimumAnnualRoyalty(60_000, IsCreditable: true),
        new ConditionalSum("通过验收", "验收报告", 20_000, 30), new EntryFee(10_000, 30, IsCreditable: true), new SteppedRoyalty(30_000, -5_000), new UnitRoyalty("席位", 900),
        new ThresholdRoyalty(10_000, 700_000), new IncrementShare(IncrementMeasure.Profit, 50_000, 800_000), new SublicenceShare(200_000, -10_000), new StackingReduction(500_000, 400_000),
        new CumulativeCap(5_000_000), new BuyOut([new(6, 900_000), new(12, 700_000)], 30), new EquityConversion("完成融资", "增资协议", 400_000, 20_000, 60)) with
    {
        LateInterest = new LateInterestTerms(80_000, 300_000, 365),
        Ladder = EnforcementLadder.Standard,
        Times = [new ClauseTime(3, 2, 4)],
        Template = new TemplateRef("try-and-buy", 1, new string('0', 64), [new("price", "100"), new("unit", "席位")]),
    };

    /// <summary><see cref="Full"/> with one member changed, for every member.</summary>
    public static IEnumerable<(string Path, AgreementTerms Changed)> EveryChange() => Changes(Full, "").Select(c => (c.Path, (AgreementTerms)c.Changed));

    /// <summary>The same object once for each scalar in it, with that scalar changed and nothing else; names as in JSON.</summary>
    private static IEnumerable<(string Path, object Changed)> Changes(object value, string path)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null))
        {
            var at = $"{(path.Length == 0 ? "" : path + ".")}{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            var member = property.GetValue(value)!;
            Assert.True(member is not null, $"{at} has nothing in it");
            foreach (var (changedAt, changed) in member is IList list && member is not string ? ChangesOf(list, at) : Changed(member, at))
            {
                yield return (changedAt, With(value, property, changed));
            }
        }
    }

    private static IEnumerable<(string Path, object Changed)> ChangesOf(IList list, string path)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var values = list[i] is TemplateValue value ? [($"{path}.{value.Name}", (object)(value with { Value = value.Value + "1" }))] : Changes(list[i]!, $"{path}[{i}]");
            foreach (var (at, changed) in values)
            {
                var copy = Array.CreateInstance(list.GetType().GetInterfaces().First(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)).GetGenericArguments()[0], list.Count);
                list.CopyTo(copy, 0);
                copy.SetValue(changed, i);
                yield return (at, copy);
            }
        }
    }

    private static IEnumerable<(string Path, object Changed)> Changed(object member, string path) => member switch
    {
        string text => [(path, text + "1")],
        int number => [(path, number + 1)],
        long number => [(path, number + 1)],
        bool flag => [(path, !flag)],
        Currency => [(path, Currency.Parse("JPY").Value)],
        Enum choice => [(path, Enum.ToObject(choice.GetType(), Convert.ToInt32(choice, System.Globalization.CultureInfo.InvariantCulture) == 0 ? 1 : 0))],
        _ => Changes(member, path),
    };

    private static object With(object record, PropertyInfo property, object changed)
    {
        var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, changed);
        return copy;
    }
}
