using CsCheck;
using Marketplace.Application.Catalog;
using Marketplace.Application.LabResults;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Search.Tests;

public sealed class AskingTests() : CatalogTest(OnSqlite)
{
    [Fact]
    public async Task Titles_that_match_come_first_and_pages_go_on_below_them()
    {
        await Shelf.Put(Shelf.Row(1, "液流电池", 1));
        await Shelf.Put(Shelf.Row(2, "电解液", 2, summary: "用于液流电池。"));
        await Shelf.Put(Shelf.Row(3, "全钒液流电池", 3));
        await Shelf.Put(Shelf.Row(4, "隔膜", 4, summary: "液流电池的隔膜。"));
        await Shelf.Put(Shelf.Row(5, "钠离子电池", 5));
        await Host.Follow();

        Assert.Equal(["隔膜", "全钒液流电池", "电解液", "液流电池"], await Host.Titles(new SearchResults("液流电池")));
        Assert.Equal(["全钒液流电池", "液流电池", "隔膜", "电解液"], await Host.Titles(new SearchResults("液流电池", Order: CatalogOrder.TitleFirst)));

        var paged = new List<string>();
        string? next = null;
        do
        {
            var page = await Host.Ask(new SearchResults("液流电池", Order: CatalogOrder.TitleFirst, After: next, Limit: 1));
            paged.AddRange(page.Items.Select(c => c.Title.Zh));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(["全钒液流电池", "液流电池", "隔膜", "电解液"], paged);
    }

    [Fact]
    public async Task A_page_goes_on_where_it_ended_also_when_what_stood_there_is_gone()
    {
        var rows = Enumerable.Range(0, 9).Select(i => Shelf.Row(i, $"电池 {i}", i)).ToList();
        foreach (var row in rows)
        {
            await Shelf.Put(row);
        }

        await Host.Follow();
        var first = await Host.Ask(new SearchResults("电池", Limit: 3));
        Assert.Equal(["电池 8", "电池 7", "电池 6"], first.Items.Select(c => c.Title.Zh));
        await Shelf.Withdraw(rows[6]);
        await Shelf.Put(Shelf.Row(20, "电池 20", 20));
        await Host.Follow();
        Assert.Equal(["电池 5", "电池 4", "电池 3"], await Host.Titles(new SearchResults("电池", After: first.Next, Limit: 3)));
    }

    [Fact]
    public async Task A_count_says_what_ticking_the_box_would_give()
    {
        await Shelf.Put(Shelf.Row(1, "甲", 1, field: TechnologyField.NewEnergy, level: 6));
        await Shelf.Put(Shelf.Row(2, "乙", 2, field: TechnologyField.NewEnergy, level: 7));
        await Shelf.Put(Shelf.Row(3, "丙", 3, field: TechnologyField.NewMaterials, level: 6));
        await Shelf.Put(Shelf.Row(4, "丁", 4, field: TechnologyField.Aerospace, level: 9, region: "310115"));
        await Host.Follow();

        var counts = (await Host.Count(new CountResults(Field: [TechnologyField.NewEnergy], Readiness: [6])))!;
        Assert.Equal(1, counts.Total.Number);
        Assert.Equal([(TechnologyField.NewEnergy, 1), (TechnologyField.NewMaterials, 1)], counts.Fields.Select(c => (c.Value, c.Count.Number)));
        Assert.Equal([(6, 1), (7, 1)], counts.Readiness.Select(c => (c.Value, c.Count.Number)));
        Assert.Equal([("12", 1)], counts.Regions.Select(c => (c.Value, c.Count.Number)));

        // What is chosen is shown, if nothing fits it.
        counts = (await Host.Count(new CountResults(Field: [TechnologyField.Blockchain], Region: ["31"])))!;
        Assert.Equal(0, counts.Total.Number);
        Assert.Equal([(TechnologyField.Aerospace, 1), (TechnologyField.Blockchain, 0)], counts.Fields.Select(c => (c.Value, c.Count.Number)));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("*")]
    [InlineData("NEAR(电池 液流)")]
    [InlineData("电池 AND")]
    [InlineData("NOT 电池")]
    [InlineData("title:电池")]
    [InlineData("^电池 + -电池")]
    [InlineData("{title body}: (((")]
    [InlineData("'; DROP TABLE words; --")]
    [InlineData("\ud83d\ude00\ud83d\ude00")]
    [InlineData("\ud800")]
    [InlineData("\0")]
    [InlineData("\ue00000")] // as facets begin in the index
    [InlineData("%_\\")]
    [InlineData("   ")]
    public async Task No_text_is_an_error(string text)
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await Host.Follow();
        foreach (var order in Enum.GetValues<CatalogOrder>())
        {
            Assert.False((await Host.Answer(new SearchResults(text, Field: [TechnologyField.NewEnergy], Order: order))).IsRefused);
        }

        Assert.NotNull(await Host.Count(new CountResults(text, Field: [TechnologyField.NewEnergy])));
    }

    [Fact]
    public async Task Any_hundred_characters_can_be_asked_for()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await Host.Follow();
        await Gen.String[1, CatalogFilter.MaxTextCharacters].SampleAsync(async text => Assert.False((await Host.Answer(new SearchResults(text))).IsRefused), iter: 300);
        Assert.Equal("text-too-long", (await Host.Answer(new SearchResults(new string('电', 101)))).Refusal!.Code);
    }

    [Fact]
    public async Task Nobody_pages_by_a_marker_that_is_none()
    {
        await Host.Follow();
        foreach (var marker in new[] { "~", "~~1-res", "yesterday", "99999999999999999999-x", "-" })
        {
            Assert.Equal("after-malformed", (await Host.Answer(new SearchResults("电池", After: marker))).Refusal!.Code);
        }
    }

    /// <summary>Random shelves, told to the index in random steps, against a reader who looks at every title and summary.</summary>
    [Fact]
    public async Task The_index_finds_what_a_reader_of_every_text_finds()
    {
        var word = Gen.OneOf("电", "池", "电池", "液流", "流电池", "锌铁液流电池", "battery", "flow", "batt", "b", "5g", "5G通信", "BATTERY");
        var text = word.Array[0, 4].Select(words => string.Join(' ', words));
        var row = Gen.Select(Gen.Int[0, 25], text, text, Gen.Int[0, 3], Gen.Int[0, 8]);
        var known = new Dictionary<int, ResultRow>();
        await Gen.Select(row.Array[1, 8], word.Array[1, 2], Gen.Int[0, 3], Gen.Bool).SampleAsync(
            async (changes, asked, field, isFollowed) =>
            {
                foreach (var (number, title, summary, kind, minutes) in changes)
                {
                    var changed = Shelf.Row(
                        number, $"成果 {title}", minutes, $"{summary}。", (TechnologyField)kind, status: minutes == 0 ? ResultStatus.Withdrawn : ResultStatus.Listed);
                    await Shelf.Put(changed);
                    known[number] = changed;
                }

                if (isFollowed)
                {
                    await Host.Follow();
                }

                await Host.Follow();
                var expected = known.Values
                    .Where(r => r.IsPublic && r.Field == (TechnologyField)field && asked.All(a => Says(r.TitleZh, a) || Says(r.SummaryZh, a)))
                    .OrderByDescending(r => r.PublicSinceUtc).ThenBy(r => r.Result, StringComparer.Ordinal).Select(r => r.Result).ToList();
                var query = new SearchResults(string.Join(' ', asked), Field: [(TechnologyField)field], Limit: 100);
                Assert.Equal(expected, (await Host.Ask(query)).Items.Select(c => c.Result.Value));
                Assert.Equal(expected.Count, (await Host.Count(new CountResults(query.Text, query.Field)))!.Total.Number);

                var titles = expected.Where(r => asked.All(a => Says(known.Values.Single(k => k.Result == r).TitleZh, a))).ToList();
                Assert.Equal([.. titles, .. expected.Except(titles)], (await Host.Ask(query with { Order = CatalogOrder.TitleFirst })).Items.Select(c => c.Result.Value));
            },
            iter: 150, threads: 1);
    }

    /// <summary>Every part of what is asked stands in the text: a run of Chinese as it is, a longer word as the beginning of one, a short one alone.</summary>
    private static bool Says(string text, string asked) => asked.ToLowerInvariant() switch
    {
        "5g通信" => Says(text, "5g") && text.Contains("通信", StringComparison.Ordinal),
        var chinese when chinese[0] > 0x7f => text.Contains(chinese, StringComparison.Ordinal),
        { Length: < 3 } shorter => Split(text).Contains(shorter),
        var longer => Split(text).Any(w => w.StartsWith(longer, StringComparison.Ordinal)),
    };

    private static IEnumerable<string> Split(string text) => text.ToLowerInvariant().Replace("通信", " ", StringComparison.Ordinal).Split([' ', '。']);
}
