using Marketplace.Domain.Agreements;

namespace Marketplace.Domain.Tests.Agreements;

public sealed class ReportDraftTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_typed_is_kept_even_if_it_cannot_be_read()
    {
        var kept = After(ReportDraft.Initial, Save(2, ("gross", "12x"), ("kind1", "退货 Returns")));
        Assert.Equal((2, new DateOnly(2026, 3, 2), "12x", "退货 Returns"), (kept.Period, kept.SavedOn, kept.Fields["gross"], kept.Fields["kind1"]));
    }

    [Fact]
    public void A_new_draft_takes_the_place_of_the_one_before_and_the_same_again_is_nothing()
    {
        var first = After(ReportDraft.Initial, Save(1, ("gross", "5"), ("name", "甲")));
        Assert.Empty(Decide(first, Save(1, ("name", "甲"), ("gross", "5"))).Value);
        var second = After(first, Save(1, ("gross", "6")));
        Assert.Equal(["gross"], second.Fields.Keys);
        Assert.Equal(2, After(second, Save(2, ("gross", "6"))).Period);
    }

    [Theory]
    [InlineData("gross", "")]
    [InlineData("gross", "  ")]
    [InlineData("a.b", "x")]
    [InlineData("", "x")]
    [InlineData("销售额", "x")]
    public void Fields_are_named_by_letters_and_digits_and_say_something(string name, string text) =>
        Assert.Equal(RefusalKind.Invalid, Decide(ReportDraft.Initial, Save(1, (name, text))).Refusal?.Kind);

    [Fact]
    public void A_draft_is_small()
    {
        Assert.Equal("text-too-long", Decide(ReportDraft.Initial, Save(1, ("gross", new string('1', 101)))).Refusal?.Code);
        Assert.False(Decide(ReportDraft.Initial, Save(1, ("gross", new string('1', 100)))).IsRefused);
        Assert.False(Decide(ReportDraft.Initial, Many(40)).IsRefused);
        Assert.Equal("draft-fields-wrong", Decide(ReportDraft.Initial, Many(41)).Refusal?.Code);
    }

    [Theory]
    [InlineData("Company", null)]
    [InlineData("System", null)]
    [InlineData("Administrator", RefusalKind.Forbidden)]
    [InlineData("Owner", RefusalKind.NotFound)]
    [InlineData("Visitor", RefusalKind.NotFound)]
    public void Only_its_company_keeps_one(string asker, RefusalKind? refused) =>
        Assert.Equal(refused, ReportDraft.Decide(ReportDraft.Initial, Save(1, ("gross", "5")), Actors.At(Now, Actors.Named(asker))).Refusal?.Kind);

    private static SaveReportDraft Save(int period, params (string Name, string Text)[] fields) =>
        new(Actors.StrangerId, period, fields.ToDictionary(f => f.Name, f => f.Text, StringComparer.Ordinal));

    private static SaveReportDraft Many(int fields) => Save(1, [.. Enumerable.Range(1, fields).Select(i => ($"kind{i}", "x"))]);

    private static ReportDraftState After(ReportDraftState state, SaveReportDraft command) => Decide(state, command).Value.Aggregate(state, ReportDraft.Apply);

    private static Result<IReadOnlyList<ReportDraftEvent>> Decide(ReportDraftState state, SaveReportDraft command) =>
        ReportDraft.Decide(state, command, Actors.At(Now, Actors.Company));
}
