namespace Marketplace.Domain;

/// <summary>
/// The common shape of IPC and CPC (WIPO Guide to the IPC, par. 14–30): a section letter, two digits of the class, a subclass letter,
/// a main group of 1 to 4 digits, a slash and a subgroup of 2 to 6 digits.
/// </summary>
/// <param name="Sections">The letters that name a section, in order.</param>
internal sealed record PatentSymbolGrammar(IdentifierRefusals Refusals, string Sections)
{
    private const int GroupStart = 4;
    private const int GroupDigits = 4;
    private const int SubgroupDigitsLeast = 2;
    private const int SubgroupDigitsMost = 6;

    /// <summary>The canonical symbol, or the first character at which the text leaves the grammar.</summary>
    public Result<string> Read(string? text, string field)
    {
        var symbol = InputText.Compact(text);
        Refusal Wrong(int index, string zh, string en) => index < symbol.Length
            ? Refusals.Character(symbol, index, zh, en, field)
            : Refusals.Incomplete(symbol, zh, en, field);
        char At(int index) => index < symbol.Length ? symbol[index] : '\0';
        int DigitsFrom(int start, int most)
        {
            var end = start;
            while (end < start + most && char.IsAsciiDigit(At(end)))
            {
                end++;
            }

            return end;
        }

        if (!Sections.Contains(At(0)))
        {
            return Wrong(0, $"部的字母 {string.Join('、', Sections.ToCharArray())}", $"a section letter, one of {string.Join(", ", Sections.ToCharArray())}");
        }

        var classEnd = DigitsFrom(1, 2);
        if (classEnd < 3)
        {
            return Wrong(classEnd, "大类的数字", "a digit of the class");
        }

        if (!char.IsAsciiLetterUpper(At(3)))
        {
            return Wrong(3, "小类的字母", "the letter of the subclass");
        }

        var slash = DigitsFrom(GroupStart, GroupDigits);
        var group = symbol[Math.Min(GroupStart, symbol.Length)..slash].TrimStart('0');
        if (group.Length == 0)
        {
            return Wrong(slash, "大组的数字 1 至 9999", "a main group from 1 to 9999");
        }

        if (At(slash) != '/')
        {
            return Wrong(slash, "斜线“/”", "a slash");
        }

        var end = DigitsFrom(slash + 1, SubgroupDigitsMost);
        if (end < slash + 1 + SubgroupDigitsLeast)
        {
            return Wrong(end, "小组的数字（至少两位）", "a digit of the subgroup, which has at least two");
        }

        return end == symbol.Length
            ? $"{symbol[..GroupStart]} {group}{symbol[slash..]}"
            : Wrong(end, "结尾（小组最多六位数字）", "the end, since a subgroup has at most six digits");
    }
}
