using System.Text.Json;
using Marketplace.Application.Licensing;
using Marketplace.Documents.Templates;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Tests.Templates;

/// <summary>Blanks become terms: typed, bounded, and nothing else than what the template gives.</summary>
public sealed class FillTests
{
    private static readonly ContractTemplates Templates = new();

    public static TheoryData<string> Ids => [.. Templates.Newest.Select(t => t.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_template_can_be_agreed_as_it_stands(string id)
    {
        var terms = Templates.Fill(id, null, Values()).Value;
        Assert.Null(terms.Check());
        Assert.Null(Templates.Check(terms));
        Assert.Equal((id, 1, Templates.Find(id)!.Hash), (terms.Template!.Id, terms.Template.Version, terms.Template.Hash));
        Assert.Equal(Templates.Find(id)!.Parameters.Select(p => p.Name), terms.Template.Values.Select(v => v.Name));
        Assert.Equal(11, terms.Ladder!.Count);
    }

    [Fact]
    public void Values_go_where_the_plan_says()
    {
        var terms = Fill("software-seats", ("amountPerUnit", "12345"), ("hasMinimum", "false"), ("currency", "\"JPY\""), ("unit", "\"并发用户\""));
        Assert.Equal("JPY", terms.Currency.Code);
        Assert.Contains(new UnitRoyalty("并发用户", 12_345), terms.Payments);
        Assert.DoesNotContain(terms.Payments, p => p is MinimumAnnualRoyalty);
    }

    [Fact]
    public void Numbers_may_come_as_text_as_forms_send_them() =>
        Assert.Equal(Fill("software-seats", ("amountPerUnit", "12345")).Payments, Fill("software-seats", ("amountPerUnit", "\"12345\"")).Payments);

    [Theory]
    [InlineData("amountPerUnit", "99", "out-of-range")]
    [InlineData("amountPerUnit", "100000001", "out-of-range")]
    [InlineData("amountPerUnit", "1.5", "value-integer")]
    [InlineData("amountPerUnit", "\"viel\"", "value-integer")]
    [InlineData("amountPerUnit", "99999999999999999999", "value-integer")]
    [InlineData("amountPerUnit", "null", "value-integer")]
    [InlineData("hasMinimum", "\"yes\"", "value-boolean")]
    [InlineData("currency", "\"XXX\"", "value-currency")]
    [InlineData("forum", "\"moon\"", "value-choice")]
    [InlineData("unit", "\"\"", "out-of-range")]
    [InlineData("unit", "\"a\\u0007b\"", "value-text")]
    [InlineData("discount", "5", "value-unknown")]
    public void What_does_not_fit_is_refused_and_named(string name, string json, string code)
    {
        var refusal = Templates.Fill("software-seats", null, Values((name, json))).Refusal;
        Assert.Equal((code, $"values.{name}"), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData("""[{"fromMinor":0,"ratePpm":50000},{"fromMinor":0,"ratePpm":40000}]""", "tiers-out-of-order")]
    [InlineData("""[{"fromMinor":1,"ratePpm":50000}]""", "tiers-start")]
    [InlineData("""[{"fromMinor":0,"ratePpm":50000,"colour":"red"}]""", "value-list")]
    [InlineData("""[{"fromMinor":0}]""", "value-list")]
    [InlineData("""[null]""", "value-list")]
    [InlineData("""{}""", "value-list")]
    [InlineData("""[]""", "out-of-range")]
    public void Lists_are_read_strictly_and_judged_by_the_rules(string json, string code) =>
        Assert.Equal(code, Templates.Fill("exclusive-milestones-tiered-royalty", null, Values(("tiers", json))).Refusal?.Code);

    [Fact]
    public void Terms_that_name_a_template_are_what_it_gives()
    {
        var terms = Fill("software-seats");
        Assert.Equal("terms-differ-from-template", Templates.Check(terms with { CureDays = terms.CureDays + 1 })?.Code);
        Assert.Equal("terms-differ-from-template", Templates.Check(terms with { Ladder = null })?.Code);
        Assert.Equal("template-unknown", Templates.Check(terms with { Template = terms.Template! with { Version = 2 } })?.Code);
        Assert.Equal("template-unknown", Templates.Check(terms with { Template = terms.Template! with { Hash = new string('0', 64) } })?.Code);
        Assert.Equal("out-of-range", Templates.Check(terms with { Template = With(terms.Template!, "amountPerUnit", "1") })?.Code);
        Assert.Null(Templates.Check(terms with { Template = null }));
    }

    [Fact]
    public void An_unknown_template_is_not_found() => Assert.Equal("not-found", Templates.Fill("nothing", null, Values()).Refusal?.Code);

    internal static AgreementTerms Fill(string id, params (string Name, string Json)[] values)
    {
        var filled = Templates.Fill(id, null, Values(values));
        Assert.True(filled.Refusal is null, $"{filled.Refusal}");
        return filled.Value;
    }

    private static Dictionary<string, JsonElement> Values(params (string Name, string Json)[] values) =>
        values.ToDictionary(v => v.Name, v => JsonDocument.Parse(v.Json).RootElement);

    private static TemplateRef With(TemplateRef named, string name, string value) =>
        named with { Values = [.. named.Values.Select(v => v.Name == name ? v with { Value = value } : v)] };
}
