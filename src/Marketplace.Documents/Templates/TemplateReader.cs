using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Marketplace.Documents.Templates;

/// <summary>
/// Reads terms.yaml strictly: an unknown, missing, doubled or mistyped member is a problem with its line. YAML is only a way to write data
/// down here: anchors, aliases and tags are refused, so that a small file stays small.
/// </summary>
internal sealed class TemplateReader
{
    private readonly TemplateSource source;
    private readonly List<TemplateProblem> problems = [];

    private TemplateReader(TemplateSource source) => this.source = source;

    private string File => $"{source.Folder}/{TemplateSource.TermsFile}";

    /// <summary>The template, or what is wrong with it.</summary>
    public static (ContractTemplate? Template, IReadOnlyList<TemplateProblem> Problems) Read(TemplateSource source)
    {
        var reader = new TemplateReader(source);
        var template = reader.Template();
        return reader.problems.Count == 0 ? (template, []) : (null, reader.problems);
    }

    private ContractTemplate? Template()
    {
        var yaml = new YamlStream();
        try
        {
            RefuseTricks();
            yaml.Load(new StringReader(source.Terms));
        }
        catch (YamlException broken)
        {
            Problem(broken.Start, $"不是有效的 YAML：{broken.Message}", $"not valid YAML: {broken.Message}");
            return null;
        }

        catch (InvalidOperationException) // how YamlDotNet 18.1 answers to a file that ends inside brackets
        {
            problems.Add(new TemplateProblem(File, source.Terms.Count(c => c == '\n') + 1, new("不是有效的 YAML：括号没有结束。", "not valid YAML: brackets are never closed.")));
            return null;
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            problems.Add(new TemplateProblem(File, 1, new("须为一个映射。", "one mapping is expected.")));
            return null;
        }

        var members = Members(root, ["id", "version", "title", "summary", "suitedFor", "parties", "parameters", "terms", "ladder", "clauses"]);
        if (problems.Count > 0)
        {
            return null;
        }

        var parameters = Parameters(members["parameters"]);
        var plan = Plan(members["terms"]);
        var template = new ContractTemplate(
            Text(members["id"]), (int)Number(members["version"], 1, 1_000_000), Bilingual(members["title"]), Bilingual(members["summary"]),
            Bilingual(members["suitedFor"]), Texts(members["parties"]), parameters, plan, Ladder(members["ladder"]), Texts(members["clauses"]), source);
        return template;
    }

    /// <summary>By its events, before anything is built of them.</summary>
    private void RefuseTricks()
    {
        var parser = new Parser(new StringReader(source.Terms));
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case YamlDotNet.Core.Events.AnchorAlias alias:
                    throw new YamlException(alias.Start, alias.End, "no aliases here");
                case YamlDotNet.Core.Events.NodeEvent node when !node.Anchor.IsEmpty || !node.Tag.IsEmpty:
                    throw new YamlException(node.Start, node.End, "no anchors and tags here");
                default:
                    break;
            }
        }
    }

    private List<TemplateParameter> Parameters(YamlNode node)
    {
        var parameters = new List<TemplateParameter>();
        foreach (var (key, value) in Mapping(node))
        {
            if (Parameter(Text(key), value) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        return parameters;
    }

    private TemplateParameter? Parameter(string name, YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            Problem(node.Start, $"参数 {name} 须为映射。", $"parameter {name} is a mapping.");
            return null;
        }

        var members = Members(mapping, ["type", "default", "label", "help"], ["min", "max", "options", "textOnly"]);
        if (!members.TryGetValue("type", out var typeNode) || !Enum.TryParse<ParameterType>(Text(typeNode), ignoreCase: true, out var type) || !members.TryGetValue("default", out var given))
        {
            Problem(node.Start, $"参数 {name} 的类型或默认值缺失或未知。", $"the type or default of {name} is missing or unknown.");
            return null;
        }

        if (type is ParameterType.Choice != members.ContainsKey("options"))
        {
            Problem(node.Start, $"参数 {name}：选项只属于 choice。", $"options of {name}: a choice has them, and nothing else.");
            return null;
        }

        var needsBounds = type is not (ParameterType.Choice or ParameterType.Currency or ParameterType.Boolean);
        if (needsBounds != members.ContainsKey("min") || needsBounds != members.ContainsKey("max"))
        {
            Problem(node.Start, $"参数 {name} 的 min 和 max {(needsBounds ? "缺失" : "多余")}。", $"min and max of {name} are {(needsBounds ? "missing" : "not for this type")}.");
            return null;
        }

        var parameter = new TemplateParameter(
            name, type, needsBounds ? Bound(members["min"], type) : null, needsBounds ? Bound(members["max"], type) : null, "",
            members.TryGetValue("options", out var options) ? [.. Mapping(options).Select(o => new ChoiceOption(Text(o.Key), Bilingual(o.Value)))] : [],
            members.TryGetValue("textOnly", out var textOnly) && Text(textOnly) == "true",
            members.TryGetValue("label", out var label) ? Bilingual(label) : BilingualText.Empty,
            members.TryGetValue("help", out var help) ? Bilingual(help) : BilingualText.Empty,
            (int)node.Start.Line);
        var value = parameter.Read(parameter.IsList ? Json(given)!.ToJsonString() : Text(given));
        if (value.Refusal is { } refusal)
        {
            Problem(given.Start, $"参数 {name} 的默认值：{refusal.Zh}", $"default of {name}: {refusal.En}");
            return null;
        }

        return parameter with { Default = value.Value };
    }

    private long Bound(YamlNode node, ParameterType type)
    {
        if (type != ParameterType.Date)
        {
            return Number(node, long.MinValue, long.MaxValue);
        }

        if (DateOnly.TryParseExact(Text(node), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date.DayNumber;
        }

        Problem(node.Start, "日期格式为 2026-03-31。", "a date is written 2026-03-31.");
        return 0;
    }

    private JsonObject Plan(YamlNode node)
    {
        if (Json(node) is JsonObject plan && plan["payments"] is JsonArray payments && payments.All(p => p is JsonObject))
        {
            return plan;
        }

        Problem(node.Start, "terms 须为含 payments 列表的映射。", "terms is a mapping with a list of payments.");
        return new JsonObject { ["payments"] = new JsonArray() };
    }

    private List<LadderStep> Ladder(YamlNode node)
    {
        var names = EnforcementLadder.Standard.Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.Step.ToString())).ToArray();
        if (node is not YamlMappingNode mapping)
        {
            Problem(node.Start, "ladder 须为映射。", "ladder is a mapping.");
            return [];
        }

        var days = Members(mapping, names);
        var ladder = EnforcementLadder.Standard.Index().Where(s => days.ContainsKey(names[s.Index]))
            .Select(s => s.Item with { Day = (int)Number(days[names[s.Index]], -1_000, 1_000) }).ToList();
        if (ladder.Count == names.Length && EnforcementLadder.Check(ladder) is { } refusal)
        {
            Problem(node.Start, $"{refusal.Field}：{refusal.Zh}", $"{refusal.Field}: {refusal.En}");
        }

        return ladder;
    }

    /// <summary>YAML as JSON: plain integers are numbers, plain true and false booleans, everything else text.</summary>
    private JsonNode? Json(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping)
                {
                    members[Text(key)] = Json(value);
                }

                return members;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Select(Json)]);
            case YamlScalarNode { Style: ScalarStyle.Plain } plain when long.TryParse(plain.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return JsonValue.Create(number);
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } plain:
                return JsonValue.Create(plain.Value == "true");
            default:
                return JsonValue.Create(Text(node));
        }
    }

    /// <summary>The members of a mapping; a stranger or one that is missing is a problem.</summary>
    private Dictionary<string, YamlNode> Members(YamlMappingNode mapping, IReadOnlyList<string> needed, params IReadOnlyList<string> allowed)
    {
        var members = mapping.ToDictionary(m => Text(m.Key), m => m.Value, StringComparer.Ordinal); // YamlDotNet has refused doubled keys
        foreach (var (name, value) in members.Where(m => !needed.Contains(m.Key) && !allowed.Contains(m.Key)))
        {
            Problem(value.Start, $"没有名为 {name} 的成员。", $"there is no member called {name}.");
        }

        foreach (var name in needed.Where(n => !members.ContainsKey(n)))
        {
            Problem(mapping.Start, $"缺少 {name}。", $"{name} is missing.");
        }

        return members;
    }

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Mapping(YamlNode node)
    {
        if (node is YamlMappingNode mapping)
        {
            return mapping;
        }

        Problem(node.Start, "须为映射。", "a mapping is expected.");
        return [];
    }

    private BilingualText Bilingual(YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            Problem(node.Start, "须有 zh 和 en。", "zh and en are expected.");
            return BilingualText.Empty;
        }

        var members = Members(mapping, ["zh", "en"]);
        var text = new BilingualText(members.TryGetValue("zh", out var zh) ? Text(zh) : "", members.TryGetValue("en", out var en) ? Text(en) : "");
        if (string.IsNullOrWhiteSpace(text.Zh) || string.IsNullOrWhiteSpace(text.En))
        {
            Problem(node.Start, "zh 和 en 都要写。", "both zh and en are needed.");
        }

        return text;
    }

    private List<string> Texts(YamlNode node)
    {
        if (node is YamlSequenceNode sequence)
        {
            return [.. sequence.Select(Text)];
        }

        Problem(node.Start, "须为列表。", "a list is expected.");
        return [];
    }

    private long Number(YamlNode node, long low, long high)
    {
        if (long.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high)
        {
            return number;
        }

        Problem(node.Start, "须为范围内的整数。", "a whole number within range is expected.");
        return low;
    }

    private string Text(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        Problem(node.Start, "须为文字。", "a text is expected.");
        return "";
    }

    private void Problem(Mark at, string zh, string en) => problems.Add(new TemplateProblem(File, (int)at.Line, new BilingualText(zh, en)));
}
