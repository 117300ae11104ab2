using Marketplace.Documents.Templates;

namespace Marketplace.Documents.Tests.Templates;

/// <summary>The templates are flawless, and each way in which one could be wrong is found.</summary>
public sealed class LintTests
{
    private static readonly PublishedVersions Published = new(TemplateSource.EmbeddedPublished());
    private static readonly TemplateSource Good = Of("software-seats");

    public static TheoryData<string> Folders => [.. TemplateSource.Embedded().Select(s => s.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void What_travels_with_the_program_is_flawless_and_published(string folder)
    {
        Assert.Empty(TemplateLint.Check(Of(folder), Published));
        var published = TemplateLint.PublishedLine(Of(folder))!.Split(' ');
        Assert.Equal(published[2], Published.HashOf(published[0], int.Parse(published[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void There_are_the_ten_that_the_marketplace_begins_with() => Assert.Equal(10, TemplateSource.Embedded().Count(s => !s.Folder.Contains('/')));

    // What is replaced by what in which file, and what must be said of it. The replaced text stands in the file once, or the first time counts.
    public static TheoryData<string, string, string, string> Violations => new()
    {
        { "terms.yaml", "id: software-seats", "id: software-chairs", "the folder is called software-chairs" },
        { "terms.yaml", "version: 1", "version: 1\nauthor: me", "no member called author" },
        { "terms.yaml", "version: 1\n", "", "version is missing" },
        { "terms.yaml", "version: 1", "version: one", "whole number" },
        { "terms.yaml", "version: 1", "version: &v 1", "no anchors" },
        { "terms.yaml", "version: 1", "version: !!int 1", "no anchors and tags" },
        { "terms.yaml", "version: 1", "version: 1\nversion: 2", "not valid YAML" },
        { "terms.yaml", "parameters:", "parameters: [", "not valid YAML" },
        { "terms.yaml", "clauses: [", "clauses: [[", "not valid YAML" },
        { "terms.yaml", "clauses: [", "clauses: {", "not valid YAML" },
        { "terms.yaml", "max: 50\n    default: \"席位", "max: 51\n    default: \"席位", "with all of its 51 characters" },
        { "terms.yaml", "en: \"Price per seat\"", "en: \"\"", "both zh and en" },
        { "terms.yaml", "  amountPerUnit:\n    type: money", "  amountPerUnit:\n    type: gold", "type or default of amountPerUnit" },
        { "terms.yaml", "    min: 100\n    max: 100000000", "    min: 100", "min and max of amountPerUnit are missing" },
        { "terms.yaml", "    default: 50000 #", "    default: 5 #", "default of amountPerUnit" },
        { "terms.yaml", "    max: 100000000\n    default: 50000", "    max: 900000000\n    default: 50000", "cannot be agreed at 900000000" },
        { "terms.yaml", "amountPerUnitMinor: $amountPerUnit", "amountPerUnitMinor: 50000", "the plan does not use it" },
        { "terms.yaml", "amountPerUnitMinor: $amountPerUnit", "amountPerUnitMinor: $amountPerSeat", "there is no parameter amountPerSeat" },
        { "terms.yaml", "kind: unit-royalty", "kind: seat-royalty", "does not fit" },
        { "terms.yaml", "      unit: $unit\n", "      unit: $unit\n      colour: red\n", "does not fit" },
        { "terms.yaml", "when: hasMinimum", "when: unit", "when names a boolean parameter" },
        { "terms.yaml", "    - clause: minimum", "    - clause: seat-royalty", "named twice" },
        { "terms.yaml", "demand: ", "demand: 1000 #", "ladder" },
        { "terms.yaml", "  due: 0\n", "", "due is missing" },
        { "terms.yaml", "clauses: [parties, definitions,", "clauses: [definitions, parties,", "not those of clauses" },
        { "en.md", "# ", "", "the first line is the title" },
        { "en.md", "{{ amountPerUnit }}", "CNY 500.00", "does not use it" },
        { "en.md", "{{ amountPerUnit }}", "{{ amountPerUnit }} {{ discount }}", "nothing called discount" },
        { "en.md", "{{ amountPerUnit }}", "{{ amountPerUnit | upcase }}", "nothing but {{ name }}" },
        { "en.md", "{{ amountPerUnit }}", "{{ amountPerUnit }} {% include 'x' %}", "nothing but {{ name }}" },
        { "en.md", "{{ amountPerUnit }}", "{{ amountPerUnit }} <b>net</b>", "no HTML" },
        { "en.md", "{% if hasMinimum %}", "{% if unit %}", "stands in {% if hasMinimum %}" },
        { "en.md", "{% endif %}", "", "never ended" },
        { "en.md", "{% endif %}", "{% endfor %}", "ends nothing" },
        { "en.md", "[[licence.scope]]", "[[licence.scoop]]", "refers to licence.scoop" },
        { "en.md", "[[licence.scope]]", "[[payment.minimum]]", "may be left out" },
        { "en.md", "{#payment.seat-royalty}", "{#payment.seats}", "payment begins with" },
        { "en.md", "{#late-payment.interest}", "{#late-payment.rate}", "begins with late-payment.interest" },
        { "en.md", "{#improvements}", "{#betterments}", "improvements is missing" },
        { "en.md", "{{ ladder.demand }}", "15", "day of the step demand" },
        { "en.md", "tianjinArbitration", "beijingArbitration", "forum has no choice beijingArbitration" },
        { "en.md", " {#payment}", "", "a heading ends with" },
        { "zh-CN.md", "{#audit.", "{#audit.x", "different clauses" },
        { "zh-CN.md", "{{ cureDays }}", "{{ cureDays }} ", "is published and must not change" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void A_planted_violation_is_found_in_its_file_with_its_reason(string file, string old, string planted, string reason)
    {
        var problems = TemplateLint.Check(Change(file, old, planted), Published);
        var found = Assert.Single(problems.Where(p => p.Reason.En.Contains(reason, StringComparison.Ordinal)).Take(1));
        Assert.StartsWith("software-seats/", found.File, StringComparison.Ordinal);
        Assert.InRange(found.Line, 1, 1_000);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", found.Reason.Zh);
    }

    [Fact]
    public void A_problem_says_the_line()
    {
        var changed = Change("en.md", "{{ amountPerUnit }}", "{{ amountPerUnit }} {{ discount }}");
        var line = Array.FindIndex(changed.En.Split('\n'), l => l.Contains("{{ discount }}", StringComparison.Ordinal)) + 1;
        Assert.Contains(TemplateLint.Check(changed, Published), p => p.File == "software-seats/en.md" && p.Line == line);
    }

    [Fact]
    public void The_list_of_published_versions_is_read_strictly() =>
        Assert.Contains("published.txt:2", Assert.Throws<FormatException>(() => new PublishedVersions("# x\nsoftware-seats one abc")).Message, StringComparison.Ordinal);

    [Fact]
    public void Line_ends_do_not_change_the_hash_but_every_character_does()
    {
        Assert.Equal(Good.Hash, new TemplateSource("elsewhere", Good.Terms, Good.Zh, Good.En).Hash);
        Assert.NotEqual(Good.Hash, (Good with { En = Good.En + " " }).Hash);
        Assert.NotEqual(Good.Hash, (Good with { En = Good.Zh, Zh = Good.En }).Hash);
    }

    private static TemplateSource Of(string folder) => TemplateSource.Embedded().Single(s => s.Folder == folder);

    private static TemplateSource Change(string file, string old, string planted)
    {
        var text = file switch { "terms.yaml" => Good.Terms, "zh-CN.md" => Good.Zh, _ => Good.En };
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no {old}");
        var changed = text[..at] + planted + text[(at + old.Length)..];
        return file switch { "terms.yaml" => Good with { Terms = changed }, "zh-CN.md" => Good with { Zh = changed }, _ => Good with { En = changed } };
    }
}
