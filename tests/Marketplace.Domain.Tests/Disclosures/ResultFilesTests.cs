using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;

namespace Marketplace.Domain.Tests.Disclosures;

public sealed class ResultFilesTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Owner", null)]
    [InlineData("OtherLab", "not-found")]
    [InlineData("Company", "not-found")]
    [InlineData("Administrator", "owner-only")]
    [InlineData("Visitor", "not-found")]
    public void Only_the_lab_attaches_changes_and_removes(string who, string? code)
    {
        var state = After(ResultFiles.Initial, Attach("a"), Actors.Lab);
        Assert.All(
            new ResultFilesCommand[] { Attach("b"), new ChangeResultFileTier(1, DisclosureTier.Public), new RemoveResultFile(1) },
            command => Assert.Equal(code, Decide(state, command, Actors.Named(who)).Refusal?.Code));
    }

    [Fact]
    public void Numbers_are_never_used_again_and_what_is_removed_is_found_no_more()
    {
        var state = After(After(ResultFiles.Initial, Attach("a"), Actors.Lab), Attach("b"), Actors.Lab);
        state = After(state, new RemoveResultFile(2), Actors.Lab);
        state = After(state, Attach("b"), Actors.Lab); // its content may come back
        Assert.Equal([1, 3], state.Standing.Select(f => f.Number));
        Assert.Null(state.Find(2));
        Assert.Equal(["not-found", "not-found"], new ResultFilesCommand[] { new RemoveResultFile(2), new ChangeResultFileTier(2, DisclosureTier.Public) }.Select(c => Decide(state, c, Actors.Lab).Refusal?.Code));
        Assert.Equal(3, state.Files.Count); // records name all of them
    }

    [Fact]
    public void A_tier_changes_once_and_says_what_it_was()
    {
        var state = After(ResultFiles.Initial, Attach("a"), Actors.Lab);
        Assert.Equal([new ResultFileTierChanged(1, DisclosureTier.Agreement, DisclosureTier.Confidential)], Decide(state, new ChangeResultFileTier(1, DisclosureTier.Agreement), Actors.Lab).Value);
        Assert.Empty(Decide(state, new ChangeResultFileTier(1, DisclosureTier.Confidential), Actors.Lab).Value);
    }

    [Fact]
    public void What_is_wrong_names_its_field()
    {
        var state = After(ResultFiles.Initial, Attach("a"), Actors.Lab);
        Assert.Equal(("text-missing", "title"), Refused(Attach("b") with { Title = " " }));
        Assert.Equal(("text-too-long", "title"), Refused(Attach("b") with { Title = new string('长', ResultFiles.MaxTitleCharacters + 1) }));
        Assert.Equal(("result-file-attached", "file"), Refused(Attach("a")));

        (string?, string?) Refused(ResultFilesCommand command) => Decide(state, command, Actors.Lab).Refusal is { } r ? (r.Code, r.Field) : default;
    }

    [Fact]
    public void A_result_has_so_many_files_and_no_more_until_one_goes()
    {
        var state = Enumerable.Range(0, ResultFiles.MaxFiles).Aggregate(ResultFiles.Initial, (s, i) => After(s, Attach($"{i}"), Actors.Lab));
        Assert.Equal("result-files-too-many", Decide(state, Attach("more"), Actors.Lab).Refusal?.Code);
        Assert.False(Decide(After(state, new RemoveResultFile(7), Actors.Lab), Attach("more"), Actors.Lab).IsRefused);
    }

    /// <summary>Pages follow the ids: those of later deliveries stand behind those of earlier ones.</summary>
    [Fact]
    public void Ids_of_deliveries_stand_in_the_order_of_time()
    {
        var ids = Enumerable.Range(0, 1_000).Select(i => FileAccessId.At(Begin.AddMilliseconds(i * 997)).Access.Value).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void A_delivery_names_whoever_asked_and_is_recorded_once()
    {
        var handOut = new HandOutFile(
            DerivedId.From<LabResultId>("r"), Actors.LabId, 2, File("a"), "数据", DisclosureTier.Confidential, DisclosureRight.Confidentiality, "nda_1");
        var context = Actors.At(Begin, Actors.Company);
        var given = Assert.IsType<FileHandedOut>(Assert.Single(FileAccessRules.Decide(FileAccessRules.Initial, handOut, context).Value));
        Assert.Equal((Actors.StrangerId, "company-officer", Begin, "nda_1"), (given.Organisation, given.Person, given.AtUtc, given.RightId));
        Assert.Throws<InvalidOperationException>(() => FileAccessRules.Decide(FileAccessRules.Apply(FileAccessRules.Initial, given), handOut, context));
        Assert.Throws<InvalidOperationException>(() => FileAccessRules.Decide(FileAccessRules.Initial, handOut with { Tier = DisclosureTier.Public }, context));
    }

    private static AttachResultFile Attach(string content) => new(Actors.LabId, File(content), $"文件 {content}", DisclosureTier.Confidential);

    private static StoredFile File(string content) => new(Sha256Hex.Of(content), FileTypes.Pdf, content.Length, $"{content}.pdf");

    private static Result<IReadOnlyList<ResultFilesEvent>> Decide(ResultFilesState state, ResultFilesCommand command, Actor actor) =>
        ResultFiles.Decide(state, command, Actors.At(Begin, actor));

    private static ResultFilesState After(ResultFilesState state, ResultFilesCommand command, Actor actor) => Decide(state, command, actor).Value.Aggregate(state, ResultFiles.Apply);
}
