using CsCheck;
using Marketplace.Domain.LabResults;

namespace Marketplace.Domain.Tests.LabResults;

public sealed class ListingContentTests
{
    [Fact]
    public void A_half_written_draft_may_be_kept_but_not_submitted()
    {
        var half = Listing.Content() with { Benefit = BilingualText.Empty, Readiness = null, Rights = [], Inventors = [] };

        Assert.Null(half.CheckDraft());
        Assert.Equal("benefit.zh", half.CheckComplete()?.Field);
        Assert.Equal("readiness", (half with { Benefit = new("有", "some") }).CheckComplete()?.Field);
    }

    [Fact]
    public void A_complete_listing_speaks_both_languages()
    {
        var chineseOnly = Listing.Content() with { Summary = new("只有中文", "") };

        Assert.Null(chineseOnly.CheckDraft());
        Assert.Equal("summary.en", chineseOnly.CheckComplete()?.Field);
    }

    [Fact]
    public void A_refused_submission_names_the_field_of_the_request()
    {
        var listing = new Listing();
        listing.Do(new DraftResult(Actors.LabId, Listing.Content() with { Comparison = new("有", "") }));

        Assert.Equal("content.comparison.en", listing.Ask(Listing.CommandNamed("Submit")).Refusal?.Field);
    }

    [Theory]
    [InlineData(499_999, true)]
    [InlineData(500_000, false)]
    [InlineData(1_000_000, false)]
    [InlineData(1_000_001, true)]
    [InlineData(-500_000, true)]
    public void Inventors_get_at_least_half(long poolPpm, bool isRefused) =>
        Assert.Equal(isRefused, (Listing.Content() with { InventorPoolPpm = poolPpm }).CheckDraft()?.Code == "inventor-pool-out-of-range");

    [Fact]
    public void Only_inventor_shares_that_are_exactly_whole_are_accepted() =>
        Gen.Long[1, 1_000_000].Array[1, 6].Sample(sharesPpm =>
        {
            var inventors = sharesPpm.Select((share, i) => new Inventor($"完成人{i + 1}", share)).ToArray();
            Assert.Equal(sharesPpm.Sum() == 1_000_000, Inventor.CheckAll(inventors, "inventors") is null);

            // The same people, with the last one taking exactly the rest.
            var restPpm = 1_000_000 - sharesPpm[..^1].Sum();
            inventors[^1] = inventors[^1] with { SharePpm = restPpm };
            Assert.Equal(restPpm > 0, Inventor.CheckAll(inventors, "inventors") is null);
        });

    [Fact]
    public void Every_inventor_has_a_name() =>
        Assert.Equal("inventors[1].name", Inventor.CheckAll([new("甲", 500_000), new(" ", 500_000)], "inventors")?.Field);

    [Theory]
    [InlineData(RightKind.InventionPatent, "201310699744.2", null)]
    [InlineData(RightKind.InventionPatent, "201310699744.3", "content.rights[0].number")]
    [InlineData(RightKind.InventionPatent, null, null)]
    [InlineData(RightKind.SoftwareCopyright, "2026SR0000001", null)]
    [InlineData(RightKind.SoftwareCopyright, " ", "content.rights[0].number")]
    public void A_patent_number_is_checked_when_it_is_given(RightKind kind, string? number, string? field)
    {
        var content = Listing.Content() with { Rights = [new(kind, RightStatus.Granted, number)] };

        Assert.Equal(field, new Listing().Ask(new DraftResult(Actors.LabId, content)).Refusal?.Field);
    }

    [Fact]
    public void A_patent_is_kept_under_its_canonical_number_however_it_was_typed()
    {
        var listing = Listing.In(ResultStatus.Draft);

        listing.Do(new ReviseDraft(Listing.Content() with { Rights = [new(RightKind.InventionPatent, RightStatus.Granted, "ZL 2013 1 0699744.2")] }));

        Assert.Equal("201310699744.2", listing.State.Content?.Rights[0].Number);
    }

    [Theory]
    [InlineData("120116", false)]
    [InlineData("12011", true)]
    [InlineData("120116\n", true)]
    [InlineData("12011a", true)]
    [InlineData("12011٦", true)]
    public void A_region_code_has_six_digits(string code, bool isRefused) =>
        Assert.Equal(isRefused, (Listing.Content() with { RegionCode = code }).CheckDraft()?.Code == "region-malformed");

    [Fact]
    public void Every_field_and_status_has_a_name_in_both_languages()
    {
        Assert.All(Enum.GetValues<TechnologyField>().Select(TechnologyFields.NameOf), name => Assert.Null(name.CheckComplete("name", 100)));
        Assert.All(Enum.GetValues<ResultStatus>().Select(LabResult.NameOf), name => Assert.Null(name.CheckComplete("name", 100)));
    }
}
