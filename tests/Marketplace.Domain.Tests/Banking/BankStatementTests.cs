using Marketplace.Domain.Banking;

namespace Marketplace.Domain.Tests.Banking;

public sealed class BankStatementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Pieces_are_kept_once_and_in_order()
    {
        var state = After(BankStatementRules.Initial, Piece(1));
        Assert.Empty(Decide(state, Piece(1)).Value);
        Assert.Throws<InvalidOperationException>(() => Decide(state, Piece(3)));
        Assert.Throws<InvalidOperationException>(() => Decide(state, Accept(pieces: 2, entries: 1)));
        Assert.Equal(StatementStatus.Importing, After(After(state, Piece(2)), Accept(pieces: 2, entries: 1)).Status);
    }

    [Fact]
    public void Progress_only_goes_forward_and_ends_with_the_last_line()
    {
        var state = After(After(BankStatementRules.Initial, Piece(1)), Accept(1, 2_500));
        Assert.NotNull(state.DueAtUtc);
        state = After(state, new RecordStatementProgress(2_000, 1_500));
        Assert.Empty(Decide(state, new RecordStatementProgress(1_000, 1_000)).Value); // another host is behind
        Assert.Throws<InvalidOperationException>(() => Decide(state, new RecordStatementProgress(2_501, 0)));
        state = After(state, new RecordStatementProgress(2_500, 1_600));
        Assert.Equal((StatementStatus.Imported, 2_500, 1_600, null), (state.Status, state.Done, state.New, state.DueAtUtc));
        Assert.Empty(Decide(state, Accept(1, 2_500)).Value);
    }

    [Fact]
    public void A_statement_without_lines_is_imported_at_once() =>
        Assert.Equal(StatementStatus.Imported, After(After(BankStatementRules.Initial, Piece(1)), Accept(1, 0)).Status);

    [Theory]
    [InlineData("Owner")]
    [InlineData("Visitor")]
    public void It_is_the_marketplaces_own(string asker) =>
        Assert.Equal(RefusalKind.NotFound, BankStatementRules.Decide(BankStatementRules.Initial, Piece(1), Actors.At(Now, Actors.Named(asker))).Refusal?.Kind);

    private static KeepStatementChunk Piece(int number) => new(number, [1, 2, 3]);

    private static AcceptStatement Accept(int pieces, int entries)
    {
        var zero = Money.Zero(Currency.Cny);
        var account = new StatementAccount("62220001", Currency.Cny);
        return new AcceptStatement(
            new string('0', 64), "camt.053.001.08", null, pieces, [new StatementPart(BankAccountId.For(account), new StatementTotals(account, "S1", null, null, zero, zero, entries, 0, zero, zero))]);
    }

    private static BankStatement After(BankStatement state, BankStatementCommand command) => Decide(state, command).Value.Aggregate(state, BankStatementRules.Apply);

    private static Result<IReadOnlyList<BankStatementEvent>> Decide(BankStatement state, BankStatementCommand command) =>
        BankStatementRules.Decide(state, command, Actors.At(Now, Actors.Administrator));
}
