using System.Text.Json;
using System.Text.RegularExpressions;
using Marketplace.Application.Licensing;
using Marketplace.Documents.Templates;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Tests.Templates;

/// <summary>The contract that is written: whole, numbered as the marketplace counts, and made of what was typed without obeying it.</summary>
public sealed partial class ContractTextTests
{
    private static readonly ContractTemplates Templates = new();

    private static readonly ContractFacts Facts = new(
        "agr_0000000000000000000000000000000", new BilingualText("示例实验室", "Example laboratory"), "91350100M000100Y43", new BilingualText("示例企业", "Example company"),
        "91350100M000100Y43", new BilingualText("储能样机", "Storage prototype"), new BilingualText("发明专利 201310699744.2", "patent 201310699744.2"), new DateOnly(2026, 3, 31));

    public static TheoryData<string, bool> Texts => [.. Templates.Newest.SelectMany(t => new[] { (t.Id, false), (t.Id, true) })];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Clauses_are_numbered_as_the_marketplace_counts_them(string id, bool inEnglish)
    {
        foreach (var terms in WithAndWithoutOptions(id))
        {
            var headings = Heading().Matches(Templates.Write(terms, Facts, inEnglish)!.Html).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
            var template = TemplateSource.Embedded().Single(s => s.Folder == id);
            var payments = Clause().Matches(template.Terms).Select(m => m.Groups[1].Value).Where(c => headings.ContainsKey($"payment.{c}")).ToList();
            Assert.Equal(terms.Payments.Count, payments.Count);
            Assert.All(payments.Index(), p => Assert.Equal(PaymentTrigger.ClauseOf(p.Index), headings[$"payment.{p.Item}"]));
            Assert.Equal("6.1", headings["late-payment.interest"]);
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Nothing_is_left_open_or_in_the_other_language(string id, bool inEnglish)
    {
        var written = Templates.Write(FillTests.Fill(id), Facts, inEnglish)!;
        Assert.DoesNotMatch(@"\{\{|\{%|\[\[|\]\]|\{#|__label", written.Markdown);
        Assert.DoesNotMatch(@"\{\{|\{%|\[\[|\{#|<script", written.Html);
        Assert.Contains(inEnglish ? "31 March 2026" : "2026年3月31日", written.Markdown, StringComparison.Ordinal);
        if (inEnglish)
        {
            // What is typed may be in any language; what the template says is not.
            var typed = Templates.Find(id)!.Parameters.Where(p => p.Type == ParameterType.Text).Select(p => p.Default).OrderByDescending(d => d.Length);
            var own = typed.Aggregate(System.Net.WebUtility.HtmlDecode(Plain(written.Html)), (text, value) => text.Replace(value, "", StringComparison.Ordinal));
            Assert.DoesNotMatch(@"[\p{IsCJKUnifiedIdeographs}，。；：]", own);
        }
    }

    [Fact]
    public void Money_rates_and_lists_are_written_as_people_write_them()
    {
        var terms = FillTests.Fill("assignment-by-instalments", ("balance", "100000001"), ("currency", "\"CNY\""));
        var (zh, en) = (Plain(Templates.Write(terms, Facts, inEnglish: false)!.Html), Plain(Templates.Write(terms, Facts, inEnglish: true)!.Html));
        Assert.Contains("人民币1,000,000.01元", zh, StringComparison.Ordinal);
        Assert.Contains("CNY 1,000,000.01", en, StringComparison.Ordinal);

        // 25 % of 100 000 001 fen is 25 000 000.25: three parts of 25 000 000, and the rest in the last, as the plan splits it.
        Assert.Contains("month 6 after conversion: 25% of the instalments, that is CNY 250,000.00", en, StringComparison.Ordinal);
        Assert.Contains("month 24 after conversion: 25% of the instalments, that is CNY 250,000.01", en, StringComparison.Ordinal);
        Assert.Contains("USD 1,000,000.01", Plain(Templates.Write(FillTests.Fill("assignment-by-instalments", ("balance", "100000001"), ("currency", "\"USD\"")), Facts, inEnglish: false)!.Html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ 7 }} {% if x %}")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("# 标题 {#payment}")]
    [InlineData("[[payment]] [x](javascript:alert(1)) ![x](y)")]
    [InlineData("| a | b |\n|---|---|\n- item\n1. one\n> quote")]
    [InlineData("`code` **bold** _x_ ~~y~~ \\ &amp; &lt;")]
    public void What_was_typed_is_shown_and_does_nothing(string typed)
    {
        var terms = FillTests.Fill("software-seats", ("unit", JsonSerializer.Serialize(typed[..Math.Min(50, typed.Length)])), ("deliverables", JsonSerializer.Serialize(typed)));
        foreach (var inEnglish in new[] { false, true })
        {
            var html = Templates.Write(terms, Facts, inEnglish)!.Html;
            Assert.DoesNotMatch("<(script|a|img|table|blockquote|code|strong|del)[ >]", html.Replace("<strong>", "", StringComparison.Ordinal));
            Assert.Contains(Plain(typed.Split('\n')[0]), System.Net.WebUtility.HtmlDecode(Plain(html)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes() => Assert.Equal(
        Templates.Write(FillTests.Fill("try-and-buy"), Facts, inEnglish: false), new ContractTemplates().Write(FillTests.Fill("try-and-buy"), Facts, inEnglish: false));

    [Fact]
    public void What_is_not_known_yet_is_said_to_be() =>
        Assert.Contains("签署时填写", Templates.Write(FillTests.Fill("try-and-buy"), new ContractFacts(), inEnglish: false)!.Markdown, StringComparison.Ordinal);

    [Fact]
    public void Free_terms_have_no_text() => Assert.Null(Templates.Write(FillTests.Fill("try-and-buy") with { Template = null }, Facts, inEnglish: false));

    private static IEnumerable<AgreementTerms> WithAndWithoutOptions(string id)
    {
        var flags = Templates.Find(id)!.Parameters.Where(p => p.Type == ParameterType.Boolean).ToList();
        yield return FillTests.Fill(id, [.. flags.Select(f => (f.Name, "true"))]);
        yield return FillTests.Fill(id, [.. flags.Select(f => (f.Name, "false"))]);
    }

    private static string Plain(string html) => Tag().Replace(html, "");

    [GeneratedRegex("<h[23] id=\"([a-z0-9.-]+)\">([0-9.]+) ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"- clause: ([a-z0-9-]+)")]
    private static partial Regex Clause();

    [GeneratedRegex("</?[a-z0-9]+( [^>]*)?/?>")]
    private static partial Regex Tag();
}
