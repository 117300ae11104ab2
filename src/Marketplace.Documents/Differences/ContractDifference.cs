using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;
using Markdig;
using Marketplace.Application.Licensing;

namespace Marketplace.Documents.Differences;

/// <summary>Paragraph by paragraph, and inside a changed one word by word; a Chinese character is a word.</summary>
public sealed partial class ContractDifference : IContractDifference
{
    public IReadOnlyList<ComparedParagraph> Between(ContractDocument before, ContractDocument after) =>
        [.. Runs(Compare(Plain(before), Plain(after), LineChunker.Instance)).SelectMany(Paragraphs)];

    private static string Plain(ContractDocument contract) =>
        string.Join('\n', Markdown.ToPlainText(contract.Markdown).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static DiffResult Compare(string before, string after, IChunker chunker) => Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker);

    /// <summary>What both have, and what one side has where the other has something else, in turns.</summary>
    private static IEnumerable<(string[] Same, string[] Deleted, string[] Inserted)> Runs(DiffResult compared)
    {
        string[] Old(int from, int count) => [.. compared.PiecesOld.Skip(from).Take(count)];
        var at = 0;
        foreach (var block in compared.DiffBlocks)
        {
            yield return (Old(at, block.DeleteStartA - at), [], []);
            yield return ([], Old(block.DeleteStartA, block.DeleteCountA), [.. compared.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)]);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        yield return (Old(at, compared.PiecesOld.Count - at), [], []);
    }

    private static IEnumerable<ComparedParagraph> Paragraphs((string[] Same, string[] Deleted, string[] Inserted) run) =>
    [
        .. run.Same.Select(text => Whole(TextChange.Same, text)),
        .. run.Deleted.Zip(run.Inserted).SelectMany(pair => Changed(pair.First, pair.Second)),
        .. run.Deleted.Skip(run.Inserted.Length).Select(text => Whole(TextChange.Deleted, text)),
        .. run.Inserted.Skip(run.Deleted.Length).Select(text => Whole(TextChange.Inserted, text)),
    ];

    private static ComparedParagraph Whole(TextChange change, string text) => new(change, [new ComparedWords(change, text)]);

    private static IEnumerable<ComparedParagraph> Changed(string before, string after)
    {
        IReadOnlyList<ComparedWords> words = [.. Words(before, after)];
        var same = words.Where(w => w.Change == TextChange.Same).Sum(w => w.Text.Length);

        // Two paragraphs that have little in common are not one that was changed.
        return same * 4 >= Math.Min(before.Length, after.Length)
            ? [new ComparedParagraph(TextChange.Changed, words)]
            : [Whole(TextChange.Deleted, before), Whole(TextChange.Inserted, after)];
    }

    private static IEnumerable<ComparedWords> Words(string before, string after)
    {
        var (deleted, inserted) = ("", "");
        IEnumerable<ComparedWords> Taken()
        {
            var (old, now) = (deleted, inserted);
            (deleted, inserted) = ("", "");
            return new[] { new ComparedWords(TextChange.Deleted, old), new ComparedWords(TextChange.Inserted, now) }.Where(w => w.Text.Length > 0);
        }

        var runs = Runs(Compare(before, after, WordChunker.Instance)).ToList();
        foreach (var (i, (sameWords, oldWords, newWords)) in runs.Index())
        {
            var same = string.Concat(sameWords);
            if (same.Length == 1 && deleted.Length + inserted.Length > 0 && i < runs.Count - 1)
            {
                (deleted, inserted) = (deleted + same, inserted + same); // one character between two changes only makes them harder to read
                continue;
            }

            if (same.Length > 0)
            {
                foreach (var words in Taken())
                {
                    yield return words;
                }

                yield return new ComparedWords(TextChange.Same, same);
            }

            (deleted, inserted) = (deleted + string.Concat(oldWords), inserted + string.Concat(newWords));
        }

        foreach (var words in Taken())
        {
            yield return words;
        }
    }

    private sealed partial class WordChunker : IChunker
    {
        public static readonly WordChunker Instance = new();

        public IReadOnlyList<string> Chunk(string text) => [.. Word().Matches(text).Select(m => m.Value)];

        /// <summary>A Latin word or a number with its decimals and percent sign, or any one character.</summary>
        [GeneratedRegex(@"[A-Za-z0-9]+(?:[.,'-][A-Za-z0-9]+)*%?|.", RegexOptions.Singleline)]
        private static partial Regex Word();
    }
}
