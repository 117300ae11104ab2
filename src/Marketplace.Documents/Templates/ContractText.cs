using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fluid;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Markdig;

namespace Marketplace.Documents.Templates;

/// <summary>
/// Writes the contract of a filled-in template: Liquid for blanks and choices, then numbers for clauses and references, then HTML.
/// What people typed is text and nothing else: it is escaped before any of the three sees it. Same input, same bytes.
/// </summary>
internal static partial class ContractText
{
    private static readonly FluidParser Parser = new();
    private static readonly MarkdownPipeline Html = new MarkdownPipelineBuilder().DisableHtml().UseGenericAttributes().Build();

    private static readonly TemplateOptions Options = new() { MaxSteps = 100_000, MaxRecursion = 10, CultureInfo = CultureInfo.InvariantCulture };

    /// <summary>Names that every text may use beside the parameters.</summary>
    public static readonly IReadOnlyList<string> BuiltIn =
        ["agreementId", "templateId", "templateVersion", "labName", "labUscc", "companyName", "companyUscc", "resultTitle", "rights", "signedOn"];

    /// <param name="values">Checked, one for each parameter.</param>
    public static ContractDocument Write(ContractTemplate template, IReadOnlyDictionary<string, string> values, ContractFacts facts, bool inEnglish)
    {
        var source = inEnglish ? template.Source.En : template.Source.Zh;
        var written = Parser.Parse(ByLabel(source, template)).Render(Context(template, values, facts, inEnglish));
        var markdown = Number(BlankLines().Replace(written, "\n\n").Trim() + "\n");
        var body = markdown[(markdown.IndexOf('\n', StringComparison.Ordinal) + 1)..]; // whoever shows it has a heading for the title
        return new ContractDocument(markdown[2..markdown.IndexOf('\n', StringComparison.Ordinal)], Plain(markdown), Markdown.ToHtml(body, Html));
    }

    /// <summary>A choice is compared by its key and shown by its label.</summary>
    private static string ByLabel(string source, ContractTemplate template) => Blank().Replace(source, m =>
        template.Parameters.Any(p => p.Name == m.Groups[1].Value && p.Type is ParameterType.Choice or ParameterType.Currency)
            ? $"{{{{ {m.Groups[1].Value}__label }}}}"
            : m.Value);

    private static TemplateContext Context(ContractTemplate template, IReadOnlyDictionary<string, string> values, ContractFacts facts, bool inEnglish)
    {
        var context = new TemplateContext(Options);
        void Set(string name, BilingualText? text) => context.SetValue(
            name, text is null ? Unknown(inEnglish) : Escape(inEnglish && text.En.Length > 0 ? text.En : text.Zh));
        Set("agreementId", facts.AgreementId is { } id ? new(id, id) : null);
        Set("labName", facts.LabName);
        Set("labUscc", facts.LabUscc is { } lab ? new(lab, lab) : null);
        Set("companyName", facts.CompanyName);
        Set("companyUscc", facts.CompanyUscc is { } company ? new(company, company) : null);
        Set("resultTitle", facts.ResultTitle);
        Set("rights", facts.Rights);
        context.SetValue("signedOn", facts.SignedOn is { } signedOn ? Date(signedOn, inEnglish) : Unknown(inEnglish));
        context.SetValue("templateId", Escape(template.Id));
        context.SetValue("templateVersion", template.Version.ToString(CultureInfo.InvariantCulture));
        context.SetValue("ladder", template.Ladder.ToDictionary(
            s => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(s.Step.ToString()), s => (object)s.Day.ToString(CultureInfo.InvariantCulture)));
        var currency = Currency.Parse(values.GetValueOrDefault("currency") ?? "CNY").Value;
        foreach (var parameter in template.Parameters)
        {
            var value = values[parameter.Name];
            context.SetValue(parameter.Name, parameter.Type == ParameterType.Instalments
                ? Parts(template, parameter, values, currency, inEnglish)
                : Shown(parameter, value, currency, inEnglish));
            if (parameter.Type is ParameterType.Choice or ParameterType.Currency)
            {
                var label = parameter.Options.FirstOrDefault(o => o.Key == value)?.Label;
                context.SetValue($"{parameter.Name}__label", label is null ? value : inEnglish ? label.En : label.Zh);
            }
        }

        return context;
    }

    private static object Shown(TemplateParameter parameter, string value, Currency currency, bool inEnglish) => parameter.Type switch
    {
        ParameterType.Money => Money(Integer(value), currency, inEnglish),
        ParameterType.Rate => Percent(Integer(value)),
        ParameterType.Months or ParameterType.Days or ParameterType.Integer => value,
        ParameterType.Date => Date(DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture), inEnglish),
        ParameterType.Boolean => value == "true",
        ParameterType.Choice or ParameterType.Currency => value,
        ParameterType.Text => Escape(value),
        ParameterType.Tiers => Tiers(TemplateParameter.Items<RoyaltyTier>(value), currency, inEnglish),
        ParameterType.Prices => TemplateParameter.Items<BuyOutPrice>(value).Select(p => new Dictionary<string, object>
        {
            ["beforeMonth"] = p.BeforeMonth.ToString(CultureInfo.InvariantCulture),
            ["amount"] = Money(p.AmountMinor, currency, inEnglish),
        }).ToList(),
        _ => throw new InvalidOperationException($"Unknown type {parameter.Type} of {parameter.Name}"),
    };

    /// <summary>Each with its amount, split as the plan splits the total that the payment names.</summary>
    private static List<Dictionary<string, object>> Parts(
        ContractTemplate template, TemplateParameter parameter, IReadOnlyDictionary<string, string> values, Currency currency, bool inEnglish)
    {
        var parts = TemplateParameter.Items<Instalment>(values[parameter.Name]);
        var payment = template.Payments.First(p => p.Any(m => ContractTemplate.NameIn(m.Value) == parameter.Name));
        var total = payment["totalMinor"]!;
        var totalMinor = ContractTemplate.NameIn(total) is { } name ? Integer(values[name]) : total.GetValue<long>();
        var amounts = Shares.Split(totalMinor, [.. parts.Select(p => p.WeightPpm)]);
        return
        [
            .. parts.Select((part, i) => new Dictionary<string, object>
            {
                ["months"] = part.MonthsAfterConversion.ToString(CultureInfo.InvariantCulture),
                ["weight"] = Percent(part.WeightPpm),
                ["amount"] = Money(amounts[i], currency, inEnglish),
            }),
        ];
    }

    private static List<Dictionary<string, object>> Tiers(IReadOnlyList<RoyaltyTier> tiers, Currency currency, bool inEnglish) =>
    [
        .. tiers.Select((tier, i) => new Dictionary<string, object>
        {
            ["from"] = Money(tier.FromMinor, currency, inEnglish),
            ["to"] = i + 1 < tiers.Count ? Money(tiers[i + 1].FromMinor, currency, inEnglish) : "",
            ["rate"] = Percent(tier.RatePpm),
        }),
    ];

    /// <summary>Numbers headings as clauses are called, 5 and 5.1, and puts these numbers where clauses are referred to.</summary>
    private static string Number(string markdown)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        var (section, clause) = (0, 0);
        var numbered = Heading().Replace(markdown, m =>
        {
            (section, clause) = m.Groups[1].Value == "##" ? (section + 1, 0) : (section, clause + 1);
            var number = clause == 0 ? $"{section}" : $"{section}.{clause}";
            numbers[m.Groups[3].Value] = number;
            return $"{m.Groups[1].Value} {number} {m.Groups[2].Value} {{#{m.Groups[3].Value}}}";
        });
        return Reference().Replace(numbered, m => numbers.GetValueOrDefault(m.Groups[1].Value)
            ?? throw new InvalidOperationException($"The text refers to {m.Groups[1].Value}, which it does not have."));
    }

    /// <summary>The numbered text as people keep it, without anchors.</summary>
    private static string Plain(string markdown) => Anchor().Replace(markdown, "");

    private static string Money(long amountMinor, Currency currency, bool inEnglish)
    {
        var written = new Money(amountMinor, currency).Format(CultureInfo.InvariantCulture);
        return !inEnglish && currency == Currency.Cny ? $"人民币{written[(written.IndexOf(' ', StringComparison.Ordinal) + 1)..]}元" : written;
    }

    private static string Percent(long ppm) => string.Create(CultureInfo.InvariantCulture, $"{ppm / 10_000m:0.####}%");

    private static string Date(DateOnly date, bool inEnglish) => inEnglish
        ? date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    private static long Integer(string value) => long.Parse(value, CultureInfo.InvariantCulture);

    private static string Unknown(bool inEnglish) => inEnglish ? "(to be completed at signature)" : "（签署时填写）";

    /// <summary>So that no character of it means anything to Markdown; a new line stays a new line.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (escaped.Length > 0)
            {
                escaped.Append("\\\n");
            }

            foreach (var c in line)
            {
                if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)))
                {
                    escaped.Append('\\');
                }

                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    [GeneratedRegex(@"\{\{ (\w+) \}\}")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^(##|###) (.+) \{#([a-z0-9.-]+)\}$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@" \{#[a-z0-9.-]+\}$", RegexOptions.Multiline)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\[\[([a-z0-9.-]+)\]\]")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\n([ \t]*\n){2,}")]
    private static partial Regex BlankLines();
}
