using System.Text.RegularExpressions;

namespace Marketplace.Documents.Templates;

/// <summary>What a contract text is made of, line by line: its clauses, the blanks it uses, its conditions and references.</summary>
internal sealed partial class TextOutline
{
    private readonly List<Clause> headings = [];
    private readonly List<(int Line, string Zh, string En)> faults = [];

    /// <param name="Id">E.g. <c>payment</c> or <c>payment.lump-sum</c>.</param>
    /// <param name="Condition">The flag without which it does not exist; null when it always does.</param>
    internal sealed record Clause(string Id, int Line, bool IsSection, string? Condition);

    public TextOutline(string text)
    {
        var open = new Stack<(string Tag, string? Flag, int Line)>();
        foreach (var (index, line) in text.Split('\n').Index())
        {
            Read(line, index + 1, open);
        }

        foreach (var (tag, _, line) in open)
        {
            faults.Add((line, $"{tag} 没有结束。", $"this {tag} is never ended."));
        }

        if (!text.StartsWith("# ", StringComparison.Ordinal))
        {
            faults.Add((1, "第一行须为标题。", "the first line is the title."));
        }
    }

    public IReadOnlyList<Clause> Sections => [.. headings.Where(h => h.IsSection)];

    public IReadOnlyList<Clause> Clauses => [.. headings.Where(h => !h.IsSection)];

    public IReadOnlyList<(int Line, string Zh, string En)> Faults => faults;

    /// <summary>Blanks, and flags of conditions.</summary>
    public List<(string Name, int Line)> Names { get; } = [];

    /// <summary>Variable → the list that it goes through.</summary>
    public Dictionary<string, (string List, int Line)> Loops { get; } = new(StringComparer.Ordinal);

    public List<(string Name, string Key, int Line)> Comparisons { get; } = [];

    public List<(string Id, int Line)> References { get; } = [];

    public bool Has(string id) => headings.Any(h => h.Id == id);

    public bool IsOptional(string id) => headings.Any(h => h.Id == id && h.Condition is not null);

    private void Read(string line, int number, Stack<(string Tag, string? Flag, int Line)> open)
    {
        if (Braces().Replace(line, "") is var rest && (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("{%", StringComparison.Ordinal)))
        {
            faults.Add((number, "只允许 {{ 名称 }}、if、else、for。", "nothing but {{ name }}, if, else and for is allowed here."));
        }

        if (line.Contains('<', StringComparison.Ordinal) || line.Contains('\t', StringComparison.Ordinal))
        {
            faults.Add((number, "不允许 HTML 和制表符。", "no HTML and no tabs."));
        }

        foreach (Match tag in Braces().Matches(line))
        {
            ReadTag(tag, number, open);
        }

        if (Heading().Match(line) is { Success: true } heading)
        {
            var id = heading.Groups[3].Value;
            if (Has(id))
            {
                faults.Add((number, $"条款 {id} 重复。", $"the clause {id} is there twice."));
            }

            headings.Add(new Clause(id, number, heading.Groups[1].Value == "##", open.Select(o => o.Flag).FirstOrDefault(f => f is not null)));
        }
        else if (line.StartsWith("##", StringComparison.Ordinal))
        {
            faults.Add((number, "标题须带 {#id}。", "a heading ends with {#id}."));
        }

        foreach (Match reference in Reference().Matches(line))
        {
            References.Add((reference.Groups[1].Value, number));
        }
    }

    private void ReadTag(Match tag, int number, Stack<(string Tag, string? Flag, int Line)> open)
    {
        var (blank, flag, compared, key) = (tag.Groups["blank"], tag.Groups["flag"], tag.Groups["compared"], tag.Groups["key"]);
        var (variable, list, word) = (tag.Groups["variable"], tag.Groups["list"], tag.Groups["word"].Value);
        if (blank.Success)
        {
            Names.Add((blank.Value, number));
        }
        else if (flag.Success)
        {
            Names.Add((flag.Value, number));
            open.Push(("if", flag.Value, number));
        }
        else if (compared.Success)
        {
            Names.Add((compared.Value, number));
            Comparisons.Add((compared.Value, key.Value, number));
            open.Push(("if", $"{compared.Value} == '{key.Value}'", number));
        }
        else if (variable.Success)
        {
            Loops[variable.Value] = (list.Value, number);
            open.Push(("for", null, number));
        }
        else if (word == "else" ? open.Count == 0 || open.Peek().Tag != "if" : !open.TryPop(out var begun) || $"end{begun.Tag}" != word)
        {
            faults.Add((number, $"{word} 没有对应的开始。", $"this {word} ends nothing."));
        }
    }

    [GeneratedRegex(@"\{\{ (?<blank>[\w.]+) \}\}|\{% if (?<flag>\w+) %\}|\{% if (?<compared>\w+) == '(?<key>\w+)' %\}|\{% for (?<variable>\w+) in (?<list>\w+) %\}|\{% (?<word>else|endif|endfor) %\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"^(##|###) (.+) \{#([a-z0-9.-]+)\}$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[\[([^\]]+)\]\]")]
    private static partial Regex Reference();
}
