using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Templates;

/// <summary>
/// Proves of a template what nobody should have to trust: text and plan use the same blanks, both languages have the same clauses, every
/// payment is bounded and comes to an end, nothing that protects a party is missing, and no published version has changed.
/// </summary>
public sealed partial class TemplateLint
{
    /// <summary>Sections that every contract has.</summary>
    private static readonly string[] Needed = ["payment", "late-payment", "improvements", "confidentiality", "audit", "termination", "disputes"];

    private static readonly string[] LadderNames = [.. EnforcementLadder.Standard.Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.Step.ToString()))];

    private readonly ContractTemplate template;
    private readonly List<TemplateProblem> problems = [];

    private TemplateLint(ContractTemplate template) => this.template = template;

    /// <summary>Everything that is wrong with a template; nothing when it may be published.</summary>
    public static IReadOnlyList<TemplateProblem> Check(TemplateSource source, PublishedVersions published)
    {
        var (template, problems) = TemplateReader.Read(source);
        return template is null ? problems : new TemplateLint(template).Run(published);
    }

    /// <summary>The template of a source, which must be flawless.</summary>
    /// <exception cref="InvalidOperationException">It is not; the message has the first problem.</exception>
    internal static ContractTemplate Flawless(TemplateSource source)
    {
        var (template, problems) = TemplateReader.Read(source);
        return template ?? throw new InvalidOperationException($"{problems[0].File}:{problems[0].Line}: {problems[0].Reason.En}");
    }

    /// <summary>The line that publishes a version: <c>id version sha256</c>; null when the file cannot be read.</summary>
    public static string? PublishedLine(TemplateSource source) =>
        TemplateReader.Read(source).Template is { } template ? $"{template.Id} {template.Version} {template.Hash}" : null;

    private List<TemplateProblem> Run(PublishedVersions published)
    {
        CheckParameters();
        CheckPayments();
        var zh = new TextOutline(template.Source.Zh);
        var en = new TextOutline(template.Source.En);
        CheckText(TemplateSource.ZhFile, zh);
        CheckText(TemplateSource.EnFile, en);
        if (!zh.Clauses.Select(c => c.Id).SequenceEqual(en.Clauses.Select(c => c.Id)))
        {
            var at = zh.Clauses.Zip(en.Clauses).FirstOrDefault(p => p.First.Id != p.Second.Id);
            Text(TemplateSource.EnFile, at.Second?.Line ?? 1, $"两种语言的条款不一致：{at.First?.Id ?? "条数不同"}。", $"the languages have different clauses, beginning with {at.Second?.Id ?? "their number"}.");
        }

        if (problems.Count == 0)
        {
            CheckPlan();
        }

        CheckNames(published);
        return problems;
    }

    private void CheckNames(PublishedVersions published)
    {
        var folder = template.Source.Folder.Split('/');
        var stands = folder is [var id] ? id == template.Id : folder is [var olderId, var version] && olderId == template.Id && version == $"v{template.Version}";
        if (!stands)
        {
            Yaml("id", $"文件夹应名为 {template.Id}（旧版本为 {template.Id}/v{template.Version}）。", $"the folder is called {template.Id}, or {template.Id}/v{template.Version} for an older version.");
        }

        if (published.HashOf(template.Id, template.Version) is { } hash && hash != template.Hash)
        {
            Yaml("version", $"第 {template.Version} 版已发布，不能更改：请提高版本号，旧版移至 v{template.Version} 文件夹。", $"version {template.Version} is published and must not change: raise the version, and keep the old one in a folder v{template.Version}.");
        }
    }

    private void CheckParameters()
    {
        var inPlan = NamesIn(template.Plan).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in template.Parameters)
        {
            if (!CamelCase().IsMatch(parameter.Name) || ContractText.BuiltIn.Contains(parameter.Name) || parameter.Name == "ladder")
            {
                Parameter(parameter, "参数名须为 camelCase，且不与内置名称重复。", "a name is in camelCase and none of the built-in ones.");
            }

            if (inPlan.Contains(parameter.Name) == parameter.IsTextOnly)
            {
                Parameter(
                    parameter, parameter.IsTextOnly ? "标为 textOnly，却用于付款方案。" : "未用于付款方案；若只用于文本，请标 textOnly。",
                    parameter.IsTextOnly ? "it says textOnly, and the plan uses it." : "the plan does not use it; say textOnly if only the text does.");
            }
        }

        foreach (var stranger in inPlan.Where(n => template.Parameters.All(p => p.Name != n)))
        {
            Yaml($"${stranger}", $"没有参数 {stranger}。", $"there is no parameter {stranger}.");
        }
    }

    private void CheckPayments()
    {
        foreach (var payment in template.Payments)
        {
            var clause = (string?)payment[ContractTemplate.Clause];
            if (clause is null || !ClauseId().IsMatch(clause))
            {
                Yaml("payments", "每项付款须以 clause 指明其条款。", "every payment names its sub-clause by clause.");
            }

            if ((string?)payment[ContractTemplate.When] is { } flag && template.Parameters.All(p => p.Name != flag || p.Type != ParameterType.Boolean))
            {
                Yaml($"when: {flag}", $"when 须为布尔参数：{flag}。", $"when names a boolean parameter, and {flag} is none.");
            }

            // A blank without a bound could be filled with a sum that nobody meant.
            foreach (var name in NamesIn(payment).Where(n => template.Parameters.Any(p => p.Name == n && p is { Max: null } && (p.IsNumber || p.IsList))))
            {
                Yaml($"${name}", $"付款参数 {name} 没有上限。", $"the payment parameter {name} has no bound.");
            }
        }

        foreach (var twice in template.Payments.GroupBy(p => (string?)p[ContractTemplate.Clause]).Where(g => g.Count() > 1))
        {
            Yaml($"clause: {twice.Key}", $"条款 {twice.Key} 用了两次。", $"the sub-clause {twice.Key} is named twice.");
        }
    }

    private void CheckText(string file, TextOutline text)
    {
        foreach (var (line, zh, en) in text.Faults)
        {
            Text(file, line, zh, en);
        }

        if (!text.Sections.Select(s => s.Id).SequenceEqual(template.Clauses))
        {
            Text(file, 1, "章节与 clauses 的名称或顺序不一致。", "its sections are not those of clauses, in that order.");
        }

        foreach (var missing in Needed.Where(n => text.Sections.All(s => s.Id != n)))
        {
            Text(file, 1, $"缺少章节 {missing}。", $"the section {missing} is missing.");
        }

        foreach (var hollow in text.Sections.Where(s => Needed.Contains(s.Id) && !text.Clauses.Any(c => c.Id.StartsWith(s.Id + ".", StringComparison.Ordinal))))
        {
            Text(file, hollow.Line, $"章节 {hollow.Id} 没有条款。", $"the section {hollow.Id} has no clauses.");
        }

        CheckNumbers(file, text);
        CheckNamesIn(file, text);
        foreach (var (id, line) in text.References.Where(r => !text.Has(r.Id)))
        {
            Text(file, line, $"引用了不存在的条款 {id}。", $"it refers to {id}, which does not exist.");
        }

        foreach (var (id, line) in text.References.Where(r => text.IsOptional(r.Id)))
        {
            Text(file, line, $"引用了可能不存在的条款 {id}。", $"it refers to {id}, which may be left out.");
        }
    }

    /// <summary>The marketplace calls the first payment 5.1 and the interest 6.1.</summary>
    private void CheckNumbers(string file, TextOutline text)
    {
        if (text.Sections is not [_, _, _, _, { Id: "payment" }, { Id: "late-payment" }, ..])
        {
            Text(file, 1, "第五章须为 payment，第六章须为 late-payment。", "section five is payment and section six late-payment.");
        }

        var payments = template.Payments.Select(p => $"payment.{p[ContractTemplate.Clause]}").ToList();
        var written = text.Clauses.Where(c => c.Id.StartsWith("payment.", StringComparison.Ordinal)).ToList();
        if (!written.Take(payments.Count).Select(c => c.Id).SequenceEqual(payments))
        {
            Text(file, written.FirstOrDefault()?.Line ?? 1, $"payment 的前几条须依次为 {string.Join("、", payments)}。", $"payment begins with {string.Join(", ", payments)}.");
        }

        if (text.Clauses.FirstOrDefault(c => c.Id.StartsWith("late-payment.", StringComparison.Ordinal)) is not { Id: "late-payment.interest" })
        {
            Text(file, 1, "late-payment 的第一条须为 late-payment.interest。", "late-payment begins with late-payment.interest.");
        }

        foreach (var payment in template.Payments)
        {
            var (flag, id) = ((string?)payment[ContractTemplate.When], $"payment.{payment[ContractTemplate.Clause]}");
            if (text.Clauses.FirstOrDefault(c => c.Id == id) is { } clause && clause.Condition != flag)
            {
                Text(
                    file, clause.Line, flag is null ? $"条款 {id} 不能有条件。" : $"条款 {id} 须放在 {{% if {flag} %}} 内。",
                    flag is null ? $"the clause {id} always exists and stands under no condition." : $"the clause {id} stands in {{% if {flag} %}}.");
            }
        }
    }

    private void CheckNamesIn(string file, TextOutline text)
    {
        foreach (var (name, line) in text.Names)
        {
            var root = name.Split('.')[0];
            var isKnown = root == "ladder"
                ? LadderNames.Contains(name["ladder".Length..].TrimStart('.'))
                : ContractText.BuiltIn.Contains(name) || template.Parameters.Any(p => p.Name == name) || (name.Contains('.', StringComparison.Ordinal) && text.Loops.ContainsKey(root));
            if (!isKnown)
            {
                Text(file, line, $"没有名为 {name} 的参数。", $"there is nothing called {name}.");
            }
        }

        foreach (var (variable, list) in text.Loops.Where(l => template.Parameters.All(p => p.Name != l.Value.List || !p.IsList)))
        {
            Text(file, list.Line, $"{list.List} 不是列表参数。", $"{list.List} is no list.");
        }

        foreach (var (name, key, line) in text.Comparisons)
        {
            if (template.Parameters.FirstOrDefault(p => p.Name == name) is not { Type: ParameterType.Choice } choice || choice.Options.All(o => o.Key != key))
            {
                Text(file, line, $"{name} 没有选项 {key}。", $"{name} has no choice {key}.");
            }
        }

        var used = text.Names.Select(n => n.Name).Concat(text.Loops.Values.Select(l => l.List)).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in template.Parameters.Where(p => !used.Contains(p.Name)))
        {
            Parameter(parameter, $"{file} 没有用到它。", $"{file} does not use it.");
        }

        foreach (var step in LadderNames.Where(n => !used.Contains($"ladder.{n}")))
        {
            Text(file, 1, $"没有写明催收步骤 {step} 的天数。", $"it does not say the day of the step {step}.");
        }
    }

    /// <summary>The defaults can be agreed, and no bound allows what the rules never would.</summary>
    private void CheckPlan()
    {
        var defaults = template.Parameters.ToDictionary(p => p.Name, p => p.Default);
        if (Terms(defaults) is { } refusal)
        {
            Yaml("terms", $"默认值不能成立：{refusal.Field} {refusal.Zh}", $"the defaults cannot be agreed: {refusal.Field} {refusal.En}");
            return;
        }

        foreach (var parameter in template.Parameters.Where(p => p is { IsNumber: true, IsTextOnly: false }))
        {
            foreach (var bound in new[] { parameter.Min!.Value, parameter.Max!.Value })
            {
                var at = new Dictionary<string, string>(defaults) { [parameter.Name] = bound.ToString(CultureInfo.InvariantCulture) };
                if (Terms(at) is { Code: "out-of-range" or "amount-out-of-range" } outside)
                {
                    Parameter(parameter, $"取 {bound} 时不能成立：{outside.Field} {outside.Zh}", $"cannot be agreed at {bound}: {outside.Field} {outside.En}");
                }
            }
        }

        foreach (var text in template.Parameters.Where(p => p is { Type: ParameterType.Text, IsTextOnly: false }))
        {
            var longest = new Dictionary<string, string>(defaults) { [text.Name] = new string('x', (int)text.Max!.Value) };
            if (Terms(longest) is { } tooLong)
            {
                Parameter(text, $"取满 {text.Max} 字时不能成立：{tooLong.Field} {tooLong.Zh}", $"cannot be agreed with all of its {text.Max} characters: {tooLong.Field} {tooLong.En}");
            }
        }

        foreach (var flag in template.Parameters.Where(p => p.Type == ParameterType.Boolean))
        {
            var turned = new Dictionary<string, string>(defaults) { [flag.Name] = flag.Default == "true" ? "false" : "true" };
            if (Terms(turned) is { } impossible)
            {
                Parameter(flag, $"取反时不能成立：{impossible.Zh}", $"cannot be agreed the other way: {impossible.En}");
            }
        }
    }

    private Refusal? Terms(Dictionary<string, string> values)
    {
        try
        {
            return template.Terms(values).Refusal;
        }
        catch (JsonException misfit)
        {
            return Refusal.Invalid("terms-shape", "terms 的成员不符合要求。", $"a member of terms does not fit: {misfit.Message}", misfit.Path);
        }
    }

    private static IEnumerable<string> NamesIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == ContractTemplate.When ? [m.Value!.ToString()] : NamesIn(m.Value)),
        JsonArray items => items.SelectMany(NamesIn),
        _ => ContractTemplate.NameIn(node) is { } name ? [name] : [],
    };

    private void Parameter(TemplateParameter parameter, string zh, string en) => problems.Add(
        new TemplateProblem($"{template.Source.Folder}/{TemplateSource.TermsFile}", parameter.Line, new($"参数 {parameter.Name}：{zh}", $"parameter {parameter.Name}: {en}")));

    private void Text(string file, int line, string zh, string en) => problems.Add(new TemplateProblem($"{template.Source.Folder}/{file}", line, new(zh, en)));

    /// <param name="near">Something that stands in the line; the first line when nothing has it.</param>
    private void Yaml(string near, string zh, string en)
    {
        var line = Array.FindIndex(template.Source.Terms.Split('\n'), l => l.Contains(near, StringComparison.Ordinal));
        problems.Add(new TemplateProblem($"{template.Source.Folder}/{TemplateSource.TermsFile}", Math.Max(0, line) + 1, new(zh, en)));
    }

    [GeneratedRegex("^[a-z][a-zA-Z0-9]{0,59}$")]
    private static partial Regex CamelCase();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex ClauseId();
}
