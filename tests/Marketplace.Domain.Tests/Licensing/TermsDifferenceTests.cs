using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;

namespace Marketplace.Domain.Tests.Licensing;

public sealed class TermsDifferenceTests
{
    [Fact]
    public void A_change_of_any_member_is_found_and_nothing_else()
    {
        var all = EveryTerm.EveryChange().ToList();
        Assert.True(all.Count > 90, $"{all.Count}");
        foreach (var (path, changed) in all)
        {
            var found = Assert.Single(TermsDifference.Between(EveryTerm.Full, changed));
            Assert.Equal(path, found.Path);
            Assert.True(found is { Before: not null, After: not null } && found.Before != found.After, $"{found}");
        }
    }

    [Fact]
    public void Every_kind_of_payment_is_walked() =>
        Assert.Equal(Enum.GetValues<PaymentModel>(), EveryTerm.Full.Payments.Select(p => p.Model).Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says(string what) => Assert.Equal(
        Told[what].Differences, TermsDifference.Between(Base, Told[what].After).Select(d => $"{d.Path}: {d.Before ?? "-"} → {d.After ?? "-"}"));

    private static readonly AgreementTerms Base = Deals.Terms(Deals.LumpSum(), new RunningRoyalty(30_000)) with
    {
        Template = new TemplateRef("a", 1, new string('0', 64), [new("price", "1"), new("rate", "2")]),
    };

    public static TheoryData<string> Cases => new(Told.Keys);

    private static readonly Dictionary<string, (AgreementTerms After, string[] Differences)> Told = new()
    {
        ["nothing"] = (Base with { }, []),
        ["a text and a number"] = (Base with { Territory = "天津", TrialMonths = 6 }, ["territory: 中国 → 天津", "trialMonths: 12 → 6"]),
        ["a choice"] = (Base with { Licence = LicenceKind.Exclusive }, ["licence: nonExclusive → exclusive"]),
        ["another kind of payment"] = (Base with { Payments = [Deals.LumpSum(), new CumulativeCap(5)] }, ["payments[1]: {\"kind\":\"running-royalty\",\"ratePpm\":30000} → {\"kind\":\"cumulative-cap\",\"amountMinor\":5}"]),
        ["a payment less"] = (Base with { Payments = [Deals.LumpSum()], Reporting = null }, ["payments[1]: {\"kind\":\"running-royalty\",\"ratePpm\":30000} → -", "reporting: {\"periodMonths\":3,\"reportDays\":30,\"paymentDays\":30} → -"]),
        ["values in another order"] = (Base with { Template = Base.Template! with { Values = [new("rate", "3"), new("price", "1")] } }, ["template.values.rate: 2 → 3"]),
        ["other values"] = (Base with { Template = Base.Template! with { Values = [new("price", "1"), new("unit", "席位")] } }, ["template.values.rate: 2 → -", "template.values.unit: - → 席位"]),
    };
}
