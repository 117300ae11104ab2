using System.Collections.Frozen;

namespace Marketplace.Domain.Needs;

/// <summary>
/// Words that two texts have in common, as the catalog's index parts them (<see cref="Words"/>): words of letters, and of ideographs every two
/// neighbours. Neighbours that follow each other are shown as the one word that they make: 固态, 态电 and 电池 as 固态电池.
/// </summary>
public static class CommonWords
{
    private const int ShortestWord = 2;

    /// <summary>In nearly every text about technology: what is common to all tells nothing.</summary>
    private static readonly FrozenSet<string> SaidOfEverything = new[]
    {
        "技术", "研究", "系统", "方法", "应用", "实现", "采用", "进行", "提高", "提供", "需要", "要求", "解决", "问题", "目前", "现有", "我们", "希望", "可以", "能够", "用于", "以及", "通过", "具有", "成果",
        "企业", "公司", "产品", "项目", "开发", "设计", "工艺", "生产", "设备", "性能", "使用", "不同", "示例", "条目", "一种", "寻求", "现在",
        "the", "and", "for", "with", "from", "that", "this", "are", "can", "its", "our", "not", "has", "have", "will", "which", "into", "than", "more", "less", "without", "needs", "need", "technology", "system", "method",
        "result", "sample", "entry", "product", "company", "of", "to", "in", "on", "is", "it", "we", "by", "as", "at", "an", "or", "be", "no", "per", "any", "all", "each", "one",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Depends on neither the order of the texts nor, but for the order in which words are shown, on which of both comes first.</summary>
    /// <returns>What is shown, longest first, and how many words and pairs of neighbours it is made of.</returns>
    public static (IReadOnlyList<string> Shown, int Count) Of(IReadOnlyList<string> asked, IReadOnlyList<string> told)
    {
        var known = told.SelectMany(Words.RunsOf).SelectMany(PartsOf).ToHashSet(StringComparer.Ordinal);
        var common = new HashSet<string>(StringComparer.Ordinal);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in asked.SelectMany(Words.RunsOf))
        {
            if (!run.IsIdeographic)
            {
                foreach (var word in PartsOf(run).Where(known.Contains))
                {
                    common.Add(word);
                    shown.Add(word);
                }

                continue;
            }

            var begin = -1;
            var pairs = PairsOf(run);
            for (var i = 0; i <= pairs.Count; i++)
            {
                if (i < pairs.Count && pairs[i] is { } pair && known.Contains(pair))
                {
                    common.Add(pair);
                    begin = begin < 0 ? i : begin;
                }
                else if (begin >= 0)
                {
                    shown.Add(string.Concat(run.Letters.Skip(begin).Take(i + 1 - begin)));
                    begin = -1;
                }
            }
        }

        return ([.. shown.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal)], common.Count);
    }

    /// <summary>What to ask an index for, so that nothing that has words in common stays unseen for long: each once, in the order of the texts.</summary>
    public static IReadOnlyList<string> ToAskFor(IReadOnlyList<string> texts, int most) => [.. texts.SelectMany(Words.RunsOf).SelectMany(PartsOf).Distinct(StringComparer.Ordinal).Take(most)];

    private static IEnumerable<string> PartsOf(WordRun run)
    {
        if (!run.IsIdeographic)
        {
            var word = string.Concat(run.Letters);
            return run.Letters.Count >= ShortestWord && !SaidOfEverything.Contains(word) ? [word] : [];
        }

        return PairsOf(run).OfType<string>();
    }

    /// <summary>Every two neighbours, by place; null where they tell nothing: they, or those beside them that share a character with them, are said of everything.</summary>
    private static IReadOnlyList<string?> PairsOf(WordRun run)
    {
        string[] pairs = [.. Enumerable.Range(1, run.Letters.Count - 1).Select(i => run.Letters[i - 1] + run.Letters[i])];
        return [.. pairs.Select((pair, i) => pairs[Math.Max(0, i - 1)..Math.Min(pairs.Length, i + 2)].Any(SaidOfEverything.Contains) ? null : pair)];
    }
}
